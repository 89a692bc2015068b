import type { Limits } from '../domain/limits';

/** What a setting that is changed while the server runs applies to. */
export type Applies = 'at once' | 'to new connections' | 'to rooms that open' | 'after a restart';

/** One limit's place on the command line. */
export interface LimitOption {
  readonly limit: keyof Limits;
  readonly flag: string;
  readonly unit: 'count' | 'duration' | 'wait' | 'age' | 'keepalive';
  /** At once, when not given. */
  readonly applies?: Applies;
  readonly description: string;
}
