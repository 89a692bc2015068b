import { once } from 'node:events';
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type RequestOptions,
} from 'node:http';
import { text } from 'node:stream/consumers';

export interface HttpAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks a server of this machine, over a connection of its own. */
export async function httpAnswer(
  port: number,
  path: string,
  options: RequestOptions = {},
  sent = '',
): Promise<HttpAnswer> {
  const asked = request({ host: '127.0.0.1', port, path, agent: false, ...options }).end(sent);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const { statusCode: status, headers } = response;
  return { status, headers, body: await text(response) };
}
