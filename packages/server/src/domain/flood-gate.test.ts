import * as fc from 'fast-check';
import { FloodGate, InputBuckets } from './flood-gate';
import { floodRatesOf } from './flood-rates';
import { defaultLimits } from './limits';
import { Turns } from './turns';

const rates = floodRatesOf(defaultLimits);
const { lineBurstMax, linesPerSecondMax, floodPatienceMs } = defaultLimits;

function gateOf(shared?: InputBuckets, turns = new Turns()): FloodGate {
  return new FloodGate(rates, shared, turns);
}

interface Sent {
  readonly atMs: number;
  readonly isPassed: boolean;
}

/** Sends lines without a pause, as fast as it may, until that time or until it is over. */
function flood(gate: FloodGate, untilMs: number): Sent[] {
  const sent: Sent[] = [];
  for (let nowMs = 0; nowMs < untilMs; nowMs += Math.max(10, gate.delay(true, nowMs))) {
    while (!gate.isHeld(nowMs) && gate.stage(nowMs) !== 'over') {
      const isPassed = gate.line(1, nowMs);
      sent.push({ atMs: nowMs, isPassed });
      if (!isPassed) break;
    }
  }
  return sent;
}

test('a burst passes at once, and then so many a second', () => {
  const sent = flood(gateOf(), 10_000);
  expect(sent.filter(({ atMs }) => atMs === 0)).toHaveLength(lineBurstMax);
  expect(sent).toHaveLength(lineBurstMax + 10 * linesPerSecondMax - 1);
  expect(sent.every(({ isPassed }) => isPassed)).toBe(true);
});

test('whoever goes on is delayed, then told, then refused, and then it is over', () => {
  const gate = gateOf();
  const seen = new Map<string, number>();
  for (let nowMs = 0; nowMs <= 65_000; nowMs += 100) {
    gate.delay(true, nowMs);
    if (!gate.isHeld(nowMs)) {
      for (let line = 0; line < 70; line++) if (!gate.isHeld(nowMs)) gate.line(1, nowMs);
    }
    gate.delay(true, nowMs);
    const stage = gate.stage(nowMs);
    if (!seen.has(stage)) seen.set(stage, nowMs);
  }
  expect([...seen.keys()]).toEqual(['calm', 'telling', 'refusing', 'over']);
  const since = (stage: string): number => Math.round((seen.get(stage) ?? 0) / 1_000);
  expect(['telling', 'refusing', 'over'].map(since)).toEqual([5, 30, 60]);
});

test('whoever stops is one who never flooded, after a few seconds', () => {
  const gate = gateOf();
  flood(gate, floodPatienceMs + 5_000);
  const stoppedMs = floodPatienceMs + 5_000;
  expect(gate.stage(stoppedMs)).toBe('refusing');
  expect(gate.stage(stoppedMs + 3_500)).toBe('calm');
  expect(gate.line(1, stoppedMs + 3_500)).toBe(true);
});

test('whoever sends as much as they may for good is never refused', () => {
  const gate = gateOf();
  const passed = Array.from({ length: 2_000 }, (_, index) => {
    const nowMs = index * 200;
    gate.delay(true, nowMs);
    return gate.line(1, nowMs) && gate.stage(nowMs) === 'calm';
  });
  expect(passed).not.toContain(false);
});

test('one is delayed for one’s neighbours, and never refused for them', () => {
  const shared = new InputBuckets();
  const neighbour = gateOf(shared);
  const gate = gateOf(shared);
  for (let line = 0; line < 3_000; line++) neighbour.line(1, 0);
  gate.line(1, 0);
  expect(gate.isHeld(1_000)).toBe(true);
  expect(gate.delay(true, 0)).toBeGreaterThan(10_000);
  for (let nowMs = 0; nowMs < 600_000; nowMs += 1_000) {
    gate.delay(true, nowMs);
    expect(gate.stage(nowMs)).toBe('calm');
  }
});

test('each of many at one address waits, and none for ever', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 50 }), (count) => {
      const shared = new InputBuckets();
      const gates = Array.from({ length: count }, () => gateOf(shared));
      const passed = gates.map(() => 0);
      for (let nowMs = 0; nowMs < 30_000; nowMs += 50) {
        for (const [index, gate] of gates.entries()) {
          if (gate.isHeld(nowMs)) continue;
          gate.line(1, nowMs);
          passed[index] = (passed[index] ?? 0) + 1;
        }
      }
      const total = passed.reduce((sum, each) => sum + each, 0);
      expect(total).toBeLessThanOrEqual(1_000 + 100 * 30 + count);
      expect(Math.min(...passed)).toBeGreaterThan(0);
    }),
    { numRuns: 10 },
  );
});

