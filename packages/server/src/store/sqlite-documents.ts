import type { DatabaseSync } from 'node:sqlite';
import type { Changed, DocumentKey, Rule } from './store';
import { valueIn } from './unreadable';

function statements(database: DatabaseSync) {
  return {
    read: database.prepare('SELECT body FROM document WHERE collection = ? AND id = ?'),
    list: database.prepare('SELECT body FROM document WHERE collection = ?'),
    count: database.prepare('SELECT count(*) AS count FROM document WHERE collection = ?'),
    write: database.prepare('INSERT OR REPLACE INTO document VALUES (?, ?, ?)'),
    remove: database.prepare('DELETE FROM document WHERE collection = ? AND id = ?'),
  };
}

/** The documents in a database. Methods throw what SQLite throws. */
export class SqliteDocuments {
  readonly #statements: ReturnType<typeof statements>;

  constructor(database: DatabaseSync) {
    this.#statements = statements(database);
  }

  read({ collection, id }: DocumentKey): unknown {
    const row = this.#statements.read.get(collection, id);
    return row === undefined ? undefined : documentIn(row);
  }

  list(collection: string): readonly unknown[] {
    return this.#statements.list.all(collection).map(documentIn);
  }

  count(collection: string): number {
    return Number(this.#statements.count.get(collection)?.['count']);
  }

  /** Expects a transaction around it. */
  change<Document, Refused>(
    at: DocumentKey,
    rule: Rule<Document, Refused>,
  ): Changed<Document, Refused> {
    const changed = rule(this.read(at) as Document | undefined);
    if (!changed.ok) return changed;
    const { collection, id } = at;
    if (changed.document === undefined) this.#statements.remove.run(collection, id);
    else this.#statements.write.run(collection, id, JSON.stringify(changed.document));
    return changed;
  }
}

function documentIn(row: unknown): unknown {
  return valueIn((row as { readonly body: unknown }).body);
}
