import type { Holding } from './holding';

/**
 * Changes what people have in rooms, all of them. Safe to repeat; where the answer is `store-away`,
 * some of it may have been done.
 */
export interface RoomRights {
  /** Has all that is held as `from` held as `to`. */
  move(from: Holding, to: Holding): Promise<'done' | 'store-away'>;
  /** Has what is held so pass on, as if a guest were gone. */
  end(holding: Holding): Promise<'done' | 'store-away'>;
}
