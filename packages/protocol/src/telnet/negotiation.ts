import { telnetCode } from './telnet';
import type { NegotiationVerb } from './telnet';

/** Whose option it is: ours is spoken of with WILL and DO from the client, his the other way round. */
export type OptionSide = 'us' | 'him';

/**
 * Where one side of one option stands: the states of RFC 1143 with their queue bit written out, and
 * `held`, for a request that has come but is answered later, once it is known whether it suits.
 */
export type OptionState =
  'no' | 'yes' | 'want-no' | 'want-no-then-yes' | 'want-yes' | 'want-yes-then-no' | 'held';

/** What is to become of a request for an option that is off. */
export type OptionPolicy = 'accept' | 'refuse' | 'hold';

/** What comes next, and what is to be said: that it be on, that it be off, or nothing. */
type Step = readonly [next: OptionState, says?: 'on' | 'off'];
type Table = Readonly<Record<OptionState, Step>>;

const wantedOn: Table = {
  no: ['want-yes', 'on'],
  yes: ['yes'],
  'want-no': ['want-no-then-yes'],
  'want-no-then-yes': ['want-no-then-yes'],
  'want-yes': ['want-yes'],
  'want-yes-then-no': ['want-yes'],
  held: ['yes', 'on'],
};

const wantedOff: Table = {
  no: ['no'],
  yes: ['want-no', 'off'],
  'want-no': ['want-no'],
  'want-no-then-yes': ['want-no'],
  'want-yes': ['want-yes-then-no'],
  'want-yes-then-no': ['want-yes-then-no'],
  held: ['no', 'off'],
};

/** WILL for his side, DO for ours. What an option that is off does is for the policy to say. */
const receivedOn: Readonly<Record<Exclude<OptionState, 'no'>, Step>> = {
  yes: ['yes'],
  // An error of the peer's, who must not answer a refusal with a request.
  'want-no': ['no'],
  'want-no-then-yes': ['yes'],
  'want-yes': ['yes'],
  'want-yes-then-no': ['want-no', 'off'],
  held: ['held'],
};

const requested: Readonly<Record<OptionPolicy, Step>> = {
  accept: ['yes', 'on'],
  refuse: ['no', 'off'],
  hold: ['held'],
};

/** WONT for his side, DONT for ours. */
const receivedOff: Table = {
  no: ['no'],
  yes: ['no', 'off'],
  'want-no': ['no'],
  'want-no-then-yes': ['want-yes', 'on'],
  'want-yes': ['no'],
  'want-yes-then-no': ['no'],
  // What was asked for is still owed its answer, which this one is glad of.
  held: ['no', 'off'],
};

/**
 * The options of one connection, both sides of each, negotiated by the Q method of RFC 1143: however
 * often either end changes its mind and whatever crosses on the way, it never loops, and two ends
 * that follow it agree once nothing is under way.
 *
 * Each command received gets at most one answer, and what is so already gets none. An answer is the
 * bytes to send; undefined is nothing to send. Only options that are not plainly off take memory.
 */
export class Negotiation {
  readonly #states = new Map<number, OptionState>();

  state(side: OptionSide, option: number): OptionState {
    return this.#states.get(keyOf(side, option)) ?? 'no';
  }

  /** Has an option turned on or off, or decides about a request that was held. */
  want(side: OptionSide, option: number, isOn: boolean): Uint8Array | undefined {
    const table = isOn ? wantedOn : wantedOff;
    return this.#take(side, option, table[this.state(side, option)]);
  }

  /** Takes a command of the peer's; the policy is for a request of something that is off. */
  receive(verb: NegotiationVerb, option: number, policy: OptionPolicy): Uint8Array | undefined {
    const side = sideOf(verb);
    const state = this.state(side, option);
    if (verb === 'wont' || verb === 'dont') return this.#take(side, option, receivedOff[state]);
    return this.#take(side, option, state === 'no' ? requested[policy] : receivedOn[state]);
  }

  #take(side: OptionSide, option: number, [next, says]: Step): Uint8Array | undefined {
    if (next === 'no') this.#states.delete(keyOf(side, option));
    else this.#states.set(keyOf(side, option), next);
    if (says === undefined) return undefined;
    return Uint8Array.of(telnetCode.iac, telnetCode[verbs[side][says]], option);
  }
}

const verbs = {
  us: { on: 'will', off: 'wont' },
  him: { on: 'do', off: 'dont' },
} as const;

/** Whose side of an option a command of the peer's is about. */
export function sideOf(verb: NegotiationVerb): OptionSide {
  return verb === 'do' || verb === 'dont' ? 'us' : 'him';
}

function keyOf(side: OptionSide, option: number): number {
  return option * 2 + (side === 'us' ? 0 : 1);
}
