import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TcpProxy } from './tcp-proxy';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A server that says its name to whoever writes to it. */
async function startNamed(name: string): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write(name));
  });
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function startProxy(port: number): Promise<TcpProxy> {
  const proxy = await TcpProxy.start(port);
  open.push({ close: () => void proxy.end() });
  return proxy;
}

function connectTo(proxy: TcpProxy): Socket {
  return connect(proxy.port, '127.0.0.1').on('error', () => undefined);
}

/** Resolves when it is closed, by a reset too. */
function closeOf(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

async function answerOf(socket: Socket): Promise<string> {
  socket.write('?');
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString();
}

test('what is said passes in both directions', async () => {
  const socket = connectTo(await startProxy(await startNamed('one')));
  expect(await answerOf(socket)).toBe('one');
  socket.destroy();
});

test('when it leads elsewhere, old connections are cut and new ones get there', async () => {
  const proxy = await startProxy(await startNamed('one'));
  const old = connectTo(proxy);
  await answerOf(old);
  const cut = closeOf(old);
  proxy.retarget(await startNamed('two'));
  await cut;
  const socket = connectTo(proxy);
  expect(await answerOf(socket)).toBe('two');
  socket.destroy();
});

test('a stalled one passes nothing on, and its connections stay until it leads elsewhere', async () => {
  const port = await startNamed('one');
  const proxy = await startProxy(port);
  const socket = connectTo(proxy);
  await answerOf(socket);
  proxy.stall();
  const heard: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => heard.push(bytes));
  socket.write('?');
  const cut = closeOf(socket);
  proxy.retarget(port);
  await cut;
  expect(heard).toEqual([]);
});
