import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import { noFaults } from '../checking/faults';
import type { TrafficPlan } from '../generator/traffic-plan';
import { readRssKb } from '../processes/proc-files';
import { commandOf, type ServerKind } from '../processes/server-kinds';
import { assemble, measureWindow, settle } from './measure-traffic';
import { runIdle, runJoin, runLogins } from './run-crowds';
import { withServer, type RunEnvironment, type RunTimes } from './run-environment';
import type { RunResult } from './run-result';
import type { Scenario } from './scenario';

/** How a scenario is run. */
export interface RunOptions {
  readonly times: RunTimes;
  readonly generators: number;
}

type Runner = (environment: RunEnvironment) => Promise<RunResult[]>;

/** Runs a scenario against a server of a kind, in processes that last as long as the run. */
export function runScenario(
  scenario: Scenario,
  kind: ServerKind,
  options: RunOptions,
): Promise<RunResult[]> {
  const { course } = scenario;
  const command = commandOf(kind, {
    faultInjection: course.kind === 'crash',
    joinNotices: course.kind === 'join',
  });
  // Only traffic is shared: what else there is to measure is measured by one clock.
  const generators = course.kind === 'traffic' ? options.generators : 1;
  return withServer(command, { times: options.times, generators }, runnerOf(scenario));
}

function runnerOf({ name, course }: Scenario): Runner {
  switch (course.kind) {
    case 'traffic':
      return (environment) => runTraffic(environment, name, course.plan);
    case 'slow-reader':
      return (environment) => runSlowReader(environment, name, course.plan, course.floodBytes);
    case 'crash':
      return (environment) => runCrash(environment, name, course.plan, course.everyMs);
    case 'join':
      return (environment) => runJoin(environment, name, course.users);
    case 'logins':
      return (environment) => runLogins(environment, name, course.users);
    case 'idle':
      return (environment) => runIdle(environment, name, course.users);
  }
}

async function runTraffic(
  environment: RunEnvironment,
  label: string,
  plan: TrafficPlan,
): Promise<RunResult[]> {
  await assemble(environment, plan);
  const metrics = await measureWindow(environment);
  return [{ label, metrics, faults: await settle(environment) }];
}

/** Growth of the server's memory since it was `beforeKb`. */
function growthSince(pid: number, beforeKb: number | undefined): RunResult['metrics'] {
  const nowKb = readRssKb(pid);
  if (beforeKb === undefined || nowKb === undefined) return {};
  return { rssGrowthMb: (nowKb - beforeKb) / 1024 };
}

async function runSlowReader(
  environment: RunEnvironment,
  label: string,
  plan: TrafficPlan,
  floodBytes: number,
): Promise<RunResult[]> {
  const { pid } = environment.target;
  await assemble(environment, plan);
  // A flood that all read first: a heap that grows to its working size is no buffer that grows.
  await environment.first('flood', floodBytes);
  let beforeKb = readRssKb(pid);
  const without = { ...(await measureWindow(environment)), ...growthSince(pid, beforeKb) };
  await environment.all('stop', () => []);
  await environment.first('stopReading', await environment.first('addBystander'));
  beforeKb = readRssKb(pid);
  await environment.first('flood', floodBytes);
  const beside = { ...(await measureWindow(environment)), ...growthSince(pid, beforeKb) };
  const faults = await settle(environment);
  return [
    { label: `${label}, all read`, metrics: without, faults: noFaults },
    { label: `${label}, one does not`, metrics: beside, faults },
  ];
}

// The apology shows that the fault was there; for the registry's there is nobody to ask for pardon.
const faultsToProvoke: readonly (readonly [command: string, apology?: string])[] = [
  ['/crash connection', texts.lineFailed],
  ['/crash room', texts.roomLineFailed],
  ['/crash registry'],
];

async function runCrash(
  environment: RunEnvironment,
  label: string,
  plan: TrafficPlan,
  everyMs: number,
): Promise<RunResult[]> {
  await assemble(environment, plan);
  const metrics = await measureWindow(environment, async (over) => {
    for (let count = 0; !over.aborted; count++) {
      // Somebody else each time: a connection that crashes again and again is rightly closed.
      const bystander = await environment.first('addBystander');
      const fault = faultsToProvoke[count % faultsToProvoke.length];
      if (fault !== undefined) await environment.first('bystanderSays', bystander, ...fault);
      await delay(everyMs, undefined, { signal: over }).catch(() => undefined);
    }
  });
  return [{ label, metrics, faults: await settle(environment) }];
}
