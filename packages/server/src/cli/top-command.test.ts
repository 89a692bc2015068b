import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ObserverClient } from './observer-client';
import { followTop } from './top-command';

const tree = (atMs: number) => ({ ok: true as const, value: { atMs, actors: [] } });
const refused = { ok: false as const, line: 'No server answers.' };
const charts = { ok: true as const, value: { everyMs: 5_000, names: [], samples: [] } };

test('the screen is left as it was, and drawn on in place until the end', async () => {
  const written: string[] = [];
  const stop = new AbortController();
  const client = {
    tree: () => Promise.resolve(tree(written.length)),
    charts: () => Promise.resolve(charts),
  };
  const screen = {
    size: { columns: 40, rows: 10 },
    write(text: string) {
      written.push(text);
      if (written.length === 3) stop.abort();
    },
  };
  expect(await followTop(client, screen, stop.signal)).toMatchObject({ ok: true });
  const [first, ...rest] = written;
  expect(first).toBe('\u001b[?1049h\u001b[?25l');
  expect(rest.pop()).toBe('\u001b[?25h\u001b[?1049l');
  expect(rest).toHaveLength(2);
  for (const frame of rest) {
    expect(frame.startsWith('\u001b[H')).toBe(true);
    expect(frame.endsWith('q ends\u001b[K\u001b[J')).toBe(true);
    expect(frame.split('\r\n').length).toBeLessThanOrEqual(10);
  }
});

test('a server that is away is waited for, and one that never was there is an error', async () => {
  const written: string[] = [];
  const stop = new AbortController();
  const write = (text: string): void => {
    written.push(text);
    if (text.includes('No server')) stop.abort();
  };
  const screen = { size: { columns: 40, rows: 10 }, write };
  const gone = { tree: () => Promise.resolve(refused), charts: () => Promise.resolve(refused) };
  expect(await followTop(gone, screen, stop.signal)).toEqual(refused);
  expect(written).toEqual([]);
  const leaving = { tree: () => Promise.resolve(tree(1)), charts: () => Promise.resolve(refused) };
  expect(await followTop(leaving, screen, stop.signal)).toMatchObject({ ok: true });
  expect(written[1]).toContain('No server answers.');
});

test('the server is asked with the token, and what it has against it is told', async () => {
  const asked: unknown[] = [];
  const server = createServer(({ url, headers }, response) => {
    asked.push([url, headers.authorization]);
    const isTree = url === '/observer/api/tree';
    response
      .writeHead(isTree ? 200 : 403, { Connection: 'close' })
      .end(isTree ? '{"atMs":1}' : 'No.\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new ObserverClient({ port, host: '127.0.0.1', token: 'secret' });
  expect(await client.tree()).toEqual({ ok: true, value: { atMs: 1 } });
  expect(await client.charts()).toEqual({ ok: false, line: 'The server answers 403: No.' });
  expect(asked).toEqual([
    ['/observer/api/tree', 'Bearer secret'],
    ['/observer/api/charts?limit=1', 'Bearer secret'],
  ]);
  server.close();
  await once(server, 'close');
  expect(await client.tree()).toEqual({
    ok: false,
    line: `No server answers at http://127.0.0.1:${port}.`,
  });
});

test.each([
  [undefined, 'It answers no HTTP, so it cannot be asked.'],
  [{ port: 0 }, 'Give its HTTP port with --http-port.'],
])('with %j nobody can be asked, and what to do is told', async (http, line) => {
  expect(await new ObserverClient(http).tree()).toEqual({ ok: false, line });
});

test('a server that wants a token says so', async () => {
  const server = createServer((_, response) => {
    response.writeHead(401, { Connection: 'close' }).end('No.');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await new ObserverClient({ port, host: '127.0.0.1' }).tree()).toEqual({
    ok: false,
    line: 'The server wants the token that it was started with: give it as --http-token-file.',
  });
  server.close();
});
