import { unreadableTo } from './unreadable-log';

test('a record that cannot be read is told of once a minute, however often it is met', () => {
  const told: object[] = [];
  const note = (fields: object): void => void told.push(fields);
  const log = { debug: note, info: note, warn: note, error: note, fatal: note };
  let nowMs = 0;
  const unreadable = unreadableTo(log, () => nowMs);
  for (const where of ['rooms/planes', 'rooms/planes', 'room:planes']) unreadable(where);
  expect(told).toEqual([{ where: 'rooms/planes' }, { where: 'room:planes' }]);
  nowMs = 60_000;
  unreadable('rooms/planes');
  expect(told).toHaveLength(3);
  for (let room = 0; room < 5_000; room++) unreadable(`room:${room}`);
  expect(told.length).toBeLessThan(1_100);
});
