import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { makeCertificate } from '../test-certificate.suite';
import { AddressBlocks } from './address-blocks';
import type { Certificate } from './certificate';
import type { Peer } from './peer';
import { TlsTransport } from './tls-transport';
import type { Refused } from './transport';

function made(name: string): Certificate {
  const files = makeCertificate(name);
  return {
    certificate: readFileSync(files.certificate, 'utf8'),
    key: readFileSync(files.key, 'utf8'),
  };
}

const first = made('first');
const second = made('second');

const opened: (TlsTransport | Socket | Peer)[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) {
    if ('destroy' in each) each.destroy();
    else each.close();
  }
});

/** A port with TLS, and what happens there. */
async function port({ proxies = '', handshakeTimeoutMs = 10_000 } = {}) {
  let certificate = first;
  const peers: Peer[] = [];
  const refusals: Refused[] = [];
  let wake: (() => void) | undefined;
  const transport = new TlsTransport({
    port: 0,
    host: '127.0.0.1',
    keepaliveMs: 1_000,
    proxies: AddressBlocks.parse(proxies),
    certificate: () => certificate,
    countedAs: (address) => address,
    handshakeTimeoutMs,
  });
  opened.push(transport);
  const open = await transport.open({
    onPeer(peer) {
      opened.push(peer);
      peers.push(peer);
      wake?.();
    },
    onError() {},
    onRefused(refused) {
      refusals.push(refused);
      wake?.();
    },
  });
  const next = async <Each>(all: Each[]): Promise<Each> => {
    for (;;) {
      const each = all.shift();
      if (each !== undefined) return each;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const connects = (): Socket => {
    const socket = connect({ port: open.port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => undefined);
    opened.push(socket);
    return socket;
  };
  const secures = async (options: ConnectionOptions = {}): Promise<TLSSocket> => {
    const socket = connectTls({ port: open.port, host: '127.0.0.1', ...trusting, ...options });
    opened.push(socket);
    await once(socket, 'secureConnect');
    return socket;
  };
  return {
    connects,
    secures,
    transport,
    refusals,
    peer: () => next(peers),
    refused: () => next(refusals),
    shows: (another: Certificate) => void (certificate = another),
  };
}

const trusting = { ca: [first.certificate, second.certificate], servername: 'localhost' };

function said(peer: Peer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = '';
  peer.listener = {
    onData: (chunk) => void (text += Buffer.from(chunk).toString()),
    onDrain() {},
    onEnd: () => resolve(text),
    onClose() {},
  };
  peer.resume();
  return promise;
}

test('what both sides say is encrypted, and arrives', async () => {
  const { secures, peer: arrives } = await port();
  const socket = await secures();
  socket.end('one\r\n');
  const peer = await arrives();
  expect(peer).toMatchObject({ transport: 'tls', isEncrypted: true, address: '127.0.0.1' });
  expect(peer.socketEnd).toBe(`127.0.0.1:${socket.localPort}`);
  expect(await said(peer)).toBe('one\r\n');
  peer.write('Login:');
  peer.writeShared(Buffer.from('Bye.'));
  peer.end();
  const chunks: unknown[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  expect(chunks.join('')).toBe('Login:Bye.');
});

test('what was said before anyone listened is heard when reading begins', async () => {
  const { secures, peer: arrives } = await port();
  const socket = await secures();
  socket.end('one\r\n');
  const peer = await arrives();
  await new Promise(setImmediate);
  expect(await said(peer)).toBe('one\r\n');
});

test('another certificate is shown to those who come from then on', async () => {
  const { secures, peer, shows } = await port();
  const before = await secures();
  const stays = await peer();
  shows(second);
  const after = await secures();
  expect(before.getPeerCertificate().subject.CN).toBe('first');
  expect(after.getPeerCertificate().subject.CN).toBe('second');
  stays.writeShared(Buffer.from('still here'));
  expect(String(await once(before, 'data'))).toBe('still here');
});

test.each([
  ['TLSv1.2', 'TLSv1.2'],
  ['TLSv1.3', 'TLSv1.3'],
] as const)('%s is spoken', async (version, spoken) => {
  const { secures } = await port();
  const socket = await secures({ minVersion: version, maxVersion: version });
  expect(socket.getProtocol()).toBe(spoken);
});

test('whoever speaks no TLS is closed, and told once', async () => {
  const { connects, refused, refusals } = await port();
  const socket = connects().resume();
  socket.write('one\r\n');
  await once(socket, 'close');
  expect(await refused()).toEqual({ address: '127.0.0.1', reason: 'no-handshake' });
  expect(refusals).toEqual([]);
});

test('whoever only looks whether someone is there is nobody', async () => {
  const { connects, refused, refusals } = await port();
  await once(connects().resume().end(), 'close');
  connects().write('one\r\n');
  await refused();
  expect(refusals).toEqual([]);
});

test('a handshake takes only so long, however it trickles', async () => {
  const { connects, refused } = await port({ handshakeTimeoutMs: 200 });
  const socket = connects().resume();
  // A record of 512 bytes, of which one comes at a time.
  socket.write(Buffer.from('1603010200010001fc', 'hex'));
  const trickle = setInterval(() => socket.write('\0'), 20);
  await once(socket, 'close');
  clearInterval(trickle);
  expect(await refused()).toMatchObject({ reason: 'no-handshake' });
});

test('of one address, so many may fail in a minute', async () => {
  const { connects, refused } = await port();
  for (let each = 0; each < 129; each++) connects().resume().write('one\r\n');
  const reasons: string[] = [];
  while (reasons.length < 129) reasons.push((await refused()).reason);
  expect(reasons.filter((reason) => reason === 'too-many-handshakes')).toHaveLength(1);
  connects().write('one\r\n');
  expect(await refused()).toMatchObject({ reason: 'too-many-handshakes' });
});

test('of one address, so many handshakes are under way at most', async () => {
  const { connects, refused } = await port();
  const sockets = Array.from({ length: 129 }, connects);
  expect(await refused()).toEqual({ address: '127.0.0.1', reason: 'too-many-handshakes' });
  await Promise.race(sockets.map((socket) => once(socket.resume(), 'close')));
  expect(sockets.filter(({ destroyed }) => destroyed)).toHaveLength(1);
});

test.each([false, true])(
  'a PROXY header comes before the handshake, in one piece with it: %s',
  async (isOnePiece) => {
    const { connects, peer: arrives } = await port({ proxies: '127.0.0.1' });
    const plain = connects();
    const header = 'PROXY TCP4 192.0.2.7 198.51.100.1 1025 443\r\n';
    if (isOnePiece) plain.cork();
    plain.write(header);
    const socket = connectTls({ socket: plain, ...trusting });
    opened.push(socket);
    setImmediate(() => plain.uncork());
    socket.end('one\r\n');
    const peer = await arrives();
    expect(peer).toMatchObject({ address: '192.0.2.7', isEncrypted: true });
    expect(peer.socketEnd).toBe(`127.0.0.1:${plain.localPort}`);
    expect(await said(peer)).toBe('one\r\n');
  },
);

test('a handshake that is under way is over when the port is closed', async () => {
  const { connects, secures, transport } = await port();
  const socket = connects().resume();
  await once(socket, 'connect');
  await secures();
  transport.close();
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});
