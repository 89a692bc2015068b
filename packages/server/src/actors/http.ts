import type { Behaviour } from '@chat-server/supervision';
import type { HttpSide } from '../http/http-side';
import type { Readiness } from '../http/readiness';
import type { Log } from '../log/log';
import type { Store } from '../store/store';

export type HttpMessage = { readonly type: 'failed'; readonly error: Error };

export interface HttpArgs {
  readonly http: HttpSide;
  readonly store: Pick<Store, 'watchAvailability'>;
  readonly readiness: Readiness;
  readonly log: Log;
}

interface HttpKeeper {
  readonly log: Log;
  readonly stopWatching: () => void;
}

/**
 * Opens the HTTP port, and keeps what is answered there about the store true. No part of the chat
 * needs it: it comes last in the tree, so that its failures are its own.
 */
export const httpBehaviour: Behaviour<HttpArgs, HttpKeeper, HttpMessage> = {
  async init({ http, store, readiness, log }, context) {
    const httpPort = await http.open((error) => context.self.notify({ type: 'failed', error }));
    log.info({ httpPort }, `HTTP listening on port ${httpPort}`);
    const stopWatching = store.watchAvailability((isAvailable) => {
      readiness.isStoreAvailable = isAvailable;
    });
    return { log, stopWatching };
  },
  receive(keeper, { error }) {
    // Out of open files, say: the next check may get through.
    keeper.log.error({ err: error }, 'Cannot accept HTTP connections');
    return keeper;
  },
  terminate: ({ stopWatching }) => stopWatching(),
};
