import { parseCpuTicks, parseOpenFilesMax, parseRssKb } from './proc-files';

test('CPU time is read behind a program name that holds blanks and parentheses', () => {
  const stat = '42 (node (x) y) S 1 42 42 0 -1 4194304 100 0 0 0 250 75 3 4 20 0 11 0 5000';
  expect(parseCpuTicks(stat)).toBe(325);
});

test('without /proc there is no CPU time, no memory and no limit', () => {
  expect(parseCpuTicks('')).toBeUndefined();
  expect(parseRssKb('')).toBeUndefined();
  expect(parseOpenFilesMax('')).toBeUndefined();
});

test('memory is read in KB', () => {
  expect(parseRssKb('VmHWM:\t   99999 kB\nVmRSS:\t   51234 kB\nRssAnon:\t 1 kB\n')).toBe(51_234);
});

test('the hard limit of open files may be a number or none at all', () => {
  const heading = 'Limit                     Soft Limit           Hard Limit           Units';
  const before = 'Max open files            1024                 ';
  expect(parseOpenFilesMax(`${heading}\n${before}20000      files\n`)).toBe(20_000);
  expect(parseOpenFilesMax(`${heading}\n${before}unlimited  files\n`)).toBe(Infinity);
});
