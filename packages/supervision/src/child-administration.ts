import type { Actor, StartOutcome } from './actor';
import { errorOf, type StartChildResult } from './child';
import { type AutoShutdown, type ChildSpec, faultyChildSpecs } from './child-spec';
import type { Child, Children } from './children';
import type { ChildResult } from './supervisor-message';

/** OTP: supervisor:start_child. */
export async function addChild(
  children: Children,
  spec: ChildSpec,
  autoShutdown: AutoShutdown,
): Promise<StartChildResult<never>> {
  const present = children.get(spec.id);
  if (present !== undefined) {
    const reason = present.state === 'stopped' ? 'already-present' : 'already-started';
    return { ok: false, reason };
  }
  if (faultyChildSpecs([spec], autoShutdown) !== undefined) {
    return { ok: false, reason: 'invalid-spec' };
  }
  const child = children.add(spec);
  const outcome = await children.start(child);
  if (outcome.kind === 'failed') children.drop(child);
  return resultOf(children, child.actor, outcome);
}

/** OTP: supervisor:restart_child. */
export async function startAgain(children: Children, id: string): Promise<StartChildResult<never>> {
  const child = children.get(id);
  if (child === undefined) return { ok: false, reason: 'not-found' };
  if (child.state === 'restarting') return { ok: false, reason: 'restarting' };
  if (child.state !== 'stopped') return { ok: false, reason: 'already-started' };
  const outcome = await children.start(child);
  if (outcome.kind === 'failed') child.actor.discard();
  return resultOf(children, child.actor, outcome);
}

/** OTP: supervisor:terminate_child. */
export async function endChild(children: Children, id: string): Promise<ChildResult> {
  const child = children.get(id);
  if (child === undefined) return { ok: false, reason: 'not-found' };
  await children.stop(child);
  if (child.spec.restart === 'temporary') children.drop(child);
  else child.actor.discard();
  return { ok: true };
}

/** OTP: supervisor:delete_child. */
export function removeChild(children: Children, id: string): ChildResult {
  const child: Child | undefined = children.get(id);
  if (child === undefined) return { ok: false, reason: 'not-found' };
  if (child.state === 'restarting') return { ok: false, reason: 'restarting' };
  if (child.state !== 'stopped') return { ok: false, reason: 'running' };
  children.drop(child);
  return { ok: true };
}

function resultOf(
  children: Children,
  actor: Actor,
  outcome: StartOutcome,
): StartChildResult<never> {
  switch (outcome.kind) {
    case 'started':
      return { ok: true, ref: actor };
    case 'ignored':
      return { ok: false, reason: 'ignored' };
    case 'failed':
      if (children.closing) return { ok: false, reason: 'gone' };
      return { ok: false, reason: 'failed', error: errorOf(outcome.reason) };
  }
}
