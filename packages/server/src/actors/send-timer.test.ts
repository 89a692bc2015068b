import type { Delivery } from './delivery';
import type { RoomMessage } from './room-message';
import type { SendTime } from './fan-out-load';
import { SendTimer } from './send-timer';

/** A room whose sending is put off, and what it then has planned, in ms. */
class PutOff {
  readonly planned = new Set<number>();
  told = 0;
  readonly timer = new SendTimer({
    now: () => 0,
    after: (delayMs: number) => {
      this.planned.add(delayMs);
      return () => this.planned.delete(delayMs);
    },
    self: { notify: (_message: RoomMessage) => void this.told++ },
  } as unknown as ConstructorParameters<typeof SendTimer>[0]);

  /** A line has come. */
  isTime(sendTime: SendTime, { mayWait = false, isPressing = false } = {}): boolean {
    const delivery = { mayWait, sendTime: () => sendTime };
    return this.timer.isTime(delivery as unknown as Delivery, isPressing);
  }
}

test('what is not to wait is sent now, and nothing is planned', () => {
  const room = new PutOff();
  expect(room.isTime('now')).toBe(true);
  expect(room.planned.size + room.told).toBe(0);
});

test('what waits is planned once, and sent when it is due', () => {
  const room = new PutOff();
  expect([room.isTime(4), room.isTime(3), room.isTime('now')]).toEqual([false, false, false]);
  expect([...room.planned]).toEqual([4]);
  room.timer.fallDue();
  expect(room.isTime(4)).toBe(true);
  expect(room.isTime(5)).toBe(false);
});

test('what waits for the next turn has the room told so', () => {
  const room = new PutOff();
  expect(room.isTime('next-turn')).toBe(false);
  expect(room.told).toBe(1);
});

test('a line is not held up by those that may wait longer', () => {
  const room = new PutOff();
  expect(room.isTime(90, { mayWait: true })).toBe(false);
  expect(room.isTime(80, { mayWait: true })).toBe(false);
  expect([...room.planned]).toEqual([90]);
  expect(room.isTime(4)).toBe(false);
  expect([...room.planned]).toEqual([4]);
  expect(room.isTime(90, { mayWait: true })).toBe(false);
  expect([...room.planned]).toEqual([4]);
});

test('and goes at once, with them, where nothing else waits', () => {
  const room = new PutOff();
  room.isTime(90, { mayWait: true });
  expect(room.isTime('now')).toBe(true);
  expect(room.planned.size).toBe(0);
});

test('what is pressing does not wait for what was planned', () => {
  const room = new PutOff();
  room.isTime(4);
  expect(room.isTime(4, { isPressing: true })).toBe(true);
  expect(room.planned.size).toBe(0);
});
