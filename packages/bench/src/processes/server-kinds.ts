import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ServerCommand } from './server-process';

/** The servers that are compared. */
export const serverKinds = ['server', 'gathering', 'plain'] as const;
export type ServerKind = (typeof serverKinds)[number];

/** What a scenario needs of the server, beyond the wire. */
export interface ServerNeeds {
  /** `/crash …` does something. */
  readonly faultInjection: boolean;
  /** Everyone is told who joins, though joining is not what is measured by most scenarios. */
  readonly joinNotices: boolean;
}

// All come from one address, as no crowd of people does.
const manyConnections = '1000000';

/** All that the real server is told, in one place; everything else is as it is by default. */
function chatServerArgs({ faultInjection }: ServerNeeds): string[] {
  const args = ['--port', '0', '--host', '127.0.0.1'];
  args.push('--max-connections', manyConnections);
  args.push('--max-connections-per-address', manyConnections);
  args.push('--log-level', 'info');
  if (faultInjection) args.push('--fault-injection');
  return args;
}

function chatServerFile(): string {
  const manifest = require.resolve('chat-server/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  return resolve(dirname(manifest), bin['chat-server'] ?? '');
}

/** How to start a server of a kind. */
export function commandOf(kind: ServerKind, needs: ServerNeeds): ServerCommand {
  const baseline = require.resolve('../baselines/baseline-process');
  switch (kind) {
    case 'server':
      return { file: chatServerFile(), args: chatServerArgs(needs) };
    case 'gathering':
      return { file: baseline, args: ['gathering'] };
    case 'plain':
      return { file: baseline, args: ['plain', ...(needs.joinNotices ? [] : ['--quiet-joins'])] };
  }
}
