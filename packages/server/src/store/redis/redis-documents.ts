import type { Changed, DocumentKey, Rule, StoreAnswer } from '../store';
import { valueIn } from '../unreadable';
import type { RedisCalls } from './redis-calls';
import type { RedisKeys } from './redis-keys';
import { scripts } from './redis-script';

/** How often a change is tried again that others come before. */
const triesMax = 500;
/** How long a change is remembered, so that it is made once; far longer than one takes. */
const rememberedMs = 60_000;

/**
 * Documents in Redis: a hash a collection, in which a document stands behind the id of the change
 * that made it. A change replaces what it was made of, or is made again.
 */
export class RedisDocuments {
  /** Changes of this process, by document: one waits for the other. */
  readonly #changing = new Map<string, Promise<unknown>>();
  #changes = 0;

  constructor(
    private readonly calls: RedisCalls,
    private readonly keys: RedisKeys,
    /** This process, among all that change documents. */
    private readonly author: string,
  ) {}

  async read(at: DocumentKey): Promise<StoreAnswer<unknown>> {
    const answer = await this.#read(at.collection, 'one', at.id);
    return answer.ok ? { ok: true, value: documentIn(answer.value[0]) } : answer;
  }

  async list(collection: string): Promise<StoreAnswer<readonly unknown[]>> {
    const answer = await this.#read(collection, 'all', '');
    return answer.ok ? { ok: true, value: answer.value.map(documentIn) } : answer;
  }

  async count(collection: string): Promise<StoreAnswer<number>> {
    const answer = await this.#read(collection, 'count', '');
    return answer.ok ? { ok: true, value: Number(answer.value[0]) } : answer;
  }

  async change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    const id = `${at.collection}/${at.id}`;
    const before = this.#changing.get(id);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#changing.set(id, promise);
    await before;
    try {
      return await this.#change(at, rule);
    } finally {
      if (this.#changing.get(id) === promise) this.#changing.delete(id);
      resolve();
    }
  }

  async #change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Promise<StoreAnswer<Changed<Document, Refused>>> {
    const read = await this.#read(at.collection, 'one', at.id);
    if (!read.ok) return read;
    let present = read.value[0] ?? '';
    for (let tries = 0; tries < triesMax; tries++) {
      const changed = rule(documentIn(present) as Document | undefined);
      if (!changed.ok) return { ok: true, value: changed };
      const { document } = changed;
      const mark = `${this.author}:${++this.#changes}`;
      const next = document === undefined ? '' : `${mark} ${JSON.stringify(document)}`;
      const answer = await this.calls.run({
        script: scripts.changeDocument,
        keys: [this.keys.collection(at.collection), this.keys.changed(at.collection, mark)],
        args: [at.id, present, next, rememberedMs],
      });
      if (!answer.ok) return answer;
      const [other] = answer.value as readonly string[];
      if (other === undefined) return { ok: true, value: changed };
      present = other;
    }
    return { ok: false, reason: 'store-away' };
  }

  async #read(
    collection: string,
    what: 'one' | 'all' | 'count',
    id: string,
  ): Promise<StoreAnswer<readonly string[]>> {
    const answer = await this.calls.run({
      script: scripts.readDocuments,
      keys: [this.keys.collection(collection)],
      args: [what, id],
    });
    return answer as StoreAnswer<readonly string[]>;
  }
}

/** What stands behind the id of its change. */
function documentIn(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  return valueIn(text.slice(text.indexOf(' ') + 1));
}
