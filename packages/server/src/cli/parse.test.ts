import * as fc from 'fast-check';
import {
  parseAddressBlocks,
  parseCount,
  parseDurationMs,
  parseKeepaliveMs,
  parsePort,
  parseToken,
  parseWaitMs,
} from './parse';

test.each([
  ['0', 0],
  ['23', 23],
  ['65535', 65_535],
])('%s is a port', (text, port) => {
  expect(parsePort(text)).toBe(port);
});

test.each(['', ' ', '-1', '65536', '80.5', '8e3', '0x50', 'http', '１'])(
  '%j is no port',
  (text) => {
    expect(() => parsePort(text)).toThrow('Give a number from 0 to 65535.');
  },
);

test.each(['0', '-3', '1.5', '', '1e3', '99999999999999999999', 'many'])(
  '%j is no count',
  (text) => {
    expect(() => parseCount(text)).toThrow('Give a whole number from 1.');
  },
);

test('every whole number from 1 is a count', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (count) => {
      expect(parseCount(`${count}`)).toBe(count);
    }),
  );
});

test.each([
  ['500ms', 500],
  ['90s', 90_000],
  ['90', 90_000],
  ['5m', 300_000],
  ['1.5h', 5_400_000],
  ['24h', 86_400_000],
  ['24d', 2_073_600_000],
])('%s is a duration', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});

test.each(['0', '0s', '-5s', '25d', '1y', '', 's', '5 s', '1e3s', 'Infinity', 'NaN'])(
  '%j is no duration',
  (text) => {
    expect(() => parseDurationMs(text)).toThrow(/^Give a duration such as/);
  },
);

test.each(['1s', '60', '349s'])('%s is a keepalive', (text) => {
  expect(parseKeepaliveMs(text)).toBe(parseDurationMs(text));
});

test.each(['1ms', '350s', '400s', 'x'])('%s is no keepalive', (text) => {
  expect(() => parseKeepaliveMs(text)).toThrow('Give a duration from 1s to 349s.');
});

test('a token is long, and of what a header can hold', () => {
  expect(parseToken('0123456789abcdef')).toBe('0123456789abcdef');
  for (const text of ['', 'short', '0123456789 abcdef', '0123456789abcdé']) {
    expect(() => parseToken(text)).toThrow('Give 16 or more letters, digits and signs.');
  }
});

test.each([
  ['0', 0],
  ['0s', 0],
  ['30s', 30_000],
])('%s is a time to wait', (text, ms) => {
  expect(parseWaitMs(text)).toBe(ms);
});

test.each(['-1s', '25d', 'soon', ''])('%j is no time to wait', (text) => {
  expect(() => parseWaitMs(text)).toThrow(/^Give a duration such as/);
});

test('addresses and blocks of them are given as they are written', () => {
  expect(parseAddressBlocks('10.0.0.0/16, ::1')).toBe('10.0.0.0/16, ::1');
  for (const text of ['', 'balancer', '10.0.0.0/33', '10.0.0.0/8,']) {
    expect(() => parseAddressBlocks(text)).toThrow(/^Give addresses or blocks of them, such as/);
  }
});
