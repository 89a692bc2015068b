import type { ActorName } from './actor-ref';
import type { Behaviour } from './behaviour';
import type { ActorSpec } from './child-spec';

/** An actor that does work, to be a child of a supervisor. */
export function worker<Args, State, Message>(
  behaviour: Behaviour<Args, State, Message>,
  args: Args,
  options: { readonly name?: ActorName<Message>; readonly mailboxMax?: number } = {},
): ActorSpec<Args, State, Message> {
  return { kind: 'worker', behaviour, args, ...options };
}
