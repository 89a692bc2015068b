import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a logger writes to standard output, in a process of its own. */
function written(level: string, isTerminal: boolean, statements: string): string {
  const script = `
    const esbuild = require('esbuild');
    const built = esbuild.buildSync({
      entryPoints: [${JSON.stringify(join(__dirname, 'logger.ts'))}],
      bundle: true, write: false, platform: 'node', packages: 'external',
    });
    const module_ = { exports: {} };
    new Function('module', 'require', built.outputFiles[0].text)(module_, require);
    const log = module_.exports.createLogger(${JSON.stringify(level)}, ${isTerminal});
    ${statements}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    cwd: __dirname,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
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

test('a silent logger writes nothing', () => {
  expect(written('silent', false, "log.fatal({}, 'hi')")).toBe('');
});
