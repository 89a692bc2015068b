import type { Random } from './random';

/** A part of the stack that is fed. */
export interface Target<Input = unknown> {
  readonly name: string;
  /** One line for whoever chooses. */
  readonly what: string;
  /** Inputs that are fed together, before what came of them is looked at. */
  readonly batch: number;
  /** How many of a hundred thousand inputs are its own when all targets are fed. */
  readonly share: number;
  /** Why it cannot be fed here; undefined where it can. */
  readonly missing?: () => string | undefined;
  /** An input, which is plain JSON: the same for the same numbers. */
  generate(random: Random): Input;
  open(): Promise<Trial<Input>>;
}

/** A target that runs, and is fed one batch after the other. */
export interface Trial<Input = unknown> {
  /** Throws, or rejects, where something does not hold that always should. */
  feed(inputs: readonly Input[]): void | Promise<void>;
  close(): Promise<void>;
}

/** A trial of something that is nothing but a function. */
export function trialOf<Input>(check: (input: Input) => void): Trial<Input> {
  return {
    feed(inputs) {
      for (const input of inputs) check(input);
    },
    close: () => Promise.resolve(),
  };
}

/** Throws where something does not hold. */
export function holds(isSo: boolean, what: string, ...seen: readonly unknown[]): asserts isSo {
  if (!isSo) throw new Error([what, ...seen.map((each) => JSON.stringify(each))].join(' '));
}
