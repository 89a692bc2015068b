import { Option } from 'commander';
import { registrations } from '../domain/accounts';
import { defaultLimits, type Limits } from '../domain/limits';
import { logLevels } from '../log/logger';
import { floodOptions } from './flood-options';
import type { Applies, LimitOption } from './limit-option';
import {
  parseAddressBlocks,
  parseAgeMs,
  parseCount,
  parseDurationMs,
  parseKeepaliveMs,
  parsePort,
  parseToken,
  parseWaitMs,
} from './parse';

const parsers = {
  count: parseCount,
  duration: parseDurationMs,
  wait: parseWaitMs,
  age: parseAgeMs,
  keepalive: parseKeepaliveMs,
};

const limitOptions: readonly LimitOption[] = [
  {
    limit: 'connectionsMax',
    flag: 'max-connections',
    unit: 'count',
    description: 'connections in all; more are told that the server is full',
  },
  {
    limit: 'connectionsPerAddressMax',
    flag: 'max-connections-per-address',
    unit: 'count',
    description: 'connections from one address, of IPv6 from one /64',
  },
  {
    limit: 'lineBytesMax',
    flag: 'max-line-bytes',
    unit: 'count',
    applies: 'to new connections',
    description: 'bytes in a line; a longer one is refused',
  },
  {
    limit: 'loginTimeoutMs',
    flag: 'login-timeout',
    unit: 'duration',
    description: 'time to give a name',
  },
  {
    limit: 'idleTimeoutMs',
    flag: 'idle-timeout',
    unit: 'duration',
    description: 'time without a line before a user is disconnected',
  },
  {
    limit: 'tcpKeepaliveMs',
    flag: 'tcp-keepalive',
    unit: 'keepalive',
    applies: 'after a restart',
    description: 'silence before TCP asks if the other side is there, below 350s',
  },
  {
    limit: 'connectionsPerAccountMax',
    flag: 'max-connections-per-account',
    unit: 'count',
    description: 'connections of one registered user at once',
  },
  { limit: 'accountsMax', flag: 'max-accounts', unit: 'count', description: 'registered names' },
  { limit: 'roomsMax', flag: 'max-rooms', unit: 'count', description: 'rooms' },
  {
    limit: 'roomMembersMax',
    flag: 'max-room-members',
    unit: 'count',
    description: 'members of one room',
  },
  {
    limit: 'roomInvitationsMax',
    flag: 'max-room-invitations',
    unit: 'count',
    description: 'people invited to one private room',
  },
  {
    limit: 'roomBansMax',
    flag: 'max-room-bans',
    unit: 'count',
    description: 'people banned from one room at a time',
  },
  {
    limit: 'roomMutesMax',
    flag: 'max-room-mutes',
    unit: 'count',
    description: 'people muted in one room at a time',
  },
  {
    limit: 'ignoredMax',
    flag: 'max-ignored',
    unit: 'count',
    description: 'people one user can ignore',
  },
  {
    limit: 'mailboxMax',
    flag: 'max-mailbox',
    unit: 'count',
    applies: 'after a restart',
    description: 'messages that wait for one actor; the sender of one more is told',
  },
  {
    limit: 'ringLinesMax',
    flag: 'max-ring-lines',
    unit: 'count',
    applies: 'to rooms that open',
    description: 'recent lines a room keeps for slow readers, who are told if they miss any',
  },
  {
    limit: 'historyLinesMax',
    flag: 'max-history-lines',
    unit: 'count',
    applies: 'after a restart',
    description: 'lines of a room that /history can show',
  },
  {
    limit: 'historyAgeMaxMs',
    flag: 'max-history-age',
    unit: 'age',
    applies: 'after a restart',
    description: 'time that a store on disk keeps the lines of a room',
  },
  {
    limit: 'inputLinesMax',
    flag: 'max-input-lines',
    unit: 'count',
    description: 'lines of one user that wait before the server stops reading from them',
  },
  {
    limit: 'drainDelayMs',
    flag: 'drain-delay',
    unit: 'wait',
    description: 'time a server that is to stop still accepts, not ready, while a balancer notices',
  },
  {
    limit: 'drainTimeoutMs',
    flag: 'drain-timeout',
    unit: 'wait',
    description: 'time users then have to go by themselves, which they are told',
  },
  {
    limit: 'shutdownTimeoutMs',
    flag: 'shutdown-timeout',
    unit: 'duration',
    description: 'time users have to read the farewell',
  },
  ...floodOptions,
];

/** The option that names the settings file, which is the only one that cannot be in it. */
export function configOption(): Option {
  return withEnvironment(
    new Option('--config <file>', 'file of settings: name = value, one a line, named as options'),
  );
}

