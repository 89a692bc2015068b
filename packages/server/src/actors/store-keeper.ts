import type { ActorContext, Behaviour } from '@chat-server/supervision';
import type { NodeId, Store } from '../store/store';

export type StoreKeeperMessage = { readonly type: 'beat' };

export interface StoreKeeperArgs {
  readonly node: NodeId;
  readonly store: Store;
}

/** How long the others wait for a node that they do not hear of. */
const leaseMs = 15_000;

/**
 * Keeps the connection to the shared state, and this node's lease. What is in the store is not in
 * this actor: it can crash and come back without anything lost.
 */
export const storeKeeperBehaviour: Behaviour<StoreKeeperArgs, StoreKeeperArgs, StoreKeeperMessage> =
  {
    async init(args, context) {
      await args.store.open();
      beat(args, context);
      return args;
    },
    receive(args, _beat, context) {
      beat(args, context);
      return args;
    },
    terminate: ({ store }) => store.close(),
  };

function beat({ store, node }: StoreKeeperArgs, context: ActorContext<StoreKeeperMessage>): void {
  void store.beat(node, leaseMs);
  context.after(leaseMs / 3, { type: 'beat' });
}
