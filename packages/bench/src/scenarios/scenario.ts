import type { TrafficPlan } from '../generator/traffic-plan';
import type { MetricName } from '../report/metrics';
import type { ServerKind } from '../processes/server-kinds';

/** What a scenario does. */
type Course =
  /** Members write to each other. */
  | { readonly kind: 'traffic'; readonly plan: TrafficPlan }
  /** The same beside a member that stops reading. */
  | { readonly kind: 'slow-reader'; readonly plan: TrafficPlan; readonly floodBytes: number }
  /** The same while faults are provoked. */
  | { readonly kind: 'crash'; readonly plan: TrafficPlan; readonly everyMs: number }
  /** Users who are logged in join one room at once. */
  | { readonly kind: 'join'; readonly users: number }
  /** Users log in as fast as they can. */
  | { readonly kind: 'logins'; readonly users: number }
  /** Users are logged in and do nothing. */
  | { readonly kind: 'idle'; readonly users: number };

/** One line of the catalogue of scenarios. */
export interface Scenario {
  readonly name: string;
  readonly course: Course;
  /** What the servers are compared by. */
  readonly comparedBy: readonly MetricName[];
  /** Servers it is run against, if not all. */
  readonly servers?: readonly ServerKind[];
  /** For figures that hardly differ from run to run, and where time matters more. */
  readonly roundsMax?: number;
}

/** How many sockets a scenario opens at once. */
export function socketsOf({ course }: Scenario): number {
  return 'users' in course ? course.users : course.plan.rooms * course.plan.membersPerRoom;
}
