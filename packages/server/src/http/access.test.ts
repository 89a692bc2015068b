import type { IncomingHttpHeaders } from 'node:http';
import { accessOf, type Asked, isOwnForm } from './access';
import { Token } from './token';

const now = 1_700_000_000_000;
const secret = 'a-token-of-some-length';
const token = new Token(secret);
const cookie = token.cookie(now).split(';', 1)[0] ?? '';

function asked(headers: IncomingHttpHeaders = {}, more: Partial<Asked> = {}): Asked {
  return {
    method: 'GET',
    remoteAddress: '127.0.0.1',
    headers: { host: 'localhost:8081', ...headers },
    ...more,
  };
}

const statusOf = (what: Asked, given?: Token): number => {
  const access = accessOf(what, given, now);
  return access.isAllowed ? 200 : access.status;
};

test.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])(
  'without a token, %s is this machine',
  (remoteAddress) => {
    const access = accessOf(asked({}, { remoteAddress }), undefined, now);
    expect(access).toEqual({ isAllowed: true, from: `${remoteAddress} (this machine)` });
  },
);

test.each(['10.0.0.1', '::2', '::ffff:10.0.0.1', '127.0.0.1.evil', '', undefined])(
  'without a token, %s is not',
  (remoteAddress) => {
    expect(accessOf(asked({}, { remoteAddress }), undefined, now)).toEqual({
      isAllowed: false,
      status: 403,
      why: 'Only this machine may see this, as http://localhost. To let others in, start the server with --http-token-file.',
    });
  },
);

test.each(['localhost', 'LOCALHOST:1', '127.0.0.1:8081', '[::1]:8081', '[::1]'])(
  'this machine is asked for as %s',
  (host) => {
    expect(statusOf(asked({ host }))).toBe(200);
  },
);

test.each(['chat.example', 'localhost.evil', 'evil:80', '127.0.0.1.evil:80', 'localhost@evil', ''])(
  'a browser that was led here as %j sees nothing',
  (host) => {
    expect(statusOf(asked({ host }))).toBe(403);
  },
);

test.each(['x-forwarded-for', 'forwarded', 'via', 'x-forwarded-host'])(
  'what comes with %s is not of this machine, but of who is behind a proxy',
  (name) => {
    expect(statusOf(asked({ [name]: '10.0.0.1' }))).toBe(403);
  },
);

test('a token is for this machine as well, and from anywhere else', () => {
  expect(statusOf(asked(), token)).toBe(401);
  const bearer = { authorization: `Bearer ${secret}`, host: 'chat.example' };
  const access = accessOf(asked(bearer, { remoteAddress: '10.0.0.1' }), token, now);
  expect(access).toEqual({ isAllowed: true, from: '10.0.0.1 (token)' });
});

test.each([
  `Bearer ${secret}x`,
  `Bearer ${secret.slice(1)}`,
  `Basic ${secret}`,
  secret,
  'Bearer ',
  '',
])('%j is not the token', (authorization) => {
  expect(statusOf(asked({ authorization }), token)).toBe(401);
});

test('who logged in is let in until it ends, and does not have the token itself', () => {
  expect(cookie).not.toContain(secret);
  const access = accessOf(asked({ cookie: `a=1; ${cookie}; b=2` }), token, now);
  expect(access).toEqual({ isAllowed: true, from: '127.0.0.1 (logged in)' });
  expect(accessOf(asked({ cookie }), token, now + 12 * 3_600_000)).toMatchObject({ status: 401 });
});

test('a proof is good for its own end and its own token', () => {
  const later = cookie.replace(/=\d+/, (end) => `=${Number(end.slice(1)) + 9}`);
  const other = new Token(`${secret}-other`).cookie(now).split(';', 1)[0] ?? '';
  for (const forged of [later, other, `x${cookie}`, `${cookie}0`, cookie.slice(0, -1)]) {
    expect(statusOf(asked({ cookie: forged }), token)).toBe(401);
  }
});

test.each(['cross-site', 'same-site'])(
  'what a page of another site (%s) asks for is refused',
  (site) => {
    expect(statusOf(asked({ 'sec-fetch-site': site }))).toBe(403);
    expect(statusOf(asked({ 'sec-fetch-site': site, cookie }), token)).toBe(403);
  },
);

test('a link on another site may lead here', () => {
  const link = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  expect(statusOf(asked(link))).toBe(200);
  expect(statusOf(asked({ ...link, 'sec-fetch-dest': 'iframe' }))).toBe(403);
  expect(statusOf(asked(link, { method: 'POST' }))).toBe(403);
});

const action = { 'x-chat-action': '1', 'content-type': 'application/json' };

test.each([
  [action, 200],
  [{ ...action, origin: 'http://localhost:8081', 'sec-fetch-site': 'same-origin' }, 200],
  [{ ...action, origin: 'http://evil' }, 403],
  [{ ...action, origin: 'null' }, 403],
  [{ ...action, origin: 'http://localhost:9999' }, 403],
  [{ ...action, 'sec-fetch-site': 'same-site' }, 403],
  [{ 'content-type': 'application/json' }, 403],
  [{ ...action, 'content-type': 'text/plain' }, 403],
])('an action with %j is answered %i', (headers: IncomingHttpHeaders, status) => {
  const post = asked(headers, { method: 'POST' });
  expect(statusOf(post)).toBe(status);
  expect(statusOf({ ...post, headers: { ...post.headers, cookie } }, token)).toBe(status);
});

test('a form is this server’s own where its browser says so, or there is none to say it', () => {
  expect(isOwnForm(asked({}, { method: 'POST' }))).toBe(true);
  expect(isOwnForm(asked({ origin: 'http://localhost:8081' }, { method: 'POST' }))).toBe(true);
  expect(isOwnForm(asked({ origin: 'http://evil' }, { method: 'POST' }))).toBe(false);
  expect(isOwnForm(asked({ 'sec-fetch-site': 'cross-site' }, { method: 'POST' }))).toBe(false);
});
