import type { Behaviour } from './behaviour';

export type Told = string | number;

/** Appends what it is told to a log; throws at 'throw'. Subject to what a test overrides. */
export function recorder(
  log: unknown[],
  more: Partial<Behaviour<number, number, Told>> = {},
): Behaviour<number, number, Told> {
  return {
    init: (start) => start,
    receive(sum, told) {
      log.push(told);
      if (told === 'throw') throw new Error('told to');
      return typeof told === 'number' ? sum + told : sum;
    },
    ...more,
  };
}

export function bug(): never {
  throw new Error('bug');
}
