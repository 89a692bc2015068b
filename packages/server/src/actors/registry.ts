import { nameKey } from '@chat-server/protocol';
import type { ActorContext, Behaviour, Settled } from '@chat-server/supervision';
import type { Directory } from '../domain/directory';
import type { NodeId, Store, StoreAnswer } from '../store/store';
import type { Claim, RegistryMessage } from './registry-message';
import type { Session } from './session';
import type { SessionTable } from './session-table';

export interface RegistryArgs {
  readonly node: NodeId;
  readonly store: Store;
  readonly directory: Directory;
  /** The live connections, from which the directory is built again after a crash. */
  readonly sessions: SessionTable;
}

interface Registry {
  readonly args: RegistryArgs;
  /** Names, as compared, that are being claimed, and by whom. */
  readonly claiming: Map<string, string>;
}

/**
 * Who is online: it gives each name to one connection at a time, in the store and in the directory
 * that all others read, and takes it back when the connection is over.
 */
export const registryBehaviour: Behaviour<RegistryArgs, Registry, RegistryMessage> = {
  init(args) {
    args.directory.clear();
    for (const session of args.sessions.all()) announce(args.directory, session);
    return { args, claiming: new Map() };
  },
  receive(registry, message, context) {
    switch (message.type) {
      case 'claim':
        claim(registry, message, context);
        return registry;
      case 'claim-settled':
        settleClaim(registry, message.claim, message.outcome);
        return registry;
      case 'release':
        release(registry, message.name, message.session);
        return registry;
    }
  },
};

function claim(registry: Registry, message: Claim, context: ActorContext<RegistryMessage>): void {
  const { store, directory, node } = registry.args;
  const { name, session, reply } = message;
  const key = nameKey(name);
  const holder = registry.claiming.get(key) ?? directory.find(name)?.origin;
  // Its own, before a crash it did not hear the answer to.
  if (holder !== undefined && holder !== session.origin) {
    reply.send('taken');
    return;
  }
  registry.claiming.set(key, session.origin);
  context.pipe(store.claim(key, { node, origin: session.origin }), (outcome) => ({
    type: 'claim-settled',
    claim: message,
    outcome,
  }));
}

function settleClaim(
  registry: Registry,
  { name, session, reply }: Claim,
  outcome: Settled<StoreAnswer<'claimed' | 'taken'>>,
): void {
  registry.claiming.delete(nameKey(name));
  if (!outcome.ok) throw outcome.error;
  const answer = outcome.value;
  if (!answer.ok || answer.value === 'taken') {
    reply.send(answer.ok ? 'taken' : answer.reason);
    return;
  }
  // It may have given up waiting, and asked for another one.
  if (session.isGone || session.claim !== name) {
    release(registry, name, session);
    return;
  }
  registry.args.directory.put({
    name,
    origin: session.origin,
    sinceMs: session.connectedAtMs,
  });
  reply.send('claimed');
}

function release({ args }: Registry, name: string, { origin }: Session): void {
  args.directory.remove(name, origin);
  void args.store.release(nameKey(name), { node: args.node, origin });
}

function announce(directory: Directory, { user, origin, connectedAtMs, isGone }: Session): void {
  if (user === undefined || isGone) return;
  const { name, room, away } = user;
  directory.put({
    name,
    origin,
    sinceMs: connectedAtMs,
    ...(room !== undefined && { room }),
    ...(away !== undefined && { away }),
  });
}
