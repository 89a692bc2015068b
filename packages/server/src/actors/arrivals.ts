import {
  type ActorContext,
  type ActorRef,
  dynamicChildren,
  type DynamicSupervisorMessage,
  startDynamicChild,
  StartError,
} from '@chat-server/supervision';
import { networkOf } from '../domain/network';
import { RoundRobin } from '../domain/round-robin';
import type { AcceptorMessage } from './acceptor-message';
import type { ConnectionMessage } from './connection-message';
import { listenerOf } from './names';
import type { Services } from './services';
import type { Session } from './session';

/** What those who come may take of a turn of the event loop, in which others are served as well. */
const welcomeMsAtOnce = 0.5;

/** How often it is looked whether it is time for the next of a crowd. */
const crowdTickMs = 10;

/**
 * Those who were let in, on their way to an actor of their own. Those who come in numbers from the
 * same addresses have theirs at a pace, in turns by address (IPv6: by /64), so that what all of them
 * do first does not come at once. Of those who wait a little is read, and whoever leaves meanwhile
 * never has an actor.
 */
export class Arrivals {
  readonly #waiting: Session[] = [];
  readonly #crowds = new RoundRobin<Session>();
  /** What they have taken of this turn. */
  #spentMs = 0;
  #planned: { readonly delayMs: number; readonly cancel: () => void } | undefined;

  constructor(
    private readonly transport: string,
    private readonly services: Pick<Services, 'flood' | 'sessions'>,
    private readonly context: ActorContext<AcceptorMessage>,
  ) {}

  /** One is to get its actor: at once, behind those who came before, or when it is its turn. */
  add(session: Session): void {
    const { flood, sessions } = this.services;
    const { address } = session.peer;
    sessions.add(session);
    session.leftUnserved = () => sessions.remove(session);
    if (flood.mayBeWelcomed(address, this.context.now())) this.#waiting.push(session);
    else this.#crowds.put(networkOf(address), session);
    this.#serveSome();
    // Whoever is not read from cannot be seen to leave.
    if (session.connection === undefined) session.resume();
  }

  /** Another turn of the event loop has come, for more of those who wait. */
  welcome(): void {
    this.#planned?.cancel();
    this.#planned = undefined;
    this.#spentMs = 0;
    this.#serveSome();
  }

  /** Gives all who wait their actors. */
  hurry(): void {
    for (const session of this.#waiting.splice(0)) this.#serve(session);
    for (let next = this.#crowds.take(); next; next = this.#crowds.take()) this.#serve(next);
  }

  /** Connections whose actors went down with their listener, or came while it was down. */
  adopt(sessions: Iterable<Session>): void {
    const listener = this.#listener;
    if (listener === undefined) throw new StartError('there is no listener to accept for');
    const served = new Set<unknown>(dynamicChildren(listener));
    for (const session of sessions) {
      if (session.connection === undefined || !served.has(session.connection)) {
        serve(listener, session);
      }
    }
  }

  #serveSome(): void {
    const { context } = this;
    while (this.#spentMs < welcomeMsAtOnce) {
      const beganAtMs = context.now();
      const next = this.#next(beganAtMs);
      if (next === undefined) break;
      this.#serve(next);
      this.#spentMs += context.now() - beganAtMs;
    }
    if (this.#spentMs > 0) this.#plan(0);
    else if (!this.#crowds.isEmpty) this.#plan(crowdTickMs);
  }

  /** Goes on after that time at the latest. */
  #plan(delayMs: number): void {
    if (this.#planned !== undefined && this.#planned.delayMs <= delayMs) return;
    this.#planned?.cancel();
    const cancel = this.context.after(delayMs, { type: 'welcome' });
    this.#planned = { delayMs, cancel };
  }

  #next(nowMs: number): Session | undefined {
    const first = this.#waiting.shift();
    if (first !== undefined) return first;
    const ofCrowd = this.#crowds.peek();
    if (ofCrowd === undefined) return undefined;
    const isNext = ofCrowd.isClosed || this.services.flood.mayWelcomeOfCrowd(nowMs);
    return isNext ? this.#crowds.take() : undefined;
  }

  #serve(session: Session): void {
    const listener = this.#listener;
    if (session.isClosed || listener === undefined) return;
    session.namelessSinceMs = this.context.now();
    serve(listener, session);
  }

  get #listener(): ListenerRef | undefined {
    return this.context.whereIs(listenerOf(this.transport));
  }
}

type ListenerRef = ActorRef<DynamicSupervisorMessage<Session, ConnectionMessage>>;

function serve(listener: ListenerRef, session: Session): void {
  void startDynamicChild(listener, session, `connection-${session.number}`);
}
