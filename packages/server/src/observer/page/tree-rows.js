/** The rows of the tree as the server tells them, and what can be reckoned from them. */
export class TreeRows {
  #rows = new Map();
  #children = new Map();
  #rates = new Map();
  #atMs = 0;

  get root() {
    return this.#children.get('')?.[0];
  }

  get(path) {
    return this.#rows.get(path);
  }

  /** Messages a second, between the last two views. */
  rateOf(path) {
    return this.#rates.get(path) ?? 0;
  }

  /** Replaces all rows. */
  reset({ atMs, actors }) {
    this.#rows = new Map(actors.map((row) => [row.path, row]));
    this.#rates.clear();
    this.#atMs = atMs;
    this.#arrange();
  }

  /** Answers which rows are new, or in another status than before. */
  change({ atMs, set, removed }) {
    const seconds = Math.max(0.5, (atMs - this.#atMs) / 1_000);
    this.#atMs = atMs;
    this.#rates.clear();
    for (const path of removed) this.#rows.delete(path);
    const notable = [];
    for (const row of set) {
      const before = this.#rows.get(row.path);
      this.#rows.set(row.path, row);
      if (before === undefined || isNotable(before, row)) notable.push(row.path);
      if (before !== undefined) this.#rates.set(row.path, rateBetween(before, row, seconds));
    }
    this.#arrange();
    return notable;
  }

  /** Rows in the order of the tree, with their depth; none below those that are closed. */
  visible(isOpen) {
    const seen = [];
    const visit = (row, depth, position, siblings) => {
      const children = this.#children.get(row.path) ?? [];
      const hasChildren = children.length > 0;
      const open = hasChildren && isOpen(row);
      seen.push({ row, depth, position, siblings, listed: children.length, isOpen: open });
      if (!open) return;
      for (const [at, child] of children.entries()) {
        visit(child, depth + 1, at + 1, children.length);
      }
    };
    const roots = this.#children.get('') ?? [];
    for (const [at, root] of roots.entries()) visit(root, 1, at + 1, roots.length);
    return seen;
  }

  /** Actors there are, those that are only counted included. */
  total() {
    let total = 0;
    for (const row of this.#rows.values()) {
      const isCounted = this.#rows.get(row.parent)?.group !== undefined;
      total += (row.group?.count ?? 0) + (isCounted ? 0 : 1);
    }
    return total;
  }

  /** What does not come and go stays where it is; what does is sorted by its name. */
  #arrange() {
    this.#children = Map.groupBy(this.#rows.values(), ({ parent }) => parent);
    for (const [path, children] of this.#children) {
      if (this.#rows.get(path)?.kind !== 'dynamic') continue;
      children.sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
    }
  }
}

function isNotable(before, after) {
  return (
    before.status !== after.status ||
    before.restarts !== after.restarts ||
    before.group?.restarts < after.group?.restarts
  );
}

// Of a group, those who left took theirs along: it can be less than it was.
function rateBetween(before, after, seconds) {
  return Math.max(0, (messagesOf(after) - messagesOf(before)) / seconds);
}

function messagesOf({ group, messages }) {
  return group?.messages ?? messages;
}
