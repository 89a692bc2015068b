import { FloodGate } from '../domain/flood-gate';
import { floodRatesOf } from '../domain/flood-rates';
import { defaultLimits } from '../domain/limits';
import { Turns } from '../domain/turns';
import type { ConnectionHost } from './connection-host';
import { FloodBrake } from './flood-brake';

test('what was held back is gone on with, also where it is free before that is looked at', () => {
  const gate = new FloodGate(floodRatesOf(defaultLimits), undefined, new Turns());
  for (let line = 0; line < defaultLimits.lineBurstMax; line++) gate.line(1, 0);
  const freeAtMs = gate.delay(true, 0);
  let nowMs = freeAtMs - 0.01;
  const plannedMs: number[] = [];
  const host: unknown = {
    context: { now: () => nowMs, after: (ms: number) => void plannedMs.push(ms) },
    session: { gate, hasInput: true },
  };
  const brake = new FloodBrake(host as ConnectionHost);
  expect(brake.holds()).toBe(true);
  nowMs = freeAtMs;
  brake.settle();
  expect(plannedMs).toHaveLength(1);
});
