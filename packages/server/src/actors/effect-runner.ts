import { nameKey, sameName, texts } from '@chat-server/protocol';
import type { ActorRef } from '@chat-server/supervision';
import type { Effect } from '../commands/effect';
import { refusalLine } from '../commands/refusal-line';
import type { User } from '../domain/user';
import type { ConnectionHost } from './connection-host';
import type { ConnectionMessage } from './connection-message';
import { Companions } from './companions';
import { mayBecome } from './entry';
import { fault } from './fault';
import { Following } from './following';
import { Letters } from './letters';
import { type JoinAnswer, type RoomMessage, roomTimeoutMs } from './room-message';
import type { Leaving } from './session';
import { settleIn } from './settling-in';

/** How often a room is asked that ended before it answered. */
const attemptsMax = 3;

/** Carries out for a connection what commands decide. */
export class EffectRunner {
  /** The actor of the room one is in, as far as it is known. */
  #room: ActorRef<RoomMessage> | undefined;
  readonly #letters: Letters;
  readonly companions: Companions;
  readonly following: Following;

  constructor(private readonly connection: ConnectionHost) {
    this.companions = new Companions(connection);
    this.#letters = new Letters(connection, this.companions);
    this.following = new Following(connection, this.companions, this);
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
      const { room: shown, topic, paceMs, isOwnerless, isQuiet } = answer.value;
      this.following.arrived(shown, isQuiet);
      if (topic !== undefined) connection.tell(texts.topic(shown, topic));
      if (paceMs !== undefined) connection.tell(texts.slowMode(shown, paceMs));
      settleIn(connection, shown, isOwnerless);
      return;
    }
    if (answer.ok && !answer.value.joined) {
      const { refusal, room: known, sanction } = answer.value;
      // They have read why they were put out.
      if (refusal === 'put-out') {
        this.following.gaveUp();
        this.following.removed(room);
        return;
      }
      services.metrics.refused(refusal);
      if (this.following.refused(room)) return;
      const held = { sanction, nowMs: connection.context.now() };
      connection.tell(refusalLine(refusal, room, services.limits, known, held));
      return;
    }
    connection.room(room)?.notify({
      type: 'leave',
      origin: session.origin,
      name: session.name,
    });
    if (!this.following.refused(room)) connection.tell(texts.joinFailed(room));
  }

  left({ afterwards, room, attempt, answer }: ConnectionMessage & { type: 'left' }): void {
    if (!answer.ok && answer.reason === 'gone' && attempt < attemptsMax) {
      this.leave({ room, afterwards }, attempt + 1);
      return;
    }
    this.connection.isBusy = false;
    this.connection.session.leaving = undefined;
    if (!answer.ok && answer.reason !== 'gone') {
      this.following.gaveUp();
      this.connection.tell(texts.tookTooLong);
      return;
    }
    this.#change({ room: undefined });
    if (afterwards.every((effect) => effect.do === 'tell')) this.following.out();
    this.run(afterwards);
  }

  removed(room: string): void {
    const { user } = this.connection.session;
    if (user?.room !== undefined && sameName(user.room, room)) {
      this.#change({ room: undefined });
      this.following.removed(room);
    }
  }

  whispered(from: string, text: string): void {
    if (this.connection.session.user === undefined) return;
    if (this.#user.ignored.has(nameKey(from))) return;
    const { client } = this.connection.session;
    if (client.isDrawn && client.settings.bell !== 'off') client.display.ring();
    this.connection.tell(texts.whispered(from, text));
    this.connection.services.directory.hear(from, this.connection.context.now());
    if (this.#user.replyTo === from) return;
    this.#change({ replyTo: from });
    this.companions.say({ replyTo: from });
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
      case 'log-in-again':
        this.#giveUpName(effect);
        return;
      case 'record':
        connection.services.records.note(effect.record);
        return;
      case 'fault':
        fault(connection, effect.target);
    }
  }

  #giveUpName(effect: Effect & { do: 'become' | 'log-in-again' }): void {
    const { connection } = this;
    if (effect.do === 'become' && !mayBecome(connection, effect)) return;
    const { room } = this.#user;
    if (room !== undefined) this.leave({ room, afterwards: [effect] });
    else if (effect.do === 'become') connection.become(effect.name, effect.isOperator);
    else connection.logInAgain(effect.line);
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
      if (!this.following.refused(room)) connection.tell(texts.joinFailed(room));
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
      this.following.gaveUp();
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
    const { isRegistered, away, ignored } = changes;
    const { announcer } = this.connection.services;
    const { origin } = this.connection.session;
    const { name, isOperator = false } = this.#user;
    if ('away' in changes) {
      announcer.setAway(name, origin, away);
      this.companions.say({ away });
    }
    if (ignored !== undefined) this.companions.say({ ignored: [...ignored] });
    if (isRegistered === undefined) return;
    // The others learn at once that the name was given up, and why.
    if (!isRegistered) this.companions.dismiss();
    announcer.setStanding(name, origin, { isRegistered, isOperator });
    if (isRegistered) this.companions.begin();
  }
}
