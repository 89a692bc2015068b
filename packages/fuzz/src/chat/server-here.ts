import { ScryptPasswords } from 'chat-server/src/accounts/scrypt-passwords';
import { defaultLimits, type Limits } from 'chat-server/src/domain/limits';
import { LiveSettings } from 'chat-server/src/live-settings';
import { type ChatServer, startServer } from 'chat-server/src/server';
import type { HttpOptions } from 'chat-server/src/http/http-server';
import type { Store } from 'chat-server/src/store/store';
import { FakeTransport } from './fake-transport';
import { FaultLog } from './log';

export interface ServerHere {
  readonly server: ChatServer;
  readonly transport: FakeTransport;
  readonly log: FaultLog;
  /** Its port for HTTP, where it has one. */
  readonly httpPort: number;
  /** Whether it has come to its end by itself. */
  readonly hasEnded: () => boolean;
}

export interface HereOptions {
  readonly store?: Store;
  readonly http?: HttpOptions;
  readonly limits?: Partial<Limits>;
  readonly isExpected?: (message: string) => boolean;
}

/** So that the limits are met, and what was fed before does not slow what is fed now. */
const fewOfAll: Partial<Limits> = {
  roomsMax: 50,
  accountsMax: 50,
  historyLinesMax: 500,
  ringLinesMax: 500,
  shutdownTimeoutMs: 0,
};

/** Starts a whole server in this process, with people who come without a network. */
export async function serverHere(options: HereOptions = {}): Promise<ServerHere> {
  const { store, http, isExpected } = options;
  const transport = new FakeTransport();
  const log = new FaultLog(isExpected);
  const limits = { ...defaultLimits, ...fewOfAll, ...options.limits };
  const server = await startServer(
    {
      port: 0,
      host: '127.0.0.1',
      http,
      store: 'memory:',
      settings: new LiveSettings({ limits, motd: ['Hello.'] }),
      faultInjection: false,
      registration: 'open',
      // It would end what is to be tried before it is.
      floodControl: false,
    },
    log,
    {
      transports: [transport],
      // Real ones, of a cost that millions of inputs can pay.
      passwords: new ScryptPasswords({ cost: 16, blockSize: 1, parallelization: 1 }),
      ...(store !== undefined && { store }),
    },
  );
  let hasEnded = false;
  void server.ended.then(() => (hasEnded = true));
  return { server, transport, log, httpPort: log.httpPort, hasEnded: () => hasEnded };
}
