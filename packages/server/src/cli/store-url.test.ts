import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeUrl } from './store-url';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));
const byDefault = { store: 'sqlite:', isStoreGiven: false };

function fileWith(text: string): string {
  const file = join(folder, 'store-url');
  writeFileSync(file, text);
  return file;
}

test('without a file, the URL is the one that was given', () => {
  expect(storeUrl(byDefault)).toBe('sqlite:');
});

test.each(['redis://:secret@host', 'redis://:secret@host\n', '  redis://:secret@host \r\n\n'])(
  'from a file that holds %j the URL is read without the space around it',
  (text) =>
    expect(storeUrl({ ...byDefault, storeFile: fileWith(text) })).toBe('redis://:secret@host'),
);

test.each([
  ['', 'is empty; write its URL into it.'],
  [' \n', 'is empty; write its URL into it.'],
  ['redis://a\nredis://:secret@b\n', 'has several lines; leave only the URL in it.'],
])('a file that holds %j is refused in one line that names it, and nothing in it', (text, why) => {
  const storeFile = fileWith(text);
  expect(() => storeUrl({ ...byDefault, storeFile })).toThrow(
    new Error(`The store's file ${storeFile} ${why}`),
  );
});

test('a file that cannot be read is refused in one line', () => {
  const storeFile = join(folder, 'none');
  expect(() => storeUrl({ ...byDefault, storeFile })).toThrow(
    /^Cannot read the store's file: ENOENT.*none'$/,
  );
});

test('a store that is given by its URL and by a file is refused, whatever the file holds', () => {
  const storeFile = join(folder, 'none');
  expect(() => storeUrl({ store: 'memory:', isStoreGiven: true, storeFile })).toThrow(
    new Error('The store is given twice, by --store and by --store-file; leave one out.'),
  );
});
