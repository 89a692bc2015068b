import { httpAddress } from './http-address';

test.each([
  [undefined, 'http://localhost:81'],
  ['0.0.0.0', 'http://localhost:81'],
  ['::', 'http://localhost:81'],
  ['127.0.0.1', 'http://127.0.0.1:81'],
  ['::1', 'http://[::1]:81'],
])('a server that listens for HTTP on %s is asked at %s', (host, address) => {
  expect(httpAddress({ port: 81, host })).toBe(address);
});
