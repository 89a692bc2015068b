import { nameKey, sameName, texts } from '@chat-server/protocol';
import type { Reply } from '@chat-server/supervision';
import { type Moderation, putsOut } from '../domain/moderation';
import { enterRoom, maySee, ownerOf, type Room } from '../domain/room';
import type { RoomEvent } from '../domain/room-event';
import { banOn, type Newcomer, paceOf, unlessBanned } from '../domain/room-moderation';
import type { StoreAnswer } from '../store/store';
import type { MembershipSurroundings } from './membership-surroundings';
import type { JoinAnswer, JoinRequest, Leaver } from './room-message';
import { tell } from './room-talk';
import type { Member, Seat } from './seat';

/**
 * Who is in a room, and who is on the way in or out. Both are done when the log says so: a seat
 * waits for the line that its member joined, and is given up at the line that they left.
 */
export class Membership {
  #topic: string | undefined;
  #isOwnerless = false;
  /** Not yet judged by the room's document. */
  #requests: JoinRequest[] = [];
  /** Judged well; their line is on its way to the log. */
  readonly #joining = new Map<string, Reply<JoinAnswer>>();
  /** Their line is in the log, but has not been sent. */
  readonly #joined = new Map<
    string,
    { readonly member: Member; readonly reply: Reply<JoinAnswer>; readonly isQuiet: boolean }
  >();
  readonly #leaving = new Map<string, Reply<void> | undefined>();
  /** Of the document, when it was last seen who may not stay. */
  #enforcedRevision = 0;

  constructor(private readonly around: MembershipSurroundings) {}

  request(request: JoinRequest): void {
    this.#requests.push(request);
  }

  /** Those who ask to come in, to be judged together. */
  takeRequests(): readonly JoinRequest[] {
    const requests = this.#requests;
    if (requests.length > 0) this.#requests = [];
    return requests;
  }

  /** Whether nobody is here or asks to come in. */
  get isEmpty(): boolean {
    return this.around.seats.size === 0 && this.#requests.length === 0;
  }

  /** Lets in those whom the room's document lets in, and refuses the others. */
  judge(requests: readonly JoinRequest[], answer: StoreAnswer<Room | undefined>): void {
    for (const { member, origin, reply } of requests) {
      if (member.origin !== origin) continue;
      if (answer.ok) this.#admit(member, reply, answer.value);
      else reply.send({ joined: false, refusal: answer.reason });
    }
  }

  leave({ name, origin }: Leaver, reply: Reply<void> | undefined): void {
    this.#requests = this.#requests.filter(({ member }) => member.origin !== origin);
    const seat = this.around.seats.get(origin);
    if (seat === undefined) {
      this.#unlist(name, origin);
      reply?.send();
      return;
    }
    const isLeaving = this.#leaving.has(origin);
    this.#leaving.set(origin, reply);
    if (!isLeaving) this.around.happen('left', seat.member);
  }

  /** Takes note of an event in the log. */
  see(event: RoomEvent, offset: number): void {
    if (event.moderation !== undefined) {
      this.#putOutAll(event.moderation, event.atMs, offset);
      return;
    }
    const seat = this.around.seats.get(event.origin);
    if (seat === undefined) {
      this.#seeElsewhere(event);
      return;
    }
    if (event.kind === 'joined' && seat.cursor === 'waiting') {
      this.#sit(seat, offset, event.atMs);
      const { member } = seat;
      const reply = this.#joining.get(event.origin);
      this.#joining.delete(event.origin);
      const isQuiet = event.isQuiet === true;
      if (reply !== undefined) this.#joined.set(event.origin, { member, reply, isQuiet });
      // What was decided while their line was on its way holds for them as well.
      this.#enforceFor(seat);
    } else if (event.kind === 'left' && seat.cursor !== 'waiting') {
      this.around.delivery().sendUpTo(seat, offset - 1);
      this.#stand(seat, event.atMs);
    }
  }

  /** Gives up the seats of those who are somebody else by now, without a word to anyone. */
  expel(): void {
    for (const [origin, { member }] of this.around.seats) {
      if (member.origin === origin) continue;
      this.around.seats.delete(origin);
      this.#joining.delete(origin);
      this.#leaving.delete(origin);
    }
  }

