import { setTimeout as delay } from 'node:timers/promises';
import { addFaults, noFaults, type Faults } from '../checking/faults';
import { receiversOutOfOrder } from '../checking/room-order';
import type { MeasuredWindow } from '../generator/gauge';
import type { TrafficPlan } from '../generator/traffic-plan';
import { LatencyHistogram } from '../statistics/latency-histogram';
import { readCpuSeconds } from '../processes/proc-files';
import type { RunEnvironment } from './run-environment';
import type { RunResult } from './run-result';

/** Logs all users of a plan in, and brings them into their rooms, where terminals are being used. */
export async function assemble(environment: RunEnvironment, plan: TrafficPlan): Promise<void> {
  const { targets, generators } = environment;
  await environment.all('logIn', (index) => [plan, targets, { index, of: generators }]);
  if (plan.via === 'whisper') return;
  await environment.all('createRooms', () => []);
  await environment.all('joinRooms', () => []);
  await environment.all('typeAhead', () => []);
}

/** p50 and p99 of all `counts` taken together, in milliseconds. */
export function latencyMetrics(counts: readonly Uint32Array[]): RunResult['metrics'] {
  const all = new LatencyHistogram();
  for (const part of counts) all.add(new LatencyHistogram(part));
  const p50 = all.percentileUs(0.5);
  const p99 = all.percentileUs(0.99);
  return p50 === undefined || p99 === undefined ? {} : { p50Ms: p50 / 1000, p99Ms: p99 / 1000 };
}

function windowMetrics(windows: readonly MeasuredWindow[]): RunResult['metrics'] {
  const deliveriesPerSecond = windows.reduce((sum, w) => sum + w.deliveries / w.seconds, 0);
  const [first] = windows;
  const cpuShare =
    first?.serverCpuSeconds === undefined ? undefined : first.serverCpuSeconds / first.seconds;
  const generatorShare = Math.max(...windows.map((w) => w.generatorCpuSeconds / w.seconds));
  return {
    deliveriesPerSecond,
    ...(cpuShare === undefined || cpuShare === 0
      ? {}
      : {
          deliveriesPerCpuSecond: deliveriesPerSecond / cpuShare,
          serverCpuPercent: cpuShare * 100,
        }),
    generatorCpuPercent: generatorShare * 100,
    ...latencyMetrics(windows.map(({ latencies }) => latencies)),
  };
}

/** Measures the CPU of what the servers share, from now until the function it returns is called. */
function storeCpu({ store }: RunEnvironment): () => RunResult['metrics'] {
  const pid = store?.pid;
  const cpu = pid === undefined ? undefined : readCpuSeconds(pid);
  const startMs = performance.now();
  return () => {
    const endCpu = pid === undefined ? undefined : readCpuSeconds(pid);
    if (cpu === undefined || endCpu === undefined) return {};
    const seconds = (performance.now() - startMs) / 1000;
    return { storeCpuPercent: ((endCpu - cpu) / seconds) * 100 };
  };
}

/** Has writers write, measures for the run's time, and begins and ends `meanwhile` with that. */
export async function measureWindow(
  environment: RunEnvironment,
  meanwhile?: (signal: AbortSignal) => Promise<void>,
): Promise<RunResult['metrics']> {
  const { times } = environment;
  await environment.all('start', () => []);
  await delay(times.warmUpMs);
  await environment.all('openWindow', () => []);
  const storeShare = storeCpu(environment);
  const over = new AbortController();
  const beside = meanwhile?.(over.signal);
  // If it fails, that is told when the window is over.
  beside?.catch(() => undefined);
  await delay(times.windowMs);
  const windows = await environment.all('closeWindow', () => []);
  const metrics = { ...windowMetrics(windows), ...storeShare() };
  over.abort();
  await beside;
  return metrics;
}

/** Measures what the members of a plan's rooms are sent of what its writers write. */
export async function measureTraffic(
  environment: RunEnvironment,
  label: string,
  plan: TrafficPlan,
): Promise<RunResult[]> {
  await assemble(environment, plan);
  const metrics = await measureWindow(environment);
  return [{ label, metrics, faults: await settle(environment) }];
}

/** Stops the writers, waits until all has arrived, and tells what was wrong. */
export async function settle(environment: RunEnvironment): Promise<Faults> {
  const sent = (await environment.all('stop', () => [])).flat();
  const verdicts = await environment.all('settle', () => [sent]);
  const faults = verdicts.reduce((sum, verdict) => addFaults(sum, verdict.faults), noFaults);
  const outOfOrder = receiversOutOfOrder(verdicts.flatMap(({ orders }) => orders));
  return addFaults(faults, { ...noFaults, reordered: outOfOrder });
}
