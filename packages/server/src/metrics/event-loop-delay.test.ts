import { setTimeout } from 'node:timers/promises';
import { EventLoopMonitor } from './event-loop-delay';

function block(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

test('a loop that was blocked says for how long, once', async () => {
  const monitor = new EventLoopMonitor();
  expect(monitor.take()).toEqual({ p99Ms: 0, maxMs: 0 });
  await setTimeout(100);
  block(300);
  await setTimeout(100);
  const delay = monitor.take();
  expect(delay.maxMs).toBeGreaterThan(150);
  expect(delay.p99Ms).toBeLessThanOrEqual(delay.maxMs);
  expect(monitor.take()).toEqual({ p99Ms: 0, maxMs: 0 });
  monitor.stop();
});
