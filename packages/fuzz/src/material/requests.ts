import type { Random } from '../random';
import { anyBytes, mutated } from './bytes';
import { text } from './text';

export const token = 'a-token-that-nobody-may-ever-be-told-0123456789';

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'CONNECT',
  'TRACE',
  'PRI',
  'get',
  '',
] as const;
const paths = [
  '/healthz',
  '/readyz',
  '/metrics',
  '/login',
  '/logout',
  '/drain',
  '/observer',
  '/observer/',
  '/observer/observer.js',
  '/observer/../../../../etc/passwd',
  '/observer/..%2f..%2fpackage.json',
  '/observer/%00',
  '/observer/api/server',
  '/observer/api/tree',
  '/observer/api/actors?path=chat/listeners',
  '/observer/api/actors?path=__proto__',
  '/observer/api/search?q=a&limit=-1',
  '/observer/api/reports?kind=crash,__proto__&after=NaN&limit=1e9',
  '/observer/api/charts?limit=0',
  '/observer/api/rooms',
  '/observer/api/events',
  '/observer/api/actions/restart',
  '/observer/api/actions/disconnect',
  '/',
  '*',
  '//',
  'http://localhost/metrics',
  '/%',
  '/\u00FF',
] as const;
const bodies = [
  '{"path":"chat/rooms"}',
  '{"path":"chat"}',
  '{"connection":1}',
  '{"connection":-1}',
  '{"connection":1e400}',
  '{"path":"__proto__"}',
  '{"path":{}}',
  '[]',
  'null',
  '',
  '{',
  'token=wrong',
  `token=${'x'.repeat(5_000)}`,
] as const;
const headers = [
  'Host: localhost',
  'Host: evil.example',
  'Origin: http://evil.example',
  'Origin: null',
  'Sec-Fetch-Site: cross-site',
  'Accept: text/html',
  'Accept: text/event-stream',
  'Authorization: Bearer wrong',
  'Authorization: Bearer',
  'Authorization: Basic OnRva2Vu',
  'Cookie: chat_operator=9999999999.0000000000000000000000000000000000000000000000000000000000000000',
  'Cookie: chat_operator=; chat_operator=1.x',
  'X-Chat-Action: 1',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Length: -1',
  'Content-Length: 5',
  'Content-Length: 99999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Expect: 100-continue',
  'Expect: nothing',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Connection: keep-alive',
  'Connection: close',
  'Last-Event-ID: 1',
  'Range: bytes=0-1',
  'X-Forwarded-For: 127.0.0.1',
  ': no name',
  ' folded',
  'Host : space',
] as const;

export interface Asked {
  /** Whether the token is among it, in requests that only ask. */
  readonly isOperator: boolean;
  /** All that is sent on one connection. */
  readonly bytes: string;
  readonly pieces: number;
}

/** A few requests on one connection, structured or not. */
export function requests(random: Random): Asked {
  const count = random.once(3) ? 1 + random.below(5) : 1;
  const isOperator = random.once(3);
  const all = Array.from({ length: count }, () =>
    random.once(12) ? anyBytes(random, 200) : request(random, isOperator),
  );
  const bytes = isOperator ? all.join('') : mutated(random, all.join(''));
  return { isOperator, bytes, pieces: random.once(3) ? 1 + random.below(6) : 1 };
}

function request(random: Random, isOperator: boolean): string {
  const method =
    isOperator || random.once(3) ? 'GET' : random.once(2) ? 'POST' : random.pick(methods);
  const path = random.once(10) ? `/${text(random).replaceAll(/[ \r\n]/g, '')}` : random.pick(paths);
  const version = random.once(12)
    ? random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTP/1.1', ''])
    : 'HTTP/1.1';
  const body = random.once(2) ? random.pick(bodies) : '';
  const lines = [
    `${method} ${path} ${version}`,
    random.once(10) ? random.pick(headers) : 'Host: localhost',
    ...(isOperator ? [`Authorization: Bearer ${token}`] : []),
    ...random.some(5, () => random.pick(headers)),
    ...(random.once(20) ? [`X-Noise: ${text(random)}`] : []),
    ...(random.once(30) ? [`X-Long: ${'x'.repeat(random.below(20_000))}`] : []),
    ...(body === '' || random.once(5) ? [] : [`Content-Length: ${body.length}`]),
  ];
  return `${lines.join(random.once(30) ? '\n' : '\r\n')}\r\n\r\n${body}`;
}
