import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** utime and stime of /proc/<pid>/stat (proc(5)), in clock ticks; none if `stat` is something else. */
export function parseCpuTicks(stat: string): number | undefined {
  // The second field is the program's name in parentheses, which may hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? undefined : ticks;
}

/** VmRSS of /proc/<pid>/status (proc(5)), in KB. */
export function parseRssKb(status: string): number | undefined {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  return match === null ? undefined : Number(match[1]);
}

/** The hard limit of open files in /proc/<pid>/limits (proc(5)). */
export function parseOpenFilesMax(limits: string): number | undefined {
  const match = /^Max open files\s+\S+\s+(\S+)/m.exec(limits);
  if (match === null) return undefined;
  return match[1] === 'unlimited' ? Infinity : Number(match[1]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process has ended, or this is no Linux.
    return '';
  }
}

let ticksPerSecond: number | undefined;

function readTicksPerSecond(): number {
  try {
    return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) || 100;
  } catch {
    // What every Linux of the last twenty years has.
    return 100;
  }
}

/** Seconds of CPU that a process has used in all its threads; none without /proc. */
export function readCpuSeconds(pid: number): number | undefined {
  const ticks = parseCpuTicks(read(`/proc/${pid}/stat`));
  if (ticks === undefined) return undefined;
  ticksPerSecond ??= readTicksPerSecond();
  return ticks / ticksPerSecond;
}

/** The same for several processes together; none unless all of them are there. */
export function readCpuSecondsOfAll(pids: readonly number[]): number | undefined {
  const each = pids.map((pid) => readCpuSeconds(pid));
  return each.reduce(
    (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
    0,
  );
}

/** Memory of a process, in KB; none without /proc. */
export function readRssKb(pid: number): number | undefined {
  return parseRssKb(read(`/proc/${pid}/status`));
}

/** How many files this process and its children may open; without /proc taken to be enough. */
export function readOpenFilesMax(): number {
  // Node raises the soft limit to the hard one when it starts.
  return parseOpenFilesMax(read('/proc/self/limits')) ?? Infinity;
}
