import { Option } from 'commander';
import { defaultLimits, type Limits } from '../domain/limits';
import { logLevels } from '../log/logger';
import { parseAgeMs, parseCount, parseDurationMs, parseKeepaliveMs, parsePort } from './parse';

const parsers = {
  count: parseCount,
  duration: parseDurationMs,
  age: parseAgeMs,
  keepalive: parseKeepaliveMs,
};

/** One limit's place on the command line. */
interface LimitOption {
  readonly limit: keyof Limits;
  readonly flag: string;
  readonly unit: keyof typeof parsers;
  readonly description: string;
}

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
    description: 'connections from one address',
  },
  {
    limit: 'lineBytesMax',
    flag: 'max-line-bytes',
    unit: 'count',
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
    description: 'silence before TCP asks if the other side is there, below 350s',
  },
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
    limit: 'ignoredMax',
    flag: 'max-ignored',
    unit: 'count',
    description: 'people one user can ignore',
  },
  {
    limit: 'mailboxMax',
    flag: 'max-mailbox',
    unit: 'count',
    description: 'messages that wait for one actor; the sender of one more is told',
  },
  {
    limit: 'ringLinesMax',
    flag: 'max-ring-lines',
    unit: 'count',
    description: 'recent lines a room keeps for slow readers, who are told if they miss any',
  },
  {
    limit: 'historyLinesMax',
    flag: 'max-history-lines',
    unit: 'count',
    description: 'lines of a room that /history can show',
  },
  {
    limit: 'historyAgeMaxMs',
    flag: 'max-history-age',
    unit: 'age',
    description: 'time that a store on disk keeps the lines of a room',
  },
  {
    limit: 'inputLinesMax',
    flag: 'max-input-lines',
    unit: 'count',
    description: 'lines of one user that wait before the server stops reading from them',
  },
  {
    limit: 'shutdownTimeoutMs',
    flag: 'shutdown-timeout',
    unit: 'duration',
    description: 'time users have to read the farewell',
  },
];

/** Every option of the command, each also from the environment as `CHAT_…`. */
export function allOptions(): Option[] {
  return [
    new Option('-p, --port <port>', 'TCP port to listen on; 0 picks a free one')
      .argParser(parsePort)
      .default(8080),
    new Option('--host <address>', 'address to listen on; all of this machine when not given'),
    new Option('--http-port <port>', 'TCP port for /healthz and /readyz; 0 picks a free one')
      .argParser(parsePort)
      .default(8081),
    new Option('--http-host <address>', 'address for HTTP; all of this machine when not given'),
    new Option('--no-http', 'answer no health checks'),
    new Option(
      '--store <url>',
      'where rooms and history are kept: sqlite:<file>, memory:, or for several nodes redis://… or rediss://…',
    ).default('sqlite:', 'chat.db in the state directory'),
    new Option(
      '--store-file <file>',
      'file that the URL of the store is read from, so that nobody else sees its password',
    ),
    new Option('--motd <file>', 'text file shown to whoever logs in'),
    new Option('--log-level <level>', 'least severe records to log')
      .choices([...logLevels])
      .default('info'),
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

function shownDuration(ms: number): string {
  if (ms > 86_400_000 && ms % 86_400_000 === 0) return `${ms / 86_400_000}d`;
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000}h` : `${ms / 1_000}s`;
}
