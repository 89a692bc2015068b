import { Chart } from './chart';

test('what adds up is told as a rate, and what is, as it is', () => {
  const chart = new Chart(5_000, 10);
  expect(chart.isDue(0)).toBe(true);
  chart.add(0, { gauges: { users: 1 }, counters: { lines: 100 } });
  expect(chart.isDue(4_999)).toBe(false);
  expect(chart.isDue(5_000)).toBe(true);
  expect(chart.add(5_000, { gauges: { users: 2 }, counters: { lines: 151 } })).toEqual([
    5_000, 2, 10.2,
  ]);
  expect(chart.view()).toEqual({
    everyMs: 5_000,
    names: ['users', 'lines'],
    samples: [
      [0, 1, 0],
      [5_000, 2, 10.2],
    ],
  });
});

test('the last hour is kept', () => {
  const chart = new Chart(5_000, 720);
  for (let n = 0; n < 1_000; n++) chart.add(n * 5_000, { gauges: {}, counters: {} });
  const { samples } = chart.view();
  expect(samples).toHaveLength(720);
  expect(samples.at(0)).toEqual([280 * 5_000]);
});
