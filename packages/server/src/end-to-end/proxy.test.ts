import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { makeCertificate } from '../test-certificate.suite';
import { Transcript } from '../transcript.suite';
import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

const header = 'PROXY TCP4 192.0.2.7 198.51.100.1 1025 23';
const binaryHeader = Buffer.from('0d0a0d0a000d0a515549540a2111000cc0000207c633640104010017', 'hex');

test('people behind a balancer are logged with their own address', async () => {
  const server = await ServerProcess.start('--proxy', '127.0.0.0/8');
  const one = await Client.connect(server.port, 'one');
  one.socket.write(`${header}\r\n`);
  await one.reads('Login:');
  await one.does('one', 'Welcome, one.', 'Type /help to see available commands.');
  const two = await Client.connect(server.port, 'two');
  two.socket.write(Buffer.concat([binaryHeader, Buffer.from('two\n')]));
  await two.reads('Login:');
  await two.sees('Welcome, two.', 'Type /help to see available commands.');
  const users = await server.recordsOf('users', 2, ({ msg }) => msg.startsWith('User connected'));
  expect(users.map(({ address }) => address)).toEqual(['192.0.2.7', '192.0.2.7']);
});

test('a balancer that does not say for whom it speaks is closed, and logged once', async () => {
  const server = await ServerProcess.start('--proxy', '127.0.0.1');
  for (let times = 0; times < 3; times++) {
    const one = await Client.connect(server.port, 'one');
    one.types('one');
    await one.closed;
    expect(one.transcript.all).toBe('');
  }
  expect(await server.said('Connection refused')).toMatchObject([
    { level: 'warn', address: '127.0.0.1', reason: 'no-proxy-header', refusals: 1 },
  ]);
});

test('a header of whoever is no balancer is no name', async () => {
  const server = await ServerProcess.start('--proxy', '192.0.2.0/24');
  const one = await Client.connect(server.port, 'one');
  await one.reads('Login:');
  one.socket.write(`${header}\r\n`);
  await one.transcript.shows('Invalid username.');
  await one.closed;
  await Client.login(server.port, 'two');
  const two = await server.record('two', ({ msg }) => msg === 'User connected: two');
  expect(two).toMatchObject({ address: '127.0.0.1' });
});

test('the header comes before the handshake where a balancer passes TLS on', async () => {
  const { certificate, key } = makeCertificate();
  const tls = ['--tls-port', '0', '--tls-cert', certificate, '--tls-key', key];
  const server = await ServerProcess.start('--proxy', '127.0.0.1', ...tls);
  const { port } = await server.record('listening', ({ transport }) => transport === 'tls');
  const balancer = connect({ port: Number(port), host: '127.0.0.1' });
  balancer.write(binaryHeader);
  const socket = connectTls({ socket: balancer, rejectUnauthorized: false });
  const screen = new Transcript('one');
  socket.on('data', (chunk: Buffer) => screen.feed(chunk));
  await screen.reads('Login:');
  socket.write('one\n');
  await screen.sees('Welcome, one.', 'Type /help to see available commands.');
  const user = await server.record('one', ({ msg }) => msg === 'User connected: one');
  expect(user).toMatchObject({ address: '192.0.2.7' });
  socket.destroy();
});
