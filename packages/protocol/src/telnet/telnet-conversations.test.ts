import {
  Replay,
  commands,
  isSize,
  isType,
  says,
  tells,
  together,
  types,
} from './telnet-replay.suite';

test('TinTin++ keeps to its lines, is asked for all that it knows, and has its prompts marked', () => {
  const replay = new Replay([
    types('one\r\n'),
    says('will', 'terminalType'),
    together(says('will', 'windowSize'), isSize(132, 50)),
    isType('TINTIN++'),
    isType('xterm-256color'),
    isType('MTTS 137'),
    types('/users\r\n'),
  ]);
  expect(replay.transcript).toEqual([
    'client: "one" crlf',
    'server: DO terminalType, keys "\\r\\u0000"',
    'client: WILL terminalType',
    'server: DO windowSize, SB terminalType 1',
    'client: WILL windowSize',
    'client: SB windowSize 0 132 0 50',
    'traits: ?, 0 colours, 132x50',
    'client: SB terminalType IS "TINTIN++"',
    'server: SB terminalType 1',
    'client: SB terminalType IS "xterm-256color"',
    'server: SB terminalType 1',
    'client: SB terminalType IS "MTTS 137"',
    'traits: xterm-256color, 256 colours, 132x50, no UTF-8',
    'mode: line',
    'client: "/users" crlf',
  ]);
  expect(replay.link.promptEnd).toEqual(Uint8Array.of(255, 249));
});

test('a MUD client with a screen reader is told apart, and prefers EOR if it says so', () => {
  const replay = new Replay([
    says('do', 'endOfRecord'),
    says('will', 'terminalType'),
    isType('MUDLET'),
    isType('ANSI-TRUECOLOR'),
    isType('MTTS 2413'),
  ]);
  expect(replay.transcript.slice(-2)).toEqual([
    'traits: ansi-truecolor, 256 colours, ?x?, UTF-8, screen reader',
    'mode: line',
  ]);
  expect(replay.link.promptEnd).toEqual(Uint8Array.of(255, 239));
});

test('a client that refuses all is telnet, and keeps to its lines', () => {
  const replay = new Replay([
    types('one\r\n'),
    says('wont', 'terminalType'),
    says('wont', 'windowSize'),
    types('two\r\n'),
  ]);
  expect(replay.transcript).toEqual([
    'client: "one" crlf',
    'server: DO terminalType, keys "\\r\\u0000"',
    'client: WONT terminalType',
    'server: DO windowSize',
    'mode: line',
    'client: WONT windowSize',
    'client: "two" crlf',
  ]);
  expect(replay.link.isTelnet).toBe(true);
  expect(replay.link.promptEnd).toBeUndefined();
});

test('nc is sent nothing, not even when its user types the bytes of a command', () => {
  const replay = new Replay([
    types('one\n'),
    together(says('will', 'echo'), commands('ip'), says('do', 'timingMark'), types('two\r\n')),
  ]);
  expect(replay.transcript).toEqual([
    'client: "one" lf',
    'client: WILL echo',
    'client: IP',
    'client: DO timingMark',
    'client: "two" crlf',
  ]);
  expect(replay.link.mode).toBe('plain');
  expect(replay.link.keepalive).toBeUndefined();
});

test('nc -C is asked once, and then left alone', () => {
  const replay = new Replay([types('one\r\n'), types('two\r\n'), types('three\n')]);
  expect(replay.sent).toEqual([255, 253, 24, 13, 0]);
  expect(replay.link.mode).toBe('plain');
  expect(replay.link.isTelnet).toBe(false);
});

test('a file in UTF-16 is not taken for a telnet client', () => {
  const replay = new Replay([together(Uint8Array.of(0xff, 0xfe), types('o\0n\0e\0\n\0'))]);
  expect(replay.sent).toEqual([]);
  expect(replay.link.isTelnet).toBe(false);
});

test('a window 255 wide and 511 high comes with both of its bytes doubled', () => {
  const replay = new Replay([together(says('will', 'windowSize'), isSize(255, 511))]);
  expect(replay.transcript).toContain('traits: ?, 0 colours, 255x511');
});

test('a line that was begun when the client changes to sending keys goes on as keys', () => {
  const replay = new Replay([
    says('will', 'terminalType'),
    isType('XTERM'),
    together(isType('XTERM'), types('hel')),
    together(
      types('l'),
      says('do', 'echo'),
      types('o'),
      says('do', 'suppressGoAhead'),
      types('\r'),
    ),
  ]);
  expect(replay.transcript.slice(-5)).toEqual([
    'client: DO echo',
    'client: DO suppressGoAhead',
    'mode: terminal',
    'client: keys "hello"',
    'client: keys "\\r"',
  ]);
});

test('a captured stream can be cut anywhere and tells the same', () => {
  const stream = together(
    types('one\r\n'),
    says('will', 'terminalType'),
    tells('terminalType', 0, 0x61),
    tells('terminalType', 0, 0x61),
    says('do', 'echo'),
    says('do', 'suppressGoAhead'),
  );
  const whole = new Replay([stream]).transcript;
  const byBytes = new Replay(Array.from(stream, (byte) => Uint8Array.of(byte))).transcript;
  expect(byBytes).toEqual(whole);
  expect(whole.at(-1)).toBe('mode: terminal');
});
