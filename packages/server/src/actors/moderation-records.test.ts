import { MemoryStore } from '../store/memory-store';
import { awayStore } from '../commands/caller.suite';
import { moderationChannel } from '../store/keys';
import { ManualClock } from '../manual-clock.suite';
import { ModerationRecords } from './moderation-records';

const record = { atMs: 5, by: 'one', action: 'kick', target: 'two', room: 'Planes' };

function logInto(lines: string[]): ConstructorParameters<typeof ModerationRecords>[1] {
  const note = (_fields: object, message: string): void => void lines.push(message);
  return { debug: note, info: note, warn: note, error: note, fatal: note };
}

test('what a moderator did is in the log, and for all nodes in the store', async () => {
  const store = new MemoryStore(new ManualClock(), 10);
  const lines: string[] = [];
  new ModerationRecords(store, logInto(lines)).note(record);
  expect(lines).toEqual(['Moderation: one used kick on two']);
  const tail = await store.tail(moderationChannel, 10);
  expect(tail).toMatchObject({ ok: true, value: { entries: [record] } });
});

test('a store that is away costs no record but the one for other nodes, and the log says so', async () => {
  const lines: string[] = [];
  const records = new ModerationRecords(awayStore(), logInto(lines));
  records.note(record);
  await Promise.resolve();
  await Promise.resolve();
  expect(lines[1]).toBe('A record of moderation is in this log only');
});
