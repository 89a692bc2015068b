import { type Request, texts } from '@chat-server/protocol';
import { commandsFor, findCommand } from '../commands/catalogue';
import { isFor } from '../commands/command';
import type { Effect, SecretQuestion } from '../commands/effect';
import { unknownCommand } from '../commands/help';
import { whisperTo } from '../commands/whisper';
import { callerOf } from './caller';
import type { ConnectionHost } from './connection-host';
import type { EffectRunner } from './effect-runner';

/** Has done for a connection what its user asks for with a line. */
export class RequestRunner {
  constructor(
    private readonly connection: ConnectionHost,
    private readonly effects: EffectRunner,
  ) {}

  run(request: Request): void {
    switch (request.kind) {
      case 'empty':
        this.effects.endConversation();
        return;
      case 'say':
        this.#say(request.text);
        return;
      case 'command':
        this.#command(request.name, request.rest);
    }
  }

  /** Goes on with what was asked for in secret. */
  answered({ answered }: SecretQuestion, secret: string): void {
    this.#carryOut(answered(secret.trim()));
  }

  #say(text: string): void {
    const { connection, effects } = this;
    if (this.#isBarred) {
      connection.tell(texts.registrationRequired);
      return;
    }
    if (this.#isSilenced()) return;
    const to = connection.session.user?.conversation;
    if (to === undefined) effects.speak('said', text);
    else effects.run(whisperTo(to, text, callerOf(connection)));
  }

  #command(name: string, rest: string): void {
    const { connection } = this;
    const command = findCommand(name);
    const caller = callerOf(connection);
    if (command === undefined || !isFor(caller.user, command)) {
      connection.tell(unknownCommand(name, commandsFor(caller.user)));
      return;
    }
    if (command.needsRegistration === true && this.#isBarred) {
      connection.tell(texts.registrationRequired);
      return;
    }
    if (command.needsTerminal === true && caller.terminal === undefined) {
      connection.tell(texts.terminalOnly);
      return;
    }
    if (command.isHeard === true && rest !== '' && this.#isSilenced()) return;
    this.#carryOut(command.run(rest, caller));
  }

  /** Whether an operator has muted them, which they are told. */
  #isSilenced(): boolean {
    const { session, services, context } = this.connection;
    const now = context.now();
    const mute = services.sanctions.muteOf(session.name, now);
    if (mute === undefined) return false;
    services.metrics.refused('muted');
    this.connection.tell(texts.mutedOnServer(mute, now));
    return true;
  }

  /** Whether guests have to register first, and this is one. */
  get #isBarred(): boolean {
    const { session, services } = this.connection;
    return services.accounts.registration === 'required' && session.user?.isRegistered !== true;
  }

  #carryOut(answer: readonly Effect[] | Promise<readonly Effect[]>): void {
    if (answer instanceof Promise) this.connection.await(answer);
    else this.effects.run(answer);
  }
}
