import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** What is listening on a port of 127.0.0.1. */
interface Target {
  readonly port: number;
}

const open = new Set<FaultProxy>();

// Not after each test: some proxies are started before all of them.
afterAll(async () => {
  await Promise.all(Array.from(open, (proxy) => proxy.close()));
});

/** One direction of a connection, which can hold bytes back or swallow them. */
class Gate extends Transform {
  #isStalled = false;
  #held: (() => void) | undefined;
  #onSwallowed: (() => void) | undefined;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#whenFlowing(() => {
      this.#onSwallowed?.();
      done(null, this.#onSwallowed === undefined ? chunk : undefined);
    });
  }

  override _flush(done: TransformCallback): void {
    this.#whenFlowing(done);
  }

  stall(): void {
    this.#isStalled = true;
  }

  flow(): void {
    const release = this.#held;
    this.#isStalled = false;
    this.#held = undefined;
    release?.();
  }

  swallow(onSwallowed: () => void): void {
    this.#onSwallowed = onSwallowed;
  }

  #whenFlowing(pass: () => void): void {
    if (this.#isStalled) this.#held = pass;
    else pass();
  }
}

/** A client's connection, and the one to the target that is made for it. */
class Link {
  readonly #toTarget = new Gate();
  readonly #toClient = new Gate();
  readonly #sockets: readonly Socket[];
  /** Resolves when both its sides are closed. */
  readonly gone: Promise<void>;
  #isLeft = false;

  constructor(client: Socket, { port }: Target, onReply: () => void) {
    const target = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#sockets = [client, target];
    client.once('end', () => (this.#isLeft = true));
    client.pipe(this.#toTarget).pipe(target);
    target.pipe(this.#toClient).pipe(client);
    target.on('data', onReply);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.gone = promise;
    // A reset is passed on at once, an end by the pipes, after the bytes before it.
    for (const socket of this.#sockets) {
      socket.on('error', () => this.cut());
      socket.once('close', () => {
        if (this.#sockets.every(({ closed }) => closed)) resolve();
      });
    }
  }

  get gates(): readonly Gate[] {
    return [this.#toTarget, this.#toClient];
  }

  /** Whether the client has ended its side. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  cut(): void {
    for (const socket of this.#sockets) {
      // A reset of one that is ended already is refused by libuv, and it would never close.
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  dropReplies(onDropped: () => void): void {
    this.#toClient.swallow(onDropped);
  }
}

/** A network that misbehaves when told to, between clients and a server of this machine. */
export class FaultProxy {
  readonly #server = createServer({ noDelay: true }, (client) => this.#take(client));
  readonly #links = new Set<Link>();
  #target: Target;
  #isStalled = false;
  #isRefusing = false;
  readonly #replies = new EventEmitter();
  #dropped = Promise.withResolvers<void>();

  private constructor(target: Target) {
    this.#target = target;
    open.add(this);
  }

  static async start(target: Target): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** New connections go there; those that are open are cut. */
  retarget(target: Target): void {
    this.lead(target);
    this.cut();
  }

  /** New connections go there; those that are open stay. */
  lead(target: Target): void {
    this.#target = target;
  }

  /** Resets the connections that are open, on both sides. */
  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** Holds bytes back in both directions, those of new connections too, until they `flow`. */
  stall(): void {
    this.#isStalled = true;
    for (const gate of this.#gates()) gate.stall();
  }

  /** Lets go what was held back, and what comes after it. */
  flow(): void {
    this.#isStalled = false;
    for (const gate of this.#gates()) gate.flow();
  }

  /**
   * Holds back what comes on the connections that are open now, and lets new ones be. What it
   * returns lets go what was held back, and resolves when the target has all that clients sent which
   * have left meanwhile.
   */
  holdBack(): () => Promise<void> {
    const held = Array.from(this.#links);
    for (const gate of held.flatMap(({ gates }) => gates)) gate.stall();
    return async () => {
      for (const gate of held.flatMap(({ gates }) => gates)) gate.flow();
      await Promise.all(held.filter(({ isLeft }) => isLeft).map(({ gone }) => gone));
    };
  }

  /** Resolves when the target next says something, so that a client is connected. */
  async replied(): Promise<void> {
    await once(this.#replies, 'reply');
  }

  /** Swallows what the target says on the connections that are open, until they are cut. */
  dropReplies(): void {
    this.#dropped = Promise.withResolvers();
    for (const link of this.#links) link.dropReplies(this.#dropped.resolve);
  }

  /** Resolves when something was swallowed since `dropReplies`: a command was carried out. */
  replyDropped(): Promise<void> {
    return this.#dropped.promise;
  }

  /** Resets new connections at once, until they are accepted again. */
  refuse(): void {
    this.#isRefusing = true;
  }

  accept(): void {
    this.#isRefusing = false;
  }

  async close(): Promise<void> {
    open.delete(this);
    this.#server.close();
    this.cut();
    await once(this.#server, 'close');
  }

  #take(client: Socket): void {
    if (this.#isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const link = new Link(client, this.#target, () => this.#replies.emit('reply'));
    void link.gone.then(() => this.#links.delete(link));
    if (this.#isStalled) for (const gate of link.gates) gate.stall();
    this.#links.add(link);
  }

  #gates(): readonly Gate[] {
    return Array.from(this.#links).flatMap(({ gates }) => gates);
  }
}
