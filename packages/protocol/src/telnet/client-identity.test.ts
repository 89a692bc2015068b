import * as fc from 'fast-check';
import { identifyClient, mttsBits } from './client-identity';

test.each([
  ['xterm', 16],
  ['xterm-256color', 256],
  ['screen.xterm-256color', 256],
  ['screen', 16],
  ['tmux', 16],
  ['rxvt-unicode', 16],
  ['linux', 16],
  ['konsole', 16],
  ['putty', 16],
  ['ansi', 16],
  ['cygwin', 16],
  ['vt220', 16],
  ['vt525', 16],
  ['eterm-color', 16],
  ['xterm-direct', 256],
  ['alacritty', 256],
  ['xterm-kitty', 256],
  ['foot', 256],
  ['vt100', 0],
  ['vt102', 0],
  ['dumb', 0],
  ['unknown', 0],
  ['', 0],
] as const)('%s shows %d colours', (name, colours) => {
  expect(identifyClient([name], undefined).colours).toBe(colours);
});

test.each([
  [0, 0],
  [1, 16],
  [8, 256],
  [256, 256],
  [1 + 8, 256],
])('MTTS %d shows %d colours', (bits, colours) => {
  expect(identifyClient(['client', 'vt100'], bits).colours).toBe(colours);
});

test.each(['xterm', 'vt100', 'ansi', 'screen', 'my-own-terminal'])('%s is a terminal', (name) => {
  expect(identifyClient([name], undefined)).toMatchObject({
    manner: 'terminal',
    terminalType: name,
    isUtf8: undefined,
  });
});

test.each(['dumb', 'dumb-emacs-ansi', 'unknown', 'network', ''])('%j is no terminal', (name) => {
  expect(identifyClient([name], undefined).manner).toBe('line');
});

test('a client that told nothing keeps to its lines', () => {
  expect(identifyClient([], undefined)).toEqual({
    manner: 'line',
    terminalType: undefined,
    colours: 0,
    isScreenReader: false,
    isUtf8: undefined,
  });
});

test.each(['tintin++', 'mudlet 4.17', 'mushclient', 'cmud', 'zmud', 'kildclient', 'blightmud'])(
  '%s is a MUD client, whose second name is that of its terminal',
  (name) => {
    expect(identifyClient([name, 'xterm'], undefined)).toMatchObject({
      manner: 'mud',
      terminalType: 'xterm',
      colours: 16,
    });
    expect(identifyClient([name], undefined).terminalType).toBe(name);
  },
);

test('a client that nobody knows is a MUD client if it knows MTTS', () => {
  expect(identifyClient(['new-client', 'ansi'], 4 + 64)).toEqual({
    manner: 'mud',
    terminalType: 'ansi',
    colours: 16,
    isScreenReader: true,
    isUtf8: true,
  });
  expect(identifyClient(['new-client'], 0)).toMatchObject({ isScreenReader: false, isUtf8: false });
});

test('MTTS bits are read from its answer and from no other', () => {
  expect(mttsBits('mtts 137')).toBe(137);
  expect(mttsBits('mtts 0')).toBe(0);
  for (const name of ['mtts', 'mtts ', 'mtts -1', 'mtts 1 2', 'mtts 9999999999', 'xmtts 1']) {
    expect(mttsBits(name)).toBeUndefined();
  }
});

test('any names and any bits make somebody', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.option(fc.nat(), { nil: undefined }), (names, bits) => {
      const { manner, colours } = identifyClient(names, bits);
      expect(['terminal', 'line', 'mud']).toContain(manner);
      expect([0, 16, 256]).toContain(colours);
    }),
  );
});
