import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionsAllowed } from './open-files';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

function allowedBy(limits: string): number {
  const file = join(folder, 'limits');
  writeFileSync(file, limits);
  return connectionsAllowed(file);
}

test('as many connections are allowed as files can be open, less some for the rest', () => {
  const head = 'Limit                     Soft Limit           Hard Limit           Units\n';
  expect(
    allowedBy(`${head}Max open files            20000                20000                files\n`),
  ).toBe(19_872);
});

test('there is always one, even where the limit is tiny', () => {
  expect(
    allowedBy('Max open files            10                   10                   files\n'),
  ).toBe(1);
});

test('where the system does not tell, there is no limit', () => {
  expect(allowedBy('nothing of the kind\n')).toBe(Infinity);
  expect(
    allowedBy('Max open files            unlimited            unlimited            files\n'),
  ).toBe(Infinity);
  expect(connectionsAllowed(join(folder, 'missing'))).toBe(Infinity);
});
