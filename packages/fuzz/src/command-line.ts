import { parseArgs } from 'node:util';
import type { Target } from './target';
import { targets } from './targets/catalogue';

/** What a command line asks for. */
export interface Request {
  readonly help: boolean;
  readonly targets: readonly Target[];
  /** Of all targets together. */
  readonly inputs: number;
  /** Of all targets together. */
  readonly seconds: number;
  readonly seed: number;
  /** The number of the one input that is fed again. */
  readonly replay: number | undefined;
  /** Where findings are written; nowhere when not given. */
  readonly keep: string | undefined;
}

export const usage = `Usage: npm run fuzz -- [options]

Feeds the chat server what nobody should send it, and sees that it holds.

  --inputs <n>      how many, over all targets (default 100000)
  --seconds <n>     ends after that long, done or not (default 3600)
  --seed <n>        which ones: the same number, the same inputs (default: the time)
  --target <names>  of those below, with commas (default all)
  --replay <n>      only the input of that number, which a finding has told
  --keep <folder>   writes what is found there, to be replayed by the tests
  --help            show this

${targets.map(({ name, what }) => `  ${name.padEnd(10)}${what}`).join('\n')}

Exits with 1 if something did not hold: it tells the seed and the number of the input.`;

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`--${option} takes a whole number of at least ${least}.`);
  }
  return value;
}

function chosen(names: string): readonly Target[] {
  if (names === '') return targets;
  return names.split(',').map((name) => {
    const target = targets.find((each) => each.name === name);
    if (target !== undefined) return target;
    throw new Error(`"${name}" is none of ${targets.map((each) => each.name).join(', ')}.`);
  });
}

/** Reads a command line; throws an Error whose message is for whoever typed it. */
export function parseCommandLine(args: readonly string[], nowMs: number): Request {
  const { values } = parseArgs({
    args: [...args],
    options: {
      inputs: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '3600' },
      seed: { type: 'string' },
      target: { type: 'string', default: '' },
      replay: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const request = {
    help: values.help,
    targets: chosen(values.target),
    inputs: whole('inputs', values.inputs, 1),
    seconds: whole('seconds', values.seconds, 1),
    seed: values.seed === undefined ? nowMs % 2 ** 31 : whole('seed', values.seed, 0),
    replay: values.replay === undefined ? undefined : whole('replay', values.replay, 0),
    keep: values.keep,
  };
  if (request.replay !== undefined && (values.seed === undefined || request.targets.length !== 1)) {
    throw new Error('--replay takes the --seed and the --target that were told with its number.');
  }
  return request;
}
