import { parseCommandLine, usage } from './command-line';

test('all targets are fed where none is named, by a seed that the time makes', () => {
  const request = parseCommandLine([], 123);
  expect(request).toMatchObject({ inputs: 100_000, seed: 123, replay: undefined });
  expect(request.targets.length).toBeGreaterThan(5);
});

test('one input is fed again by what a finding has told', () => {
  const args = ['--target', 'lines', '--seed', '7', '--replay', '12'];
  expect(parseCommandLine(args, 0)).toMatchObject({ seed: 7, replay: 12 });
});

test.each([
  [['--target', 'sockets'], '"sockets" is none of lines'],
  [['--inputs', 'many'], '--inputs takes a whole number'],
  [['--target', 'lines', '--replay', '1'], '--replay takes the --seed and the --target'],
])('what is wrong with %j is said', (args, why) => {
  expect(() => parseCommandLine(args, 0)).toThrow(why);
});

test('each target is in the help', () => {
  expect(usage).toContain('lines     bytes through the line decoder');
});
