import { nameKey, texts } from '@chat-server/protocol';
import type { ActorContext, Behaviour, Settled } from '@chat-server/supervision';
import type { Directory } from '../domain/directory';
import type { Limits } from '../domain/limits';
import type { NodeIdentity } from '../domain/node-identity';
import type { Room } from '../domain/room';
import { isOwnWords, type RoomEvent } from '../domain/room-event';
import { channelOf } from '../store/keys';
import type { Metrics } from '../metrics/metrics';
import type { Batch, Store, StoreAnswer, Tail } from '../store/store';
import type { Announcer } from './announcer';
import { Delivery } from './delivery';
import type { FanOutLoad } from './fan-out-load';
import { Membership } from './membership';
import type { Loaded, RoomMessage, SpeakMessage } from './room-message';
import { RoomDocument } from './room-document';
import { RoomWriter } from './room-writer';
import type { Member, Seats, SeatTable } from './seat';

/** What a room's actor is started with. */
export interface RoomArgs {
  /** As the first who came typed it; the document knows the proper one. */
  readonly name: string;
  readonly store: Store;
  readonly seats: SeatTable;
  readonly directory: Directory;
  readonly announcer: Announcer;
  readonly identity: NodeIdentity;
  readonly limits: Limits;
  readonly load: FanOutLoad;
  readonly metrics: Metrics;
}

/** What must wait until the room has read its log. */
type Handled = Exclude<RoomMessage, { type: 'load' } | { type: 'loaded' }>;

type Context = ActorContext<RoomMessage>;

/** How long to wait for a store that is away. */
const loadAgainMs = 1_000;

/**
 * One room, as long as it has members on this node.
 *
 * It decides what is asked of it, appends what follows to the room's log, and sends what comes back
 * from there, from this node or another, to its members: one order for all. What outlives it is the
 * log, the document, and the seats; from these it comes back after a crash as if nothing had been.
 */
class RoomActor {
  readonly #key: string;
  readonly #seats: Seats;
  readonly #membership: Membership;
  #delivery: Delivery;
  readonly #writer: RoomWriter;
  /** From the log, not yet seen. */
  #arrived: Batch<RoomEvent>[] = [];
  /** What came before the log was read; then undefined. */
  #early: Handled[] | undefined = [];
  /** The early message that is being handled. */
  #handledLate: Handled | undefined;
  #judging = 0;
  #isSettling = false;
  /** Sending what has come: not asked for, put off, or to be done at the end of this wake-up. */
  #flush: 'idle' | 'planned' | 'due' = 'idle';
  #isDestroyed = false;
  readonly #document: RoomDocument;
  #unfollow = (): void => undefined;

