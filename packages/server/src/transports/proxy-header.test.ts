import * as fc from 'fast-check';
import { parseProxyHeader, type ProxyHeader, proxyHeaderBytesMax } from './proxy-header';

const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n');

function text(line: string): ProxyHeader {
  return parseProxyHeader(Buffer.from(line));
}

function binary(
  versionAndCommand: number,
  family: number,
  variable: Uint8Array,
  length = variable.length,
): Buffer {
  const head = Buffer.from([versionAndCommand, family, length >> 8, length & 0xff]);
  return Buffer.concat([signature, head, variable]);
}

/** From 192.0.2.7, port 1025. */
const ipv4 = Buffer.from('c0000207c6336401040101bb', 'hex');
/** From 2001:db8::7, port 1025. */
const ipv6 = Buffer.from(
  '20010db800000000000000000000000720010db8000000000000000000000001040101bb',
  'hex',
);
/** Whatever a load balancer adds: here 0xEA of AWS, a VPC endpoint's name. */
const fields = Buffer.from('ea001501767063652d303132333435363738396162636465', 'hex');

test.each([
  ['PROXY TCP4 192.0.2.7 198.51.100.1 1025 443\r\n', '192.0.2.7', 1_025],
  ['PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n', '255.255.255.255', 65_535],
  ['PROXY TCP6 2001:DB8:0:0::7 2001:db8::1 0 443\r\n', '2001:db8::7', 0],
  ['PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 1025 443\r\n', '192.0.2.7', 1_025],
])('%j is for a client', (line, address, port) => {
  expect(text(`${line}PROXY`)).toEqual({
    type: 'header',
    byteLength: line.length,
    client: { address, port },
  });
});

test.each(['PROXY UNKNOWN\r\n', `PROXY UNKNOWN ${'f'.repeat(91)}\r\n`])(
  '%j is for nobody who is known',
  (line) => {
    expect(text(line)).toEqual({ type: 'header', byteLength: line.length });
  },
);

test.each([
  'one\r\n',
  'PROXY\r\n',
  'PROXY  TCP4 192.0.2.7 198.51.100.1 1025 443\r\n',
  'PROXY TCP4 192.0.2.7 198.51.100.1 1025\r\n',
  'PROXY TCP4 192.0.2.7 198.51.100.1 1025 443 \r\n',
  'PROXY TCP4 192.0.2.7 198.51.100.1 65536 443\r\n',
  'PROXY TCP4 192.0.2.7 198.51.100.1 01 443\r\n',
  'PROXY TCP4 192.0.2.07 198.51.100.1 1025 443\r\n',
  'PROXY TCP4 2001:db8::7 2001:db8::1 1025 443\r\n',
  'PROXY TCP6 192.0.2.7 198.51.100.1 1025 443\r\n',
  'PROXY TCP6 fe80::1%eth0 2001:db8::1 1025 443\r\n',
  'PROXY UDP4 192.0.2.7 198.51.100.1 1025 443\r\n',
  'proxy TCP4 192.0.2.7 198.51.100.1 1025 443\r\n',
  `PROXY UNKNOWN ${'f'.repeat(92)}\r\n`,
  '\r\n\r\nGET',
])('%j is no header', (line) => {
  expect(text(line)).toEqual({ type: 'invalid' });
});

test.each([
  ['IPv4', binary(0x21, 0x11, ipv4), { address: '192.0.2.7', port: 1_025 }],
  ['IPv6', binary(0x21, 0x21, ipv6), { address: '2001:db8::7', port: 1_025 }],
  [
    'IPv4 and more fields',
    binary(0x21, 0x11, Buffer.concat([ipv4, fields])),
    { address: '192.0.2.7', port: 1_025 },
  ],
  ['the proxy itself', binary(0x20, 0x11, ipv4), undefined],
  ['the proxy itself, and no addresses', binary(0x20, 0x00, Buffer.alloc(0)), undefined],
  ['nobody who is known', binary(0x21, 0x00, fields), undefined],
  ['a Unix socket', binary(0x21, 0x31, Buffer.alloc(216)), undefined],
  ['a datagram', binary(0x21, 0x12, ipv4), undefined],
])('a binary header is for %s', (_what, header, client) => {
  const bytes = Buffer.concat([header, Buffer.from('one\r\n')]);
  expect(parseProxyHeader(bytes)).toEqual({
    type: 'header',
    byteLength: header.length,
    ...(client && { client }),
  });
});

test.each([
  ['of version 1', binary(0x11, 0x11, ipv4)],
  ['with a command that there is not', binary(0x22, 0x11, ipv4)],
  ['of a family that there is not', binary(0x21, 0x41, ipv4)],
  ['without room for its addresses', binary(0x21, 0x11, ipv4.subarray(1))],
  ['without room for its addresses of IPv6', binary(0x21, 0x21, ipv4)],
  ['that is too long', binary(0x21, 0x11, ipv4, 2_049)],
])('a binary header %s is none', (_what, bytes) => {
  expect(parseProxyHeader(bytes)).toEqual({ type: 'invalid' });
});

const anyHeader = fc.oneof(
  fc
    .tuple(fc.ipV4(), fc.nat(65_535))
    .map(([address, port]) => Buffer.from(`PROXY TCP4 ${address} 198.51.100.1 ${port} 443\r\n`)),
  fc
    .tuple(fc.constantFrom(0x20, 0x21), fc.uint8Array({ maxLength: 600 }))
    .map(([command, more]) => binary(command, 0x21, Buffer.concat([ipv6, more]))),
);
/** Bytes that begin as a header, or not. */
const anyBytes = fc
  .tuple(
    fc.constantFrom(Buffer.alloc(0), Buffer.from('PROXY '), signature),
    fc.uint8Array({ maxLength: 3_000 }),
  )
  .map(([start, rest]) => Buffer.concat([start, rest]));

test('a header is whole with its last byte, and not before, whatever follows', () => {
  fc.assert(
    fc.property(anyHeader, fc.uint8Array(), fc.nat(), (header, rest, cut) => {
      const whole = parseProxyHeader(Buffer.concat([header, rest]));
      expect(whole).toMatchObject({ type: 'header', byteLength: header.length });
      expect(parseProxyHeader(header)).toEqual(whole);
      const part = header.subarray(0, cut % header.length);
      expect(parseProxyHeader(part)).toEqual({ type: 'incomplete' });
    }),
  );
});

test('whatever comes, and however it is cut, there is an answer, and it stays', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const answers = Array.from(bytes, (_, length) => parseProxyHeader(bytes.subarray(0, length)));
      const last = parseProxyHeader(bytes);
      const decided = answers.findIndex(({ type }) => type !== 'incomplete');
      for (const answer of decided === -1 ? [] : answers.slice(decided)) {
        expect(answer).toEqual(last);
      }
      const byteLength = last.type === 'header' ? last.byteLength : 0;
      expect(byteLength).toBeLessThanOrEqual(bytes.length);
      expect(last.type === 'incomplete' && bytes.length >= proxyHeaderBytesMax).toBe(false);
    }),
    { numRuns: 50 },
  );
});
