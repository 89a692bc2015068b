import { noFaults } from '../checking/faults';
import type { TrafficPlan } from '../generator/traffic-plan';
import { median } from '../statistics/median';
import type { MetricName } from '../report/metrics';
import { assemble, measureWindow, settle } from './measure-traffic';
import { Operator } from './operator';
import type { RunEnvironment } from './run-environment';
import type { RunResult } from './run-result';

type Metrics = RunResult['metrics'];

/** How often it is measured with and without an operator, in turns. */
const turns = 5;
const figures: readonly MetricName[] = ['p50Ms', 'p99Ms', 'serverCpuPercent'];

/**
 * Measures traffic while nobody looks and while an operator does, again and again in one server: what
 * else the machine does meets both. Figures are medians over the turns.
 */
export async function runWatched(
  environment: RunEnvironment,
  label: string,
  plan: TrafficPlan,
  httpPort: number,
): Promise<RunResult[]> {
  await assemble(environment, plan);
  const operator = new Operator(httpPort);
  const unwatched: Metrics[] = [];
  const watched: Metrics[] = [];
  for (let turn = 0; turn < turns; turn++) {
    unwatched.push(await measureWindow(environment));
    await environment.all('stop', () => []);
    await operator.begin();
    watched.push(await measureWindow(environment));
    operator.end();
    await environment.all('stop', () => []);
  }
  const faults = await settle(environment);
  const metrics = { ...mediansOf(watched), ...beside(unwatched, watched) };
  return [
    { label: `${label}, unwatched`, metrics: mediansOf(unwatched), faults: noFaults },
    {
      label: `${label}, watched`,
      metrics: { ...metrics, eventGapMaxMs: operator.gapMaxMs },
      faults,
    },
  ];
}

/** What an operator costs: medians over the turns of what the two windows of each differ by. */
export function beside(unwatched: readonly Metrics[], watched: readonly Metrics[]): Metrics {
  const compare = (name: MetricName, how: (watched: number, unwatched: number) => number) =>
    median(
      watched.flatMap((metrics, turn) => {
        const [with_, without] = [metrics[name], unwatched[turn]?.[name]];
        return with_ === undefined || without === undefined ? [] : [how(with_, without)];
      }),
    );
  return given({
    p99OfUnwatched: compare('p99Ms', (with_, without) => with_ / without),
    watchCpuPercent: compare('serverCpuPercent', (with_, without) => with_ - without),
  });
}

function mediansOf(windows: readonly Metrics[]): Metrics {
  const medianOf = (name: MetricName): number | undefined =>
    median(windows.flatMap((metrics) => metrics[name] ?? []));
  return given(Object.fromEntries(figures.map((name) => [name, medianOf(name)])));
}

function given(metrics: Partial<Record<MetricName, number | undefined>>): Metrics {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => value !== undefined));
}
