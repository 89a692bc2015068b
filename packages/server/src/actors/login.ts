import { parseName, texts } from '@chat-server/protocol';
import type { Answer, Settled } from '@chat-server/supervision';
import type { Effect } from '../commands/effect';
import { accountLine } from '../commands/secrets';
import type { Account } from '../domain/account';
import type { Proof, Unproven } from '../domain/accounts';
import type { ClaimAnswer } from './claim-answer';
import type { ConnectionHost } from './connection-host';
import type { ConnectionMessage } from './connection-message';
import { Companions } from './companions';
import { type EntryRefusal, refuseEntry, refuseName } from './entry';
import { moderatorName, registryName } from './names';
import { endRights, roomRights } from './rights';

/** How often a name may be asked for that someone else has, or with a wrong password. */
const loginsMax = 3;
const claimTimeoutMs = 5_000;

type Told = ConnectionMessage & {
  readonly type: 'account-found' | 'password-checked' | 'claimed';
};

/**
 * From the prompt to the greeting. Whoever asks for a name that is registered is asked for its
 * password; that a name is registered shows by that, and nothing else does.
 */
export class Login {
  readonly #companions: Companions;

  constructor(private readonly connection: ConnectionHost) {
    this.#companions = new Companions(connection);
  }

  prompt(): void {
    const { session } = this.connection;
    session.isPrompted = true;
    session.client.ask(texts.loginPrompt);
  }

  /** Asks for a name; for one that was asked for before a crash, once more whose it is. */
  begin(): void {
    const { claim, proven, isPrompted } = this.connection.session;
    if (claim !== undefined && claim === proven) this.#claim(claim);
    else if (claim !== undefined) this.#ask(claim);
    else if (!isPrompted) this.prompt();
  }

  /** Takes a line that was typed: a name, or the password of the one before. */
  line(text: string): void {
    const { session } = this.connection;
    const { passwordOf } = session;
    session.passwordOf = undefined;
    if (passwordOf === undefined) this.#ask(text);
    else if (text.trim() === '') this.#again();
    else this.#prove(passwordOf, text);
  }

  receive(message: Told): void {
    this.connection.isBusy = false;
    switch (message.type) {
      case 'account-found':
        this.#found(message.name, message.isClaimed, message.outcome);
        return;
      case 'password-checked':
        this.#checked(message.name, message.outcome);
        return;
      case 'claimed':
        this.#claimed(message.name, message.answer);
    }
  }

  refuse(): void {
    const { session, services } = this.connection;
    const isAgain = session.returns > 0 || session.passwordOf !== undefined;
    session.passwordOf = undefined;
    services.metrics.refused('invalid-name');
    // Who has to log in again may have been in the middle of a line.
    if (isAgain) this.#again(texts.invalidUsername);
    else this.connection.end(texts.invalidUsername, 'invalid username');
  }

  /** Gives back the name that one has, and takes one that is proven to be one's own. */
  become(name: string, isOperator: boolean): void {
    const { session, context } = this.connection;
    this.giveBack('logged in as another');
    session.user = undefined;
    session.forgetOthers();
    session.namelessSinceMs = context.now();
    this.#proven(name, isOperator);
  }

  /** Gives back the name that one has, for a reason. */
  giveBack(reason: string): void {
    const { session, services, context } = this.connection;
    const { name: before, number: connection, claim, origin, peer, user } = session;
    if (user?.isRegistered !== true) endRights({ name: before, origin }, context);
    if (claim !== undefined) this.#release(claim);
    const { address } = peer;
    services.log.info(
      { connection, name: before, address, reason },
      `User disconnected: ${before}`,
    );
  }

