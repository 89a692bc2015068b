import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { type Certificate, pem } from './authority';
import type { Cleanups } from './cleanups';
import { hostAddress } from './network';

export interface WebRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WebResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export type Site = (request: WebRequest) => WebResponse | Promise<WebResponse>;

/** Serves sites by their host names, over https. */
export async function startWebServer(
  cleanups: Cleanups,
  certificate: Certificate,
  sites: ReadonlyMap<string, Site>,
): Promise<void> {
  const server = createServer({
    key: pem(certificate.keyFile),
    cert: pem(certificate.certificateFile),
  });
  server.on('request', (incoming, response) => {
    void (async () => {
      const { method = '', headers } = incoming;
      const host = headers.host ?? '';
      const [path = '', query = ''] = (incoming.url ?? '').split('?');
      const site = sites.get(host);
      const answer = await site?.({
        host,
        method,
        path,
        query,
        headers,
        body: await buffer(incoming),
      });
      response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body);
    })().catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(443, hostAddress);
  await once(server, 'listening');
  cleanups.add(() => {
    server.close();
    server.closeAllConnections();
  });
}
