import { recordShapes } from 'chat-server/src/store/record-shapes';
import type { Batch, Store } from 'chat-server/src/store/store';
import { holds } from '../target';

/** Where raw records are put. */
export const raw = {
  collections: ['rooms', 'accounts', 'returns', 'others'],
  id: (index: number): string => `id${index}`,
  channels: (index: number): readonly string[] => [
    `room:${index}`,
    `inbox:${index}`,
    `other:${index}`,
  ],
} as const;

/** Asks a store for all that was put there; throws unless it answers, with what its readers expect. */
export async function tried(store: Store, index: number, isWritten: boolean): Promise<void> {
  for (const collection of raw.collections) await triedCollection(store, collection, raw.id(index));
  for (const channel of raw.channels(index)) await triedChannel(store, channel, isWritten);
}

async function triedCollection(store: Store, collection: string, id: string): Promise<void> {
  const read = await store.read<unknown>({ collection, id });
  if (read.ok) expectDocument(collection, read.value);
  const list = await store.list<unknown>(collection);
  if (list.ok) for (const document of list.value) expectDocument(collection, document);
  await store.count(collection);
  let isAsked = false;
  const changed = await store.change<unknown, 'no'>({ collection, id }, (document) => {
    isAsked = true;
    expectDocument(collection, document);
    return { ok: false, refused: 'no' };
  });
  holds(changed.ok === isAsked, 'a change is refused by nobody', collection, changed);
  holds(changed.ok === read.ok, 'what cannot be read is changed', collection, read, changed);
}

async function triedChannel(store: Store, channel: string, isWritten: boolean): Promise<void> {
  const tail = await store.tail<unknown>(channel, 50);
  if (tail.ok) expectEntries(channel, tail.value.entries);
  const batches: Batch<unknown>[] = [];
  const stop = store.follow<unknown>(channel, 0, (batch) => void batches.push(batch));
  if (isWritten)
    await store.append(channel, [{ kind: 'said', atMs: 1, by: 'a', origin: 'b.1', text: 'c' }]);
  stop();
  for (const { entries, firstOffset } of batches) {
    expectEntries(channel, entries);
    holds(Number.isSafeInteger(firstOffset), 'an offset is none', channel, firstOffset);
  }
  if (isWritten) await store.drop(channel);
}

function expectDocument(collection: string, document: unknown): void {
  const check = recordShapes.documents.get(collection)?.check ?? isValue;
  holds(document === undefined || check(document), 'a document has no shape', collection, document);
}

function expectEntries(channel: string, entries: readonly unknown[]): void {
  const shape = recordShapes.entries.find(({ prefix }) => channel.startsWith(prefix));
  for (const entry of entries) {
    const isSound = entry === shape?.instead || (shape?.check ?? isValue)(entry);
    holds(isSound, 'an entry has no shape', channel, entry);
  }
}

function isValue(value: unknown): boolean {
  return typeof value !== 'symbol';
}
