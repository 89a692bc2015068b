import { setTimeout as pause } from 'node:timers/promises';
import { attackWith, Talk } from './attack.suite';
import { ServerProcess } from './server-process.suite';

const mebibyte = 1_024 * 1_024;

// `CHAT_ATTACK=2000,500,60`: connections that attack, people who talk, and for how many seconds.
const [hostile = 200, people = 20, seconds = 5] = (process.env['CHAT_ATTACK'] ?? '200,20,5')
  .split(',')
  .map(Number);

jest.setTimeout((60 + seconds * 4) * 1_000);

test(`${people} people talk on while ${hostile} connections attack the server`, async () => {
  const server = await ServerProcess.startGuarded('--store', 'memory:', '--no-http');
  const talk = await Talk.gather(server.port, people);
  const order = { forMs: seconds * 1_000, everyMs: 20 };
  const before = await talk.talks(order);
  const rssBefore = server.rssBytes;
  const end = attackWith(hostile, server.port);
  await pause(hostile);
  const during = await talk.talks(order);
  const rssDuring = server.rssBytes;
  await end();
  const after = await talk.talks(order);
  // Of fewer than that, V8 keeps what they took.
  if (hostile >= 1_000) {
    await server.record('memory given back', ({ msg }) => msg === 'Memory given back');
  }
  const rssAfter = server.rssBytes;
  if (process.env['CHAT_ATTACK'] !== undefined) {
    const rssMiB = [rssBefore, rssDuring, rssAfter].map((rss) => Math.round(rss / mebibyte));
    process.stderr.write(`${JSON.stringify({ before, during, after, rssMiB })}\n`);
  }
  for (const heard of [before, during, after]) {
    expect(heard).toMatchObject({ missing: 0, disconnected: 0 });
  }
  // The machine of a test is busy with the attackers as well.
  expect(during.p99Ms).toBeLessThan(before.p99Ms * 2 + 500);
  // What the heap once needed it keeps for a while; what is held for good would be more.
  expect(rssAfter - rssBefore).toBeLessThan((hostile >= 1_000 ? 24 : 64) * mebibyte);
  expect(server.records.filter(({ level }) => level === 'fatal' || level === 'error')).toEqual([]);
});
