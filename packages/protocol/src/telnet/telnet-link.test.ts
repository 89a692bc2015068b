import {
  Replay,
  commands,
  isSize,
  isType,
  says,
  sentWords,
  tells,
  together,
  types,
} from './telnet-replay.suite';
import { telnetCode } from './telnet';
import { TelnetLink } from './telnet-link';

const { iac, nop } = telnetCode;
/** A client that is asked for its terminal type and told to have one. */
function connected(...names: readonly string[]): Replay {
  return new Replay([says('will', 'terminalType'), ...names.map(isType)]);
}

/** One whose terminal sends its keys. */
function atTerminal(): Replay {
  const replay = connected('xterm', 'xterm');
  replay.read(together(says('do', 'echo'), says('do', 'suppressGoAhead')));
  expect(replay.link.mode).toBe('terminal');
  return replay;
}

test('a client that has said nothing is sent nothing', () => {
  const link = new TelnetLink();
  expect([link.mode, link.isTelnet]).toEqual(['plain', false]);
  expect([link.keepalive, link.promptEnd]).toEqual([undefined, undefined]);
  expect(link.traits).toMatchObject({ terminalType: undefined, colours: 0, columns: undefined });
});

test.each(['crlf', 'crnul'] as const)('a first line that ends in %s is asked one thing', (end) => {
  const link = new TelnetLink();
  expect(link.lineRead(end)).toEqual([
    { kind: 'send', bytes: Uint8Array.of(iac, telnetCode.do, 24, 0x0d, 0x00) },
  ]);
  expect(link.lineRead(end)).toEqual([]);
  expect(link.isTelnet).toBe(false);
});

test.each(['will', 'wont', 'do', 'dont'] as const)(
  'an answer that begins with %s shows that it is telnet, however late it comes',
  (said) => {
    const replay = new Replay([types('one\r\n'.repeat(100)), says(said, 99)]);
    expect(replay.link.isTelnet).toBe(true);
    expect(replay.link.keepalive).toEqual(Uint8Array.of(iac, nop));
  },
);

test('a control function is told of, and gives nobody away', () => {
  const replay = new Replay([commands('ayt'), types('one\r\n'), commands('ip')]);
  expect(replay.transcript).toContain('are-you-there');
  expect(replay.transcript).toContain('interrupt');
  expect(replay.link.isTelnet).toBe(false);
});

test.each([
  ['eof', 'end-of-input'],
  ['ec', 'erase-character'],
  ['el', 'erase-line'],
  ['ayt', 'are-you-there'],
] as const)('%s is told as %s, to whatever terminal', (said, told) => {
  expect(atTerminal().read(commands(said)).at(-1)).toBe(told);
});

test('who steps out for a moment has not interrupted anything', () => {
  expect(atTerminal().read(commands('susp'))).toEqual(['client: SUSP']);
});

test('the terminal type is asked for four times at most', () => {
  const replay = connected('a', 'b', 'c', 'd', 'e', 'f');
  expect(sentWords(Uint8Array.from(replay.sent)).match(/SB terminalType 1/g)).toHaveLength(4);
  expect(replay.link.traits.terminalType).toBe('a');
});

test('a client that offers its terminal type twice is asked for it once', () => {
  const replay = connected();
  expect(replay.read(says('will', 'terminalType'))).toEqual(['client: WILL terminalType']);
});

test('an answer to a question that was not asked is ignored', () => {
  const replay = new Replay([says('will', 'windowSize'), isType('xterm'), isType('xterm')]);
  expect(replay.link.traits.terminalType).toBeUndefined();
});

test('a client that asks for a question instead of answering it is still waited for', () => {
  const replay = new Replay([says('will', 'terminalType'), tells('terminalType', 1)]);
  expect(replay.transcript.at(-1)).toBe('client: SB terminalType 1');
  replay.read(isType('dumb'));
  replay.read(isType('dumb'));
  expect(replay.link.mode).toBe('line');
});

test('a client that loses its terminal type half-way is judged by what it told', () => {
  const replay = connected('xterm');
  expect(replay.read(says('wont', 'terminalType'))).toEqual([
    'client: WONT terminalType',
    'server: DONT terminalType, WILL echo, WILL suppressGoAhead',
    'traits: xterm, 16 colours, ?x?',
  ]);
});

test.each([
  ['DUMB', 'no terminal to speak of'],
  ['UNKNOWN', 'a terminal that it does not know'],
  ['NETWORK', 'none but that of the network'],
  ['', 'none at all'],
  ['CMUD', 'a MUD'],
])('%s has %s, and its early DO ECHO is answered with WONT', (name) => {
  const opening = together(says('do', 'echo'), says('do', 'suppressGoAhead'));
  const replay = new Replay([opening, says('will', 'terminalType'), isType(name)]);
  const decided = replay.read(isType(name));
  expect(decided).toContain('server: WONT echo, WONT suppressGoAhead');
  expect(decided.at(-1)).toBe('mode: line');
});

test('what is asked for early is answered after three lines without a word about the terminal', () => {
  const replay = new Replay([says('do', 'echo'), types('one\r\ntwo\r\n')]);
  expect(replay.read(types('three\r\n'))).toEqual([
    'client: "three" crlf',
    'server: WONT echo',
    'mode: line',
  ]);
  expect(replay.read(types('four\r\n'))).toEqual(['client: "four" crlf']);
});

test('a client that tells its terminal only after that is heard all the same', () => {
  const replay = new Replay([says('do', 'echo'), types('1\r\n2\r\n3\r\n4\r\n')]);
  for (const chunk of [says('will', 'terminalType'), isType('xterm'), isType('xterm')]) {
    replay.read(chunk);
  }
  replay.read(together(says('do', 'echo'), says('do', 'suppressGoAhead')));
  expect(replay.link.mode).toBe('terminal');
});

test.each(['echo', 'suppressGoAhead'] as const)(
  'a terminal that refuses %s alone keeps to its lines and is not left with half of it',
  (refused) => {
    const replay = connected('xterm', 'xterm');
    const other = refused === 'echo' ? 'suppressGoAhead' : 'echo';
    replay.read(says('dont', refused));
    expect(replay.link.mode).toBe('line');
    expect(replay.read(says('do', other))).toEqual([
      `client: DO ${other}`,
      `server: WONT ${other}`,
    ]);
    expect(replay.read(says('dont', other))).toEqual([`client: DONT ${other}`]);
  },
);

test('a terminal that agrees to half of it is waited for', () => {
  const replay = connected('xterm', 'xterm');
  replay.read(says('do', 'echo'));
  expect(replay.link.mode).toBe('plain');
});

test('traits are told of when they change, and only then', () => {
  const replay = new Replay([says('will', 'windowSize')]);
  expect(replay.read(isSize(80, 24))).toContain('traits: ?, 0 colours, 80x24');
  const before = replay.link.traits;
  expect(replay.read(isSize(80, 24))).toEqual(['client: SB windowSize 0 80 0 24']);
  expect(replay.link.traits).toBe(before);
  expect(replay.read(isSize(0, 30))).toContain('traits: ?, 0 colours, ?x30');
});

test('a terminal and a client that is nobody in particular get no mark after a prompt', () => {
  expect(atTerminal().link.promptEnd).toBeUndefined();
  expect(connected('dumb', 'dumb').link.promptEnd).toBeUndefined();
});

test('BINARY is refused in both directions', () => {
  const replay = new Replay([together(says('will', 'binary'), says('do', 'binary'))]);
  expect(replay.transcript).toContain('server: WONT binary');
  expect(sentWords(Uint8Array.from(replay.sent))).toContain('DONT binary');
});
