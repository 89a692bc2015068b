import { StartError } from '@chat-server/supervision';

/** Where a Redis or Valkey is, and how to get in. */
export interface RedisLocation {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly database: number;
  /** What all keys begin with. */
  readonly prefix: string;
  /** For people: the URL without the password. */
  readonly shown: string;
}

const portDefault = 6379;
const prefixDefault = 'chat:';
const databasesMax = 1_000_000;

export function isRedisUrl(url: string): boolean {
  return /^rediss?:/.test(url);
}

/**
 * What `redis[s]://[[user]:password@]host[:port][/database][?prefix=…]` names. Throws a StartError
 * that says what is wrong with it and does not repeat the password.
 */
export function redisLocation(url: string): RedisLocation {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StartError('The store is no Redis URL; write redis://host:6379');
  }
  const { protocol, hostname, port, username, password, pathname, searchParams, hash } = new URL(
    url,
  );
  if (hostname === '') throw new StartError('The store names no host; write redis://host:6379');
  if (port === '0') throw new StartError('The store’s port is 0; write redis://host:6379');
  if (hash !== '') throw new StartError('The store’s URL has a #; in a password, write it as %23');
  const database = pathname === '' || pathname === '/' ? 0 : databaseIn(pathname);
  const prefix = prefixIn(searchParams);
  const location = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || portDefault),
  };
  return {
    ...location,
    isTls: protocol === 'rediss:',
    ...(username !== '' && { username: unescaped(username) }),
    ...(password !== '' && { password: unescaped(password) }),
    database,
    prefix,
    shown: `${protocol}//${hostname}:${location.port}`,
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new StartError('The store’s user or password has a stray %; write it as %25');
  }
}

// What is refused is not repeated: where a password has a `/` or `?`, it is the rest of that.
function databaseIn(pathname: string): number {
  const database = Number(pathname.slice(1));
  if (/^\/\d+$/.test(pathname) && database < databasesMax) return database;
  throw new StartError(
    'The store’s database is no number; write /0, /1 …, and a / in a password as %2F',
  );
}

function prefixIn(parameters: URLSearchParams): string {
  for (const name of parameters.keys()) {
    if (name !== 'prefix') {
      throw new StartError(
        'The store’s URL knows no parameter but prefix; write a ? in a password as %3F',
      );
    }
  }
  const prefix = parameters.get('prefix') ?? prefixDefault;
  // Braces would decide which part of a cluster a key is in.
  if (/^[\w.:-]{0,64}$/.test(prefix)) return prefix;
  throw new StartError('The store’s prefix may have up to 64 letters, digits and . : _ -');
}
