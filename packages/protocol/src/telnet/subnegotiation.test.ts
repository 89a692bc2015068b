import { readTerminalType, readWindowSize, terminalTypeSend } from './subnegotiation';

function named(text: string): Uint8Array {
  return Uint8Array.of(0, ...new TextEncoder().encode(text));
}

test('a window size is two numbers of two bytes', () => {
  expect(readWindowSize(Uint8Array.of(0, 80, 1, 4))).toEqual({ columns: 80, rows: 260 });
  expect(readWindowSize(Uint8Array.of(255, 255, 255, 255))).toEqual({
    columns: 65_535,
    rows: 65_535,
  });
});

test('a size of 0 is one that the client does not know', () => {
  expect(readWindowSize(Uint8Array.of(0, 0, 0, 24))).toEqual({ columns: undefined, rows: 24 });
  expect(readWindowSize(Uint8Array.of(0, 80, 0, 0))).toEqual({ columns: 80, rows: undefined });
});

test.each([[[]], [[0, 80, 24]], [[0, 80, 0, 24, 0]]])('%j is no window size', (payload) => {
  expect(readWindowSize(Uint8Array.from(payload))).toBeUndefined();
});

test('a terminal type is told in lower case', () => {
  expect(readTerminalType(named('XTERM-256color'))).toBe('xterm-256color');
  expect(readTerminalType(named('MTTS 137'))).toBe('mtts 137');
});

test('a terminal type that is too long, or has what is not printable in it, has no name', () => {
  expect(readTerminalType(named('x'.repeat(40)))).toBe('x'.repeat(40));
  expect(readTerminalType(named('x'.repeat(41)))).toBe('');
  expect(readTerminalType(named('xterm\u001b[2J'))).toBe('');
  expect(readTerminalType(named('xtérm'))).toBe('');
  expect(readTerminalType(named(''))).toBe('');
});

test('what does not say that it is a terminal type tells none', () => {
  expect(readTerminalType(Uint8Array.of())).toBeUndefined();
  expect(readTerminalType(Uint8Array.of(1))).toBeUndefined();
  expect(readTerminalType(Uint8Array.of(0x78))).toBeUndefined();
});

test('the question is IAC SB TERMINAL-TYPE SEND IAC SE', () => {
  expect(terminalTypeSend).toEqual(Uint8Array.of(255, 250, 24, 1, 255, 240));
});
