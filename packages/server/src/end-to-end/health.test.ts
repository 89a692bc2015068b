import { httpAnswer } from '../http/http-client.suite';
import { Client } from './client.suite';
import { type LogRecord, runToEnd, ServerProcess } from './server-process.suite';

const freePorts = ['--host', '127.0.0.1', '--port', '0', '--http-host', '127.0.0.1'];

function isListening({ msg }: LogRecord): boolean {
  return msg.startsWith('Chat server listening');
}

test('a server that listens is healthy and ready', async () => {
  const { httpPort } = await ServerProcess.start();
  expect(await httpAnswer(httpPort, '/healthz')).toMatchObject({ status: 200, body: 'ok' });
  expect(await httpAnswer(httpPort, '/readyz')).toMatchObject({ status: 200, body: 'ready' });
});

test('while it says goodbye it is healthy, and not ready', async () => {
  const server = await ServerProcess.start();
  const one = await Client.login(server.port, 'one');
  // Whoever does not read is waited for.
  one.socket.pause();
  server.signal('SIGTERM');
  await server.record('stopping', ({ msg }) => msg === 'Chat server stopping');
  const { httpPort } = server;
  expect(await httpAnswer(httpPort, '/healthz')).toMatchObject({ status: 200, body: 'ok' });
  expect(await httpAnswer(httpPort, '/readyz')).toMatchObject({ status: 503, body: 'stopping' });
  one.socket.resume();
  expect(await server.exit).toEqual({ code: 0, signal: null });
});

test.each(['registry', 'listener', 'store'])(
  'a crash of the %s leaves it healthy, on the same port, and ready when it is back',
  async (part) => {
    const server = await ServerProcess.start('--fault-injection');
    const one = await Client.login(server.port, 'one');
    one.types(`/crash ${part}`);
    await one.sees(`[*]: The ${part} is being made to fail.`);
    await server.recordsOf('listening again', 2, isListening);
    expect(await httpAnswer(server.httpPort, '/healthz')).toMatchObject({ body: 'ok' });
    expect(await httpAnswer(server.httpPort, '/readyz')).toMatchObject({ body: 'ready' });
    await one.does('/users', 'Online users: one');
  },
);

test('an HTTP port that is taken is told in one line', async () => {
  const { httpPort } = await ServerProcess.start();
  const second = await runToEnd([...freePorts, '--http-port', `${httpPort}`]);
  expect(second).toMatchObject({ code: 1, signal: null });
  expect(second.stderr).toBe(
    `chat-server: HTTP port ${httpPort} is taken by another program; choose one with --http-port, or none with --no-http.\n`,
  );
});

test.each([
  [['--no-http'], {}],
  [[], { CHAT_NO_HTTP: 'yes' }],
])('with %j and %j there is no HTTP', async (args, environment) => {
  const server = new ServerProcess([...freePorts, ...args], environment);
  await server.record('chat is up', isListening);
  const one = await Client.login(server.port, 'one');
  await one.does('/quit', 'Bye.');
  server.signal('SIGTERM');
  await server.exit;
  expect(server.records.filter(({ httpPort }) => httpPort !== undefined)).toEqual([]);
});
