import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpServer } from './http-server';
import { httpAnswer } from './http-client.suite';
import { Readiness } from './readiness';

const host = '127.0.0.1';
const servers: HttpServer[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

interface Listening {
  readonly server: HttpServer;
  readonly readiness: Readiness;
  readonly port: number;
}

async function listening(wanted = 0): Promise<Listening> {
  const readiness = new Readiness();
  const server = new HttpServer({ port: wanted, host }, readiness);
  servers.push(server);
  return { server, readiness, port: await server.open(() => undefined) };
}

/** A connection on which this was sent so far. */
async function connected(port: number, sent: string): Promise<Socket> {
  const socket = connect({ port, host });
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(sent);
  return socket;
}

test('it is healthy while it answers', async () => {
  const { port } = await listening();
  const { status, body, headers } = await httpAnswer(port, '/healthz');
  expect({ status, body }).toEqual({ status: 200, body: 'ok' });
  expect(headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': '2',
  });
});

test('it is ready when it can serve, else it says why not', async () => {
  const { port, readiness } = await listening();
  const changes: [Partial<Readiness>, number, string][] = [
    [{}, 503, 'store-away'],
    [{ isStoreAvailable: true }, 503, 'not listening'],
    [{ isListening: true }, 200, 'ready'],
    [{ isStoreAvailable: false }, 503, 'store-away'],
    [{ isStopping: true }, 503, 'stopping'],
  ];
  for (const [change, status, body] of changes) {
    Object.assign(readiness, change);
    expect(await httpAnswer(port, '/readyz')).toMatchObject({ status, body });
  }
  expect(await httpAnswer(port, '/healthz')).toMatchObject({ status: 200 });
});

test('HEAD is answered the same, without a body', async () => {
  const { port } = await listening();
  for (const path of ['/healthz', '/readyz', '/missing']) {
    const whole = await httpAnswer(port, path);
    const head = await httpAnswer(port, path, { method: 'HEAD' });
    expect(head).toMatchObject({ status: whole.status, body: '' });
    expect(head.headers).toMatchObject({ 'content-length': `${whole.body.length}` });
  }
});

test.each(['/', '/healthz/', '/HEALTHZ', '//readyz', '*'])('%s is not found', async (path) => {
  const { port } = await listening();
  expect(await httpAnswer(port, path)).toMatchObject({ status: 404 });
});

test('what follows a question mark does not matter', async () => {
  const { port } = await listening();
  expect(await httpAnswer(port, '/healthz?from=balancer')).toMatchObject({ status: 200 });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
  const { port } = await listening();
  const answer = await httpAnswer(port, '/healthz', { method });
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
});

test('a body is not waited for: the answer is the last on its connection', async () => {
  const { port } = await listening();
  const head = 'GET /healthz HTTP/1.1\r\nHost: chat\r\nContent-Length: 1000000000\r\n\r\n';
  const socket = await connected(port, head);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n/);
  expect(answer).toMatch(/\r\n\r\nok$/);
});

test('long headers are refused', async () => {
  const { port } = await listening();
  const headers = { 'X-Long': 'x'.repeat(10_000) };
  expect(await httpAnswer(port, '/healthz', { headers })).toMatchObject({ status: 431 });
});

test('whoever does not finish asking is cut off', async () => {
  const { port } = await listening();
  const socket = await connected(port, 'GET /healthz HTTP/1.1\r\nHost:');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
}, 20_000);

test('it has a bounded number of connections', async () => {
  const { port } = await listening();
  for (let connections = 0; connections < 64; connections++) await connected(port, 'GET');
  await expect(httpAnswer(port, '/healthz')).rejects.toThrow(/ECONNRESET|hang up/);
});

test('opened again, it keeps its port and its connections', async () => {
  const { server, port } = await listening();
  const socket = await connected(port, 'GET /healthz HTTP/1.1\r\nHost: chat\r\n');
  expect(await server.open(() => undefined)).toBe(port);
  socket.write('Connection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/\r\n\r\nok$/);
});

test('closed, it leaves nothing open', async () => {
  const { server, port } = await listening();
  const socket = await connected(port, 'GET /healthz HTTP/1.1\r\nHost: chat\r\n\r\n');
  await once(socket, 'data');
  server.close();
  await once(socket.resume(), 'end');
  await expect(httpAnswer(port, '/healthz')).rejects.toThrow('ECONNREFUSED');
});

test('a port that is taken is a start error that says what to do', async () => {
  const { port } = await listening();
  await expect(listening(port)).rejects.toMatchObject({
    name: 'StartError',
    message: `HTTP port ${port} is taken by another program; choose one with --http-port, or none with --no-http.`,
  });
});
