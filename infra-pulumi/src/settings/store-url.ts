/**
 * A Redis or Valkey of one's own. A password makes it an endpoint with a secret, so that the
 * URL that stands in the user-data never holds one.
 */
export type ExistingStore =
  | { readonly access: 'open'; readonly url: string; readonly port: number }
  | {
      readonly access: 'password';
      readonly endpoint: string;
      readonly port: number;
      readonly tls: boolean;
      readonly password: string;
    };

/** The store behind a URL, or what is wrong with it. The problem never repeats the URL. */
export function existingStore(text: string): ExistingStore | { problem: string; fix: string } {
  const url = parsed(text);
  if (url === undefined) {
    return { problem: 'it is not a Redis URL', fix: 'write it as rediss://host:6379' };
  }
  const port = url.port === '' ? 6379 : Number(url.port);
  if (url.password === '' && url.username === '') {
    return { access: 'open', url: text, port };
  }
  if (url.username !== '' && url.username !== 'default') {
    return {
      problem: 'a named user cannot be handed to the instances',
      fix: 'use the default user: rediss://:password@host:6379',
    };
  }
  if (url.password === '') {
    return { problem: 'its user has no password', fix: 'write rediss://:password@host:6379' };
  }
  if (!['', '/', '/0'].includes(url.pathname) || url.search !== '') {
    return {
      problem: 'with a password only the host and the port can be chosen',
      fix: 'leave out the database and what follows it',
    };
  }
  const password = unescaped(url.password);
  if (password === undefined) {
    return {
      problem: 'its password is not escaped as in a URL',
      fix: 'write % as %25, / as %2F, @ as %40',
    };
  }
  const tls = url.protocol === 'rediss:';
  return { access: 'password', endpoint: `${url.hostname}:${port}`, port, tls, password };
}

function parsed(text: string): URL | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^rediss?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
