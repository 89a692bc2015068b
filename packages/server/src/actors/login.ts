import { parseName, texts } from '@chat-server/protocol';
import type { Answer } from '@chat-server/supervision';
import type { Effect } from '../commands/effect';
import type { ConnectionHost } from './connection-host';
import { registryName } from './names';
import type { ClaimAnswer } from './claim-answer';

/** How often a name may be asked for that someone else has. */
const loginsMax = 3;
const claimTimeoutMs = 5_000;

/** From the prompt to the greeting. */
export class Login {
  constructor(private readonly connection: ConnectionHost) {}

  prompt(): void {
    const { session } = this.connection;
    session.isPrompted = true;
    session.client.ask(texts.loginPrompt);
  }

  /** Asks for a name; for one that was asked for before a crash, the registry once more. */
  begin(): void {
    const { claim, isPrompted } = this.connection.session;
    if (claim !== undefined) this.ask(claim);
    else if (!isPrompted) this.prompt();
  }

  /** Asks the registry for a name. */
  ask(text: string): void {
    const { connection } = this;
    const { session, context } = connection;
    const name = parseName(text);
    const registry = context.whereIs(registryName);
    if (name === undefined) {
      this.refuse();
      return;
    }
    if (registry === undefined) {
      this.#again(texts.tookTooLong);
      return;
    }
    const { origin } = session;
    connection.isBusy = true;
    session.claim = name;
    session.claimedAtMs = context.now();
    context.ask<Parameters<typeof registry.send>[0], ClaimAnswer>(
      registry,
      (reply) => ({ type: 'claim', name, session, origin, reply }),
      claimTimeoutMs,
      (answer) => ({ type: 'claimed', name, answer, origin }),
    );
  }

  refuse(): void {
    this.connection.services.metrics.refused('invalid-name');
    // Who has to log in again may have been in the middle of a line.
    if (this.connection.session.returns > 0) this.#again(texts.invalidUsername);
    else this.connection.end(texts.invalidUsername, 'invalid username');
  }

  claimed(name: string, answer: Answer<ClaimAnswer>): void {
    const { connection } = this;
    connection.isBusy = false;
    if (!answer.ok && answer.reason === 'gone') this.ask(name);
    else if (!answer.ok) this.#again(texts.tookTooLong);
    else if (answer.value === 'store-away') this.#again(texts.storeAway);
    else if (answer.value === 'taken') this.#taken(name);
    else this.#welcome(name);
  }

  #welcome(name: string): void {
    const { session, services } = this.connection;
    session.user = { name, ignored: new Set() };
    this.connection.tell(texts.welcome(name), ...services.motd, texts.helpHint);
    const { address } = session.peer;
    services.log.info({ connection: session.number, name, address }, `User connected: ${name}`);
    this.#putBack(name, address);
  }

  /** Whoever had to go a moment ago goes on where they were. */
  #putBack(name: string, address: string): void {
    const { session, services } = this.connection;
    const { origin } = session;
    const answer = services.returns.take(name, address).then((place): readonly Effect[] => {
      if (place === undefined || session.origin !== origin) return [];
      session.back = place;
      return [{ do: 'enter', room: place.room }];
    });
    this.connection.await(answer);
  }

  #taken(name: string): void {
    const { connection } = this;
    connection.session.claim = undefined;
    connection.session.loginsFailed++;
    connection.services.metrics.refused('name-taken');
    if (connection.session.loginsFailed < loginsMax) this.#again(texts.nameInUse(name));
    else connection.end(texts.tooManyLogins, 'too many names in use');
  }

  #again(line: string): void {
    this.connection.session.claim = undefined;
    this.connection.tell(line);
    this.prompt();
  }
}
