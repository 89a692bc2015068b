/**
 * The names of keys: every script's keys share what is in braces, and so are on one node of a cluster.
 */
export class RedisKeys {
  constructor(private readonly prefix: string) {}

  /** A channel's stream and the hash beside it. */
  channel(name: string): readonly [log: string, meta: string] {
    const tag = this.#tag(`channel:${name}`);
    return [`${tag}:log`, `${tag}:meta`];
  }

  /** On which a channel's batches are published. */
  topic(name: string): string {
    return `${this.#tag(`channel:${name}`)}:news`;
  }

  /** The channel that is published on a topic. */
  channelOf(topic: string): string {
    return topic.slice(`${this.prefix}{channel:`.length, -'}:news'.length);
  }

  collection(name: string): string {
    return `${this.#tag(`collection:${name}`)}:documents`;
  }

  /** Tells that a change was made to a collection. */
  changed(collection: string, change: string): string {
    return `${this.#tag(`collection:${collection}`)}:changed:${change}`;
  }

  /**
   * Names, leases, the dead, when nodes were heard, the channel of the claims' news, and who shares
   * names.
   */
  get claims(): readonly [
    names: string,
    leases: string,
    gone: string,
    heard: string,
    log: string,
    meta: string,
    shares: string,
  ] {
    const tag = this.#tag(`channel:${claimsChannel}`);
    return [
      `${tag}:names`,
      `${tag}:leases`,
      `${tag}:gone`,
      `${tag}:heard`,
      ...this.channel(claimsChannel),
      `${tag}:shares`,
    ];
  }

  /** What was done last to claims for a process. */
  claimsDone(author: string): string {
    return `${this.#tag(`channel:${claimsChannel}`)}:done:${author}`;
  }

  #tag(name: string): string {
    return `${this.prefix}{${name}}`;
  }
}

/** The channel of the claims' news. */
export const claimsChannel = 'claims';
