import { beside } from './run-watched';

test('an operator costs what the windows of most turns differ by', () => {
  const unwatched = [
    { p99Ms: 10, serverCpuPercent: 20 },
    { p99Ms: 20, serverCpuPercent: 20 },
    { p99Ms: 10, serverCpuPercent: 30 },
  ];
  const watched = [
    { p99Ms: 11, serverCpuPercent: 21 },
    { p99Ms: 20, serverCpuPercent: 22 },
    { p99Ms: 30, serverCpuPercent: 30 },
  ];
  expect(beside(unwatched, watched)).toEqual({ p99OfUnwatched: 1.1, watchCpuPercent: 1 });
});

test('where there is no figure, nothing is said of it', () => {
  expect(beside([{ p99Ms: 10 }, {}], [{ p99Ms: 20 }, { p99Ms: 10 }])).toEqual({
    p99OfUnwatched: 2,
  });
});
