import { hasFaults } from './checking/faults';
import { hasRedis } from './processes/redis-process';
import { deploymentOf, kindsByDefault, type ServerKind } from './processes/server-kinds';
import { readOpenFilesMax } from './processes/proc-files';
import { showRun } from './report/report';
import { withBaselines, type RoundResult } from './report/summary';
import { runScenario, type RunOptions } from './scenarios/run-scenario';
import { socketsOf, type Scenario } from './scenarios/scenario';

/** What to run. */
export interface BenchmarkOptions extends RunOptions {
  readonly scenarios: readonly Scenario[];
  readonly servers: readonly ServerKind[];
  readonly rounds: number;
  /** Where lines go as they come. */
  readonly say: (line: string) => void;
}

/** What came of it. */
export interface Outcome {
  readonly results: readonly RoundResult[];
  /** Every run gave figures, and nothing was lost, duplicated, reordered, damaged or closed. */
  readonly sound: boolean;
}

// What a process has open besides its connections.
const openFilesBesides = 100;

function whyNot(scenario: Scenario): string | undefined {
  const needsRedis = scenario.servers?.some((kind) => deploymentOf(kind).store === 'redis');
  if (needsRedis === true && !hasRedis()) return 'redis-server and redis-cli are not installed';
  const openFilesMax = readOpenFilesMax();
  const sockets = socketsOf(scenario);
  if (openFilesMax >= sockets + openFilesBesides) return undefined;
  return `${sockets} connections need more open files than the limit of ${openFilesMax} (ulimit -Hn)`;
}

/**
 * Runs each scenario against each server, and that `rounds` times over: servers take turns (A B C A
 * B C …), so that what else the machine does meets all of them.
 */
export async function benchmark(options: BenchmarkOptions): Promise<Outcome> {
  const results: RoundResult[] = [];
  let failed = false;
  for (const scenario of options.scenarios) {
    const reason = whyNot(scenario);
    if (reason !== undefined) {
      options.say(`${scenario.name} is left out: ${reason}.`);
      continue;
    }
    const rounds = Math.min(options.rounds, scenario.roundsMax ?? options.rounds);
    const kinds = scenario.servers ?? kindsByDefault;
    const servers = options.servers.filter((kind) => kinds.includes(kind));
    for (let round = 1; round <= rounds; round++) {
      for (const server of servers) {
        const runs = await runRound(scenario, server, round, options);
        failed ||= runs.length === 0;
        results.push(...runs);
      }
    }
  }
  return { results, sound: !failed && !results.some(({ faults }) => hasFaults(faults)) };
}

/** Nothing if the run failed, which does not stop the others. */
async function runRound(
  scenario: Scenario,
  server: ServerKind,
  round: number,
  options: BenchmarkOptions,
): Promise<RoundResult[]> {
  try {
    const runs = await runScenario(scenario, server, options);
    const { comparedBy, addedTo = [], comparisons = withBaselines } = scenario;
    const about = { server, round, comparedBy, addedTo, comparisons };
    const results = runs.map((run) => Object.assign({ ...about }, run));
    for (const result of results) options.say(showRun(result));
    return results;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    options.say(`${scenario.name}, ${server}, round ${round} FAILED: ${message}`);
    return [];
  }
}
