import { ManualClock } from '../../manual-clock.suite';
import { RedisAvailability } from './redis-availability';

let clock: ManualClock;
let availability: RedisAvailability;
let told: boolean[];

beforeEach(() => {
  clock = new ManualClock();
  availability = new RedisAvailability(clock);
  told = [];
  availability.watch((isAvailable) => told.push(isAvailable));
});

test('it can be reached until the contrary is known, and who watches is told so at once', () => {
  expect(availability.isAvailable).toBe(true);
  expect(told).toEqual([true]);
});

test('a link that is soon made again goes unnoticed', () => {
  availability.down('gone');
  clock.advance(1_999);
  availability.up();
  clock.advance(10_000);
  expect(told).toEqual([true]);
});

test('a link that stays down is told once', () => {
  availability.down('gone');
  clock.advance(1_000);
  availability.down('gone');
  clock.advance(1_000);
  expect(told).toEqual([true, false]);
  expect(availability.isAvailable).toBe(false);
  availability.down('gone');
  clock.advance(10_000);
  expect(told).toEqual([true, false]);
});

test('time that a link was down before does not count', () => {
  availability.down('gone');
  clock.advance(1_500);
  availability.up();
  availability.down('gone');
  clock.advance(1_500);
  expect(told).toEqual([true]);
  clock.advance(500);
  expect(told).toEqual([true, false]);
});

test('a call that was given up is told at once, and one that works again', () => {
  availability.failed('refused');
  availability.failed('refused');
  expect(told).toEqual([true, false]);
  availability.worked();
  availability.worked();
  expect(told).toEqual([true, false, true]);
});

test('a link that is made again is not enough: a call has to work', () => {
  availability.down('gone');
  clock.advance(2_000);
  availability.up();
  expect(told).toEqual([true, false]);
  availability.worked();
  expect(told).toEqual([true, false, true]);
});

test('it is away again when the link is lost again', () => {
  for (let time = 0; time < 2; time++) {
    availability.down('gone');
    clock.advance(2_000);
    availability.up();
    availability.worked();
  }
  expect(told).toEqual([true, false, true, false, true]);
});

test('who has stopped watching is told nothing more, and the others are', () => {
  const others: boolean[] = [];
  const stop = availability.watch((isAvailable) => others.push(isAvailable));
  stop();
  stop();
  availability.failed('refused');
  expect(others).toEqual([true]);
  expect(told).toEqual([true, false]);
});

test('who begins to watch while it is away is told so', () => {
  availability.failed('refused');
  const late: boolean[] = [];
  availability.watch((isAvailable) => late.push(isAvailable));
  expect(late).toEqual([false]);
});
