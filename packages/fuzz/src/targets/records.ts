import { systemClock } from '@chat-server/supervision';
import { MemoryStore } from 'chat-server/src/store/memory-store';
import type { Store } from 'chat-server/src/store/store';
import { Bystanders } from '../chat/bystanders';
import { within } from '../chat/episode';
import type { Link } from '../chat/link';
import { type ServerHere, serverHere } from '../chat/server-here';
import { expectPlain } from '../material/harmless';
import { isFields, type Json, sound, worse } from '../material/json';
import type { Random } from '../random';
import { holds, type Target, type Trial } from '../target';

/** Something in the store that should not be there. */
interface Planted {
  readonly at: (typeof places)[number];
  readonly value: Json;
}

const places = ['rooms', 'accounts', 'returns', 'log', 'inbox', 'claim'] as const;
const tolerated = 'A record in the store cannot be read';
const elsewhere = { node: 'n-1', origin: 'n-1.7' };
const overWithinMs = 20_000;

/** A whole server in this process, whose store has what no node of this version has written. */
export const records: Target<Planted> = {
  name: 'records',
  what: 'rooms, accounts, lines, letters and claims as another version or a broken disk has them',
  batch: 10,
  share: 1_000,
  generate(random) {
    const at = random.pick(places);
    return { at, value: valueFor(random, at) };
  },
  open: () => RecordsTrial.open(),
};

function valueFor(random: Random, at: Planted['at']): Json {
  switch (at) {
    case 'log':
      return worse(random, sound.event);
    case 'inbox':
      return worse(random, sound.whisper);
    case 'claim':
      return worse(random, sound.presence);
    case 'rooms':
    case 'accounts':
    case 'returns':
      return worse(random, sound[at]);
  }
}

class RecordsTrial implements Trial<Planted> {
  #people = 0;

  private constructor(
    private readonly store: Store,
    private readonly here: ServerHere,
    private readonly bystanders: Bystanders,
  ) {}

  static async open(): Promise<RecordsTrial> {
    const store = new MemoryStore(systemClock, 100);
    const here = await serverHere({ store, isExpected: (message) => message === tolerated });
    const connect = (): Promise<Link> => Promise.resolve(here.transport.connect());
    return new RecordsTrial(store, here, await Bystanders.gather(connect));
  }

  async feed(inputs: readonly Planted[]): Promise<void> {
    for (const input of inputs) await this.#try(input);
    await this.bystanders.check();
    this.here.log.check();
    holds(!this.here.hasEnded(), 'the server has given up');
  }

  async close(): Promise<void> {
    await this.bystanders.leave();
    await this.here.server.stop();
  }

  async #try(input: Planted): Promise<void> {
    // Each is somebody else, since what is remembered of them is theirs.
    const name = `u${++this.#people}`;
    const room = `R${this.#people}`;
    await this.#plant(input, name, room);
    await this.#talk(name, room, input);
    await this.#clear(name, room);
  }

  async #plant({ at, value }: Planted, name: string, room: string): Promise<void> {
    const { store } = this;
    switch (at) {
      case 'rooms':
        await this.#put(at, room.toLowerCase(), renamed(value, room));
        return;
      case 'accounts':
      case 'returns':
        await this.#put(at, name, renamed(value, name));
        return;
      case 'log':
        await store.append(`room:${room.toLowerCase()}`, [value, sound.event]);
        return;
      case 'inbox':
        await store.append(`inbox:${await this.#process()}`, [value]);
        return;
      case 'claim':
        await store.beat(elsewhere.node, 60_000);
        await store.claim('elsewhere', elsewhere, value);
    }
  }

  /** Does all that reads what was planted, while more of it comes. */
  async #talk(name: string, room: string, input: Planted): Promise<void> {
    const link = this.here.transport.connect();
    const heard: Uint8Array[] = [];
    link.onData = (bytes) => void heard.push(bytes);
    const say = (...lines: readonly string[]): void =>
      link.send(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    say(name, ...(input.at === 'accounts' ? ['a password', ''] : []));
    say('/rooms', `/join ${room}`, `/create ${room}`, `/join ${room}`, 'hi', '/history');
    if (input.at === 'log') await this.#plant(input, name, room);
    say('/topic x', `/who ${room}`, '/users', '/whois elsewhere', '/w elsewhere hi', '/invite h2');
    say('/me waves', '/leave', `/join ${room}`, 'ho', '/history', `/destroy ${room}`, '/login h1');
    link.halfClose();
    await within(overWithinMs, link.over, 'a connection stays open');
    expectPlain(Buffer.concat(heard), 'what is read of it');
  }

  async #clear(name: string, room: string): Promise<void> {
    await this.#put('rooms', room.toLowerCase(), undefined);
    await this.#put('accounts', name, undefined);
    await this.#put('returns', name, undefined);
    await this.store.drop(`room:${room.toLowerCase()}`);
    await this.store.release('elsewhere', elsewhere);
  }

  async #put(collection: string, id: string, document: Json | undefined): Promise<void> {
    await this.store.change({ collection, id }, () => ({ ok: true, document }));
  }

  /** The process of the server, as those who write letters to it know it. */
  #process(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const stop = this.store.followClaims((news) => {
      const node = news.kind === 'all' ? news.claims[0]?.holder.node : undefined;
      if (node !== undefined) resolve(node.slice(0, node.lastIndexOf('-')));
    });
    return promise.finally(stop);
  }
}

/** The same of somebody or something else, where it has a name. */
function renamed(value: Json, name: string): Json {
  if (!isFields(value) || typeof value['name'] !== 'string') return value;
  return { ...value, name };
}
