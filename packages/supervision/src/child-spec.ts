import type { ActorName } from './actor-ref';
import type { Backoff } from './backoff';
import type { Behaviour } from './behaviour';

export type ActorKind = 'worker' | 'supervisor';

/** When a child that ended is started again: always, after an abnormal end only, or never. */
export type RestartType = 'permanent' | 'transient' | 'temporary';

/** How long a child may take to stop: milliseconds, for ever, or not at all. */
export type Shutdown = number | 'infinity' | 'brutal-kill';

/** What to run: a behaviour, and what it is to begin with. */
export interface ActorSpec<Args = never, State = never, Message = never> {
  readonly kind: ActorKind;
  readonly behaviour: Behaviour<Args, State, Message>;
  readonly args: Args;
  readonly name?: ActorName<Message>;
  /** Messages that may wait; more are refused as `mailbox-full`. 10,000 when not given. */
  readonly mailboxMax?: number;
  /** Whether it is a supervisor whose children come and go, any number of one kind. */
  readonly isDynamic?: boolean;
}

/** An {@link ActorSpec} of whatever types, as a list of children holds it. */
// oxlint-disable-next-line typescript/no-explicit-any -- existential types, which TypeScript lacks
export type AnyActorSpec = ActorSpec<any, any, any>;

/** A child of a supervisor (OTP: child_spec). */
export interface ChildSpec {
  /** Unique among its siblings; the last part of the child's path. */
  readonly id: string;
  readonly start: AnyActorSpec;
  /** `permanent` when not given. */
  readonly restart?: RestartType;
  /** 5,000 ms when not given, `infinity` for a supervisor. */
  readonly shutdown?: Shutdown;
  /** Whether its own end may end its supervisor; see `autoShutdown`. */
  readonly significant?: boolean;
}

/** A supervisor's children come back within these bounds, or it gives up (OTP: sup_flags). */
export interface Intensity {
  /** Restarts allowed within the period; one more is too many. OTP's default is 1. */
  readonly restartsMax: number;
  /** OTP's default is 5,000. */
  readonly periodMs: number;
}

export type AutoShutdown = 'never' | 'any-significant' | 'all-significant';

/** What supervisors of either kind are told. */
export interface RestartFlags {
  readonly intensity?: Intensity;
  /** How long to wait before a restart; at once when not given, as OTP does. */
  readonly backoff?: Backoff;
}

export const defaultIntensity: Intensity = { restartsMax: 1, periodMs: 5_000 };
export const defaultShutdownMs = 5_000;

/** The child spec with its defaults filled in. */
export interface FullChildSpec extends ChildSpec {
  readonly restart: RestartType;
  readonly shutdown: Shutdown;
  readonly significant: boolean;
}

/** Fills in OTP's defaults. */
export function fullSpec(spec: ChildSpec): FullChildSpec {
  return {
    ...spec,
    restart: spec.restart ?? 'permanent',
    shutdown: spec.shutdown ?? (spec.start.kind === 'supervisor' ? 'infinity' : defaultShutdownMs),
    significant: spec.significant ?? false,
  };
}

/**
 * What is wrong with a list of child specs, in words, or undefined (OTP: check_childspecs): an id
 * that is empty, holds a slash or is there twice; a shutdown time below zero; a significant child
 * that is permanent, or whose supervisor never shuts down by itself.
 */
export function faultyChildSpecs(
  specs: readonly ChildSpec[],
  autoShutdown: AutoShutdown,
): string | undefined {
  const ids = new Set<string>();
  for (const spec of specs) {
    if (ids.has(spec.id)) return `duplicate child id ${spec.id}`;
    ids.add(spec.id);
    const fault = faultyChildSpec(spec, autoShutdown);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultyChildSpec(spec: ChildSpec, autoShutdown: AutoShutdown): string | undefined {
  const { id, restart, shutdown, significant } = fullSpec(spec);
  if (id === '' || id.includes('/')) return `invalid child id ${JSON.stringify(id)}`;
  if (typeof shutdown === 'number' && !(shutdown >= 0)) {
    return `invalid shutdown ${shutdown} of child ${id}`;
  }
  if (significant && restart === 'permanent') return `permanent child ${id} cannot be significant`;
  if (significant && autoShutdown === 'never') {
    return `child ${id} is significant, but its supervisor never shuts down by itself`;
  }
  return undefined;
}

/** What is wrong with an intensity, or undefined. */
export function faultyIntensity({ restartsMax, periodMs }: Intensity): string | undefined {
  if (!(restartsMax >= 0)) return `invalid intensity ${restartsMax}`;
  if (!(periodMs > 0)) return `invalid period ${periodMs}`;
  return undefined;
}
