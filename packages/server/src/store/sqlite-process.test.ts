import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { sqliteStoreIn, TestDirectory } from './sqlite-fixture.suite';
import { valueOf } from './store-fixture.suite';

jest.setTimeout(30_000);

const tools = new TestDirectory();
const program = join(tools.path, 'appender.js');
let directory: TestDirectory;
let child: ChildProcess | undefined;

beforeAll(() => {
  buildSync({
    entryPoints: [join(__dirname, 'sqlite-appender.suite.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    conditions: ['source'],
  });
});
afterAll(() => tools.remove());
beforeEach(() => (directory = new TestDirectory()));
afterEach(async () => {
  await kill();
  directory.remove();
});

/** Starts a process that appends; answers what it says, line by line. */
function startAppender(payload = ''): AsyncIterator<string, undefined> {
  const args = ['--disable-warning=ExperimentalWarning', program, directory.file, payload];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('it has no output');
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]();
}

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Limits how large the files of the process may get: a soft limit, which can be raised again. */
function limitFileBytes(bytes: string): void {
  execFileSync('prlimit', [`--pid=${child?.pid}`, `--fsize=${bytes}`]);
}

async function linesUntil(
  lines: AsyncIterator<string, undefined>,
  isLast: (line: string, count: number) => boolean,
): Promise<string[]> {
  const read: string[] = [];
  for (;;) {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`it ended with: ${read.slice(-3).join('; ')}`);
    read.push(value);
    if (isLast(value, read.length)) return read;
  }
}

/** Expects each acknowledged entry where it was said to be, and no gap in what is kept. */
async function expectKept(acknowledged: readonly string[]): Promise<void> {
  const store = sqliteStoreIn(directory.file, undefined, {
    channelEntriesMax: 100_000,
    entryAgeMaxMs: Number.MAX_SAFE_INTEGER / 2,
  });
  await store.open();
  for (const channel of ['a', 'b', 'c']) {
    const { entries, head } = await valueOf(store.tail<{ number: number }>(channel, 100_000));
    expect(entries).toHaveLength(head);
    const numbers = entries.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    for (const [, offset, number] of acknowledged
      .map((line) => line.split(' '))
      .filter(([name]) => name === channel)) {
      if (numbers[Number(offset) - 1] !== Number(number)) throw new Error(`${number} is not there`);
    }
  }
  await store.close();
}

test.each([5, 300, 3_000])(
  'killed after %d acknowledged entries amid the next ones, it has all of them in order',
  async (count) => {
    expect.hasAssertions();
    const lines = startAppender();
    const acknowledged = await linesUntil(lines, (_, read) => read > count);
    child?.kill('SIGKILL');
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
      // The last line may be cut off.
      if (/^[abc] \d+ \d+$/.test(next.value)) acknowledged.push(next.value);
    }
    await kill();
    acknowledged.splice(acknowledged.indexOf('back'), 1);
    await expectKept(acknowledged.slice(0, -1));
  },
);

test('a second process is told that the file is in use, and the first goes on', async () => {
  const store = sqliteStoreIn(directory.file);
  await store.open();
  await valueOf(store.append('log', ['a']));
  const lines = await linesUntil(startAppender(), () => true);
  expect(lines[0]).toMatch(/^StartError: \S+chat\.db is in use by another process$/);
  expect(await valueOf(store.append('log', ['b']))).toBe(2);
  await store.close();
});

test('a disk that is full refuses lines and says so, and works again when there is room', async () => {
  const lines = startAppender('x'.repeat(2_000));
  const before = await linesUntil(lines, (_, read) => read > 10);
  limitFileBytes('500000:');
  before.push(...(await linesUntil(lines, (line) => line === 'away')));
  limitFileBytes('unlimited:');
  const after = await linesUntil(lines, (line) => line === 'back');
  after.push(...(await linesUntil(lines, (_, read) => read > 100)));
  await kill();
  const acknowledged = [...before, ...after].filter((line) => /^[abc] /.test(line));
  expect(acknowledged.length).toBeGreaterThan(110);
  await expectKept(acknowledged);
});
