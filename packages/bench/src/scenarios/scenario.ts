import { usersOf, type TrafficPlan } from '../generator/traffic-plan';
import type { MetricName } from '../report/metrics';
import type { ServerKind } from '../processes/server-kinds';
import type { Comparison } from '../report/summary';

/** What breaks between the nodes of a cluster. */
export type ClusterFault =
  /** All connections to Redis are closed, every so often. */
  | { readonly kind: 'cuts'; readonly everyMs: number }
  /** Redis stands still for a while, every so often. */
  | { readonly kind: 'freezes'; readonly everyMs: number; readonly forMs: number }
  /** One node after another is killed, and started again. */
  | { readonly kind: 'node-kills'; readonly everyMs: number }
  /** Redis is killed, once, and its replica takes over. */
  | { readonly kind: 'failover' };

/** One of the rooms that are compared with the first. */
export interface TerminalVariant {
  readonly name: string;
  readonly plan: TrafficPlan;
}

/** What a scenario does. */
type Course =
  /** Members write to each other. */
  | { readonly kind: 'traffic'; readonly plan: TrafficPlan }
  /** The same beside a member that stops reading. */
  | { readonly kind: 'slow-reader'; readonly plan: TrafficPlan; readonly floodBytes: number }
  /** The same while faults are provoked in a server. */
  | { readonly kind: 'crash'; readonly plan: TrafficPlan; readonly everyMs: number }
  /** Members write to each other while an operator looks, and while none does. */
  | { readonly kind: 'watched'; readonly plan: TrafficPlan }
  /** Members write to each other while something that they share breaks, again and again. */
  | { readonly kind: 'cluster-faults'; readonly plan: TrafficPlan; readonly fault: ClusterFault }
  /** Members write to each other in one room after another, the first of which has no terminals. */
  | { readonly kind: 'terminals'; readonly variants: readonly TerminalVariant[] }
  /** Users enter so many lines and then do nothing, first plain ones and then others with terminals. */
  | { readonly kind: 'terminals-idle'; readonly users: number; readonly linesEntered: number }
  /** Users who are logged in join one room at once. */
  | { readonly kind: 'join'; readonly users: number }
  /** Users log in as fast as they can. */
  | { readonly kind: 'logins'; readonly users: number }
  /** Users are logged in and do nothing. */
  | { readonly kind: 'idle'; readonly users: number };

/** Scenarios that are run together. */
export const scenarioGroups = ['cluster'] as const;
type ScenarioGroup = (typeof scenarioGroups)[number];

/** One line of the catalogue of scenarios. */
export interface Scenario {
  readonly name: string;
  readonly course: Course;
  /** What the servers are compared by. */
  readonly comparedBy: readonly MetricName[];
  /** What they are compared by as a difference, where a ratio says little. */
  readonly addedTo?: readonly MetricName[];
  /** Servers it is run against, if not those that most are. */
  readonly servers?: readonly ServerKind[];
  /** Which of them is compared with which, if not the chat server with each baseline. */
  readonly comparisons?: readonly Comparison[];
  /** How long it is measured, in seconds, if not as long as most. */
  readonly seconds?: number;
  /** It is run only when it is named, or its group is. */
  readonly group?: ScenarioGroup;
  /** For figures that hardly differ from run to run, and where time matters more. */
  readonly roundsMax?: number;
}

/** How many sockets a scenario opens at once. */
export function socketsOf({ course }: Scenario): number {
  if ('users' in course) return course.users;
  if ('plan' in course) return usersOf(course.plan);
  return Math.max(...course.variants.map(({ plan }) => usersOf(plan)));
}
