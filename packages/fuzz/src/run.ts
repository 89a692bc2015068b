import { setImmediate as turn } from 'node:timers/promises';
import { Faults } from './faults';
import { Random } from './random';
import type { Target, Trial } from './target';

export interface RunOptions {
  readonly seed: number;
  /** Number of the first input. */
  readonly first: number;
  readonly inputs: number;
  /** On the clock of `performance.now`; what is begun then is ended. */
  readonly untilMs: number;
}

/** Something that does not hold, and what was fed when that showed. */
export interface Finding {
  /** The numbers of the inputs: one, unless none of them shows it alone. */
  readonly numbers: readonly number[];
  readonly inputs: readonly unknown[];
  readonly error: unknown;
}

export interface Outcome {
  readonly inputs: number;
  readonly ms: number;
  readonly finding: Finding | undefined;
}

/** Feeds a target until it has had its inputs, its time is over, or something does not hold. */
export async function fuzz(target: Target, options: RunOptions): Promise<Outcome> {
  const startMs = performance.now();
  const end = options.first + options.inputs;
  const faults = new Faults();
  const trial = await target.open();
  let at = options.first;
  let finding: Finding | undefined;
  try {
    while (at < end && finding === undefined && performance.now() < options.untilMs) {
      const size = Math.min(target.batch, end - at);
      const numbers = Array.from({ length: size }, (_, index) => at + index);
      const inputs = numbers.map((number) => inputOf(target, options.seed, number));
      const error = await feed(trial, inputs, faults);
      at += size;
      if (error !== undefined) finding = await narrow(target, numbers, inputs, error, faults);
    }
  } finally {
    await trial.close();
    faults.close();
  }
  return { inputs: at - options.first, ms: performance.now() - startMs, finding };
}

/** Feeds a target with inputs that are known; resolves with what does not hold, if anything. */
export async function replay(target: Target, inputs: readonly unknown[]): Promise<unknown> {
  const faults = new Faults();
  try {
    return await feedAlone(target, inputs, faults);
  } finally {
    faults.close();
  }
}

export function inputOf(target: Target, seed: number, number: number): unknown {
  return target.generate(new Random(seed, target.name, number));
}

async function feed(
  trial: Trial,
  inputs: readonly unknown[],
  faults: Faults,
): Promise<Error | undefined> {
  try {
    const fed = trial.feed(inputs);
    if (fed !== undefined) {
      await fed;
      await turn();
    }
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return faults.take();
}

async function feedAlone(
  target: Target,
  inputs: readonly unknown[],
  faults: Faults,
): Promise<Error | undefined> {
  const trial = await target.open();
  try {
    return await feed(trial, inputs, faults);
  } finally {
    await trial.close();
  }
}

/** Which one of a batch it is, if one alone shows it. */
async function narrow(
  target: Target,
  numbers: readonly number[],
  inputs: readonly unknown[],
  found: Error,
  faults: Faults,
): Promise<Finding> {
  for (const [index, input] of inputs.entries()) {
    const error = await feedAlone(target, [input], faults);
    if (error !== undefined)
      return { numbers: numbers.slice(index, index + 1), inputs: [input], error };
  }
  return { numbers, inputs, error: found };
}