  /** Answers those whose line has been sent. */
  answerJoined(): void {
    if (this.#joined.size === 0) return;
    for (const { member, reply, isQuiet } of this.#joined.values()) {
      reply.send(this.#welcome(member, isQuiet));
    }
    this.#joined.clear();
  }

  /** The store did not keep an event: whoever wanted in is out, and whoever wanted out too. */
  notKept({ kind, origin }: RoomEvent): void {
    const seat = this.around.seats.get(origin);
    if (seat === undefined) return;
    if (kind === 'left') this.#stand(seat, this.around.now());
    if (kind !== 'joined') return;
    this.around.seats.delete(origin);
    this.#joining.get(origin)?.send({ joined: false, refusal: 'store-away' });
    this.#joining.delete(origin);
  }

  /** After a crash: members are where they were, and who was on the way is in or out. */
  recover(): void {
    this.#finishLeaving();
    for (const seat of this.around.seats.values()) {
      if (seat.cursor === 'waiting') this.#finishJoining(seat);
      else this.#list(seat);
    }
    this.#finishPuttingOut();
    for (const seat of this.around.seats.values()) {
      if (seat.member.isGone) this.leave(seat.member, undefined);
      this.around.delivery().resume(seat);
    }
  }

  /** Puts out whom the document says may not be here, whether the log has told so or not. */
  enforce(): void {
    const revision = this.around.document.known?.revision ?? 0;
    if (revision === this.#enforcedRevision) return;
    this.#enforcedRevision = revision;
    for (const seat of this.around.seats.values()) {
      if (seat.cursor !== 'waiting') this.#enforceFor(seat);
    }
  }

  /** The room is no more. */
  removeAll(): void {
    for (const seat of this.around.seats.values()) {
      this.#stand(seat, this.around.now());
      seat.member.removedFrom(this.around.delivery().room);
    }
  }

  #admit(member: Member, reply: Reply<JoinAnswer>, room: Room | undefined): void {
    const { seats, membersMax } = this.around;
    const seat = seats.get(member.origin);
    if (seat !== undefined) {
      // Asked again after a crash: on the way in, the answer goes to who asked last.
      if (seat.cursor === 'waiting') this.#joining.set(member.origin, reply);
      else {
        this.#list(seat);
        reply.send(this.#welcome(member));
      }
      return;
    }
    if (member.isGone) return;
    const count = this.#countBesides(member.name);
    const rule = enterRoom(member.person, count, membersMax);
    const decision = unlessBanned(this.#newcomer(member), this.around.now(), rule)(room);
    if (!decision.ok) {
      reply.send({ joined: false, ...decision });
      return;
    }
    this.around.delivery().room = decision.room?.name ?? this.around.delivery().room;
    this.#topic = decision.room?.topic;
    this.#isOwnerless = decision.room !== undefined && ownerOf(decision.room) === undefined;
    seats.set(member.origin, { member, cursor: 'waiting', sinceMs: 0 });
    this.#joining.set(member.origin, reply);
    this.around.happen('joined', member);
  }

  #newcomer({ person, peer }: Member): Newcomer {
    return { person, network: this.around.networkOf(peer.address) };
  }

  #welcome({ person }: Member, isQuiet = false): JoinAnswer {
    const { known } = this.around.document;
    const paceMs = known && paceOf(known, person);
    const { room } = this.around.delivery();
    const [topic, isOwnerless] = [this.#topic, this.#isOwnerless];
    return { joined: true, room, topic, paceMs, isOwnerless, isQuiet };
  }

  /** How many people there are for who wants in; none, where they are here by another connection. */
  #countBesides(name: string): number {
    const { occupants, directory, key } = this.around;
    if (occupants.has(name)) return 0;
    return Math.max(occupants.size + this.#joining.size, directory.countInRoom(key));
  }

  /** Puts out all who have a name, on whatever connections; on their way in, they are judged then. */
  #putOutAll(moderation: Moderation, atMs: number, offset: number): void {
    if (!putsOut(moderation)) return;
    const { seats, delivery } = this.around;
    for (const seat of seats.values()) {
      if (seat.cursor === 'waiting' || !isTarget(moderation, seat.member)) continue;
      delivery().sendUpTo(seat, offset);
      this.#putOut(seat, atMs);
      if (moderation.action === 'ban') this.#holdNetwork(moderation, seat.member);
    }
  }

  #holdNetwork({ target }: Moderation, member: Member): void {
    const { network } = this.#newcomer(member);
    if (member.person.isRegistered || network === undefined) return;
    void this.around.document.holdNetwork(target, network);
  }

  #enforceFor(seat: Seat): void {
    const { document, now, delivery, happen } = this.around;
    const { member } = seat;
    const room = document.known;
    if (room?.revision === undefined) return;
    const ban = banOn(room, { person: member.person }, now());
    if (ban === undefined && maySee(room, member.person)) return;
    delivery().resume(seat);
    const end = texts.end(ban?.untilMs, now());
    const line = ban === undefined ? texts.putOut : texts.banned;
    tell(member, line(delivery().room, end, ban?.reason), now());
    // The log may never tell why; that they are here no longer, it does.
    happen('left', member);
    this.#putOut(seat, now());
  }

