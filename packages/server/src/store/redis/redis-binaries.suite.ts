import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs of one installation, by name. */
interface RedisBinaries {
  readonly server: string;
  readonly cli: string;
}

const known: readonly RedisBinaries[] = [
  { server: 'redis-server', cli: 'redis-cli' },
  { server: 'valkey-server', cli: 'valkey-cli' },
];

/** What is on the PATH, Redis before Valkey; `undefined` where neither is. */
export const redisBinaries = known.find(({ server, cli }) => isOnPath(server) && isOnPath(cli));

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}
