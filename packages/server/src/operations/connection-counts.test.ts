import { connectionCounts, type Counted, slowReaders } from './connection-counts';

function connection(
  transport: string,
  isTerminal: boolean,
  isDrawn: boolean,
  isClogged = false,
): Counted {
  return { peer: { transport, isClogged }, client: { isTerminal, isDrawn } };
}

const connections = [
  connection('tcp', true, true),
  connection('tcp', false, true),
  connection('tcp', false, false, true),
  connection('tls', true, true),
  connection('tcp', true, true, true),
];

test('connections are counted by transport and by what is at the other end', () => {
  expect(connectionCounts(connections)).toEqual([
    { transport: 'tcp', kind: 'terminal', count: 2 },
    { transport: 'tcp', kind: 'line', count: 1 },
    { transport: 'tcp', kind: 'plain', count: 1 },
    { transport: 'tls', kind: 'terminal', count: 1 },
  ]);
  expect(connectionCounts([])).toEqual([]);
});

test('those that have not taken what they were sent are slow', () => {
  expect(slowReaders(connections)).toBe(2);
});
