import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a logger writes to standard output, in a process of its own. */
function written(level: string, isTerminal: boolean, statements: string): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['-e', scriptOf(level, isTerminal, statements)],
    { encoding: 'utf8', cwd: __dirname },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function scriptOf(level: string, isTerminal: boolean, statements: string): string {
  return `
    const esbuild = require('esbuild');
    const built = esbuild.buildSync({
      entryPoints: [${JSON.stringify(join(__dirname, 'logger.ts'))}],
      bundle: true, write: false, platform: 'node', packages: 'external',
    });
    const module_ = { exports: {} };
    new Function('module', 'require', built.outputFiles[0].text)(module_, require);
    const log = module_.exports.createLogger(${JSON.stringify(level)}, ${isTerminal});
    ${statements}`;
}

/** What it writes where that is the journal, for all it is told. */
function journaled(statements: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'chat-journal-'));
  const file = openSync(join(folder, 'journal'), 'w');
  const { dev, ino } = fstatSync(file);
  spawnSync(process.execPath, ['-e', scriptOf('trace', false, statements)], {
    cwd: __dirname,
    env: { ...process.env, JOURNAL_STREAM: `${dev}:${ino}` },
    stdio: ['ignore', file, 'inherit'],
  });
  closeSync(file);
  const lines = readFileSync(join(folder, 'journal'), 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  return lines;
}

test('a record is one line of JSON, with level, time and message', () => {
  const output = written(
    'info',
    false,
    "log.info({ port: 1, name: 'one' }, 'hi'); log.debug({}, 'x')",
  );
  expect(output.endsWith('}\n')).toBe(true);
  expect(JSON.parse(output)).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    port: 1,
    name: 'one',
    msg: 'hi',
  });
});

test('on a terminal records are for people, and what users gave cannot act on it', () => {
  const output = written(
    'info',
    true,
    String.raw`log.warn({ name: '\u001b[2Jone', err: new Error('\u001b[2Jbug') }, 'User connected')`,
  );
  expect(output).toContain('User connected');
  expect(output).not.toContain('\u001b[2J');
  expect(output).toContain(String.raw`\u001b[2Jone`);
  expect(output).toContain(String.raw`\u001b[2Jbug`);
});

test('fields are escaped in JSON as well, for those who print them', () => {
  const output = written('info', false, String.raw`log.info({ name: '\u009b2J\u202e' }, 'hi')`);
  expect((JSON.parse(output) as { name: string }).name).toBe(String.raw`\u009b2J\u202e`);
});

test('the journal is told how severe each record is', () => {
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
  const lines = journaled(levels.map((level) => `log.${level}({}, '${level}');`).join(' '));
  expect(lines.map((line) => line.slice(0, 3))).toEqual(['<7>', '<7>', '<6>', '<4>', '<3>', '<2>']);
  expect(lines.map((line) => (JSON.parse(line.slice(3)) as { msg: string }).msg)).toEqual(levels);
});

test('a silent logger writes nothing', () => {
  expect(written('silent', false, "log.fatal({}, 'hi')")).toBe('');
});
