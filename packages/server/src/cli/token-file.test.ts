import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readToken } from './token-file';

const folder = mkdtempSync(join(tmpdir(), 'chat-server-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'token');

test('a token is read without the space around it', () => {
  writeFileSync(file, ' 0123456789abcdef\n');
  expect(readToken(file)).toBe('0123456789abcdef');
});

test.each(['', 'short', '0123456789 abcdef', '0123456789\nabcdef', '0123456789abcdéf'])(
  'a file that holds %j has no token, and nothing of it is told',
  (text) => {
    writeFileSync(file, text);
    expect(() => readToken(file)).toThrow(
      new Error(
        `The token's file ${file} must hold 16 or more letters, digits and signs, in one line.`,
      ),
    );
  },
);

test('a file that is not there is told in one line', () => {
  expect(() => readToken(join(folder, 'none'))).toThrow(/^Cannot read the token's file: ENOENT/);
});
