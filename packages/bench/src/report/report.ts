import type { Faults } from '../checking/faults';
import type { RunResult } from '../scenarios/run-result';
import { markdownTable } from './markdown-table';
import { metricNames, metrics, showMetric, type MetricName } from './metrics';
import { compare, summarise, type Compared, type RoundResult, type Summary } from './summary';

const faultNames = ['lost', 'duplicated', 'reordered', 'damaged', 'closed'] as const;

function faultCells(faults: Faults): string[] {
  return faultNames.map((name) => String(faults[name]));
}

function usedMetrics(results: readonly Pick<RunResult, 'metrics'>[]): MetricName[] {
  return metricNames.filter((name) => results.some((r) => r.metrics[name] !== undefined));
}

/** One run in one line, to be shown as soon as it is there. */
export function showRun(result: RoundResult): string {
  const figures = usedMetrics([result]).map(
    (name) => `${metrics[name].heading} ${showMetric(name, result.metrics[name])}`,
  );
  const faults = faultNames
    .filter((name) => result.faults[name] > 0)
    .map((name) => `${name.toUpperCase()} ${result.faults[name]}`);
  return `${result.label}, ${result.server}, round ${result.round}: ${[...figures, ...faults].join(', ')}`;
}

/** Scenarios that give the same figures share a table. */
function showSummaries(summaries: readonly Summary[]): string[] {
  const labels = Map.groupBy(summaries, ({ label }) => label);
  const tables = Map.groupBy(labels.values(), (group) => usedMetrics(group).join());
  return [...tables.values()].map((groups) => {
    const rows = groups.flat();
    const names = usedMetrics(rows);
    return markdownTable(
      ['scenario', 'server', ...names.map((name) => metrics[name].heading), ...faultNames],
      rows.map((row) =>
        [row.label, row.server].concat(
          names.map((name) => showMetric(name, row.metrics[name])),
          faultCells(row.faults),
        ),
      ),
      2,
    );
  });
}

function headingOf({ server, baseline, how }: Compared): string {
  return `${server} ${how === 'ratio' ? '/' : '−'} ${baseline}`;
}

/** Scenarios of which the same servers are compared share a table. */
function showComparisons(results: readonly RoundResult[]): string[] {
  const rows = Map.groupBy(compare(results), ({ label, metric }) => `${label}\n${metric}`);
  const tables = Map.groupBy(rows.values(), (row) => row.map(headingOf).join());
  return [...tables.values()].map((table) =>
    markdownTable(
      ['scenario', 'figure', ...(table[0] ?? []).map(headingOf)],
      table.map((row) => {
        const [first] = row;
        const figure = first === undefined ? '' : metrics[first.metric].heading;
        return [first?.label ?? '', figure, ...row.map(({ value }) => value.toFixed(2))];
      }),
      2,
    ),
  );
}

/** The whole outcome in Markdown: medians, sums of what went wrong, and how servers compare. */
export function showReport(results: readonly RoundResult[]): string {
  return [...showSummaries(summarise(results)), ...showComparisons(results)].join('\n\n');
}
