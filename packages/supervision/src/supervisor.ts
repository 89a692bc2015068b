import type { Actor } from './actor';
import type { ActorName, ActorRef } from './actor-ref';
import { ask, type Reply } from './ask';
import { type ActorContext, type Behaviour, ignore, type Ignore } from './behaviour';
import type { StartChildResult } from './child';
import type { ActorSpec, ChildSpec } from './child-spec';
import { StaticSupervision } from './static-supervision';
import type {
  ChildCounts,
  ChildInfo,
  ChildResult,
  SupervisorFlags,
  SupervisorMessage,
  SupervisorRequest,
} from './supervisor-message';

type FlagsSource = SupervisorFlags | (() => SupervisorFlags | Ignore);

const behaviour: Behaviour<FlagsSource, StaticSupervision, SupervisorMessage> = {
  async init(source, context) {
    const flags = typeof source === 'function' ? source() : source;
    if (flags === ignore) return ignore;
    const supervision = new StaticSupervision(actorOf(context), flags);
    await supervision.startAll();
    return supervision;
  },
  receive(supervision, message) {
    supervision.receive(message);
    return supervision;
  },
  terminate: (supervision) => supervision.stopAll(),
};

function actorOf(context: ActorContext<SupervisorMessage>): Actor<SupervisorMessage> {
  return context as Actor<SupervisorMessage>;
}

/**
 * A supervisor to start: by {@link ChildSpec} under another one, or as the root of a system.
 *
 * It starts its children in order, each when the one before is up, and stops them in reverse. A child
 * that ends is handled as its restart type and the strategy say; more restarts than the intensity
 * allows, and it stops its children and ends with `shutdown`, for its own supervisor to see. `flags`
 * may be a function, called at each start, which may answer `ignore`.
 */
export function supervisor(
  flags: FlagsSource,
  name?: ActorName<SupervisorRequest>,
): ActorSpec<FlagsSource, StaticSupervision, SupervisorMessage> {
  const spec = { kind: 'supervisor' as const, behaviour, args: flags, mailboxMax: Infinity };
  return name === undefined ? spec : { ...spec, name };
}

type SupervisorRef = ActorRef<SupervisorRequest>;

async function call<Value>(
  target: SupervisorRef,
  request: (reply: Reply<Value>) => SupervisorRequest,
  gone: Value,
): Promise<Value> {
  const answer = await ask(target, request, Infinity);
  return answer.ok ? answer.value : gone;
}

const supervisorGone: ChildResult & StartChildResult<never> = { ok: false, reason: 'gone' };

/** Adds a child behind the others and starts it. A child that fails to start is not kept. */
export function startChild<Message = never>(
  target: SupervisorRef,
  spec: ChildSpec,
): Promise<StartChildResult<Message>> {
  return call<StartChildResult<never>>(
    target,
    (reply) => ({ request: 'start', spec, reply }),
    supervisorGone,
  ) as Promise<StartChildResult<Message>>;
}

/** Starts a child that was terminated, or that ended and was not restarted. */
export function restartChild<Message = never>(
  target: SupervisorRef,
  id: string,
): Promise<StartChildResult<Message>> {
  return call<StartChildResult<never>>(
    target,
    (reply) => ({ request: 'restart', id, reply }),
    supervisorGone,
  ) as Promise<StartChildResult<Message>>;
}

/** Stops a child and keeps its spec, unless it is temporary. Resolves when it has ended. */
export function terminateChild(target: SupervisorRef, id: string): Promise<ChildResult> {
  return call<ChildResult>(
    target,
    (reply) => ({ request: 'terminate', id, reply }),
    supervisorGone,
  );
}

/** Drops the spec of a child that does not run. */
export function deleteChild(target: SupervisorRef, id: string): Promise<ChildResult> {
  return call<ChildResult>(target, (reply) => ({ request: 'delete', id, reply }), supervisorGone);
}

/** All children, in start order; answered also while the supervisor is busy with a restart. */
export function whichChildren(target: SupervisorRef): Promise<readonly ChildInfo[]> {
  return call<readonly ChildInfo[]>(target, (reply) => ({ request: 'which', reply }), []);
}

/** How many there are; answered also while the supervisor is busy with a restart. */
export function countChildren(target: SupervisorRef): Promise<ChildCounts> {
  const none = { specs: 0, active: 0, supervisors: 0, workers: 0 };
  return call(target, (reply) => ({ request: 'count', reply }), none);
}
