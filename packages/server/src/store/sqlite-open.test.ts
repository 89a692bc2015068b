import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '@chat-server/supervision';
import { sqliteStoreIn, TestDirectory } from './sqlite-fixture.suite';
import { sqliteLocation } from './sqlite-location';
import { openDatabase } from './sqlite-open';
import { migrate, migrations, pragma } from './sqlite-schema';
import { valueOf } from './store-fixture.suite';

let directory: TestDirectory;

beforeEach(() => (directory = new TestDirectory()));
afterEach(() => directory.remove());

/** Fills a file with what a chat server left there. */
async function fill(): Promise<void> {
  const store = sqliteStoreIn(directory.file);
  await store.open();
  for (let entry = 0; entry < 200; entry++) {
    await valueOf(store.append('log', [`${entry}`.repeat(200)]));
  }
  await store.close();
}

function alter(sql: string): void {
  const database = new DatabaseSync(directory.file);
  database.exec(sql);
  database.close();
}

/** Expects that a file is refused, in one line that says so, and is as it was. */
async function expectRefused(line: RegExp): Promise<void> {
  const before = readFileSync(directory.file);
  const opened = sqliteStoreIn(directory.file).open();
  await expect(opened).rejects.toBeInstanceOf(StartError);
  await expect(opened).rejects.toThrow(line);
  expect(readFileSync(directory.file).equals(before)).toBe(true);
}

test('an empty file becomes a database of the present version', async () => {
  writeFileSync(directory.file, '');
  const store = sqliteStoreIn(directory.file);
  await store.open();
  await store.close();
  const database = new DatabaseSync(directory.file);
  expect(pragma(database, 'user_version')).toBe(migrations.length);
  database.close();
});

test('only the owner can read a file that it makes', async () => {
  await fill();
  expect(statSync(directory.file).mode & 0o777).toBe(0o600);
});

test('only the steps that are missing are done, all of them or none', () => {
  const database = new DatabaseSync(':memory:');
  const first = 'CREATE TABLE a (x); INSERT INTO a VALUES (1)';
  migrate(database, [first]);
  expect(() => migrate(database, [first, 'INSERT INTO a VALUES (2)', 'nonsense'])).toThrow(
    'nonsense',
  );
  database.exec('ROLLBACK');
  expect(pragma(database, 'user_version')).toBe(1);
  migrate(database, [first, 'INSERT INTO a VALUES (3)']);
  expect(database.prepare('SELECT x FROM a').all()).toEqual([{ x: 1 }, { x: 3 }]);
  expect(pragma(database, 'user_version')).toBe(2);
  database.close();
});

test('a file of a newer version is refused', async () => {
  expect.hasAssertions();
  await fill();
  alter('PRAGMA user_version = 99');
  await expectRefused(
    /^\S+chat\.db was written by a newer chat-server: its version is 99, this one knows \d+$/,
  );
});

test('a corrupt file is refused', async () => {
  expect.hasAssertions();
  await fill();
  const bytes = readFileSync(directory.file);
  bytes.fill(0xa5, 8_192, 12_288);
  writeFileSync(directory.file, bytes);
  await expectRefused(/^\S+chat\.db is corrupt; restore it/);
});

test('a file that is cut short is refused', async () => {
  expect.hasAssertions();
  await fill();
  writeFileSync(directory.file, readFileSync(directory.file).subarray(0, 9_000));
  await expectRefused(/^\S+chat\.db is corrupt; restore it/);
});

test('a corrupt file is left as it was, together with the log that a killed server left', async () => {
  expect.hasAssertions();
  await fill();
  const store = sqliteStoreIn(directory.file);
  await store.open();
  await valueOf(store.append('other', ['a']));
  const log = readFileSync(`${directory.file}-wal`);
  const bytes = readFileSync(directory.file);
  await store.close();
  bytes.fill(0xa5, 3 * 4_096, 6 * 4_096);
  writeFileSync(directory.file, bytes);
  writeFileSync(`${directory.file}-wal`, log);
  await expectRefused(/^\S+chat\.db is corrupt; restore it/);
  expect(readFileSync(`${directory.file}-wal`).equals(log)).toBe(true);
});

test('a file that is no database is refused', async () => {
  expect.hasAssertions();
  writeFileSync(directory.file, 'Dear diary, today I lost another chat server.\n'.repeat(100));
  await expectRefused(/^\S+chat\.db is no SQLite database; name another file$/);
});

test('a database of another program is refused', async () => {
  expect.hasAssertions();
  alter('CREATE TABLE bookmark (url)');
  await expectRefused(/^\S+chat\.db is a database of another program; name another file$/);
});

test('a file in a directory that is not there is refused', () => {
  const file = join(directory.path, 'nowhere/chat.db');
  expect(() => openDatabase({ file })).toThrow(/^Cannot open the store \S+: ENOENT/);
});

test('a directory of its own is made, for its owner only', () => {
  const ownDirectory = join(directory.path, 'state/chat-server');
  openDatabase({ file: join(ownDirectory, 'chat.db'), ownDirectory }).close();
  expect(statSync(ownDirectory).mode & 0o777).toBe(0o700);
});

test.each([
  ['sqlite:', { STATE_DIRECTORY: '/var/lib/chat' }, '/var/lib/chat/chat.db'],
  ['sqlite:', { STATE_DIRECTORY: '/var/lib/chat:/var/lib/b' }, '/var/lib/chat/chat.db'],
  ['sqlite:', { STATE_DIRECTORY: '/a', XDG_STATE_HOME: '/b' }, '/a/chat.db'],
  ['sqlite:', { XDG_STATE_HOME: '/b' }, '/b/chat-server/chat.db'],
  ['sqlite:', { XDG_STATE_HOME: '' }, join(homedir(), '.local/state/chat-server/chat.db')],
  ['sqlite:', {}, join(homedir(), '.local/state/chat-server/chat.db')],
  ['sqlite:/srv/talk.db', { STATE_DIRECTORY: '/a' }, '/srv/talk.db'],
  ['sqlite:///srv/talk.db', {}, '/srv/talk.db'],
  ['sqlite:talk.db', {}, join(process.cwd(), 'talk.db')],
])('%s with %j is in %s', (url, environment, file) => {
  expect(sqliteLocation(url, environment).file).toBe(file);
});
