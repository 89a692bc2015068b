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

  constructor(
    private readonly transport: string,
    private readonly sessions: SessionTable,
    private readonly context: ActorContext<AcceptorMessage>,
  ) {}

  /** One is to get its actor: at once, or behind those who came before. */
  add(session: Session): void {
    this.sessions.add(session);
    this.#waiting.push(session);
    if (this.#waiting.length === 1) this.welcome();
  }

  /** Gives some of those who wait their actors, and the others later, a few in each turn. */
  welcome(): void {
    const { context } = this;
    const beganAtMs = context.now();
    let count = 0;
    while (count < this.#waiting.length && context.now() - beganAtMs <= welcomeMsAtOnce) {
      this.#serve(this.#waiting[count++]);
    }
    this.#waiting = this.#waiting.slice(count);
    if (this.#waiting.length > 0) context.after(0, { type: 'welcome' });
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
