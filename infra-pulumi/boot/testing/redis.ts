import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Certificate } from './authority';
import type { Cleanups } from './cleanups';
import { run } from './commands';
import { eventually } from './eventually';
import { hostAddress } from './network';

/** A Redis as ElastiCache gives one: over TLS only, with a password. */
export async function startRedis(
  cleanups: Cleanups,
  { authorityFile, keyFile, certificateFile }: Certificate,
  folder: string,
  port: number,
  password: string,
): Promise<void> {
  const settings = {
    bind: hostAddress,
    port: '0',
    'tls-port': String(port),
    'tls-cert-file': certificateFile,
    'tls-key-file': keyFile,
    'tls-ca-cert-file': authorityFile,
    'tls-auth-clients': 'no',
    dir: folder,
    appendonly: 'yes',
  };
  const lines = Object.entries({ ...settings, requirepass: password }).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  );
  const redis = spawn('redis-server', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  cleanups.add(async () => {
    const ended = once(redis, 'exit');
    if (redis.kill()) await ended;
  });
  redis.stdin.end(lines.join('\n'));
  const ping = ['-h', hostAddress, '-p', String(port), '--tls', '--cacert', authorityFile, 'ping'];
  await eventually('Redis answers', 10, async () => {
    const answer = await run('redis-cli', ping, { env: { REDISCLI_AUTH: password } });
    return answer.includes('PONG');
  });
}
