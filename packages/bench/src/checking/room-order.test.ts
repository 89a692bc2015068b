import { receiversOutOfOrder } from './room-order';

test('receivers of one room that all saw one order are in order, whichever process they are in', () => {
  expect(
    receiversOutOfOrder([
      { room: 0, hash: 7, receivers: 5 },
      { room: 0, hash: 7, receivers: 4 },
    ]),
  ).toBe(0);
});

test('rooms need not have the same order', () => {
  expect(
    receiversOutOfOrder([
      { room: 0, hash: 7, receivers: 5 },
      { room: 1, hash: 8, receivers: 5 },
    ]),
  ).toBe(0);
});

test('receivers that saw another order than most of their room are counted', () => {
  expect(
    receiversOutOfOrder([
      { room: 0, hash: 7, receivers: 5 },
      { room: 0, hash: 9, receivers: 2 },
      { room: 1, hash: 9, receivers: 3 },
    ]),
  ).toBe(2);
});
