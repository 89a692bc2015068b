import { StartError } from '@chat-server/supervision';
import { Cluster, Redis, type RedisOptions, ReplyError } from 'ioredis';
import type { RedisLocation } from './redis-location';
import type { RedisScript } from './redis-script';

/** Silence from Redis, when it owes an answer, after which a connection is taken for lost. */
const silenceMaxMs = 2_000;
const connectTimeoutMs = 2_000;
/** How long the other side may take to end a connection that is ended here. */
const disconnectTimeoutMs = 200;
const reconnectMinMs = 10;
const reconnectMaxMs = 1_000;
const topicsPerCommandMax = 500;

type Options = RedisOptions & { readonly replyMapping: 'legacy' };

/** Refusals of a whole script, in which nothing was done: a failover, a start, a full memory. */
const passingRefusals =
  /^(?:READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|OOM|MISCONF|NOREPLICAS|BUSY|UNBLOCKED)\b/;

/** What a script's run came to that did not come to an answer. */
export class RedisLinkError extends Error {
  override readonly name = 'RedisLinkError';

  constructor(
    message: string,
    /** Whether it was not sent, or was refused, so that it has not been run. */
    readonly isUnsent: boolean,
  ) {
    super(message);
  }
}

export interface RedisLinkListener {
  /** It can be used, or can no longer. */
  up(): void;
  down(reason: string): void;
  /** What is published on these topics arrives from now on; it may not have before. */
  subscribed(topics: readonly string[]): void;
  published(topic: string, message: string): void;
}

/**
 * The connections to a Redis, a replicated group behind one address, or a cluster, told apart by
 * asking: one for scripts, one to listen on. Both are made again by the client when they are lost;
 * what was under way is then not repeated here.
 */
export class RedisLink {
  readonly #topics = new Set<string>();
  #listener: RedisLinkListener | undefined;
  #commands: Redis | Cluster | undefined;
  #subscriber: Redis | undefined;
  #isCluster: boolean | undefined;
  #isUp = false;
  #seeds = 0;