test('bytes and work that make no lines are metered as well', () => {
  const gate = gateOf();
  gate.read(defaultLimits.inputBurstBytesMax, 0);
  expect(gate.isHeld(0)).toBe(true);
  const other = gateOf();
  other.worked(10, 0);
  other.worked(10, 0);
  expect(other.delay(true, 0)).toBe(50);
  for (let nowMs = 0; nowMs < 100_000; nowMs += 100) {
    if (!other.isHeld(nowMs)) other.worked(64, nowMs);
    other.delay(true, nowMs);
    other.stage(nowMs);
  }
  expect(other.stage(100_000)).toBe('over');
});

test('whoever floods needs much until they have rested', () => {
  const flooder = gateOf();
  for (let at = 0; at < 10; at++) flooder.read(1_024, at);
  flooder.delay(true, 10);
  expect(flooder.needsMuchUntilMs(10)).toBe(Infinity);
  flooder.delay(false, 1_000);
  const untilMs = flooder.needsMuchUntilMs(1_000);
  expect(untilMs).toBeGreaterThan(1_000);
  flooder.arrives(untilMs + 1);
  expect(flooder.isHeld(untilMs + 1)).toBe(false);
  expect(flooder.needsMuchUntilMs(untilMs + 1)).toBe(0);
});

test('whoever has come needs much until they have rested once, and not while they talk', () => {
  const talker = gateOf();
  talker.read(20, 0);
  talker.worked(0.2, 0);
  const untilMs = talker.needsMuchUntilMs(0);
  expect(untilMs).toBeGreaterThan(500);
  expect(untilMs).toBeLessThan(1_500);
  for (let nowMs = 2_000; nowMs < 60_000; nowMs += 1_000) {
    talker.arrives(nowMs);
    expect(talker.isHeld(nowMs)).toBe(false);
    talker.read(80, nowMs);
    talker.worked(0.1, nowMs);
    talker.delay(false, nowMs);
    expect(talker.needsMuchUntilMs(nowMs)).toBe(0);
  }
});

test('whoever has come and sends more than is handled does not rest', () => {
  const flooder = gateOf();
  flooder.read(20, 0);
  flooder.delay(true, 0);
  expect(flooder.needsMuchUntilMs(60_000)).toBe(Infinity);
});

test('whoever has come and is served late may have no more done for that', () => {
  const flooder = gateOf();
  flooder.read(20, 0);
  flooder.arrives(10);
  flooder.worked(0.2, 60_000);
  flooder.delay(true, 60_000);
  flooder.worked(0.1, 120_000);
  expect(flooder.delay(true, 120_000)).toBe(0);
  flooder.worked(0.1, 120_000);
  flooder.delay(false, 120_000);
  expect(flooder.needsMuchUntilMs(120_000)).toBeGreaterThan(120_900);
});

test('without flood control nobody needs much', () => {
  const gate = new FloodGate(undefined, undefined, new Turns());
  gate.worked(1_000, 0);
  expect(gate.needsMuchUntilMs(0)).toBe(0);
});

test('a stranger is one whom one has not written to lately', () => {
  const gate = gateOf();
  expect(gate.isStranger('two')).toBe(true);
  expect(gate.isStranger('two')).toBe(false);
  for (let each = 0; each < 64; each++) gate.isStranger(`other${each}`);
  expect(gate.isStranger('two')).toBe(true);
});

test('all who are delayed together get little of the server’s time, and others theirs', () => {
  const turns = new Turns();
  const gates = Array.from({ length: 100 }, () => gateOf(undefined, turns));
  let workedMs = 0;
  for (let nowMs = 0; nowMs < 60_000; nowMs += 10) {
    for (const gate of gates) {
      if (!gate.isHeld(nowMs)) {
        gate.worked(2, nowMs);
        workedMs += 2;
      }
      gate.delay(true, nowMs);
    }
  }
  // Each one's burst, what all of them get, and the last that each ran into debt for.
  expect(workedMs).toBeLessThan(100 * 22 + 100 + 60 * 100 + 100 * 2 * 5);
  const other = gateOf(undefined, turns);
  other.worked(0.1, 58_000);
  other.worked(1, 60_000);
  expect(other.isHeld(60_000)).toBe(false);
});
