import * as fc from 'fast-check';
import { Negotiation, sideOf } from './negotiation';
import type { OptionPolicy, OptionSide } from './negotiation';
import { negotiationVerb, telnetCode, telnetOption } from './telnet';
import type { NegotiationVerb } from './telnet';

const { iac, will, wont, dont } = telnetCode;
const { echo, windowSize } = telnetOption;
const verb = fc.constantFrom<NegotiationVerb>('will', 'wont', 'do', 'dont');
const policy = fc.constantFrom<OptionPolicy>('accept', 'refuse', 'hold');
const side = fc.constantFrom<OptionSide>('us', 'him');
const anyOption = fc.integer({ min: 0, max: 255 });
const fewOptions = [1, 3, 255];
const command = fc.record({ verb, option: anyOption, policy });
const commandOfFew = fc.record({ verb, option: fc.constantFrom(...fewOptions), policy });
const wish = fc.record({ side, option: fc.constantFrom(...fewOptions), isOn: fc.boolean() });

function codeOf(answer: Uint8Array): number {
  return answer[1] ?? 0;
}

test('an option that is asked for is on once the peer agrees', () => {
  const negotiation = new Negotiation();
  expect(negotiation.want('us', echo, true)).toEqual(Uint8Array.of(iac, will, echo));
  expect(negotiation.state('us', echo)).toBe('want-yes');
  expect(negotiation.receive('do', echo, 'refuse')).toBeUndefined();
  expect(negotiation.state('us', echo)).toBe('yes');
});

test('an option that is asked for is off if the peer refuses', () => {
  const negotiation = new Negotiation();
  expect(negotiation.want('him', windowSize, true)).toEqual(
    Uint8Array.of(iac, telnetCode.do, windowSize),
  );
  expect(negotiation.receive('wont', windowSize, 'accept')).toBeUndefined();
  expect(negotiation.state('him', windowSize)).toBe('no');
});

test('what the peer asks for is accepted or refused with one answer', () => {
  const negotiation = new Negotiation();
  expect(negotiation.receive('will', windowSize, 'accept')).toEqual(
    Uint8Array.of(iac, telnetCode.do, windowSize),
  );
  expect(negotiation.receive('will', 200, 'refuse')).toEqual(Uint8Array.of(iac, dont, 200));
  expect(negotiation.receive('do', 200, 'refuse')).toEqual(Uint8Array.of(iac, wont, 200));
});

test('the two sides of an option know nothing of each other', () => {
  const negotiation = new Negotiation();
  negotiation.receive('will', echo, 'accept');
  expect(negotiation.state('him', echo)).toBe('yes');
  expect(negotiation.state('us', echo)).toBe('no');
});

test('a change of mind is told when the answer to the first question has come', () => {
  const negotiation = new Negotiation();
  negotiation.want('us', echo, true);
  expect(negotiation.want('us', echo, false)).toBeUndefined();
  expect(negotiation.receive('do', echo, 'accept')).toEqual(Uint8Array.of(iac, wont, echo));
  expect(negotiation.want('us', echo, true)).toBeUndefined();
  expect(negotiation.receive('dont', echo, 'accept')).toEqual(Uint8Array.of(iac, will, echo));
  expect(negotiation.receive('do', echo, 'accept')).toBeUndefined();
  expect(negotiation.state('us', echo)).toBe('yes');
});

test.each([
  [true, will, 'yes'],
  [false, wont, 'no'],
])('a request that is held is answered when it is decided: %s', (isOn, code, state) => {
  const negotiation = new Negotiation();
  expect(negotiation.receive('do', echo, 'hold')).toBeUndefined();
  expect(negotiation.receive('do', echo, 'hold')).toBeUndefined();
  expect(negotiation.want('us', echo, isOn)).toEqual(Uint8Array.of(iac, code, echo));
  expect(negotiation.state('us', echo)).toBe(state);
});

test('a request that is held and then withdrawn is answered with a refusal', () => {
  const negotiation = new Negotiation();
  negotiation.receive('do', echo, 'hold');
  expect(negotiation.receive('dont', echo, 'hold')).toEqual(Uint8Array.of(iac, wont, echo));
  expect(negotiation.want('us', echo, false)).toBeUndefined();
});

test('a peer that answers a refusal with a request is not argued with', () => {
  const negotiation = new Negotiation();
  negotiation.receive('do', echo, 'accept');
  negotiation.want('us', echo, false);
  expect(negotiation.receive('do', echo, 'accept')).toBeUndefined();
  expect(negotiation.state('us', echo)).toBe('no');
});

