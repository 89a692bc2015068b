import type { IncomingHttpHeaders } from 'node:http';
import type { Token } from './token';

/** What is known of a request before it is let in. */
export interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string | undefined;
}

export type Access =
  | { readonly isAllowed: true; readonly from: string }
  | { readonly isAllowed: false; readonly status: 401 | 403; readonly why: string };

const loopback = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'];
export const actionHeader = 'x-chat-action';

/**
 * Whether a request for what is not everyone's is let in, at `nowMs`.
 *
 * With a token: who has it. Without: this machine alone, asked for by a name of its own, since a
 * page anywhere can have a browser ask this machine under a name that leads to it (DNS rebinding).
 * Whatever another site has a browser ask for is refused, but for a link that someone follows.
 */
export function accessOf(asked: Asked, token: Token | undefined, nowMs: number): Access {
  const known = token === undefined ? knownByPlace(asked) : knownByToken(asked, token, nowMs);
  if (!known.isAllowed) return known;
  if (isForeign(asked)) return refused(403, 'Asked for by another site.');
  if (asked.method !== 'POST') return known;
  const why = whyNotAct(asked);
  return why === undefined ? known : refused(403, why);
}

/** Whether a form was sent by a page of this server, as far as its browser tells. */
export function isOwnForm(asked: Asked): boolean {
  return !isForeign(asked) && isOwnOrigin(asked.headers);
}

function knownByPlace({ headers, remoteAddress = '' }: Asked): Access {
  const isLocal =
    loopback.test(remoteAddress) &&
    localHost.test(headers.host ?? '') &&
    !proxyHeaders.some((name) => name in headers);
  if (isLocal) return { isAllowed: true, from: `${remoteAddress} (this machine)` };
  return refused(
    403,
    'Only this machine may see this, as http://localhost. To let others in, start the server with --http-token-file.',
  );
}

function knownByToken({ headers, remoteAddress = '' }: Asked, token: Token, nowMs: number): Access {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) {
    const [, given] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (given !== undefined && token.isSame(given)) {
      return { isAllowed: true, from: `${remoteAddress} (token)` };
    }
    return refused(401, 'The token is not right.');
  }
  if (cookie !== undefined && token.isLoggedIn(cookie, nowMs)) {
    return { isAllowed: true, from: `${remoteAddress} (logged in)` };
  }
  return refused(
    401,
    'This needs the token that the server was started with: send it as Authorization: Bearer, or log in at /login.',
  );
}

function whyNotAct({ headers }: Asked): string | undefined {
  // What a browser sends to another site only after asking it first, and we never say yes.
  if (headers[actionHeader] === undefined) return 'An action needs the header X-Chat-Action: 1.';
  if (!/^application\/json(?:;|$)/i.test(headers['content-type'] ?? '')) {
    return 'An action is sent as application/json.';
  }
  return isOwnOrigin(headers) ? undefined : 'Asked for by another site.';
}

function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true;
  return host !== undefined && [`http://${host}`, `https://${host}`].includes(origin);
}

function isForeign({ method, headers }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  const isLink =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !(isLink && (method === 'GET' || method === 'HEAD'));
}

function refused(status: 401 | 403, why: string): Access {
  return { isAllowed: false, status, why };
}
