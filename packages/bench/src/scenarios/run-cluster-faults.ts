import { setTimeout as delay } from 'node:timers/promises';
import type { FaultVerdict, ReturnFigures } from '../generator/fault-traffic';
import type { TrafficPlan } from '../generator/traffic-plan';
import { assemble, measureWindow } from './measure-traffic';
import type { RunEnvironment, RunTimes } from './run-environment';
import type { RunResult } from './run-result';
import type { ClusterFault } from './scenario';

type Metrics = RunResult['metrics'];

/** Has something break, until the window is over; resolves when all is as it was. */
type Provoke = (environment: RunEnvironment, signal: AbortSignal) => Promise<Metrics>;

/** Has members write while something breaks, and tells what became of their lines. */
export async function runClusterFaults(
  environment: RunEnvironment,
  label: string,
  plan: TrafficPlan,
  fault: ClusterFault,
): Promise<RunResult[]> {
  await assemble(environment, plan);
  await environment.first('expectFaults');
  const provoke = provokerOf(fault);
  let provoked: Metrics = {};
  const measured = await measureWindow(environment, async (over) => {
    provoked = await provoke(environment, over);
  });
  const verdict = await environment.first('judge', fault.kind === 'failover');
  const metrics = { ...measured, ...provoked, ...metricsOf(verdict, fault) };
  return [{ label, metrics, faults: verdict.faults }];
}

function metricsOf(verdict: FaultVerdict, fault: ClusterFault): Metrics {
  const lines = { acceptedLines: verdict.accepted, refusedLines: verdict.refused };
  switch (fault.kind) {
    case 'cuts':
    case 'freezes':
      return lines;
    case 'node-kills':
      return { ...lines, goneLines: verdict.goneWithNode };
    case 'failover':
      return {
        ...lines,
        lostWithPrimaryLines: verdict.cutFromHistory,
        unseenBySomeLines: verdict.unseenBySome,
        unseenByAllLines: verdict.unseenByAll,
        membersTold: verdict.told,
      };
  }
}

function provokerOf(fault: ClusterFault): Provoke {
  switch (fault.kind) {
    case 'cuts':
      return (environment, over) => cut(environment, over, fault.everyMs);
    case 'freezes':
      return (environment, over) => freeze(environment, over, fault);
    case 'node-kills':
      return (environment, over) => killNodes(environment, over, fault.everyMs);
    case 'failover':
      return failOver;
  }
}

/** Waits; false once the window is over. */
async function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

async function cut(
  { store }: RunEnvironment,
  over: AbortSignal,
  everyMs: number,
): Promise<Metrics> {
  while (await wait(everyMs, over)) await store?.cut();
  return {};
}

async function freeze(
  { store, times }: RunEnvironment,
  over: AbortSignal,
  { everyMs, forMs }: ClusterFault & { kind: 'freezes' },
): Promise<Metrics> {
  let nextMs = firstAfterMs(everyMs, times);
  while (await wait(nextMs, over)) {
    await store?.freeze(forMs);
    nextMs = everyMs - forMs;
  }
  return {};
}

/** The first one comes in any case, however short the window is. */
function firstAfterMs(everyMs: number, { windowMs }: RunTimes): number {
  return Math.min(everyMs, windowMs) / 2;
}

async function killNodes(
  environment: RunEnvironment,
  over: AbortSignal,
  everyMs: number,
): Promise<Metrics> {
  const returns: Promise<ReturnFigures>[] = [];
  let nextMs = firstAfterMs(everyMs, environment.times);
  for (let count = 0; await wait(nextMs, over); count++) {
    nextMs = everyMs;
    const { returned } = await killNode(environment, count % environment.nodes.length);
    // If it fails, that is told in the end.
    returned.catch(() => undefined);
    returns.push(returned);
  }
  const figures = await Promise.all(returns);
  return {
    newNameSeconds: Math.max(...figures.map(({ newNameSeconds }) => newNameSeconds)),
    sameNameSeconds: Math.max(...figures.map(({ sameNameSeconds }) => sameNameSeconds)),
  };
}

/** Kills a node and starts it again; its users come back meanwhile. */
async function killNode(
  environment: RunEnvironment,
  index: number,
): Promise<{ readonly returned: Promise<ReturnFigures> }> {
  const node = environment.nodes[index];
  if (node === undefined) throw new Error(`There is no node ${index}.`);
  await environment.first('expectKill', index);
  await node.kill();
  const target = await node.start();
  return { returned: environment.first('comeBack', index, target) };
}

async function failOver(environment: RunEnvironment, over: AbortSignal): Promise<Metrics> {
  // In the middle: lines flow before and after it.
  await wait(environment.times.windowMs / 3, over);
  await environment.store?.failOver();
  return {};
}