/** What a setting applies to that is changed while the server runs; limits among them. */
export function appliesOf(name: string): Applies {
  const limit = limitOptions.find(({ flag }) => flag === name);
  if (limit !== undefined) return limit.applies ?? 'at once';
  if (name === 'tls-cert' || name === 'tls-key') return 'to new connections';
  return name === 'motd' || name === 'log-level' ? 'at once' : 'after a restart';
}

/** The limits that a server which runs can be given others of. */
export const changeableLimits: readonly (keyof Limits)[] = limitOptions
  .filter(({ applies }) => applies !== 'after a restart')
  .map(({ limit }) => limit);

/** Every setting of the server, each also from the environment as `CHAT_…`. */
export function allOptions(): Option[] {
  return [
    new Option('-p, --port <port>', 'TCP port to listen on; 0 picks a free one')
      .argParser(parsePort)
      .default(8080),
    new Option('--host <address>', 'address to listen on; all of this machine when not given'),
    new Option(
      '--tls-port <port>',
      'TCP port for TLS, beside the other one; 0 picks a free one',
    ).argParser(parsePort),
    new Option('--tls-cert <file>', 'certificate for TLS and those that lead to it, PEM'),
    new Option('--tls-key <file>', 'its key, PEM'),
    new Option(
      '--proxy <addresses>',
      'load balancers, such as 10.0.0.0/16,192.0.2.7, whose connections begin with a PROXY header',
    ).argParser(parseAddressBlocks),
    new Option('--http-port <port>', 'TCP port for health and operators; 0 picks a free one')
      .argParser(parsePort)
      .default(8081),
    new Option('--http-host <address>', 'address for HTTP; all of this machine when not given'),
    new Option(
      '--http-token <token>',
      'what operators show over HTTP, 16 characters or more; without one, only this machine is let in',
    ).argParser(parseToken),
    new Option(
      '--http-token-file <file>',
      'file that the token is read from, so that nobody else sees it',
    ),
    new Option('--no-http', 'answer nothing over HTTP, no health checks either'),
    new Option(
      '--store <url>',
      'where rooms and history are kept: sqlite:<file>, memory:, or for several nodes redis://… or rediss://…',
    ).default('sqlite:', 'chat.db in the state directory'),
    new Option(
      '--store-file <file>',
      'file that the URL of the store is read from, so that nobody else sees its password',
    ),
    new Option(
      '--registration <who>',
      'names by password: open to all, closed to new ones, or required to talk and to make rooms',
    )
      .choices([...registrations])
      .default('open'),
    new Option('--motd <file>', 'text file shown to whoever logs in'),
    new Option('--log-level <level>', 'least severe records to log')
      .choices([...logLevels])
      .default('info'),
    new Option(
      '--no-flood-control',
      'let everyone send and connect as fast as they can: for benches and closed networks',
    ),
    new Option(
      '--flood-exempt <addresses>',
      'addresses such as 10.0.0.0/16,192.0.2.7 that stand for many people: nothing is counted by them',
    ).argParser(parseAddressBlocks),
    new Option('--fault-injection', 'let users try supervision out with /crash').default(false),
    ...limitOptions.map(limitOption),
  ].map(withEnvironment);
}

/** The limits among parsed options. */
export function limitsOf(options: Readonly<Record<string, unknown>>): Limits {
  const entries = limitOptions.map(({ limit, flag }) => [limit, options[camelCase(flag)]]);
  return { ...defaultLimits, ...(Object.fromEntries(entries) as Partial<Limits>) };
}

function limitOption({ limit, flag, unit, description }: LimitOption): Option {
  const value = defaultLimits[limit];
  const option = new Option(`--${flag} <${unit === 'count' ? unit : 'duration'}>`, description);
  const shown = unit === 'count' ? undefined : shownDuration(value);
  return option.argParser<number>(parsers[unit]).default(value, shown);
}

function withEnvironment(option: Option): Option {
  return option.env(`CHAT_${(option.long ?? '').slice(2).replaceAll('-', '_').toUpperCase()}`);
}

function camelCase(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** A value of a setting, as it could be written in a file. */
export function shownValue(name: string, value: unknown): string {
  const limit = limitOptions.find(({ flag }) => flag === name);
  const isTime = limit !== undefined && limit.unit !== 'count' && typeof value === 'number';
  return isTime ? shownDuration(value) : String(value);
}

function shownDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms > 86_400_000 && ms % 86_400_000 === 0) return `${ms / 86_400_000}d`;
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000}h` : `${ms / 1_000}s`;
}
