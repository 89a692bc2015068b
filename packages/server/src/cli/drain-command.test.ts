import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askToDrain } from './drain-command';

/** A server that answers so, and what it was asked. */
async function answering(status: number, body: string) {
  const requests: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    requests.push({ method, url, headers });
    response.writeHead(status, { Connection: 'close' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, requests, close: () => server.close() };
}

test('a server is asked as an observer asks it to act', async () => {
  const { port, requests, close } = await answering(202, '{}');
  const http = { port, host: '127.0.0.1', token: '0123456789abcdef' };
  expect(await askToDrain({ http })).toEqual({
    ok: true,
    value: 'The server drains, and then ends.',
  });
  close();
  expect(requests).toMatchObject([
    {
      method: 'POST',
      url: '/drain',
      headers: {
        'content-type': 'application/json',
        'x-chat-action': '1',
        authorization: 'Bearer 0123456789abcdef',
      },
    },
  ]);
});

test('what the server has against it is told', async () => {
  const { port, close } = await answering(403, 'Only this machine may see this.\n');
  expect(await askToDrain({ http: { port, host: '127.0.0.1' } })).toEqual({
    ok: false,
    line: 'The server answers 403: Only this machine may see this.',
  });
  close();
});

test('where no server is, that is told', async () => {
  const { port, close } = await answering(200, '');
  close();
  expect(await askToDrain({ http: { port, host: '127.0.0.1' } })).toEqual({
    ok: false,
    line: `No server answers at http://127.0.0.1:${port}.`,
  });
});

test.each([
  [undefined, 'It answers no HTTP, so it cannot be asked. Send it SIGTERM.'],
  [{ port: 0 }, 'Give its HTTP port with --http-port.'],
])('with %j it cannot be asked, and what to do is told', async (http, line) => {
  expect(await askToDrain({ http })).toEqual({ ok: false, line });
});
