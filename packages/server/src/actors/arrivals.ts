import {
  type ActorContext,
  type ActorRef,
  dynamicChildren,
  type DynamicSupervisorMessage,
  startDynamicChild,
  StartError,
} from '@chat-server/supervision';
import type { AcceptorMessage } from './acceptor-message';
import type { ConnectionMessage } from './connection-message';
import { listenerOf } from './names';
import type { Session } from './session';
import type { SessionTable } from './session-table';

/** What those who come may take of a turn of the event loop, in which others are served as well. */
const welcomeMsAtOnce = 0.5;

/** Those who were let in, on their way to an actor of their own. */
export class Arrivals {
  #waiting: Session[] = [];
  /** What they have taken of this turn. */
  #spentMs = 0;
  #isPlanned = false;

  constructor(
    private readonly transport: string,
    private readonly sessions: SessionTable,
    private readonly context: ActorContext<AcceptorMessage>,
  ) {}

  /** One is to get its actor: at once, or behind those who came before. */
  add(session: Session): void {
    this.sessions.add(session);
    this.#waiting.push(session);
    this.#serveSome();
  }

  /** Another turn of the event loop has come, for more of those who wait. */
  welcome(): void {
    this.#isPlanned = false;
    this.#spentMs = 0;
    if (this.#waiting.length > 0) this.#serveSome();
  }

  /** Gives all who wait their actors. */
  hurry(): void {
    for (const session of this.#waiting) this.#serve(session);
    this.#waiting = [];
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
    let count = 0;
    while (count < this.#waiting.length && this.#spentMs < welcomeMsAtOnce) {
      const beganAtMs = context.now();
      this.#serve(this.#waiting[count++]);
      this.#spentMs += context.now() - beganAtMs;
    }
    if (count > 0) this.#waiting = this.#waiting.slice(count);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    context.after(0, { type: 'welcome' });
  }

  #serve(session: Session | undefined): void {
    const listener = this.#listener;
    if (listener !== undefined && session !== undefined) serve(listener, session);
  }

  get #listener(): ListenerRef | undefined {
    return this.context.whereIs(listenerOf(this.transport));
  }
}

type ListenerRef = ActorRef<DynamicSupervisorMessage<Session, ConnectionMessage>>;

function serve(listener: ListenerRef, session: Session): void {
  void startDynamicChild(listener, session, `connection-${session.number}`);
}
