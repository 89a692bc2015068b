import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { hasRedis } from './redis-process';

const folder = mkdtempSync(join(tmpdir(), 'chat-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('Redis is installed where both of its programs are found', () => {
  const path = ['/nowhere', folder].join(delimiter);
  expect(hasRedis(path)).toBe(false);
  writeFileSync(join(folder, 'redis-server'), '');
  expect(hasRedis(path)).toBe(false);
  writeFileSync(join(folder, 'redis-cli'), '');
  expect(hasRedis(path)).toBe(true);
  expect(hasRedis('')).toBe(false);
});