  constructor(private readonly location: RedisLocation) {}

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Connects; throws a StartError when the first time fails, and later goes on trying. */
  async open(listener: RedisLinkListener): Promise<void> {
    this.#listener = listener;
    this.#isCluster ??= await this.#ask();
    if (this.#commands !== undefined) return;
    this.#commands = this.#isCluster ? this.#newCluster() : this.#newPrimary();
    this.#watch(this.#commands);
    // Where one connection leads elsewhere than before, so must the other.
    if (!this.#isCluster) this.#commands.on('close', () => this.#relisten());
    const { promise, resolve } = Promise.withResolvers<void>();
    // Not `ready`: where Redis has gone away meanwhile, the server begins all the same.
    for (const event of ['ready', 'close', 'end']) this.#commands.once(event, () => resolve());
    await promise;
    this.#subscribe(this.#commands);
  }

  close(): void {
    const commands = this.#commands;
    this.#commands = undefined;
    commands?.disconnect();
    this.#subscriber?.disconnect();
    this.#subscriber = undefined;
    this.#look('closed');
  }

  /** Runs a script. Throws a RedisLinkError when no answer came, or Redis refused to. */
  async run(
    { sha, source }: RedisScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    const commands = this.#commands;
    if (!this.#isUp || commands === undefined) throw new RedisLinkError('not connected', true);
    const isCluster = commands instanceof Cluster;
    try {
      return await commands.evalsha(sha, keys.length, ...keys, ...args).catch((error: unknown) => {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return commands.eval(source, keys.length, ...keys, ...args);
      });
    } catch (error) {
      throw asLinkError(error, isCluster);
    }
  }

  listenTo(topic: string): void {
    this.#topics.add(topic);
    void this.#listen([topic]);
  }

  stopListeningTo(topic: string): void {
    if (!this.#topics.delete(topic) || this.#subscriber?.status !== 'ready') return;
    this.#subscriber.unsubscribe(topic).catch(ignored);
  }

  /** Has a listening connection that is dead found out, although nothing is published. */
  probe(): void {
    if (this.#subscriber?.status === 'ready') this.#subscriber.ping().catch(ignored);
  }

  /** Whether it is a cluster. */
  async #ask(): Promise<boolean> {
    const { database, shown } = this.location;
    const redis = new Redis({
      ...this.#options(),
      // Asked for below: here, the client would go on in another one if there is none such.
      db: 0,
      lazyConnect: true,
      retryStrategy: () => null,
    });
    let reason = 'it does not answer';
    redis.on('error', ({ message }: Error) => (reason = message));
    try {
      await redis.connect();
      const isCluster = /cluster_enabled:1/.test(await redis.info('cluster'));
      if (isCluster && database !== 0) throw new StartError('a cluster has database 0 only');
      if (!isCluster && database !== 0) await redis.select(database);
      return isCluster;
    } catch (error) {
      const why = isAboutConnection(error) ? reason : (error as Error).message;
      // Without its cause, which says less: the line is what is shown.
      throw new StartError(`Cannot use the store ${shown}: ${why}`);
    } finally {
      redis.disconnect();
    }
  }

  #options(): Options {
    const { host, port, username, password, database, isTls } = this.location;
    return {
      host,
      port,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(isTls && { tls: {} }),
      db: database,
      connectionName: 'chat-server',
      replyMapping: 'legacy',
      connectTimeout: connectTimeoutMs,
      disconnectTimeout: disconnectTimeoutMs,
      socketTimeout: silenceMaxMs,
      retryStrategy: reconnectDelayMs,
      // One that has become a replica is left: its address may lead to the new primary by now.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
      // What was under way is for its sender to try again, who knows if it still should be.
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      enableOfflineQueue: false,
      autoResubscribe: false,
    };
  }

  /** A connection that is not ready before its address leads to a primary. */
  #newPrimary(): Redis {
    const redis = new Redis(this.#options());
    // The client asks this of what INFO says, but checks the role only when it knows of Sentinels.
    redis['connector'].check = ({ role }: { readonly role?: string }) => role !== 'slave';
    return redis;
  }

  #newCluster(): Cluster {
    const { host, port, isTls } = this.location;
    const { host: _host, port: _port, db: _db, ...redisOptions } = this.#options();
    return new Cluster([{ host, port }], {
      clusterRetryStrategy: reconnectDelayMs,
      // As above: a node that is gone is found anew by who tries again.
      retryDelayOnFailover: 0,
      retryDelayOnClusterDown: 0,
      enableOfflineQueue: false,
      redisOptions,
      // Certificates name hosts, not their addresses.
      ...(isTls && { dnsLookup: (name, done) => done(null, name) }),
    });
  }

  #watch(connection: Redis | Cluster): void {
    let reason = 'the connection was closed';
    connection.on('error', ({ message }: Error) => (reason = message));
    connection.on('ready', () => this.#look(''));
    connection.on('close', () => this.#look(reason));
  }

  #subscribe(commands: Redis | Cluster): void {
    if (this.#commands !== commands) return;
    const subscriber =
      commands instanceof Cluster ? this.#subscriberOf(commands) : this.#newPrimary();
    this.#subscriber = subscriber;
    this.#watch(subscriber);
    subscriber.on('message', (topic, message) => this.#listener?.published(topic, message));
    subscriber.on('ready', () => void this.#listen([...this.#topics]));
    // Of a cluster's node only, which may not come back: another one will do.
    subscriber.once('end', () => {
      setTimeout(() => this.#subscribe(commands), reconnectMinMs * 10).unref();
    });
  }

  #subscriberOf(cluster: Cluster): Redis {
    const nodes = cluster.nodes('master');
    const { host, port } = nodes[this.#seeds++ % nodes.length]?.options ?? this.location;
    const { db: _db, ...options } = this.#options();
    const node = { host: host ?? this.location.host, port: port ?? this.location.port };
    return new Redis({ ...options, ...node, retryStrategy: () => null });
  }

  async #listen(topics: readonly string[]): Promise<void> {
    const subscriber = this.#subscriber;
    if (subscriber?.status !== 'ready') return;
    try {
      for (let at = 0; at < topics.length; at += topicsPerCommandMax) {
        const some = topics.slice(at, at + topicsPerCommandMax);
        await subscriber.subscribe(...some);
        this.#listener?.subscribed(some);
      }
    } catch {
      // All topics are listened to again on the next connection.
      if (subscriber === this.#subscriber) this.#relisten();
    }
  }

  #relisten(): void {
    if (this.#subscriber?.status === 'ready') this.#subscriber.disconnect(true);
  }

  #look(reason: string): void {
    const isUp = this.#commands?.status === 'ready' && this.#subscriber?.status === 'ready';
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    if (isUp) this.#listener?.up();
    else this.#listener?.down(reason);
  }
}

function reconnectDelayMs(attempt: number): number {
  return Math.min(reconnectMinMs * 2 ** Math.min(attempt, 10), reconnectMaxMs);
}

/** Of a connection that failed, its own event tells more. */
function isAboutConnection(error: unknown): boolean {
  return !(error instanceof ReplyError) && !(error instanceof StartError);
}

function asLinkError(error: unknown, isCluster: boolean): RedisLinkError {
  const { message } = error as Error;
  const isRefused = passingRefusals.test(message);
  const isUnsent = isRefused || message.includes('enableOfflineQueue');
  // A cluster's client may have sent it to one node before another one refused it.
  return new RedisLinkError(message, isUnsent && !isCluster);
}

/** Told by the connection's own events. */
function ignored(): void {}
