import { nameKey } from '@chat-server/protocol';
import { systemClock } from '@chat-server/supervision';
import type { Account } from 'chat-server/src/domain/account';
import { accountOf, accountsCollection } from 'chat-server/src/store/keys';
import { MemoryStore } from 'chat-server/src/store/memory-store';
import type { Store } from 'chat-server/src/store/store';
import { Bystanders } from '../chat/bystanders';
import { anEpisode, type Episode, play } from '../chat/episode';
import type { Connect, Link } from '../chat/link';
import { type ServerHere, serverHere } from '../chat/server-here';
import { holds, type Target, type Trial } from '../target';

/** A whole server in this process, but for the network. */
export const bytes: Target<Episode> = {
  name: 'bytes',
  what: 'conversations with a whole server in this process: logins, commands, telnet, noise',
  batch: 20,
  share: 2_000,
  generate: anEpisode,
  open: () => ChatTrial.open(),
};

class ChatTrial implements Trial<Episode> {
  private constructor(
    private readonly store: Store,
    private readonly here: ServerHere,
    private readonly bystanders: Bystanders,
    private readonly connect: Connect,
  ) {}

  static async open(): Promise<ChatTrial> {
    const store = new MemoryStore(systemClock, 500);
    const here = await serverHere({ store });
    const connect = (): Promise<Link> => Promise.resolve(here.transport.connect());
    return new ChatTrial(store, here, await Bystanders.gather(connect), connect);
  }

  async feed(episodes: readonly Episode[]): Promise<void> {
    await Promise.all(episodes.map((episode) => play(episode, this.connect)));
    await this.bystanders.check();
    this.here.log.check();
    holds(!this.here.hasEnded(), 'the server has given up');
    // A name that is somebody's asks all who come later for a password.
    for (const { name } of await this.#accounts()) {
      const at = accountOf(nameKey(name));
      await this.store.change(at, () => ({ ok: true, document: undefined }));
    }
  }

  async #accounts(): Promise<readonly Account[]> {
    const answer = await this.store.list<Account>(accountsCollection);
    return answer.ok ? answer.value : [];
  }

  async close(): Promise<void> {
    await this.bystanders.leave();
    await this.here.server.stop();
  }
}
