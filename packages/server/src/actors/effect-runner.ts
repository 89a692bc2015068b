import { nameKey, sameName, texts } from '@chat-server/protocol';
import { type ActorRef, ask } from '@chat-server/supervision';
import type { Caller } from '../commands/command';
import type { Effect } from '../commands/effect';
import { refusalLine } from '../commands/refusal-line';
import type { User } from '../domain/user';
import type { ConnectionHost } from './connection-host';
import type { ConnectionMessage } from './connection-message';
import { mayBecome } from './entry';
import { fault } from './fault';
import { Letters } from './letters';
import { roomRights } from './rights';
import type { JoinAnswer, RoomMessage } from './room-message';
import type { Leaving } from './session';
import { settleIn } from './settling-in';

/** How long a room may take to answer. */
const roomTimeoutMs = 10_000;
/** How often a room is asked that ended before it answered. */
const attemptsMax = 3;

/** Carries out for a connection what commands decide. */
export class EffectRunner {
  /** The actor of the room one is in, as far as it is known. */
  #room: ActorRef<RoomMessage> | undefined;
  readonly #letters: Letters;

  constructor(private readonly connection: ConnectionHost) {
    this.#letters = new Letters(connection);
  }

  /** Who asks, for a command. */
  caller(): Caller {
    const { services, context, session } = this.connection;
    const { catalogue: rooms, accounts, directory, moderation, limits, flood } = services;
    const { origin, peer } = session;
    const { address } = peer;
    const { isDrawn, isTerminal: isPrompted, settings } = this.connection.session.client;
    const terminal = isDrawn ? settings : undefined;
    const spoken = (): Promise<void> => this.#spoken();
    const { faultInjection } = services;
    const nowMs = context.now();
    const chat = { directory, rooms, accounts, moderation, limits, nowMs, faultInjection };
    const rights = roomRights(context);
    const who = { user: this.#user, person: session.person, origin, address };
    const network = flood.heldNetwork(address);
    return { ...chat, ...who, rights, network, terminal, isPrompted, spoken };
  }

  async #spoken(): Promise<void> {
    const room = this.connection.room(this.#user.room ?? '');
    if (room !== undefined) {
      await ask<RoomMessage, void>(room, (reply) => ({ type: 'sync', reply }), roomTimeoutMs);
    }
  }

  run(effects: readonly Effect[]): void {
    for (const effect of effects) this.#do(effect);
  }

  joined({ answer, room, attempt }: ConnectionMessage & { type: 'joined' }): void {
    const { connection } = this;
    const { session, services } = connection;
    if (!answer.ok && answer.reason === 'gone' && attempt < attemptsMax) {
      this.join(room, attempt + 1);
      return;
    }
    connection.isBusy = false;
    session.entering = undefined;
    if (answer.ok && answer.value.joined) {
      this.#change({ room: answer.value.room });
      const { room: shown, topic, paceMs, isOwnerless } = answer.value;
      if (topic !== undefined) connection.tell(texts.topic(shown, topic));
      if (paceMs !== undefined) connection.tell(texts.slowMode(shown, paceMs));
      settleIn(connection, shown, isOwnerless);
      return;
    }
    if (answer.ok && !answer.value.joined) {
      const { refusal, room: known, sanction } = answer.value;
      // They have read why they were put out.
      if (refusal === 'put-out') return;
      services.metrics.refused(refusal);
      const held = { sanction, nowMs: connection.context.now() };
      connection.tell(refusalLine(refusal, room, services.limits, known, held));
      return;
    }
    connection.room(room)?.notify({
      type: 'leave',
      origin: session.origin,
      name: session.name,
    });
    connection.tell(texts.joinFailed(room));
  }

  left({ afterwards, room, attempt, answer }: ConnectionMessage & { type: 'left' }): void {
    if (!answer.ok && answer.reason === 'gone' && attempt < attemptsMax) {
      this.leave({ room, afterwards }, attempt + 1);
      return;
    }
    this.connection.isBusy = false;
    this.connection.session.leaving = undefined;
    if (!answer.ok && answer.reason !== 'gone') {
      this.connection.tell(texts.tookTooLong);
      return;
    }
    this.#change({ room: undefined });
    this.run(afterwards);
  }

  removed(room: string): void {
    const { user } = this.connection.session;
    if (user?.room !== undefined && sameName(user.room, room)) this.#change({ room: undefined });
  }

  whispered(from: string, text: string): void {
    if (this.connection.session.user === undefined) return;
    if (this.#user.ignored.has(nameKey(from))) return;
    const { client } = this.connection.session;
    if (client.isDrawn && client.settings.bell !== 'off') client.display.ring();
    this.connection.tell(texts.whispered(from, text));
    this.connection.services.directory.hear(from, this.connection.context.now());
    if (this.#user.replyTo !== from) this.#change({ replyTo: from });
  }

  get #user(): User {
    const { user } = this.connection.session;
    if (user === undefined) throw new Error('a connection without a name has no user');
    return user;
  }

  #change(changes: Partial<User>): void {
    if ('room' in changes) this.#room = undefined;
    this.connection.session.user = { ...this.#user, ...changes };
  }

  #do(effect: Effect): void {
    const { connection } = this;
    switch (effect.do) {
      case 'tell':
        connection.tell(...effect.lines);
        return;
      case 'speak':
        this.speak(effect.kind, effect.text);
        return;
      case 'whisper':
        this.#letters.whisper(this.#user.name, effect.to, effect.text);
        return;
      case 'notify':
        this.#letters.notify(effect.to, effect.line);
        return;
      case 'enter':
        this.#enter(effect.room);
        return;
      case 'leave':
        this.leave({
          room: this.#user.room ?? '',
          afterwards: [{ do: 'tell', lines: [effect.line] }],
        });
        return;
      case 'change':
        this.#changeSettings(effect.user);
        return;
      case 'converse':
        this.#change({ conversation: effect.with });
        connection.tell(texts.conversation(effect.with));
        return;
      case 'draw':
        connection.session.client.changeSettings(effect.settings);
        return;
      case 'clear':
        connection.session.client.clear();
        return;
      case 'quit':
        connection.end(texts.bye, 'quit');
        return;
      case 'ask':
        connection.ask(effect);
        return;
      case 'become':
        this.#become(effect);
        return;
      case 'record':
        connection.services.records.note(effect.record);
        return;
      case 'fault':
        fault(connection, effect.target);
    }
  }

  #become(effect: Effect & { do: 'become' }): void {
    const { connection } = this;
    if (!mayBecome(connection, effect)) return;
    const { room } = this.#user;
    if (room === undefined) connection.become(effect.name, effect.isOperator);
    else this.leave({ room, afterwards: [effect] });
  }

