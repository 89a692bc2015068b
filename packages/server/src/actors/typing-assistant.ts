import { texts } from '@chat-server/protocol';
import { commandsFor, mayHoldSecret } from '../commands/catalogue';
import { type Completion, completionsOf } from '../commands/completion';
import { isListed } from '../commands/help';
import { roomsSeenBy } from '../commands/rooms';
import type { ConnectionHost } from './connection-host';
import type { ConnectionMessage } from './connection-message';
import type { Session } from './session';

/** How long a terminal is waited for that was asked where its cursor is. */
const cursorReportTimeoutMs = 1_000;

type Told = ConnectionMessage & { readonly type: 'no-cursor-report' | 'rooms-listed' };

/** Helps with the line that is being typed: says where it will go, and what it may be completed to. */
export class TypingAssistant {
  #isTimed = false;
  /** The rooms that Tab offers; undefined until they have been asked for. */
  #rooms: readonly string[] | undefined;

  constructor(private readonly connection: ConnectionHost) {
    connection.session.client.isSecret = mayHoldSecret;
    connection.session.client.complete = (line, cursor) => this.#complete(line, cursor);
  }

  receive(message: Told): void {
    if (message.type === 'no-cursor-report') {
      this.#isTimed = false;
      this.connection.session.client.giveUpWaiting();
      return;
    }
    if (!message.outcome.ok) throw message.outcome.error;
    if (message.outcome.value !== 'store-away') this.#rooms = message.outcome.value;
  }

  settled(): void {
    const { context, session } = this.connection;
    const { client, user } = session;
    client.prompt(promptOf(session));
    if (client.isTerminal && user !== undefined && this.#rooms === undefined) this.#listRooms();
    if (!client.isWaiting || this.#isTimed) return;
    this.#isTimed = true;
    context.after(cursorReportTimeoutMs, { type: 'no-cursor-report' });
  }

  /** The rooms are those that there were when it was asked before. */
  #complete(line: string, cursor: number): Completion {
    const { services, session } = this.connection;
    const { directory } = services;
    if (session.user === undefined) return { start: cursor, candidates: [] };
    this.#listRooms();
    return completionsOf(line, cursor, {
      commands: commandsFor(session.user).filter(isListed),
      people: directory.all(),
      heardAtMs: (name) => directory.heardAtMs(name),
      rooms: this.#rooms ?? [],
      ownName: session.name,
    });
  }

  #listRooms(): void {
    const { services, session, context } = this.connection;
    this.#rooms ??= [];
    context.pipe(roomsSeenBy(session.person, services.catalogue), (outcome) => ({
      type: 'rooms-listed',
      outcome,
    }));
  }
}

/** Where a line will go. */
function promptOf({ user, secret, passwordOf }: Session): string {
  if (secret !== undefined) return secret.prompt;
  if (passwordOf !== undefined) return texts.passwordPrompt;
  if (user === undefined) return `${texts.loginPrompt} `;
  if (user.conversation !== undefined) return texts.conversationPrompt(user.conversation);
  return user.room === undefined ? texts.lobbyPrompt : texts.roomPrompt(user.room);
}
