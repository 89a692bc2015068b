import { setTimeout as delay } from 'node:timers/promises';
import { noFaults } from '../checking/faults';
import type { TerminalPlan, TrafficPlan } from '../generator/traffic-plan';
import { readRssKb } from '../processes/proc-files';
import { latencyMetrics, settle } from './measure-traffic';
import type { RunEnvironment } from './run-environment';
import type { RunResult } from './run-result';

/** A crowd that is not in rooms, or all in one. */
function crowdOf(users: number): TrafficPlan {
  const pace = { kind: 'closed-loop', linesMax: 0 } as const;
  return { rooms: 1, membersPerRoom: users, writersPerRoom: 0, via: 'room', pace };
}

/** Times how long a crowd that joins one room at once waits to be told of it. */
export async function runJoin(
  environment: RunEnvironment,
  label: string,
  users: number,
): Promise<RunResult[]> {
  const part = { index: 0, of: 1 };
  await environment.first('logIn', crowdOf(users), environment.targets, part);
  await environment.first('createRooms');
  const figures = await environment.first('joinAtOnce');
  const { allSeconds, serverCpuSeconds } = figures;
  const metrics = {
    secondsToOwnJoin: figures.ownSeconds,
    secondsToAllJoins: allSeconds,
    deliveriesPerSecond: figures.joinsTold / allSeconds,
    ...(serverCpuSeconds === undefined || serverCpuSeconds === 0
      ? {}
      : { deliveriesPerCpuSecond: figures.joinsTold / serverCpuSeconds }),
  };
  return [{ label, metrics, faults: figures.faults }];
}

/** Times how fast a crowd logs in. */
export async function runLogins(
  environment: RunEnvironment,
  label: string,
  users: number,
): Promise<RunResult[]> {
  const part = { index: 0, of: 1 };
  const figures = await environment.first('logIn', crowdOf(users), environment.targets, part);
  const { seconds, serverCpuSeconds } = figures;
  const metrics = {
    loginsPerSecond: users / seconds,
    ...(serverCpuSeconds === undefined || serverCpuSeconds === 0
      ? {}
      : {
          loginsPerCpuSecond: users / serverCpuSeconds,
          serverCpuPercent: (serverCpuSeconds / seconds) * 100,
        }),
    ...latencyMetrics([figures.latencies]),
  };
  return [{ label, metrics, faults: noFaults }];
}

/** The server's memory once it has stopped changing, or after 3 s. */
async function settledRssKb(pid: number): Promise<number | undefined> {
  let before = readRssKb(pid);
  for (let waits = 0; waits < 6; waits++) {
    await delay(500);
    const now = readRssKb(pid);
    if (now === undefined || before === undefined || Math.abs(now - before) < 0.005 * before) {
      return now;
    }
    before = now;
  }
  return before;
}

/** What connections did before they are weighed. */
interface Past {
  /** How many lines each has entered; 0 if not given. */
  readonly linesEntered?: number;
  /** Those who have a terminal have typed half a line, too. */
  readonly terminals?: TerminalPlan;
}

/** Weighs connections that do nothing any more. */
export async function runIdle(
  environment: RunEnvironment,
  label: string,
  users: number,
  { linesEntered = 0, terminals }: Past = {},
): Promise<RunResult[]> {
  const { pid } = environment;
  const beforeKb = await settledRssKb(pid);
  const part = { index: 0, of: 1 };
  const crowd = crowdOf(users);
  const plan = terminals === undefined ? crowd : { ...crowd, terminals };
  await environment.first('logIn', plan, environment.targets, part);
  await environment.first('enterLines', linesEntered);
  await environment.first('typeAhead');
  const afterKb = await settledRssKb(pid);
  const faults = await settle(environment);
  const known = beforeKb !== undefined && afterKb !== undefined;
  const metrics = known ? { rssKbPerConnection: (afterKb - beforeKb) / users } : {};
  return [{ label, metrics, faults }];
}
