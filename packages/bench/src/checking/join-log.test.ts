import { noFaults } from './faults';
import { JoinLog } from './join-log';

function logOf(told: Readonly<Record<number, readonly number[]>>): JoinLog {
  const log = new JoinLog(Object.keys(told).map(Number));
  for (const [receiver, users] of Object.entries(told)) {
    for (const user of users) log.note(Number(receiver), user);
  }
  return log;
}

test('everyone who is told of all joins from their own on was told all', () => {
  const log = logOf({ 0: [0], 1: [1, 2, 0], 2: [2, 0] });
  expect(log.complete).toBe(true);
  expect(log.faults()).toEqual(noFaults);
});

test('a later join that someone was not told of is lost', () => {
  const log = logOf({ 0: [0], 1: [1, 2, 0], 2: [2] });
  expect(log.complete).toBe(false);
  expect(log.faults()).toEqual({ ...noFaults, lost: 1 });
});

test('a join that someone was told of twice is duplicated', () => {
  expect(logOf({ 0: [0], 1: [1, 0, 0] }).faults()).toEqual({ ...noFaults, duplicated: 1 });
});

test('joins told in another order than to the others are reordered', () => {
  const log = logOf({ 0: [0, 1, 2, 3], 1: [1, 3, 2], 2: [2, 3], 3: [3] });
  expect(log.faults()).toEqual({ ...noFaults, reordered: 1 });
});
