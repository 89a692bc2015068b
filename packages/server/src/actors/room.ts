import { nameKey, texts } from '@chat-server/protocol';
import type { ActorContext, Settled } from '@chat-server/supervision';
import type { Room } from '../domain/room';
import { LogReader } from '../domain/log-reader';
import { isOwnWords, type RoomEvent } from '../domain/room-event';
import { channelOf } from '../store/keys';
import type { Batch, StoreAnswer, Tail } from '../store/store';
import { Attendance } from './attendance';
import { Delivery } from './delivery';
import { Membership } from './membership';
import type { RoomArgs } from './room-args';
import type { Loaded, RoomMessage } from './room-message';
import { RoomDocument } from './room-document';
import { RoomTalk, tell, tellAll } from './room-talk';
import { RoomWriter } from './room-writer';
import type { Seats } from './seat';
import { SendTimer } from './send-timer';

/** What must wait until the room has read its log. */
type Handled = Exclude<RoomMessage, { type: 'load' } | { type: 'loaded' }>;

type Context = ActorContext<RoomMessage>;

/** How long to wait for a store that is away. */
const loadAgainMs = 1_000;
const appendAgainMs = 1_000;

/**
 * One room, as long as it has members on this node.
 *
 * It decides what is asked of it, appends what follows to the room's log, and sends what comes back
 * from there, from this node or another, to its members: one order for all. What outlives it is the
 * log, the document, and the seats; from these it comes back after a crash as if nothing had been.
 */
export class RoomActor {
  readonly #key: string;
  readonly #seats: Seats;
  readonly #attendance: Attendance;
  readonly #membership: Membership;
  #delivery: Delivery;
  readonly #writer: RoomWriter;
  readonly #talk: RoomTalk;
  #log = new LogReader();
  /** From the log, not yet seen. */
  #arrived: Batch<RoomEvent>[] = [];
  /** What came before the log was read; then undefined. */
  #early: Handled[] | undefined = [];
  /** The early message that is being handled. */
  #handledLate: Handled | undefined;
  #judging = 0;
  #isSettling = false;
  readonly #timer: SendTimer;
  #isDestroyed = false;
  readonly #document: RoomDocument;
  #unfollow = (): void => undefined;

