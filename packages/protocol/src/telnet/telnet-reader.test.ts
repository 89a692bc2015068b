import * as fc from 'fast-check';
import { protocolLimits } from '../limits';
import { telnetCode } from './telnet';
import { TelnetReader } from './telnet-reader';
import type { TelnetProgress } from './telnet-reader';

const { iac, sb, se } = telnetCode;

/** Reads what follows an IAC, and gives every answer from the first that ends the command. */
function read(...bytes: number[]): TelnetProgress {
  const reader = new TelnetReader();
  const answers = bytes.map((byte) => reader.read(byte));
  const last = answers.pop() ?? 'unfinished';
  expect(answers.every((answer) => answer === 'unfinished')).toBe(true);
  return last;
}

test('a command is complete with its last byte', () => {
  expect(read(telnetCode.ip)).toEqual({ verb: 'ip' });
  expect(read(telnetCode.do, 6)).toEqual({ verb: 'do', option: 6 });
  expect(read(telnetCode.wont, 255)).toEqual({ verb: 'wont', option: 255 });
  expect(read(telnetCode.eor)).toEqual({ verb: 'eor' });
});

test('a window 255 columns wide comes with its doubled byte made single', () => {
  expect(read(sb, 31, 0, iac, iac, 0, 24, iac, se)).toEqual({
    verb: 'sb',
    option: 31,
    payload: Uint8Array.of(0, 255, 0, 24),
  });
});

test('a window 255 columns wide is understood if its byte was not doubled', () => {
  expect(read(sb, 31, 0, iac, 0, 24, iac, se)).toEqual({
    verb: 'sb',
    option: 31,
    payload: Uint8Array.of(0, 255, 0, 24),
  });
});

test('any payload arrives as it was before its IACs were doubled', () => {
  const byte = fc.oneof(fc.constantFrom(iac, se, sb), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(byte), fc.integer({ min: 0, max: 254 }), (payload, option) => {
      const doubled = payload.flatMap((value) => (value === iac ? [iac, iac] : [value]));
      expect(read(sb, option, ...doubled, iac, se)).toEqual({
        verb: 'sb',
        option,
        payload: Uint8Array.from(payload),
      });
    }),
  );
});

test('a subnegotiation is bounded: one byte more and it is skipped to its end', () => {
  const fitting = Array.from({ length: protocolLimits.subnegotiationBytesMax }, () => 1);
  expect(read(sb, 24, ...fitting, iac, se)).toMatchObject({ verb: 'sb', option: 24 });
  expect(read(sb, 24, ...fitting, 1, iac, se)).toBe('ignored');
  expect(read(sb, 24, ...fitting, iac, iac, 1, iac, iac, iac, se)).toBe('ignored');
});

test('a subnegotiation that is skipped holds nothing', () => {
  const reader = new TelnetReader();
  for (const byte of [sb, 24]) reader.read(byte);
  for (let sent = 0; sent <= protocolLimits.subnegotiationBytesMax; sent += 1) reader.read(1);
  expect(Object.values(reader).filter((value) => typeof value === 'object')).toEqual([]);
});

test('a subnegotiation that another command breaks off is dropped and that command is read', () => {
  expect(read(sb, 24, 1, 2, iac, telnetCode.nop)).toEqual({ verb: 'nop' });
  expect(read(sb, 24, 1, iac, telnetCode.will, 3)).toEqual({ verb: 'will', option: 3 });
  expect(read(sb, 24, 1, iac, sb, 31, 7, iac, se)).toEqual({
    verb: 'sb',
    option: 31,
    payload: Uint8Array.of(7),
  });
});

test('a subnegotiation without an option and an end without a beginning are ignored', () => {
  expect(read(sb, iac, se)).toBe('ignored');
  expect(read(se)).toBe('ignored');
});

test('a byte that is no command is text', () => {
  expect(read(iac)).toBe('text');
  expect(read(0x0a)).toBe('text');
  expect(read(sb, 24, 1, iac, 0x41)).toBe('text');
});
