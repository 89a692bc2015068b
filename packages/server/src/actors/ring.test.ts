import * as fc from 'fast-check';
import type { RoomEvent } from '../domain/room-event';
import { Ring } from './ring';

function events(...texts: readonly string[]): RoomEvent[] {
  return texts.map((text) => ({ kind: 'said', atMs: 0, by: 'one', origin: 'n.1', text }));
}

test('a ring that is new keeps nothing, and its head stands where it was told', () => {
  const ring = new Ring(10, 7);
  expect([ring.first, ring.head]).toEqual([8, 7]);
  expect(ring.at(7)).toBeUndefined();
  expect(ring.at(8)).toBeUndefined();
});

test('what is pushed is found by its offset', () => {
  const ring = new Ring(10, 7);
  ring.push(8, events('a', 'b'));
  expect([ring.first, ring.head]).toEqual([8, 9]);
  expect([8, 9, 10].map((offset) => ring.at(offset)?.text)).toEqual(['a', 'b', undefined]);
});

test('after a gap, what was before it is not kept', () => {
  const ring = new Ring(10);
  ring.push(1, events('a', 'b'));
  ring.push(5, events('e'));
  expect([ring.first, ring.head]).toEqual([5, 5]);
  expect(ring.at(2)).toBeUndefined();
});

test('it keeps the newest that it may, and not more than half as many again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }),
      (linesMax, batches) => {
        const ring = new Ring(linesMax);
        let head = 0;
        for (const size of batches) {
          const texts = Array.from({ length: size }, (_, index) => `${head + 1 + index}`);
          ring.push(head + 1, events(...texts));
          head += size;
          const kept = ring.head - ring.first + 1;
          expect(ring.head).toBe(head);
          expect(kept).toBeGreaterThanOrEqual(Math.min(linesMax, head));
          expect(kept).toBeLessThanOrEqual(linesMax * 1.5);
          expect(ring.at(ring.first)?.text).toBe(`${ring.first}`);
          expect(ring.at(ring.head)?.text).toBe(`${ring.head}`);
          expect(ring.at(ring.first - 1)).toBeUndefined();
        }
      },
    ),
  );
});
