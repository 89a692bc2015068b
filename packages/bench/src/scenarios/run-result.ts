import type { Faults } from '../checking/faults';
import type { MetricName } from '../report/metrics';

/** What one run of a scenario against one server gave. */
export interface RunResult {
  /** The scenario's name, or its phase's. */
  readonly label: string;
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>;
  readonly faults: Faults;
}
