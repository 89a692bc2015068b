import { FanOutLoad, type SendTime } from './fan-out-load';

/** How long lines wait after the process was busy sending for that long, in a room like that. */
function sendTimeAfter(busyMs: number, lastMs: number): SendTime {
  const load = new FanOutLoad();
  load.sent(1_000, 1_000 + busyMs);
  return load.sendTime(1_000 + busyMs, lastMs);
}

test('nothing waits before anything was sent', () => {
  expect(new FanOutLoad().sendTime(0, 10)).toBe('now');
});

test('under light load nothing waits, however dear sending is', () => {
  const load = new FanOutLoad();
  for (let at = 0; at < 1_000; at += 50) {
    load.sent(at, at + 1);
    expect(load.sendTime(at + 1, 10)).toBe('now');
  }
});

test('in a room where sending is cheap nothing waits, however busy the process is', () => {
  expect(sendTimeAfter(500, 0.1)).toBe('now');
});

test('under load a room waits for the lines of this turn, or longer where sending takes long', () => {
  expect(sendTimeAfter(50, 1)).toBe('next-turn');
  const waits = [4, 8, 100].map((lastMs) => sendTimeAfter(500, lastMs));
  expect(waits).toEqual([2, 4, 5]);
});

test('lines of who sends much wait until a room has taken no more than a tenth of the time', () => {
  const load = new FanOutLoad();
  load.sent(1_000, 1_500);
  const waits = [4, 8, 100].map((lastMs) => load.sendTime(1_500, lastMs, true));
  expect(waits).toEqual([36, 72, 100]);
  expect(load.sendTime(2_000, 100, true)).toBe('now');
});

test('what was busy is forgotten, and lines go at once again', () => {
  const load = new FanOutLoad();
  load.sent(1_000, 1_200);
  expect(load.sendTime(1_200, 10)).not.toBe('now');
  expect(load.sendTime(1_600, 10)).toBe('now');
});
