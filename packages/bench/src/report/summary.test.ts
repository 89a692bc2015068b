import { noFaults } from '../checking/faults';
import type { ServerKind } from '../processes/server-kinds';
import { showReport } from './report';
import { compare, summarise, withBaselines, type RoundResult } from './summary';

function result(server: ServerKind, round: number, deliveriesPerSecond: number): RoundResult {
  return {
    label: 'room',
    server,
    round,
    metrics: { deliveriesPerSecond },
    faults: { ...noFaults, lost: round },
    comparedBy: ['deliveriesPerSecond'],
    addedTo: [],
    comparisons: withBaselines,
  };
}

const results = [
  result('server', 1, 100),
  result('plain', 1, 10),
  result('server', 2, 300),
  result('plain', 2, 100),
  result('server', 3, 200),
  result('plain', 3, 50),
];

test('figures of several rounds are summed up by their medians, faults by their sums', () => {
  expect(summarise(results)).toEqual([
    {
      label: 'room',
      server: 'server',
      rounds: 3,
      metrics: { deliveriesPerSecond: 200 },
      faults: { ...noFaults, lost: 6 },
    },
    {
      label: 'room',
      server: 'plain',
      rounds: 3,
      metrics: { deliveriesPerSecond: 50 },
      faults: { ...noFaults, lost: 6 },
    },
  ]);
});

test('a ratio is the median of the ratios of the rounds', () => {
  expect(compare(results)).toEqual([
    {
      label: 'room',
      metric: 'deliveriesPerSecond',
      server: 'server',
      baseline: 'plain',
      how: 'ratio',
      value: 4,
    },
  ]);
});

test('a difference is the median of the differences of the rounds', () => {
  const addedTo = ['deliveriesPerSecond'] as const;
  const differences = results.map((one) => Object.assign({}, one, { comparedBy: [], addedTo }));
  expect(compare(differences)).toMatchObject([{ how: 'difference', value: 190 - 40 }]);
  expect(showReport(differences)).toMatch(/\| room +\| deliveries\/s \| +150\.00 \|/);
});

test('a round that only one server finished has no ratio', () => {
  expect(compare([result('server', 1, 100), result('plain', 2, 10)])).toEqual([]);
});

test('the report shows figures, faults and ratios', () => {
  const report = showReport(results);
  expect(report).toMatch(/\| room +\| server +\| +200 \| +6 \|/);
  expect(report).toMatch(/\| room +\| deliveries\/s \| +4\.00 \|/);
});
