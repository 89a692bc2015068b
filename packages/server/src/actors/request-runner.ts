import { type Request, texts } from '@chat-server/protocol';
import { commands, findCommand } from '../commands/catalogue';
import type { Effect, SecretQuestion } from '../commands/effect';
import { unknownCommand } from '../commands/help';
import { whisperTo } from '../commands/whisper';
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
    const to = connection.session.user?.conversation;
    if (to === undefined) effects.speak('said', text);
    else effects.run(whisperTo(to, text, effects.caller()));
  }

  #command(name: string, rest: string): void {
    const { connection } = this;
    const command = findCommand(name);
    if (command === undefined) {
      connection.tell(unknownCommand(name, commands));
      return;
    }
    const caller = this.effects.caller();
    if (command.needsRegistration === true && this.#isBarred) {
      connection.tell(texts.registrationRequired);
      return;
    }
    if (command.needsTerminal === true && caller.terminal === undefined) {
      connection.tell(texts.terminalOnly);
      return;
    }
    this.#carryOut(command.run(rest, caller));
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
