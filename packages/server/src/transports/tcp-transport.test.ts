import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Peer } from './peer';
import { TcpTransport } from './tcp-transport';

const unheard = { onError() {}, onRefused() {} };
const opened: (TcpTransport | Socket | Peer)[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) {
    if ('destroy' in each) each.destroy();
    else each.close();
  }
});

/** A connection, from both ends. */
async function connection(): Promise<{ readonly socket: Socket; readonly peer: Peer }> {
  const { promise, resolve } = Promise.withResolvers<Peer>();
  const transport = new TcpTransport({ port: 0, host: '127.0.0.1', keepaliveMs: 1_000 });
  const open = await transport.open({ onPeer: resolve, ...unheard });
  const socket = connect({ port: open.port, host: '127.0.0.1', allowHalfOpen: true });
  const peer = await promise;
  opened.push(transport, socket, peer);
  return { socket, peer };
}

/** What a peer tells, in words. */
function told(peer: Peer, count: number): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const all: string[] = [];
  const note = (word: string): void => {
    all.push(word);
    if (all.length === count) resolve(all);
  };
  peer.listener = {
    onData: (chunk) => note(`data ${Buffer.from(chunk).toString()}`),
    onDrain: () => note('drain'),
    onEnd: () => note('end'),
    onClose: (reason) => note(`close ${reason}`),
  };
  return promise;
}

async function read(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('what was sent before anyone listened is heard when reading begins', async () => {
  const { socket, peer } = await connection();
  socket.end('one\r\n');
  await once(socket, 'finish');
  const echo = await connection();
  echo.socket.end('x');
  echo.peer.resume();
  await told(echo.peer, 2);
  const heard = told(peer, 2);
  peer.resume();
  expect(await heard).toEqual(['data one\r\n', 'end']);
});

test('little is read at once, all of it in order, and nothing after it was paused', async () => {
  const { socket, peer } = await connection();
  const sent = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
  socket.end(sent);
  const { promise, resolve } = Promise.withResolvers<void>();
  const chunks: Uint8Array[] = [];
  let isPaused = false;
  peer.listener = {
    onData(chunk) {
      expect(isPaused).toBe(false);
      chunks.push(chunk);
      isPaused = true;
      peer.pause();
      setImmediate(() => {
        isPaused = false;
        peer.resume();
      });
    },
    onDrain() {},
    onEnd: () => resolve(),
    onClose() {},
  };
  peer.resume();
  await promise;
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(1_024);
  expect(Buffer.concat(chunks).equals(sent)).toBe(true);
});

test('what is written is gathered until it is flushed, and stays before what is shared', async () => {
  const { socket, peer } = await connection();
  peer.write('a');
  peer.write('b');
  peer.writeShared(Buffer.from('c'));
  peer.write('d');
  peer.end();
  expect(await read(socket)).toBe('abcd');
});

test('a peer that does not read is clogged, and says so when it has read', async () => {
  const { socket, peer } = await connection();
  const heard = told(peer, 1);
  expect(peer.isClogged).toBe(false);
  const block = Buffer.alloc(1_000_000, 'x');
  for (let blocks = 0; blocks < 20 && !peer.isClogged; blocks++) peer.writeShared(block);
  expect(peer.isClogged).toBe(true);
  socket.resume();
  expect(await heard).toEqual(['drain']);
  expect(peer.isClogged).toBe(false);
});

test.each([
  ['ends', 'closed'],
  ['is reset', 'error'],
])('a peer that %s tells so once, and writing to it does nothing', async (way, reason) => {
  const { socket, peer } = await connection();
  const { promise, resolve } = Promise.withResolvers<string>();
  peer.listener = { onData() {}, onDrain() {}, onEnd: () => peer.end(), onClose: resolve };
  peer.resume();
  if (way === 'ends') socket.resume().end();
  else socket.resetAndDestroy();
  expect(await promise).toBe(reason);
  peer.write('x');
  peer.flush();
  peer.writeShared(Buffer.from('x'));
  peer.destroy();
});

test('whoever floods while they are closed reads why, and is hardly read from', async () => {
  const { socket, peer } = await connection();
  const { promise, resolve } = Promise.withResolvers<string>();
  let heard = 0;
  peer.listener = {
    onData: ({ length }) => (heard += length),
    onDrain() {},
    onEnd() {},
    onClose: resolve,
  };
  socket.on('error', () => undefined);
  const flood = Buffer.alloc(64 * 1_024, 'x');
  const writeAll = (): void => {
    while (socket.writable && socket.write(flood));
  };
  socket.on('drain', writeAll);
  writeAll();
  peer.resume();
  peer.write('Closed for flooding.');
  peer.end();
  const [line] = (await once(socket, 'data')) as [Buffer];
  expect(line.toString()).toBe('Closed for flooding.');
  expect(await promise).toBe('closed');
  expect(heard).toBe(0);
  // What the kernels hold between them is not read by anyone.
  expect(socket.bytesWritten - socket.writableLength).toBeLessThan(16 * 1_024 * 1_024);
});

test('an address of IPv4 is shown as such', async () => {
  const { peer } = await connection();
  expect(peer.address).toBe('127.0.0.1');
});

test('whoever connects while nobody accepts waits for the next to open the port', async () => {
  const transport = new TcpTransport({ port: 0, host: '127.0.0.1', keepaliveMs: 1_000 });
  const first = await transport.open({ onPeer: () => undefined, ...unheard });
  first.release();
  const socket = connect({ port: first.port, host: '127.0.0.1' });
  opened.push(transport, socket);
  await once(socket, 'connect');
  const { promise, resolve } = Promise.withResolvers<Peer>();
  const second = await transport.open({ onPeer: resolve, ...unheard });
  expect(second.port).toBe(first.port);
  const peer = await promise;
  peer.write('Login:');
  peer.end();
  expect(await read(socket)).toBe('Login:');
});

test('a peer that is gone before anyone listens to it is told to whoever does', async () => {
  const { peer } = await connection();
  peer.destroy('timeout');
  expect(await told(peer, 1)).toEqual(['close timeout']);
});

test('a port that is taken is a start error that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const transport = new TcpTransport({ port, host: '127.0.0.1', keepaliveMs: 1_000 });
  const opening = transport.open({ onPeer: () => undefined, ...unheard });
  await expect(opening).rejects.toThrow(`Port ${port} is taken by another program`);
  other.close();
});
