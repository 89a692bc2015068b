import { systemClock } from '@chat-server/supervision';
import { CheckedStore } from 'chat-server/src/store/checked-store';
import { recordShapes } from 'chat-server/src/store/record-shapes';
import { SqliteStore } from 'chat-server/src/store/sqlite-store';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raw, tried } from '../chat/tried-store';
import { rawRecord, type RawRecord } from '../material/raw-records';
import type { Target, Trial } from '../target';

const limits = { channelEntriesMax: 100, entryAgeMaxMs: 4e12 };

/** In memory where that can be: each change waits for its disk. */
const memory = '/dev/shm';

/** A store's file in which another program has written. */
export const sqlite: Target<RawRecord> = {
  name: 'sqlite',
  what: 'a file of SQLite with anything in its rows',
  batch: 50,
  share: 1_000,
  generate: rawRecord,
  open: async () => new SqliteTrial(),
};

class SqliteTrial implements Trial<RawRecord> {
  readonly #folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'chat-fuzz-'));
  readonly #file = join(this.#folder, 'chat.db');

  async feed(inputs: readonly RawRecord[]): Promise<void> {
    // The first time, so that there are tables.
    await this.#opened(() => Promise.resolve());
    this.#plant(inputs);
    await this.#opened(async (store) => {
      for (const index of inputs.keys()) await tried(store, index, true);
    });
  }

  async close(): Promise<void> {
    rmSync(this.#folder, { recursive: true });
  }

  async #opened(act: (store: CheckedStore) => Promise<void>): Promise<void> {
    const kept = new SqliteStore({ file: this.#file }, systemClock, limits);
    const store = new CheckedStore(kept, recordShapes, () => undefined);
    await store.open();
    try {
      await act(store);
    } finally {
      await store.close();
    }
  }

  #plant(inputs: readonly RawRecord[]): void {
    const database = new DatabaseSync(this.#file);
    try {
      database.exec('DELETE FROM document; DELETE FROM batch');
      const document = database.prepare('INSERT OR REPLACE INTO document VALUES (?, ?, ?)');
      const batch = database.prepare('INSERT OR REPLACE INTO batch VALUES (?, ?, ?, ?, ?)');
      for (const [index, { text, first, last, atMs }] of inputs.entries()) {
        for (const collection of raw.collections) document.run(collection, raw.id(index), text);
        for (const channel of raw.channels(index)) {
          batch.run(channel, BigInt(last), BigInt(first), BigInt(atMs), text);
        }
      }
    } finally {
      database.close();
    }
  }
}
