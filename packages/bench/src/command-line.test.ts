import { parseCommandLine } from './command-line';

test('without arguments all scenarios run three rounds against all servers', () => {
  const request = parseCommandLine([]);
  expect(request.servers).toEqual(['server', 'gathering', 'plain']);
  expect(request).toMatchObject({ seconds: 3, rounds: 3, generators: 1 });
  expect(request.scenarios.length).toBeGreaterThan(10);
});

test('scenarios and servers can be chosen', () => {
  const request = parseCommandLine(['room-100', 'crash', '--only', 'plain,server']);
  expect(request.scenarios.map(({ name }) => name)).toEqual(['room-100', 'crash']);
  expect(request.servers).toEqual(['server', 'plain']);
});

test('a quick run may still be told how long and how often', () => {
  expect(parseCommandLine(['--quick'])).toMatchObject({ seconds: 1.5, rounds: 1 });
  expect(parseCommandLine(['--quick', '--rounds', '2'])).toMatchObject({ rounds: 2 });
});

test('what is not known is refused, and the message names what is', () => {
  expect(() => parseCommandLine(['room-7'])).toThrow(/"room-7" is none of room-1000, /);
  expect(() => parseCommandLine(['--only', 'erlang'])).toThrow(/is none of server, gathering/);
  expect(() => parseCommandLine(['--rounds', 'many'])).toThrow(/--rounds takes a number/);
});