test('whatever a peer sends, an answer is one command about the same side of the same option', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const negotiation = new Negotiation();
      for (const { verb: said, option, policy: then } of commands) {
        const answer = negotiation.receive(said, option, then);
        const codes = sideOf(said) === 'us' ? [will, wont] : [telnetCode.do, dont];
        const allowed = [undefined, ...codes.map((code) => Uint8Array.of(iac, code, option))];
        expect(allowed).toContainEqual(answer);
      }
    }),
  );
});

test('a command that tells what is so already is never answered', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(commandOfFew, wish), { maxLength: 60 }), (steps) => {
      const negotiation = new Negotiation();
      for (const step of steps) {
        if ('isOn' in step) {
          negotiation.want(step.side, step.option, step.isOn);
          continue;
        }
        const state = negotiation.state(sideOf(step.verb), step.option);
        const answer = negotiation.receive(step.verb, step.option, step.policy);
        const isOn = step.verb === 'will' || step.verb === 'do';
        const isSoAlready = state === (isOn ? 'yes' : 'no');
        expect(isSoAlready ? answer : undefined).toBeUndefined();
        // The same once more: only a request that was refused is one again.
        const again = negotiation.receive(step.verb, step.option, step.policy);
        expect(again === undefined || (isOn && step.policy !== 'hold')).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('refusals take no memory, however many options they are about', () => {
  const negotiation = new Negotiation();
  for (let option = 0; option < 256; option += 1) {
    negotiation.receive('will', option, 'refuse');
    negotiation.receive('do', option, 'refuse');
    expect(negotiation.state('us', option)).toBe('no');
    expect(negotiation.state('him', option)).toBe('no');
  }
});

/** One of two ends that follow the Q method, and what is on its way to it. */
class End {
  readonly negotiation = new Negotiation();
  readonly arriving: Uint8Array[] = [];
  peer: End | undefined;

  constructor(private readonly policies: ReadonlyMap<number, OptionPolicy>) {}

  want(whose: OptionSide, option: number, isOn: boolean): void {
    this.#send(this.negotiation.want(whose, option, isOn));
  }

  /** Reads the next command; false if there is none. */
  read(): boolean {
    const next = this.arriving.shift();
    if (next === undefined) return false;
    const said = negotiationVerb(codeOf(next)) ?? 'wont';
    const option = next[2] ?? 0;
    const then = this.policies.get(option) ?? 'refuse';
    this.#send(this.negotiation.receive(said, option, then));
    return true;
  }

  #send(answer: Uint8Array | undefined): void {
    if (answer !== undefined) this.peer?.arriving.push(answer);
  }
}

function policyMap(list: OptionPolicy[]): ReadonlyMap<number, OptionPolicy> {
  return new Map(fewOptions.map((option, index) => [option, list[index] ?? 'refuse']));
}

function connect(ours: OptionPolicy[], theirs: OptionPolicy[]): [End, End] {
  const [one, two] = [new End(policyMap(ours)), new End(policyMap(theirs))];
  one.peer = two;
  two.peer = one;
  return [one, two];
}

/** Delivers all that is under way, and tells how many commands that took. */
function settle(one: End, two: End): number {
  let commands = 0;
  while (commands < 1000 && (one.read() || two.read())) commands += 1;
  return commands;
}

const policies = fc.array(policy, { minLength: fewOptions.length, maxLength: fewOptions.length });
const act = fc.record({
  isFirst: fc.boolean(),
  does: fc.oneof(wish, fc.constant('read' as const)),
});

test('two ends never loop and agree in the end, whatever both want and however they change', () => {
  fc.assert(
    fc.property(
      policies,
      policies,
      fc.array(act, { maxLength: 60 }),
      fc.boolean(),
      (ours, theirs, acts, decision) => {
        const [one, two] = connect(ours, theirs);
        for (const { isFirst, does } of acts) {
          const end = isFirst ? one : two;
          if (does === 'read') end.read();
          else end.want(does.side, does.option, does.isOn);
        }
        // Each wish is one command and one answer at most, and the answer may bring one change.
        expect(settle(one, two)).toBeLessThanOrEqual(acts.length * 4);
        for (const end of [one, two]) {
          for (const option of fewOptions) {
            for (const whose of ['us', 'him'] as const) {
              if (end.negotiation.state(whose, option) === 'held')
                end.want(whose, option, decision);
            }
          }
        }
        expect(settle(one, two)).toBeLessThan(1000);
        for (const option of fewOptions) {
          const states = [
            one.negotiation.state('us', option),
            two.negotiation.state('him', option),
          ];
          expect([
            ['yes', 'yes'],
            ['no', 'no'],
          ]).toContainEqual(states);
          expect(two.negotiation.state('us', option)).toBe(one.negotiation.state('him', option));
        }
      },
    ),
    { numRuns: 2000 },
  );
});
