import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import { noFaults } from '../checking/faults';
import type { TrafficPlan } from '../generator/traffic-plan';
import { readRssKb } from '../processes/proc-files';
import { freePort } from '../processes/free-port';
import { commandOf, deploymentOf, type ServerKind } from '../processes/server-kinds';
import { assemble, measureTraffic, measureWindow, settle } from './measure-traffic';
import { runIdle, runJoin, runLogins } from './run-crowds';
import { runClusterFaults } from './run-cluster-faults';
import { runWatched } from './run-watched';
import { runTerminals, runTerminalsIdle } from './run-terminals';
import { runWithServers, type RunEnvironment } from './run-environment';
import type { RunResult } from './run-result';
import { Running } from './running';
import { startRedis, startRedisPair } from './running-store';
import type { Scenario } from './scenario';

/** How a scenario is run. */
export interface RunOptions {
  readonly warmUpSeconds: number;
  /** Of the measured window; as each scenario has it if not given. */
  readonly seconds: number | undefined;
  /** Short windows, where `seconds` is not given. */
  readonly quick: boolean;
  readonly generators: number;
}

const secondsByDefault = 3;
const secondsOfQuickMin = 1.5;
const quickShare = 1 / 6;

/** How long a scenario's window is measured. */
export function secondsOf(
  scenario: Pick<Scenario, 'seconds'>,
  { seconds, quick }: Pick<RunOptions, 'seconds' | 'quick'>,
): number {
  if (seconds !== undefined) return seconds;
  const usual = scenario.seconds ?? secondsByDefault;
  return quick ? Math.max(secondsOfQuickMin, usual * quickShare) : usual;
}

type Runner = (environment: RunEnvironment) => Promise<RunResult[]>;

/**
 * Runs a scenario against a server of a kind, in processes that last as long as the run; those of
 * terminals are several runs.
 */
export async function runScenario(
  scenario: Scenario,
  kind: ServerKind,
  options: RunOptions,
): Promise<RunResult[]> {
  const { name, course } = scenario;
  const { nodes, store } = deploymentOf(kind);
  const httpPort = course.kind === 'watched' ? await freePort() : undefined;
  const needs = {
    faultInjection: course.kind === 'crash',
    joinNotices: course.kind === 'join',
    httpPort,
  };
  const isPair = course.kind === 'cluster-faults' && course.fault.kind === 'failover';
  const setUp = {
    times: {
      warmUpMs: options.warmUpSeconds * 1000,
      windowMs: secondsOf(scenario, options) * 1000,
    },
    // Only traffic is shared: what else there is to measure is measured by one clock.
    generators: isTraffic(course) ? options.generators : 1,
    nodes,
    startStore: store === 'redis' ? (isPair ? startRedisPair : startRedis) : undefined,
    command: (port: number | undefined) => commandOf(kind, needs, port),
  };
  const inProcesses = (runner: Runner): Promise<RunResult[]> =>
    Running.during((running) => runWithServers(setUp, running, runner));
  if (course.kind === 'terminals') return runTerminals(inProcesses, name, course.variants);
  if (course.kind === 'terminals-idle') {
    return runTerminalsIdle(inProcesses, name, course.users, course.linesEntered);
  }
  if (course.kind === 'watched') {
    return inProcesses((environment) => runWatched(environment, name, course.plan, httpPort ?? 0));
  }
  return inProcesses(runnerOf(name, course));
}

function isTraffic({ kind }: Scenario['course']): boolean {
  return kind === 'traffic' || kind === 'terminals' || kind === 'watched';
}

type CourseOfOneRun = Exclude<
  Scenario['course'],
  { readonly kind: 'terminals' | 'terminals-idle' | 'watched' }
>;

function runnerOf(name: string, course: CourseOfOneRun): Runner {
  switch (course.kind) {
    case 'traffic':
      return (environment) => measureTraffic(environment, name, course.plan);
    case 'slow-reader':
      return (environment) => runSlowReader(environment, name, course.plan, course.floodBytes);
    case 'crash':
      return (environment) => runCrash(environment, name, course.plan, course.everyMs);
    case 'cluster-faults':
      return (environment) => runClusterFaults(environment, name, course.plan, course.fault);
    case 'join':
      return (environment) => runJoin(environment, name, course.users);
    case 'logins':
      return (environment) => runLogins(environment, name, course.users);
    case 'idle':
      return (environment) => runIdle(environment, name, course.users);
  }
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
  const { pid } = environment;
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
