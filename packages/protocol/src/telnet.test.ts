import * as fc from 'fast-check';
import { refuse, telnetCode, telnetOption } from './telnet';

const { iac, will, wont, dont } = telnetCode;
const anyOption = fc.integer({ min: 0, max: 255 });

test('every offer and every demand is turned down', () => {
  fc.assert(
    fc.property(anyOption, (option) => {
      expect(refuse({ verb: 'will', option })).toEqual(Uint8Array.of(iac, dont, option));
      expect(refuse({ verb: 'do', option })).toEqual(Uint8Array.of(iac, wont, option));
    }),
  );
});

test('a refusal is never answered, so two servers that refuse each other fall silent', () => {
  fc.assert(
    fc.property(anyOption, (option) => {
      expect(refuse({ verb: 'wont', option })).toBeUndefined();
      expect(refuse({ verb: 'dont', option })).toBeUndefined();
    }),
  );
});

test('a client that waits for its timing mark after ^C is answered', () => {
  expect(refuse({ verb: 'ip' })).toBeUndefined();
  expect(refuse({ verb: 'do', option: telnetOption.timingMark })).toEqual(
    Uint8Array.of(iac, wont, 6),
  );
});

test('what asks for nothing gets no answer', () => {
  expect(refuse({ verb: 'nop' })).toBeUndefined();
  expect(refuse({ verb: 'sb', option: 31, payload: Uint8Array.of(0, 80, 0, 24) })).toBeUndefined();
});

test('the codes are those of RFC 854', () => {
  expect([iac, dont, telnetCode.do, wont, will, telnetCode.sb]).toEqual([
    255, 254, 253, 252, 251, 250,
  ]);
  expect([telnetCode.se, telnetCode.nop, telnetCode.ga]).toEqual([240, 241, 249]);
});
