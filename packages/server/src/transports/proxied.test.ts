import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AddressBlocks } from './address-blocks';
import type { Peer } from './peer';
import { TcpTransport } from './tcp-transport';
import type { Refused } from './transport';

const opened: (TcpTransport | Socket | Peer)[] = [];

afterEach(() => {
  for (const each of opened.splice(0)) {
    if ('destroy' in each) each.destroy();
    else each.close();
  }
});

const header = 'PROXY TCP4 192.0.2.7 198.51.100.1 1025 443\r\n';

/** A port behind proxies, whoever they are. */
async function port(proxies: string) {
  const peer = Promise.withResolvers<Peer>();
  const refused = Promise.withResolvers<Refused>();
  const transport = new TcpTransport({
    port: 0,
    host: '127.0.0.1',
    keepaliveMs: 1_000,
    proxies: AddressBlocks.parse(proxies),
  });
  const open = await transport.open({
    onPeer(each) {
      opened.push(each);
      peer.resolve(each);
    },
    onError() {},
    onRefused: refused.resolve,
  });
  opened.push(transport);
  const connects = (): Socket => {
    const socket = connect({ port: open.port, host: '127.0.0.1', noDelay: true });
    opened.push(socket);
    return socket;
  };
  return { connects, transport, peer: peer.promise, refused: refused.promise };
}

/** All that a peer says, to its end. */
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

test('a peer behind a proxy has the address that the proxy says, and is told apart by its own', async () => {
  const { connects, peer: arrives } = await port('127.0.0.0/8');
  const socket = connects();
  socket.end(`${header}one\r\n`);
  const peer = await arrives;
  expect(peer).toMatchObject({ address: '192.0.2.7', remoteEnd: '192.0.2.7:1025' });
  expect(peer.socketEnd).toBe(`127.0.0.1:${socket.localPort}`);
  expect(await said(peer)).toBe('one\r\n');
});

test('a header in pieces is read, and what follows is left to the peer', async () => {
  const { connects, peer: arrives } = await port('127.0.0.1');
  const socket = connects();
  for (const byte of `${header}one\r\n`) {
    if (!socket.write(byte)) await once(socket, 'drain');
    await new Promise(setImmediate);
  }
  socket.end('two\r\n');
  expect(await said(await arrives)).toBe('one\r\ntwo\r\n');
});

test('a proxy that says nothing of its client is closed, and told', async () => {
  const { connects, refused } = await port('127.0.0.1');
  const socket = connects();
  socket.write('one\r\n');
  await once(socket.resume(), 'close');
  expect(await refused).toEqual({ address: '127.0.0.1', reason: 'no-proxy-header' });
});

test('a proxy that only looks whether someone is there is nobody', async () => {
  const { connects, refused } = await port('127.0.0.1');
  const looked = connects().resume().end();
  await once(looked, 'close');
  const wrong = connects();
  wrong.write('x');
  await once(wrong.resume(), 'close');
  expect(await refused).toMatchObject({ reason: 'no-proxy-header' });
  expect(looked.bytesRead).toBe(0);
});

test('of whoever is no proxy, a header is only what they say', async () => {
  const { connects, peer: arrives } = await port('192.0.2.0/24');
  connects().end(header);
  const peer = await arrives;
  expect(peer.address).toBe('127.0.0.1');
  expect(await said(peer)).toBe(header);
});

test('one that has not said all of its header is closed with the port', async () => {
  const { connects, transport, peer } = await port('127.0.0.1');
  const socket = connects().resume();
  socket.write('PROXY');
  await once(socket, 'connect');
  // It came later, so the other one has come.
  connects().write(header);
  await peer;
  transport.close();
  await once(socket, 'close');
  expect(socket.destroyed).toBe(true);
});