  constructor(
    private readonly args: RoomArgs,
    private readonly context: Context,
  ) {
    const { directory, announcer, identity, limits, name, seats } = args;
    this.#key = nameKey(name);
    this.#seats = seats.of(this.#key);
    this.#delivery = this.#deliveryOf(name, { entries: [], head: 0 });
    this.#document = new RoomDocument(args.store, this.#key);
    this.#writer = new RoomWriter({
      key: this.#key,
      store: args.store,
      identity,
      now: () => context.now(),
      notKept: (event) => this.#notKept(event),
    });
    this.#membership = new Membership({
      key: this.#key,
      seats: this.#seats,
      directory,
      announcer,
      identity,
      now: () => context.now(),
      get membersMax() {
        return limits.roomMembersMax;
      },
      delivery: () => this.#delivery,
      happen: (kind, member) => this.#writer.happen(kind, member),
    });
    this.#load();
  }

  receive(message: RoomMessage): void {
    if (message.type === 'load') this.#load();
    else if (message.type === 'loaded') this.#loaded(message.outcome);
    else if (this.#early !== undefined) this.#early.push(message);
    else this.#handle(message);
  }

  settled(): void {
    if (this.#early !== undefined) return;
    this.#isSettling = true;
    void this.#writer.append();
    this.#judge();
    this.#take();
    this.#flushOrWait();
    this.#isSettling = false;
    if (this.#isDestroyed || this.#isForsaken()) this.context.stop();
  }

  /** Tells whose line failed. */
  failed(message: RoomMessage): void {
    const failed = this.#handledLate ?? message;
    if (failed.type === 'speak' || failed.type === 'fault') {
      this.#tell(failed.member, texts.roomLineFailed);
    }
  }

  /** What was accepted before the end, whatever ended it, is in the log after it. */
  terminate(): void {
    for (const message of this.#early ?? []) if (message.type === 'speak') this.#speak(message);
    void this.#writer.append();
    this.#unfollow();
    this.args.seats.forget(this.#key);
  }

  #deliveryOf(name: string, tail: Tail<RoomEvent>): Delivery {
    const { limits, load, metrics } = this.args;
    return new Delivery(name, this.#seats, tail, limits.ringLinesMax, load, metrics);
  }

  #load(): void {
    const { store, limits } = this.args;
    const tail = store.tail<RoomEvent>(channelOf(this.#key), limits.ringLinesMax);
    const room = this.#document.read();
    const loaded = Promise.all([tail, room]).then((both) => ({ tail: both[0], room: both[1] }));
    this.context.pipe(loaded, (outcome) => ({ type: 'loaded', outcome }));
  }

  #loaded(outcome: Settled<Loaded>): void {
    if (!outcome.ok) throw outcome.error;
    const { tail: read, room } = outcome.value;
    if (!read.ok || !room.ok) {
      this.context.after(loadAgainMs, { type: 'load' });
      return;
    }
    const tail = read.value;
    this.#document.note(room);
    this.#delivery = this.#deliveryOf(this.#delivery.room, tail);
    this.#membership.recover();
    this.#unfollow = this.args.store.follow<RoomEvent>(channelOf(this.#key), tail.head, (batch) => {
      this.#arrived.push(batch);
      if (batch.entries.some(({ kind }) => kind === 'destroyed')) this.#end();
      if (!this.#isSettling) this.context.self.notify({ type: 'appended' });
    });
    // One that fails leaves those behind it to `terminate`.
    for (let message = this.#early?.shift(); message; message = this.#early?.shift()) {
      this.#handledLate = message;
      this.#handle(message);
    }
    this.#handledLate = undefined;
    this.#early = undefined;
  }

  #handle(message: Handled): void {
    switch (message.type) {
      case 'speak':
        this.#speak(message);
        return;
      case 'join':
        this.#membership.request(message);
        return;
      case 'judged':
        this.#judging--;
        if (!message.outcome.ok) throw message.outcome.error;
        this.#document.note(message.outcome.value);
        this.#membership.judge(message.joins, message.outcome.value);
        return;
      case 'checked':
        this.#checked(message.outcome);
        return;
      case 'gone':
        this.#writer.leaveFor(message.cause, message.members);
        return;
      case 'expelled':
        this.#membership.expel();
        return;
      case 'leave':
        this.#membership.leave(message, message.reply);
        return;
      case 'sync':
        void this.#writer.append().then(() => message.reply.send());
        return;
      case 'drained': {
        const seat = this.#seats.get(message.origin);
        if (seat !== undefined) this.#delivery.resume(seat);
        return;
      }
      case 'fault':
        throw new Error('fault injected into a room');
      case 'flush':
        this.#flush = 'due';
        return;
      case 'appended':
    }
  }

  #speak({ kind, member, text, readAtMs }: SpeakMessage): void {
    this.#delivery.arrived(this.context.now() - readAtMs);
    if (this.#seats.has(member.origin)) this.#writer.happen(kind, member, text);
    else this.#tell(member, texts.notInRoom);
  }

  #notKept(event: RoomEvent): void {
    const member = this.#seats.get(event.origin)?.member;
    if (event.kind === 'joined' || event.kind === 'left') this.#membership.notKept(event);
    else if (member !== undefined) this.#tell(member, texts.storeAway);
  }

  #judge(): void {
    const joins = this.#membership.takeRequests();
    if (joins.length === 0) return;
    this.#judging++;
    this.context.pipe(this.#document.read(), (outcome) => ({ type: 'judged', joins, outcome }));
  }

  /** Looks at what came from the log. */
  #take(): void {
    const arrived = this.#arrived;
    if (arrived.length === 0) return;
    this.#arrived = [];
    for (const { firstOffset, entries, gap } of arrived) {
      // What was trimmed, members have missed; otherwise the log goes on at another offset.
      if (gap !== 'trimmed') this.#delivery.skipTo(firstOffset, () => this.context.now());
      if (gap !== undefined) this.#check(gap);
      this.#delivery.ring.push(firstOffset, entries);
      for (const [index, event] of entries.entries()) {
        this.#membership.see(event, firstOffset + index);
        if (event.kind === 'topic') this.#document.noteTopic(event.text);
        if (isOwnWords(event)) this.args.directory.hear(event.by, event.atMs);
      }
    }
  }

  /** Something is missing in the log: members are told, and whether there still is a room is seen. */
  #check(gap: 'trimmed' | 'lost'): void {
    if (gap === 'lost') {
      this.#delivery.flush(() => this.context.now());
      const line = texts.linesLost(this.#delivery.room);
      for (const { member } of this.#seats.values()) this.#tell(member, line);
    }
    const checked = gap === 'lost' ? this.#document.restore() : this.#document.read();
    this.context.pipe(checked, (outcome) => ({ type: 'checked', outcome }));
  }

  /** The end of a room may be what is missing in its log. */
  #checked(outcome: Settled<StoreAnswer<Room | undefined>>): void {
    if (!outcome.ok) throw outcome.error;
    if (!outcome.value.ok || outcome.value.value !== undefined) return;
    for (const { member } of this.#seats.values()) this.#tell(member, texts.roomBeingDestroyed);
    this.#end();
    this.#membership.removeAll();
  }

  #end(): void {
    this.#isDestroyed = true;
    this.#writer.close();
  }

  #flushOrWait(): void {
    if (!this.#delivery.isDue) return;
    if (this.#flush === 'due' || this.#isDestroyed) {
      this.#send();
      return;
    }
    if (this.#flush === 'planned') return;
    const time = this.#delivery.sendTime(this.context.now());
    if (time === 'now') {
      this.#send();
      return;
    }
    this.#flush = 'planned';
    if (time === 'next-turn') this.context.self.notify({ type: 'flush' });
    else this.context.after(time, { type: 'flush' });
  }

  #send(): void {
    this.#flush = 'idle';
    this.#delivery.flush(() => this.context.now());
    this.#membership.answerJoined();
    if (this.#isDestroyed) this.#membership.removeAll();
  }

  #tell({ display }: Member, line: string): void {
    display.show(line, this.context.now());
    display.flush();
  }

  /** Whether nobody is here, or about to be. */
  #isForsaken(): boolean {
    return this.#membership.isEmpty && this.#judging === 0 && !this.#writer.hasPending;
  }
}

export const roomBehaviour: Behaviour<RoomArgs, RoomActor, RoomMessage> = {
  init: (args, context) => new RoomActor(args, context),
  receive(room, message) {
    room.receive(message);
    return room;
  },
  settled(room) {
    room.settled();
    return room;
  },
  failed: (room, message) => room.failed(message),
  terminate: (room) => room.terminate(),
};
