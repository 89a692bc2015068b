import type { ActorContext, Answer, Behaviour, Reply } from '@chat-server/supervision';
import type { ServiceManager } from '../systemd/service-manager';
import { acceptorName } from './names';

export type WatchdogMessage =
  { readonly type: 'ask' } | { readonly type: 'answered'; readonly answer: Answer<'alive'> };

export interface WatchdogArgs {
  readonly manager: Pick<ServiceManager, 'alive'>;
  readonly aliveEveryMs: number;
}

/**
 * Tells what started the server that all is well, as long as it is: it runs only while the parts
 * before it in the tree do, and speaks only when the last of them, who lets people in, has answered.
 * So an event loop that is stuck, or a part that does not come back, makes it fall silent.
 */
export const watchdogBehaviour: Behaviour<WatchdogArgs, WatchdogArgs, WatchdogMessage> = {
  init(args, context) {
    ask(args, context);
    return args;
  },
  receive(args, message, context) {
    switch (message.type) {
      case 'ask':
        ask(args, context);
        return args;
      case 'answered':
        if (message.answer.ok) args.manager.alive();
        // Sooner after a failure, so that one that passes is not taken for the end.
        context.after(args.aliveEveryMs / (message.answer.ok ? 1 : 4), { type: 'ask' });
        return args;
    }
  },
};

function ask({ aliveEveryMs }: WatchdogArgs, context: ActorContext<WatchdogMessage>): void {
  const acceptor = context.whereIs(acceptorName);
  if (acceptor === undefined) {
    context.self.notify({ type: 'answered', answer: { ok: false, reason: 'gone' } });
    return;
  }
  context.ask(
    acceptor,
    (reply: Reply<'alive'>) => ({ type: 'ping', reply }) as const,
    aliveEveryMs / 2,
    (answer) => ({ type: 'answered', answer }),
  );
}