  constructor(
    private readonly args: RoomArgs,
    private readonly context: Context,
  ) {
    const { directory, announcer, identity, limits, name, seats } = args;
    this.#key = nameKey(name);
    this.#timer = new SendTimer(context);
    this.#seats = seats.of(this.#key);
    const occupants = seats.occupantsOf(this.#key);
    this.#attendance = new Attendance(this.#key, occupants, directory);
    this.#delivery = this.#deliveryOf(name, { entries: [], head: 0 });
    this.#document = new RoomDocument(args.store, this.#key);
    this.#writer = new RoomWriter({
      key: this.#key,
      store: args.store,
      identity,
      now: () => context.now(),
      notKept: (event) => this.#notKept(event),
      owes: () => context.after(appendAgainMs, { type: 'append-again' }),
    });
    this.#talk = new RoomTalk({
      seats: this.#seats,
      writer: this.#writer,
      now: () => context.now(),
      name: () => this.#delivery.room,
      document: () => this.#document.known,
      log: () => this.#log,
    });
    this.#membership = new Membership({
      key: this.#key,
      seats: this.#seats,
      occupants,
      directory,
      announcer,
      identity,
      now: () => context.now(),
      get membersMax() {
        return limits.roomMembersMax;
      },
      document: this.#document,
      networkOf: (address) => args.flood.heldNetwork(address),
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
    // Who must go at what was just read leaves in the next turn.
    if (this.#writer.hasPending) this.context.self.notify({ type: 'appended' });
    if (this.#isDestroyed || this.#isForsaken()) this.context.stop();
  }

  /** Tells whose line failed. */
  failed(message: RoomMessage): void {
    const failed = this.#handledLate ?? message;
    if (failed.type === 'speak' || failed.type === 'fault') {
      tell(failed.member, texts.roomLineFailed, this.context.now());
    }
  }

  /** What was accepted before the end, whatever ended it, is in the log after it. */
  terminate(): void {
    for (const message of this.#early ?? []) {
      if (message.type === 'speak') this.#talk.speak(message);
    }
    void this.#writer.append();
    this.#unfollow();
    this.args.seats.forget(this.#key);
  }

  #deliveryOf(name: string, tail: Tail<RoomEvent>): Delivery {
    const { limits, load, metrics } = this.args;
    return new Delivery(name, this.#seats, tail, limits.ringLinesMax, load, metrics);
  }

  #load(): void {
    const loaded = this.#document.readWithLog(this.args.limits.ringLinesMax);
    this.context.pipe(loaded, (outcome) => ({ type: 'loaded', outcome }));
  }

  #loaded(outcome: Settled<Loaded>): void {
    if (!outcome.ok) throw outcome.error;
    const { tail: read, room } = outcome.value;
    if (!read.ok || !room.ok) {
      this.context.after(loadAgainMs, { type: 'load' });
      return;
    }
    const tail = this.#attendance.recollect(read.value);
    this.#document.note(room);
    this.#log = new LogReader();
    const entries = tail.entries.map((event) => this.#log.read(event));
    this.#delivery = this.#deliveryOf(this.#delivery.room, { ...tail, entries });
    this.#membership.recover();
    this.#membership.enforce();
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
        this.#delivery.arrived(this.context.now() - message.readAtMs);
        this.#talk.speak(message);
        return;
      case 'join':
        this.#membership.request(message);
        return;
      case 'judged':
        this.#judging--;
        if (!message.outcome.ok) throw message.outcome.error;
        this.#membership.judge(message.joins, this.#document.note(message.outcome.value));
        this.#membership.enforce();
        return;
      case 'checked':
        this.#checked(message.outcome);
        return;
      case 'gone':
        this.#writer.leaveFor(message.cause, this.#attendance.goneWith(message));
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
      case 'append-again':
        this.#writer.appendAgain();
        return;
      case 'flush':
        this.#timer.fallDue();
        return;
      case 'appended':
    }
  }

  #notKept(event: RoomEvent): void {
    const member = this.#seats.get(event.origin)?.member;
    this.#talk.arrived(event);
    if (event.kind === 'joined' || event.kind === 'left') this.#membership.notKept(event);
    else if (member !== undefined) tell(member, texts.storeAway, this.context.now());
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
    for (const { firstOffset, entries: logged, gap } of arrived) {
      // What was trimmed, members have missed; otherwise the log goes on at another offset.
      if (gap !== 'trimmed') this.#delivery.skipTo(firstOffset, () => this.context.now());
      if (gap !== undefined) this.#check(gap);
      if (gap !== undefined) this.#attendance.check();
      const entries = logged.map((event, index) =>
        this.#attendance.see(this.#log.read(event), firstOffset + index),
      );
      this.#delivery.ring.push(firstOffset, entries);
      for (const [index, event] of entries.entries()) {
        this.#see(event, logged[index], firstOffset + index);
      }
    }
  }

  #see(event: RoomEvent, logged: RoomEvent | undefined, offset: number): void {
    this.#document.noteEvent(event);
    this.#membership.see(event, offset);
    if (event.kind === 'moderated' || event.kind === 'inherited') {
      // Its document says the rest, and the last word where two ruled at once.
      this.context.pipe(this.#document.read(), (outcome) => ({ type: 'checked', outcome }));
    }
    if (event.kind === 'withheld' && logged !== undefined) this.#withhold(logged, offset);
    const isSaid = isOwnWords(event);
    const isOrdinary = isSaid || event.kind === 'joined';
    const mayWait = isOrdinary && this.#seats.get(event.origin)?.member.needsMuch === true;
    if (!mayWait) this.#delivery.hurry();
    if (!isSaid) return;
    this.#talk.arrived(event);
    this.args.directory.hear(event.by, event.atMs);
  }

  /** Its author reads first what there is in front of it: that they were muted, say. */
  #withhold(logged: RoomEvent, offset: number): void {
    const seat = this.#seats.get(logged.origin);
    if (seat === undefined) return;
    this.#delivery.sendUpTo(seat, offset);
    this.#talk.withheld(logged, seat.member);
  }

  /** Something is missing in the log: members are told, and whether there still is a room is seen. */
  #check(gap: 'trimmed' | 'lost'): void {
    if (gap === 'lost') {
      this.#delivery.flush(() => this.context.now());
      tellAll(this.#seats, texts.linesLost(this.#delivery.room), this.context.now());
    }
    const checked = gap === 'lost' ? this.#document.restore() : this.#document.read();
    this.context.pipe(checked, (outcome) => ({ type: 'checked', outcome }));
  }

  /** The end of a room, or of someone's stay, may be what is missing in its log. */
  #checked(outcome: Settled<StoreAnswer<Room | undefined>>): void {
    if (!outcome.ok) throw outcome.error;
    const answer = this.#document.note(outcome.value);
    this.#membership.enforce();
    if (!answer.ok || answer.value !== undefined) return;
    tellAll(this.#seats, texts.roomBeingDestroyed, this.context.now());
    this.#end();
    this.#membership.removeAll();
  }

  #end(): void {
    this.#isDestroyed = true;
    this.#writer.close();
  }

  #flushOrWait(): void {
    if (!this.#delivery.isDue) return;
    if (this.#timer.isTime(this.#delivery, this.#isDestroyed)) this.#send();
  }

  #send(): void {
    this.#delivery.flush(() => this.context.now());
    this.#membership.answerJoined();
    if (this.#isDestroyed) this.#membership.removeAll();
  }

  /** Whether nobody is here, or about to be. */
  #isForsaken(): boolean {
    return this.#membership.isEmpty && this.#judging === 0 && !this.#writer.hasPending;
  }
}
