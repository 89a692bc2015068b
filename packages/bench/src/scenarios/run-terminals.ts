import type { TerminalPlan } from '../generator/traffic-plan';
import type { MetricName } from '../report/metrics';
import { measureTraffic } from './measure-traffic';
import { runIdle } from './run-crowds';
import type { RunEnvironment } from './run-environment';
import type { RunResult } from './run-result';
import type { TerminalVariant } from './scenario';

/** Runs something in processes of its own. */
type InProcesses = (
  runner: (environment: RunEnvironment) => Promise<RunResult[]>,
) => Promise<RunResult[]>;

/** Adds to each of `results` what its figure of one name is beside that of the first. */
function besideFirst(
  results: readonly RunResult[],
  figure: MetricName,
  beside: (value: number, first: number) => RunResult['metrics'],
): RunResult[] {
  const first = results[0]?.metrics[figure];
  return results.map((result) => {
    const value = result.metrics[figure];
    if (first === undefined || value === undefined) return result;
    return { ...result, metrics: { ...result.metrics, ...beside(value, first) } };
  });
}

/** Measures one room after another, each in a new server, and what each reaches of the first. */
export async function runTerminals(
  inProcesses: InProcesses,
  label: string,
  variants: readonly TerminalVariant[],
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const { name, plan } of variants) {
    const run = (environment: RunEnvironment): Promise<RunResult[]> =>
      measureTraffic(environment, `${label}, ${name}`, plan);
    results.push(...(await inProcesses(run)));
  }
  return besideFirst(results, 'deliveriesPerCpuSecond', (value, first) => ({
    shareOfPlain: value / first,
  }));
}

const terminals: TerminalPlan = { everyNth: 1, columns: [80] };

/** Weighs plain connections and, in a new server, as many terminals. */
export async function runTerminalsIdle(
  inProcesses: InProcesses,
  label: string,
  users: number,
  linesEntered: number,
): Promise<RunResult[]> {
  const plain = await inProcesses((environment) =>
    runIdle(environment, `${label}, plain`, users, { linesEntered }),
  );
  const drawn = await inProcesses((environment) =>
    runIdle(environment, `${label}, terminals`, users, { linesEntered, terminals }),
  );
  return besideFirst([...plain, ...drawn], 'rssKbPerConnection', (value, first) => ({
    rssKbAbovePlain: value - first,
  }));
}
