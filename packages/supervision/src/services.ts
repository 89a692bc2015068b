import type { ActorRef } from './actor-ref';
import type { Clock } from './clock';
import type { NactRuntime } from './nact-runtime';
import type { Report } from './reports';

/** What all actors of one system share. */
export interface Services {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly runtime: NactRuntime;
  readonly names: Map<string, ActorRef<never>>;
  /** Messages handled in one wake-up before others get their turn. */
  readonly batchMax: number;
  report(report: Report): void;
}
