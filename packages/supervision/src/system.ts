import { Actor, type Overseer } from './actor';
import type { ActorName, ActorRef } from './actor-ref';
import { errorOf, stopActor } from './child';
import type { AnyActorSpec } from './child-spec';
import { type Clock, systemClock } from './clock';
import type { ExitReason } from './exit-reason';
import { NactRuntime } from './nact-runtime';
import type { ReportSink } from './reports';
import type { Services } from './services';
import { actorAt, infoOf, search, surveyOf, totalsOf, treeOf } from './survey';
import type { ActorInfo, RoleTotals, SurveyNode, TreeNode } from './tree';

export interface SystemOptions {
  /** The first part of every path. */
  readonly name: string;
  readonly reports: ReportSink;
  readonly clock?: Clock;
  /** In [0, 1), for the jitter of backoff. */
  readonly random?: () => number;
  /** Messages an actor handles in one wake-up before others get their turn; 1,000. */
  readonly batchMax?: number;
}

/** A tree of actors under one root (OTP: an application). */
export interface ActorSystem {
  /** When the root has ended, and why: `shutdown` with a detail when it gave up. */
  readonly ended: Promise<ExitReason>;
  /** Stops the tree in order; resolves when all of it has ended. Can be called again. */
  stop(): Promise<ExitReason>;
  /** Who has that name now. */
  whereIs<Message>(name: ActorName<Message>): ActorRef<Message> | undefined;
  /** The tree as it stands. O(actors), in time and in what is made. */
  tree(): TreeNode;
  /**
   * The tree as it stands, at most `listedMax` children of each supervisor listed: all of them, or
   * the busiest and those that crashed last, beside a summary of all. O(actors) in time, about 0.15 µs
   * each, but what is made of it is bounded.
   */
  survey(listedMax: number): SurveyNode;
  /** What there is of each role, mailboxes summed up. O(actors) in time. */
  totals(): readonly RoleTotals[];
  /** The actor at a path. O(depth). */
  info(path: string): ActorInfo | undefined;
  /** Its reference, which takes no messages, since nobody knows which it is for. */
  at(path: string): ActorRef<never> | undefined;
  /** The first `countMax` actors whose path contains `text`, case aside. O(actors). */
  search(text: string, countMax: number): readonly ActorInfo[];
}

export type SystemStart =
  | { readonly ok: true; readonly system: ActorSystem }
  | { readonly ok: false; readonly error: Error };

/**
 * Starts a system: its root, and with it the tree. Resolves when all of it is up, or with the error
 * of the first start that failed, all others stopped. The root is not restarted.
 */
export async function startSystem(
  root: AnyActorSpec,
  options: SystemOptions,
): Promise<SystemStart> {
  const services = servicesOf(options);
  const { promise: ended, resolve } = Promise.withResolvers<ExitReason>();
  const overseer: Overseer = {
    path: '',
    childEnded(actor, reason) {
      actor.discard();
      services.runtime.stop();
      resolve(reason);
    },
  };
  const actor = new Actor(services, overseer, options.name, root);
  const outcome = await actor.start();
  switch (outcome.kind) {
    case 'started':
      return { ok: true, system: systemOf(actor, services, ended) };
    case 'ignored':
      actor.discard();
      services.runtime.stop();
      return { ok: false, error: new Error('the root had nothing to start') };
    case 'failed':
      actor.discard();
      services.runtime.stop();
      return { ok: false, error: errorOf(outcome.reason) };
  }
}

function servicesOf(options: SystemOptions): Services {
  return {
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    runtime: new NactRuntime(),
    names: new Map(),
    batchMax: options.batchMax ?? 1_000,
    report(report) {
      try {
        options.reports(report);
      } catch (thrown) {
        // Not within the actor that reports: supervision goes on, and the bug is still heard of.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    },
  };
}

function systemOf(root: Actor, services: Services, ended: Promise<ExitReason>): ActorSystem {
  return {
    ended,
    stop() {
      void stopActor(root, 'infinity');
      return ended;
    },
    whereIs: <Message>(name: ActorName<Message>) =>
      services.names.get(name.name) as ActorRef<Message> | undefined,
    tree: () => treeOf(root),
    survey: (listedMax) => surveyOf(root, listedMax),
    totals: () => totalsOf(root),
    info(path) {
      const actor = actorAt(root, path);
      return actor && infoOf(actor);
    },
    at: (path) => actorAt(root, path),
    search: (text, countMax) => search(root, text, countMax),
  };
}

/** Has an actor throw `error` as its next message is handled: for trying supervision out. */
export function injectFault(target: ActorRef<never>, error: Error): void {
  (target as Actor<never>).injectFault(error);
}

/** Ends an actor at once, as an operator may; its supervisor sees `killed`. */
export function kill(target: ActorRef<never>): void {
  (target as Actor<never>).kill();
}

/**
 * Has an actor end behind what waits in its mailbox, by way of `terminate`, as an operator may; its
 * supervisor sees `killed`, and starts it again unless it is temporary. False where it does not run.
 */
export function restartActor(target: ActorRef<never>): boolean {
  return (target as Actor<never>).restart();
}