  #putOut(seat: Seat, atMs: number): void {
    const { member } = seat;
    // By the clock of another node, it may have been before they came.
    this.#stand(seat, Math.max(atMs, seat.sinceMs));
    this.#joined.get(member.origin)?.reply.send({ joined: false, refusal: 'put-out' });
    this.#joined.delete(member.origin);
    member.removedFrom(this.around.delivery().room);
  }

  /** Someone has come or gone on another node, which will tell everyone: here it shows at once. */
  #seeElsewhere({ kind, by, origin, atMs }: RoomEvent): void {
    const { directory, identity } = this.around;
    if (identity.has(origin)) return;
    if (kind === 'joined') directory.move(by, origin, atMs, this.around.delivery().room);
    else if (kind === 'left') directory.move(by, origin, atMs);
  }

  #sit(seat: Seat, joinedAt: number, atMs: number): void {
    seat.cursor = joinedAt - 1;
    seat.sinceMs = atMs;
    this.#list(seat);
  }

  /** Tells that someone is here. */
  #list({ member: { name, origin }, sinceMs }: Seat): void {
    this.around.announcer.move(name, origin, sinceMs, this.around.delivery().room);
  }

  #stand({ member: { name, origin } }: Seat, atMs: number): void {
    this.around.seats.delete(origin);
    this.around.announcer.move(name, origin, atMs);
    this.#leaving.get(origin)?.send();
    this.#leaving.delete(origin);
  }

  /** After a crash, the directory may list someone who has left. */
  #unlist(name: string, origin: string): void {
    const { directory, announcer, key, now } = this.around;
    const presence = directory.at(name, origin);
    if (presence?.room !== undefined && nameKey(presence.room) === key) {
      announcer.move(name, origin, now());
    }
  }

  #finishLeaving(): void {
    const { ring } = this.around.delivery();
    for (let offset = ring.first; offset <= ring.head; offset++) {
      const event = ring.at(offset);
      const seat = event?.kind === 'left' ? this.around.seats.get(event.origin) : undefined;
      if (seat !== undefined && seat.cursor !== 'waiting' && seat.cursor < offset) {
        this.#stand(seat, this.around.now());
      }
    }
  }

  #finishPuttingOut(): void {
    const { ring } = this.around.delivery();
    for (let offset = ring.first; offset <= ring.head; offset++) {
      const event = ring.at(offset);
      if (event?.moderation === undefined || !putsOut(event.moderation)) continue;
      for (const seat of this.around.seats.values()) {
        if (seat.cursor === 'waiting' || seat.cursor >= offset) continue;
        if (!isTarget(event.moderation, seat.member)) continue;
        this.around.delivery().sendUpTo(seat, offset);
        this.#putOut(seat, event.atMs);
      }
    }
  }

  #finishJoining(seat: Seat): void {
    const { ring } = this.around.delivery();
    const { origin } = seat.member;
    for (let offset = ring.head; offset >= ring.first; offset--) {
      const event = ring.at(offset);
      if (event?.origin !== origin) continue;
      if (event.kind === 'left') break;
      if (event.kind !== 'joined') continue;
      this.#sit(seat, offset, event.atMs);
      return;
    }
    this.around.seats.delete(origin);
  }
}

/** Whether somebody is put out by it; an operator of the server is by nothing. */
function isTarget({ target }: Moderation, { name, person }: Member): boolean {
  return sameName(name, target) && !person.isOperator;
}
