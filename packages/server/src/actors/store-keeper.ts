import { texts } from '@chat-server/protocol';
import type { ActorContext, Behaviour } from '@chat-server/supervision';
import { registryName } from './names';
import type { Services } from './services';
import type { StoreKeeperMessage } from './store-keeper-message';

interface StoreKeeper {
  readonly services: Services;
  /** What users have been told. */
  isAvailable: boolean;
  readonly stopWatching: () => void;
}

type Context = ActorContext<StoreKeeperMessage>;

/**
 * How long a node that is not heard of keeps its names. With the time until the next beat of
 * another, which notices, that is below 15 s.
 */
const leaseMs = 10_000;
const beatMs = 2_000;

/**
 * Keeps the connection to the shared state, and this node's lease, and tells users when the store is
 * away. What is in the store is not in this actor: it can crash and come back without anything lost.
 */
export const storeKeeperBehaviour: Behaviour<Services, StoreKeeper, StoreKeeperMessage> = {
  async init(services, context) {
    await services.store.open();
    const stopWatching = services.store.watchAvailability((isAvailable, reason) =>
      context.self.notify({ type: 'availability', isAvailable, reason }),
    );
    context.after(beatMs, { type: 'beat' });
    beat(services, context);
    return { services, isAvailable: true, stopWatching };
  },
  receive(keeper, message, context) {
    switch (message.type) {
      case 'beat':
        context.after(beatMs, { type: 'beat' });
        beat(keeper.services, context);
        return keeper;
      case 'beaten':
        if (!message.outcome.ok) throw message.outcome.error;
        if (message.outcome.value.ok && message.outcome.value.value === 'lapsed') {
          goOnAsAnother(keeper.services, message.node, context);
        }
        return keeper;
      case 'gone':
        goOnAsAnother(keeper.services, message.node, context);
        return keeper;
      case 'availability':
        tellUsers(keeper, message.isAvailable, message.reason);
        return keeper;
    }
  },
  async terminate({ services, stopWatching }) {
    stopWatching();
    await services.store.close();
  },
};

function beat({ store, identity }: Services, context: Context): void {
  const node = identity.current;
  context.pipe(store.beat(node, leaseMs), (outcome) => ({ type: 'beaten', node, outcome }));
}

/** This node was taken for dead; told of it twice, it does so once. */
function goOnAsAnother(services: Services, node: string, context: Context): void {
  const { identity, log, readiness } = services;
  // One that stops has retired by itself.
  if (node !== identity.current || readiness.isStopping) return;
  identity.renew();
  log.warn({ node, next: identity.current }, 'Node lapsed: its users are asked to log in again');
  context.whereIs(registryName)?.notify({ type: 'lapsed' });
  beat(services, context);
}

function tellUsers(keeper: StoreKeeper, isAvailable: boolean, reason: string | undefined): void {
  if (isAvailable === keeper.isAvailable) return;
  keeper.isAvailable = isAvailable;
  const { log, sessions } = keeper.services;
  if (isAvailable) log.info({}, 'Store back');
  else log.warn({ reason }, 'Store away');
  const line = isAvailable ? texts.storeBack : texts.storeLost;
  for (const { user, connection } of sessions.all()) {
    if (user === undefined) continue;
    connection?.notify({ type: 'told', line });
    // Others of theirs may have gone somewhere meanwhile.
    if (isAvailable) connection?.notify({ type: 'companions', isAgain: true });
  }
}
