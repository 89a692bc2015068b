import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { texts } from '@chat-server/protocol';
import { RedisServer } from '../store/redis/redis-server.suite';
import { makeCertificate } from '../test-certificate.suite';
import { describeWithRedis } from '../store/redis/with-redis.suite';
import { Client } from './client.suite';
import { ServerProcess } from './server-process.suite';

const options = ['--host', '127.0.0.1', '--port', '0', '--no-http'];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describeWithRedis('a Redis with TLS and a user of its own', () => {
  test('is used as the URL says: user, password, database and prefix, and no other', async () => {
    const { certificate, key } = makeCertificate();
    const tlsPort = await freePort();
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    const redis = await RedisServer.start({ args: ['--tls-port', `${tlsPort}`, ...tls] });
    await redis.command('ACL', 'SETUSER', 'ann', 'on', '>p@ss/word', '~team:*', '&team:*', '+@all');
    const store = `rediss://ann:p%40ss%2Fword@localhost:${tlsPort}/3?prefix=team:`;
    const server = new ServerProcess(options, {
      CHAT_STORE: store,
      NODE_EXTRA_CA_CERTS: certificate,
    });
    await server.record('listening', ({ msg }) => msg.startsWith('Chat server listening'));
    const one = await Client.login(server.port, 'one');
    await one.does('/create Planes', texts.roomCreated('Planes'));
    await one.does('/join Planes', texts.joined('one', 'Planes'));
    const keys = (await redis.command('-n', '3', 'KEYS', '*')).split('\n');
    expect(keys).toContain('team:{collection:rooms}:documents');
    expect(keys.filter((name) => !name.startsWith('team:'))).toEqual([]);
    expect(JSON.stringify(server.records)).not.toMatch(/p@ss|p%40ss/);
  });

  test('is refused in one line when its certificate is not to be trusted', async () => {
    const { certificate, key } = makeCertificate();
    const tlsPort = await freePort();
    const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    await RedisServer.start({ args: ['--tls-port', `${tlsPort}`, ...tls] });
    const server = new ServerProcess(options, {
      CHAT_STORE: `rediss://:secret@localhost:${tlsPort}`,
    });
    expect(await server.exit).toEqual({ code: 1, signal: null });
    expect(server.stderr).toMatch(
      /^chat-server: Cannot use the store rediss:\/\/localhost.*certificate.*\n$/,
    );
    expect(server.stderr).not.toContain('secret');
  });
});
