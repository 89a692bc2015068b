import type { ActorContext, ActorName, Answer, Behaviour, Reply } from '@chat-server/supervision';
import type { ServiceManager } from '../systemd/service-manager';
import type { AcceptorMessage } from './acceptor-message';

export type WatchdogMessage =
  | { readonly type: 'ask' }
  /** How many of those asked have answered, this one not included. */
  | { readonly type: 'answered'; readonly before: number; readonly answer: Answer<'alive'> };

export interface WatchdogArgs {
  readonly manager: Pick<ServiceManager, 'alive'>;
  readonly aliveEveryMs: number;
  /** At least one. */
  readonly acceptors: readonly ActorName<AcceptorMessage>[];
}

/**
 * Tells what started the server that all is well, as long as it is: it runs only while the parts
 * before it in the tree do, and speaks only when the last of them, who let people in, have answered.
 * So an event loop that is stuck, or a part that does not come back, makes it fall silent.
 */
export const watchdogBehaviour: Behaviour<WatchdogArgs, WatchdogArgs, WatchdogMessage> = {
  init(args, context) {
    ask(args, 0, context);
    return args;
  },
  receive(args, message, context) {
    switch (message.type) {
      case 'ask':
        ask(args, 0, context);
        return args;
      case 'answered':
        if (message.answer.ok && message.before + 1 < args.acceptors.length) {
          ask(args, message.before + 1, context);
          return args;
        }
        if (message.answer.ok) args.manager.alive();
        // Sooner after a failure, so that one that passes is not taken for the end.
        context.after(args.aliveEveryMs / (message.answer.ok ? 1 : 4), { type: 'ask' });
        return args;
    }
  },
};

/** Asks one of those who let people in, `before` of whom have answered. */
function ask(
  { acceptors, aliveEveryMs }: WatchdogArgs,
  before: number,
  context: ActorContext<WatchdogMessage>,
): void {
  const name = acceptors[before];
  const acceptor = name && context.whereIs(name);
  if (acceptor === undefined) {
    context.self.notify({ type: 'answered', before, answer: { ok: false, reason: 'gone' } });
    return;
  }
  context.ask(
    acceptor,
    (reply: Reply<'alive'>) => ({ type: 'ping', reply }) as const,
    aliveEveryMs / 2,
    (answer) => ({ type: 'answered', before, answer }),
  );
}
