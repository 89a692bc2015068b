import type { Random } from '../random';
import { mutated } from './bytes';
import { anyJson, sound, worse } from './json';

/** A record as a backend keeps it. */
export interface RawRecord {
  /** What should be JSON. */
  readonly text: string;
  /** Offsets and a time, as they are written; whole numbers of 64 bits at the most. */
  readonly first: string;
  readonly last: string;
  readonly previous: string;
  readonly atMs: string;
}

const offsets = [
  '1',
  '2',
  '0',
  '-1',
  '100',
  '5000',
  '9007199254740993',
  '9223372036854775807',
] as const;
const times = ['1700000000000', '0', '-5', '9223372036854775807', '99999999999999'] as const;

export function rawRecord(random: Random): RawRecord {
  const isPlain = random.once(3);
  const number = (): string => (isPlain ? '1' : random.pick(offsets));
  return {
    text: mutated(random, JSON.stringify(aValue(random))),
    first: number(),
    last: isPlain ? String(1 + random.below(3)) : random.pick(offsets),
    previous: isPlain ? '0' : random.pick(offsets),
    atMs: random.once(2) ? times[0] : random.pick(times),
  };
}

function aValue(random: Random): unknown {
  const all = [
    sound.rooms,
    sound.accounts,
    sound.returns,
    sound.event,
    sound.whisper,
    sound.presence,
  ];
  const record = (): unknown => worse(random, all[random.below(all.length)] ?? sound.event);
  switch (random.below(3)) {
    case 0:
      return anyJson(random);
    case 1:
      return random.some(4, record);
    default:
      return record();
  }
}
