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
  /** What they are compared by as a difference. */
  readonly addedTo: readonly MetricName[];
  /** Which of them is compared with which. */
  readonly comparisons: readonly Comparison[];
}

/** A server, and what it is compared with. */
export type Comparison = readonly [server: ServerKind, baseline: ServerKind];

/** The chat server beside each of the baselines. */
export const withBaselines: readonly Comparison[] = [
  ['server', 'plain'],
  ['server', 'gathering'],
];

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

/** How a server does against another. */
export interface Compared {
  readonly label: string;
  readonly metric: MetricName;
  readonly server: ServerKind;
  readonly baseline: ServerKind;
  readonly how: 'ratio' | 'difference';
  /** Median over the rounds of this server's figure divided by the other's, or less the other's. */
  readonly value: number;
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
 * The figures of servers beside those of others. Compared round by round, the runs of which were
 * neighbours in time: what else the machine does then weighs on both.
 */
export function compare(results: readonly RoundResult[]): Compared[] {
  return [...Map.groupBy(results, ({ label }) => label).values()].flatMap((group) => {
    const { comparedBy = [], addedTo = [] } = group[0] ?? {};
    const ratios = comparedBy.flatMap((metric) => compareBy(group, metric, 'ratio'));
    return ratios.concat(addedTo.flatMap((metric) => compareBy(group, metric, 'difference')));
  });
}

function compareBy(
  group: readonly RoundResult[],
  metric: MetricName,
  how: Compared['how'],
): Compared[] {
  const { label = '', comparisons = [] } = group[0] ?? {};
  return comparisons.flatMap(([server, baseline]) => {
    const values = group
      .filter((result) => result.server === server)
      .map(({ round, metrics }) => {
        const other = group.find((r) => r.server === baseline && r.round === round);
        return compareFigures(metrics[metric], other?.metrics[metric], how);
      });
    const value = median(present(values));
    return value === undefined ? [] : { label, metric, server, baseline, how, value };
  });
}

function compareFigures(
  value: number | undefined,
  base: number | undefined,
  how: Compared['how'],
): number | undefined {
  if (value === undefined || base === undefined) return undefined;
  if (how === 'difference') return value - base;
  return base === 0 ? undefined : value / base;
}
