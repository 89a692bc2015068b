import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ServerCommand } from './server-process';

/** What each kind of server is: how many processes are one chat, and what they share. */
const deployments = {
  server: { nodes: 1, store: 'memory' },
  gathering: { nodes: 1, store: 'none' },
  plain: { nodes: 1, store: 'none' },
  sqlite: { nodes: 1, store: 'sqlite' },
  redis: { nodes: 1, store: 'redis' },
  'redis-2-nodes': { nodes: 2, store: 'redis' },
  'redis-3-nodes': { nodes: 3, store: 'redis' },
} as const satisfies Record<string, Deployment>;

interface Deployment {
  readonly nodes: number;
  readonly store: 'none' | 'memory' | 'sqlite' | 'redis';
}

/** The servers that are compared. */
export const serverKinds = Object.keys(deployments) as ServerKind[];
export type ServerKind = keyof typeof deployments;

/** Those that a scenario is run against which does not say. */
export const kindsByDefault: readonly ServerKind[] = ['server', 'gathering', 'plain'];

/** What a kind of server consists of. */
export function deploymentOf(kind: ServerKind): Deployment {
  return deployments[kind];
}

/** What a scenario needs of the server, beyond the wire. */
export interface ServerNeeds {
  /** `/crash …` does something. */
  readonly faultInjection: boolean;
  /** Everyone is told who joins, though joining is not what is measured by most scenarios. */
  readonly joinNotices: boolean;
  /** Where operators ask it; nobody can when not given. */
  readonly httpPort?: number | undefined;
}

// All come from one address, as no crowd of people does.
const manyConnections = '1000000';

/** All that the real server is told, in one place; everything else is as it is by default. */
function chatServerArgs(store: string, { faultInjection, httpPort }: ServerNeeds): string[] {
  const args = ['--port', '0', '--host', '127.0.0.1', '--store', store];
  if (httpPort === undefined) args.push('--no-http');
  else args.push('--http-host', '127.0.0.1', '--http-port', String(httpPort));
  args.push('--max-connections', manyConnections);
  args.push('--max-connections-per-address', manyConnections);
  args.push('--no-flood-control');
  args.push('--log-level', 'info');
  if (faultInjection) args.push('--fault-injection');
  return args;
}

function chatServerFile(): string {
  const manifest = require.resolve('chat-server/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  return resolve(dirname(manifest), bin['chat-server'] ?? '');
}

/** How to start a server of a kind; `redisPort` is that of its Redis, if it has one. */
export function commandOf(
  kind: ServerKind,
  needs: ServerNeeds,
  redisPort: number | undefined,
): ServerCommand {
  const baseline = require.resolve('../baselines/baseline-process');
  switch (kind) {
    case 'gathering':
      return { file: baseline, args: ['gathering'] };
    case 'plain':
      return { file: baseline, args: ['plain', ...(needs.joinNotices ? [] : ['--quiet-joins'])] };
    case 'server':
      return { file: chatServerFile(), args: chatServerArgs('memory:', needs) };
    case 'sqlite':
      // In the empty directory that each server is started in.
      return { file: chatServerFile(), args: chatServerArgs('sqlite:chat.db', needs) };
    case 'redis':
    case 'redis-2-nodes':
    case 'redis-3-nodes': {
      const store = `redis://127.0.0.1:${redisPort ?? 0}`;
      return { file: chatServerFile(), args: chatServerArgs(store, needs) };
    }
  }
}
