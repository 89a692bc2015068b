import { texts } from '@chat-server/protocol';
import { type ActorRef, injectFault } from '@chat-server/supervision';
import type { FaultTarget } from '../commands/effect';
import type { ConnectionHost } from './connection-host';
import { listenerOf, registryName, storeName } from './names';

/** Has a part of the server fail, at the word of who tries supervision out. */
export function fault(connection: ConnectionHost, target: FaultTarget): void {
  const { context, session } = connection;
  const error = new Error(`fault injected into the ${target}`);
  const injectInto = (part: ActorRef<never> | undefined): void => {
    // None of the user's lines is lost by this one, so that there is nothing to be sorry for.
    if (part === undefined) return;
    injectFault(part, error);
    connection.tell(texts.faultInjected(target));
  };
  switch (target) {
    case 'connection':
      throw error;
    case 'room':
      connection.room(session.user?.room ?? '')?.send({ type: 'fault', member: session });
      return;
    case 'registry':
      injectInto(context.whereIs(registryName));
      return;
    case 'listener':
      injectInto(context.whereIs(listenerOf(session.peer.transport)));
      return;
    case 'store':
      injectInto(context.whereIs(storeName));
  }
}
