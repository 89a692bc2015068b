import { addFaults, noFaults, type Faults } from '../checking/faults';
import type { ServerKind } from '../processes/server-kinds';
import type { RunResult } from '../scenarios/run-result';
import { median } from '../statistics/median';
import { metricNames, type MetricName } from './metrics';

/** One run of the benchmark: which round of which scenario against which server gave what. */
export interface RoundResult extends RunResult {
  readonly server: ServerKind;
  readonly round: number;
  /** What the servers are compared by. */
  readonly comparedBy: readonly MetricName[];
}

/** All rounds of one scenario against one server. */
export interface Summary {
  readonly label: string;
  readonly server: ServerKind;
  readonly rounds: number;
  /** Medians over the rounds. */
  readonly metrics: RunResult['metrics'];
  /** Sums over the rounds. */
  readonly faults: Faults;
}

/** How the real server does against a baseline. */
export interface Ratio {
  readonly label: string;
  readonly metric: MetricName;
  readonly baseline: ServerKind;
  /** Median over the rounds of this server's figure divided by the baseline's. */
  readonly ratio: number;
}

function present(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

/** Medians and sums of each scenario and server, in the order of their first results. */
export function summarise(results: readonly RoundResult[]): Summary[] {
  const groups = Map.groupBy(results, ({ label, server }) => `${label}\n${server}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const medians = metricNames.flatMap((name) => {
      const value = median(present(group.map(({ metrics }) => metrics[name])));
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      label: first.label,
      server: first.server,
      rounds: group.length,
      metrics: Object.fromEntries(medians),
      faults: group.reduce((sum, { faults }) => addFaults(sum, faults), noFaults),
    };
  });
}

/**
 * The real server's figures divided by each baseline's. Divided round by round, the runs of which
 * were neighbours in time: what else the machine does then weighs on both.
 */
export function ratios(results: readonly RoundResult[]): Ratio[] {
  const found: Ratio[] = [];
  for (const [label, group] of Map.groupBy(results, (result) => result.label)) {
    for (const metric of group[0]?.comparedBy ?? []) {
      for (const baseline of ['plain', 'gathering'] as const) {
        const quotients = group
          .filter(({ server }) => server === 'server')
          .map(({ round, metrics }) => {
            const other = group.find((r) => r.server === baseline && r.round === round);
            const [value, base] = [metrics[metric], other?.metrics[metric]];
            return value === undefined || base === undefined || base === 0
              ? undefined
              : value / base;
          });
        const ratio = median(present(quotients));
        if (ratio !== undefined) found.push({ label, metric, baseline, ratio });
      }
    }
  }
  return found;
}
