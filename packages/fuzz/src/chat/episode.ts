import { setImmediate as turn } from 'node:timers/promises';
import { bytesOf, mutated } from '../material/bytes';
import { aName, said } from '../material/talk';
import { telnetOpening, telnetPiece } from '../material/telnet';
import type { Random } from '../random';
import { holds } from '../target';
import type { Connect, Link } from './link';

/** What some people do to the server who mean no good, one thing after the other. */
export interface Episode {
  readonly people: number;
  readonly steps: readonly Step[];
}

type Step =
  | {
      readonly who: number;
      readonly do: 'send';
      readonly bytes: string;
      /** Into how many pieces the bytes are cut. */
      readonly pieces: number;
    }
  | { readonly who: number; readonly do: 'half-close' | 'cut' | 'deaf' | 'hear' | 'wait' };

const peopleMax = 3;
const stepsMax = 24;
/** How long a connection that sends nothing more may be open: a password may wait for 30 s. */
const overWithinMs = 60_000;

export function anEpisode(random: Random): Episode {
  const people = 1 + random.below(peopleMax);
  const steps: Step[] = [];
  for (let who = 0; who < people; who++) steps.push(sending(random, who, opening(random)));
  for (let left = 1 + random.below(stepsMax); left > 0; left--) {
    steps.push(aStep(random, random.below(people)));
  }
  return { people, steps };
}

function aStep(random: Random, who: number): Step {
  switch (random.below(16)) {
    case 0:
      return { who, do: random.pick(['half-close', 'cut', 'deaf', 'hear']) };
    case 1:
    case 2:
      return { who, do: 'wait' };
    default:
      return sending(random, who, said(random));
  }
}

function sending(random: Random, who: number, bytes: string): Step {
  return { who, do: 'send', bytes, pieces: random.once(3) ? 1 + random.below(8) : 1 };
}

/** A name, most often, and what tells what kind of client it is. */
function opening(random: Random): string {
  const name = aName(random);
  switch (random.below(8)) {
    case 0:
      return said(random);
    case 1:
      return `${telnetOpening}${name}\r\n\xFF\xFD\x01\xFF\xFD\x03`;
    case 2:
      return `${name}\r\n${telnetPiece(random)}`;
    case 3:
      return mutated(random, `${telnetPiece(random)}${name}\r\0`);
    default:
      return `${name}\n`;
  }
}

/** Does it all, and waits until the server has handled it. */
export async function play(episode: Episode, connect: Connect): Promise<void> {
  const links: Link[] = [];
  for (let count = 0; count < episode.people; count++) links.push(await connect());
  for (const step of episode.steps) {
    const link = links[step.who];
    if (link !== undefined) await take(step, link);
  }
  for (const link of links) {
    link.read(true);
    link.halfClose();
  }
  await within(overWithinMs, Promise.all(links.map(({ over }) => over)), 'a connection stays open');
}

async function take(step: Step, link: Link): Promise<void> {
  switch (step.do) {
    case 'send': {
      const bytes = bytesOf(step.bytes);
      const size = Math.max(1, Math.ceil(bytes.length / step.pieces));
      for (let at = 0; at < bytes.length; at += size) {
        link.send(bytes.subarray(at, at + size));
        if (step.pieces > 1) await turn();
      }
      return;
    }
    case 'half-close':
      link.halfClose();
      return;
    case 'cut':
      link.cut();
      return;
    case 'deaf':
      link.read(false);
      return;
    case 'hear':
      link.read(true);
      return;
    case 'wait':
      await turn();
  }
}

/** Rejects if something takes too long. */
export async function within<Value>(
  ms: number,
  done: Promise<Value>,
  what: string,
): Promise<Value> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), ms);
  try {
    const value = await Promise.race([done, late]);
    holds(value !== 'late', what);
    return value;
  } finally {
    clearTimeout(timer);
  }
}