  /** Finds out whose a name is. */
  #ask(text: string): void {
    const { session } = this.connection;
    const name = parseName(text);
    session.passwordOf = undefined;
    session.proven = undefined;
    if (name === undefined) {
      this.refuse();
      return;
    }
    const { services, context } = this.connection;
    const refusal = refuseName(services.sanctions, name, context.now());
    if (refusal !== undefined) {
      this.#turnAway(refusal);
      return;
    }
    session.claim = name;
    this.#find(name, false);
  }

  #find(name: string, isClaimed: boolean): void {
    const { connection } = this;
    const { origin } = connection.session;
    connection.isBusy = true;
    connection.context.pipe(connection.services.accounts.find(name), (outcome) => ({
      type: 'account-found',
      name,
      outcome,
      isClaimed,
      origin,
    }));
  }

  /**
   * A name that is nobody's is claimed, and looked at once more: someone may have registered it, and
   * left, in between. While it is claimed, no one else can. One that was proven is looked at again
   * too: another connection may have given it up meanwhile.
   */
  #found(
    name: string,
    isClaimed: boolean,
    outcome: Settled<Account | undefined | 'store-away'>,
  ): void {
    if (!outcome.ok) throw outcome.error;
    const account = outcome.value;
    const { session } = this.connection;
    const isProven = session.proven === name;
    if (isClaimed && isProven === (account !== undefined) && account !== 'store-away') {
      session.isOperatorProven = account?.isOperator === true;
      this.#welcome(name);
      return;
    }
    if (isClaimed) this.#release(name);
    if (account === undefined) {
      const refusal = this.#refusalOf(name, false);
      if (isClaimed) this.#again(texts.notRegisteredNow(name));
      else if (refusal !== undefined) this.#turnAway(refusal);
      else this.#claim(name);
    } else if (account === 'store-away') this.#again(texts.storeAway);
    else this.#askPassword(account.name);
  }

  #release(name: string): void {
    const { session, context } = this.connection;
    const { origin } = session;
    context.whereIs(registryName)?.notify({ type: 'release', name, origin });
  }

  #askPassword(name: string): void {
    const { session } = this.connection;
    session.passwordOf = name;
    this.connection.tell(texts.nameRegistered(name));
    session.client.askSecret(texts.passwordPrompt);
  }

  #prove(name: string, password: string): void {
    const { connection } = this;
    const { origin, peer } = connection.session;
    connection.isBusy = true;
    const proof = connection.services.accounts.prove(name, password, peer.address);
    connection.context.pipe(proof, (outcome) => ({
      type: 'password-checked',
      name,
      outcome,
      origin,
    }));
  }

  #checked(name: string, outcome: Settled<Proof>): void {
    if (!outcome.ok) throw outcome.error;
    const proof = outcome.value;
    if (proof.ok) this.#proven(proof.account.name, proof.account.isOperator === true);
    else this.#unproven(name, proof.why);
  }

  #unproven(name: string, why: Unproven): void {
    const { session, services } = this.connection;
    services.metrics.refused(why === 'wrong' ? 'wrong-password' : why);
    if (why !== 'wrong') {
      this.#again(accountLine(why, name));
      return;
    }
    const { number: connection, peer } = session;
    const { address } = peer;
    services.log.warn({ connection, name, address }, `Wrong password for: ${name}`);
    session.loginsFailed++;
    if (session.loginsFailed < loginsMax) this.#again(texts.wrongPassword);
    else this.connection.end(texts.tooManyPasswords, 'too many wrong passwords');
  }

  #proven(name: string, isOperator: boolean): void {
    const { session } = this.connection;
    session.proven = name;
    session.isOperatorProven = isOperator;
    this.#claim(name);
  }

  /** Asks the registry for a name. */
  #claim(name: string): void {
    const { connection } = this;
    const { session, context } = connection;
    const registry = context.whereIs(registryName);
    if (registry === undefined) {
      this.#again(texts.tookTooLong);
      return;
    }
    const { origin } = session;
    const isShared = session.proven === name;
    connection.isBusy = true;
    session.claim = name;
    session.claimedAtMs = context.now();
    context.ask<Parameters<typeof registry.send>[0], ClaimAnswer>(
      registry,
      (reply) => ({ type: 'claim', name, session, origin, isShared, reply }),
      claimTimeoutMs,
      (answer) => ({ type: 'claimed', name, answer, origin }),
    );
  }

  #claimed(name: string, answer: Answer<ClaimAnswer>): void {
    if (!answer.ok && answer.reason === 'gone') this.#claim(name);
    else if (!answer.ok) this.#again(texts.tookTooLong);
    else if (answer.value === 'store-away') this.#again(texts.storeAway);
    else if (answer.value === 'claimed') this.#find(name, true);
    else this.#taken(name, answer.value);
  }

  #welcome(name: string): void {
    const { session, services, context } = this.connection;
    const isRegistered = session.proven === name;
    const isOperator = isRegistered && session.isOperatorProven;
    const refusal = this.#refusalOf(name, isRegistered);
    if (refusal !== undefined) {
      this.#release(name);
      this.#turnAway(refusal);
      return;
    }
    session.user = {
      name,
      ignored: new Set(),
      ...(isRegistered && { isRegistered }),
      ...(isOperator && { isOperator }),
    };
    // They may have been taken since they were proven.
    if (isOperator) context.whereIs(moderatorName)?.notify({ type: 'verify', session });
    this.connection.tell(texts.welcome(name), ...services.motd, texts.helpHint);
    this.#companions.takeOver();
    const { address } = session.peer;
    services.log.info({ connection: session.number, name, address }, `User connected: ${name}`);
    this.#putBack(address);
  }

  /** Whoever had to go a moment ago goes on where they were. */
  #putBack(address: string): void {
    const { session, services, context } = this.connection;
    const { origin, person } = session;
    const back = services.returns.take(person, address, roomRights(context));
    const answer = back.then((place): readonly Effect[] => {
      if (place === undefined || session.origin !== origin) return [];
      session.back = place;
      // Others of theirs are still there, or have gone on.
      if (this.#companions.others.length > 0 && session.shared.room !== undefined) return [];
      return [{ do: 'enter', room: place.room }];
    });
    this.connection.await(answer);
  }

  #refusalOf(name: string, isRegistered: boolean): EntryRefusal | undefined {
    const { session, services, context } = this.connection;
    const isOperator = isRegistered && session.isOperatorProven;
    return refuseEntry(services.sanctions, { name, isRegistered, isOperator }, context.now());
  }

  #taken(name: string, why: 'taken' | 'full'): void {
    const { limits } = this.connection.services;
    const full = texts.accountFull(name, limits.connectionsPerAccountMax);
    const refusal: EntryRefusal =
      why === 'full'
        ? { reason: 'account-full', line: full }
        : { reason: 'name-taken', line: texts.nameInUse(name) };
    this.#turnAway(refusal, texts.tooManyLogins);
  }

  /** Someone may not come in by that name, and maybe by another one. */
  #turnAway({ reason, line }: EntryRefusal, goodbye = line): void {
    const { connection } = this;
    connection.session.loginsFailed++;
    connection.services.metrics.refused(reason);
    if (connection.session.loginsFailed < loginsMax) this.#again(line);
    else connection.end(goodbye, reason);
  }

  #again(...lines: readonly string[]): void {
    const { session } = this.connection;
    session.claim = undefined;
    session.proven = undefined;
    session.isOperatorProven = false;
    this.connection.tell(...lines);
    this.prompt();
  }
}
