import { parseCommandLine } from './command-line';

function namesOf(...args: readonly string[]): string[] {
  return parseCommandLine(args).scenarios.map(({ name }) => name);
}

test('without arguments all scenarios but those of clusters run three rounds', () => {
  const request = parseCommandLine([]);
  expect(request.servers).toEqual(expect.arrayContaining(['server', 'gathering', 'plain']));
  expect(request).toMatchObject({ seconds: undefined, rounds: 3, generators: 1 });
  expect(request.scenarios.length).toBeGreaterThan(10);
  expect(request.scenarios.map(({ group }) => group)).not.toContain('cluster');
});

test('scenarios and servers can be chosen', () => {
  const request = parseCommandLine(['room-100', 'crash', '--only', 'plain,server']);
  expect(request.scenarios.map(({ name }) => name)).toEqual(['room-100', 'crash']);
  expect(request.servers).toEqual(['server', 'plain']);
});

test('those of clusters run when they are named, together or one by one', () => {
  expect(namesOf('cluster')).toEqual(expect.arrayContaining(['cluster-fan-out', 'cluster-cuts']));
  expect(namesOf('cluster')).not.toContain('room-100');
  expect(namesOf('cluster-cuts', 'room-100')).toEqual(['room-100', 'cluster-cuts']);
  expect(namesOf('all')).toEqual([...namesOf(), ...namesOf('cluster')]);
});

test('a quick run may still be told how long and how often', () => {
  expect(parseCommandLine(['--quick'])).toMatchObject({ quick: true, rounds: 1 });
  const request = parseCommandLine(['--quick', '--rounds', '2', '--seconds', '5']);
  expect(request).toMatchObject({ rounds: 2, seconds: 5 });
});

test('what is not known is refused, and the message names what is', () => {
  expect(() => parseCommandLine(['room-7'])).toThrow(/"room-7" is none of room-1000, /);
  expect(() => parseCommandLine(['--only', 'erlang'])).toThrow(/is none of server, gathering/);
  expect(() => parseCommandLine(['--rounds', 'many'])).toThrow(/--rounds takes a number/);
});
