import type { ActorContext, Behaviour } from '@chat-server/supervision';
import { type Holding, holdingKey } from '../domain/holding';
import { RightsChanger } from './rights-changer';
import type { Services } from './services';
import type { Move, SuccessionMessage } from './succession-message';

type Changed = SuccessionMessage & { readonly type: 'changed' };
type Context = ActorContext<SuccessionMessage>;

const sweepMs = 60_000;
/** After each look at all rooms it rests, so many times as long as that took, however many go. */
const restFactor = 20;
const restMaxMs = 2_000;

/**
 * Has the rooms of guests who are gone pass on, and what people have in rooms become another's where
 * it is to. What is asked for while it looks at the rooms waits and is done together; for what somebody
 * waits for it does not rest.
 */
class Succession {
  readonly #changer: RightsChanger;
  #moves: Move[] = [];
  #ended = new Set<string>();
  #isSweepDue = true;
  #isAtWork = false;
  #isResting = false;

  constructor(
    services: Services,
    private readonly context: Context,
  ) {
    this.#changer = new RightsChanger(services, () => context.now());
    context.after(sweepMs, { type: 'sweep' });
    this.#work();
  }

  receive(message: SuccessionMessage): void {
    switch (message.type) {
      case 'ended':
        this.#ended.add(holdingKey(message.holding));
        break;
      case 'move':
        this.#moves.push(message);
        break;
      case 'sweep':
        this.#isSweepDue = true;
        this.context.after(sweepMs, { type: 'sweep' });
        break;
      case 'changed':
        this.#isAtWork = false;
        this.#changed(message);
        break;
      case 'go-on':
        this.#isResting = false;
        break;
    }
    this.#work();
  }

  #work(): void {
    const [moves, ended, isSweep] = [this.#moves, this.#ended, this.#isSweepDue];
    const mayWait = moves.length === 0;
    if (this.#isAtWork || (mayWait && (this.#isResting || (ended.size === 0 && !isSweep)))) return;
    this.#isAtWork = true;
    this.#moves = [];
    this.#ended = new Set();
    this.#isSweepDue = false;
    const startedAtMs = this.context.now();
    const moved = new Map<string, Holding>();
    for (const { from, to } of moves) {
      if (to === undefined) ended.add(holdingKey(from));
      else moved.set(holdingKey(from), to);
    }
    this.context.pipe(this.#changer.change({ moves: moved, ended }, isSweep), (outcome) => {
      return { type: 'changed', moves, startedAtMs, outcome };
    });
  }

  #changed({ moves, startedAtMs, outcome }: Changed): void {
    if (!outcome.ok) throw outcome.error;
    for (const { reply } of moves) reply.send(outcome.value);
    const tookMs = this.context.now() - startedAtMs;
    if (tookMs <= 0) return;
    this.#isResting = true;
    this.context.after(Math.min(tookMs * restFactor, restMaxMs), { type: 'go-on' });
  }
}

export const successionBehaviour: Behaviour<Services, Succession, SuccessionMessage> = {
  init: (services, context) => new Succession(services, context),
  receive(succession, message) {
    succession.receive(message);
    return succession;
  },
};