  /** Ends the conversation that one is in. */
  endConversation(): void {
    const { conversation } = this.#user;
    if (conversation === undefined) return;
    this.#change({ conversation: undefined });
    this.connection.tell(texts.conversationEnded(conversation));
  }

  /** Says something in the room one is in. */
  speak(kind: 'said' | 'acted' | 'topic', text: string): void {
    const { connection } = this;
    const { session, services } = connection;
    const { room } = this.#user;
    if (room === undefined) {
      connection.tell(texts.notInRoom);
      return;
    }
    // It will be seen where the room has it.
    if (kind !== 'topic') session.client.withdrawTyped();
    const { inputSinceMs: readAtMs } = session;
    const message: RoomMessage = { type: 'speak', kind, member: session, text, readAtMs };
    let sent = this.#room?.send(message) ?? 'gone';
    if (sent === 'gone') {
      this.#room = connection.room(room);
      sent = this.#room?.send(message) ?? 'gone';
    }
    if (sent !== 'sent') {
      services.metrics.refused('room-busy');
      connection.tell(sent === 'mailbox-full' ? texts.roomBusy : texts.tookTooLong);
    }
  }

  #enter(room: string): void {
    const { room: present } = this.#user;
    if (present === undefined) this.join(room, 1);
    else this.leave({ room: present, afterwards: [{ do: 'enter', room }] });
  }

  join(room: string, attempt = 1): void {
    const { connection } = this;
    const { context, session } = connection;
    const target = connection.room(room);
    if (target === undefined) {
      connection.isBusy = false;
      session.entering = undefined;
      connection.tell(texts.joinFailed(room));
      return;
    }
    const { origin } = session;
    connection.isBusy = true;
    session.entering = room;
    context.ask<RoomMessage, JoinAnswer>(
      target,
      (reply) => ({ type: 'join', member: session, origin, reply }),
      roomTimeoutMs,
      (answer) => ({ type: 'joined', room, attempt, answer, origin }),
    );
  }

  leave(leaving: Leaving, attempt = 1): void {
    const { room, afterwards } = leaving;
    const { connection } = this;
    const { context, session } = connection;
    const target = connection.room(room);
    if (target === undefined) {
      connection.isBusy = false;
      session.leaving = undefined;
      connection.tell(texts.tookTooLong);
      return;
    }
    const { origin, name } = session;
    connection.isBusy = true;
    session.leaving = leaving;
    context.ask<RoomMessage, void>(
      target,
      (reply) => ({ type: 'leave', origin, name, reply }),
      roomTimeoutMs,
      (answer) => ({ type: 'left', room, afterwards, attempt, answer, origin }),
    );
  }

  #changeSettings(changes: Effect & { do: 'change' } extends { user: infer U } ? U : never): void {
    this.#change(changes);
    const { announcer } = this.connection.services;
    const { origin } = this.connection.session;
    const { name, isRegistered = false, isOperator = false } = this.#user;
    if ('away' in changes) announcer.setAway(name, origin, changes.away);
    if ('isRegistered' in changes) {
      announcer.setStanding(name, origin, { isRegistered, isOperator });
    }
  }
}
