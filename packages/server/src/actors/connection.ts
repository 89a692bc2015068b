import { parseLine, sanitizeText, texts } from '@chat-server/protocol';
import type { ActorContext, ActorRef, Behaviour } from '@chat-server/supervision';
import type { ClientInput } from '../clients/client';
import type { Effect, SecretQuestion } from '../commands/effect';
import type { ConnectionHost } from './connection-host';
import type { ConnectionMessage } from './connection-message';
import { depart } from './departure';
import { EffectRunner } from './effect-runner';
import { FloodBrake } from './flood-brake';
import { Login } from './login';
import { roomsName } from './names';
import { RequestRunner } from './request-runner';
import type { RoomMessage } from './room-message';
import { openRoom } from './rooms';
import type { Services } from './services';
import type { Session } from './session';
import { TypingAssistant } from './typing-assistant';

/** What was asked of others. */
type Answered = ConnectionMessage & {
  readonly type: 'account-found' | 'password-checked' | 'claimed' | 'answered' | 'joined' | 'left';
};

/** Lines of one connection handled before others get their turn, and how long that may take. */
const linesPerTurnMax = 64;
const turnMsMax = 2;

/**
 * One connection: it reads lines, has commands carried out, one after another, and shows what comes
 * of it. All that must outlive a crash is in its session; who takes its place goes on with the next
 * line.
 */
export class Connection implements ConnectionHost {
  isBusy = false;
  #effects: EffectRunner;
  #requests: RequestRunner;
  readonly #login: Login;
  /** Whether it waits for others to have their turn. */
  #isYielding = false;
  readonly #assistant: TypingAssistant;
  readonly #brake: FloodBrake;

  constructor(
    readonly session: Session,
    readonly services: Services,
    readonly context: ActorContext<ConnectionMessage>,
  ) {
    this.#effects = new EffectRunner(this);
    this.#requests = new RequestRunner(this, this.#effects);
    this.#login = new Login(this);
    this.#brake = new FloodBrake(this);
    session.attach(context.self);
    this.#assistant = new TypingAssistant(this);
    session.resume();
    if (session.user === undefined) this.#login.begin();
    else if (session.answer !== undefined) this.await(session.answer);
    else if (session.leaving !== undefined) this.#effects.leave(session.leaving);
    else if (session.entering !== undefined) this.#effects.join(session.entering);
    else if (session.user.room !== undefined) this.room(session.user.room);
    if (session.leaving === undefined && session.entering === undefined) {
      session.isFollowing = false;
    }
    this.#brake.settle();
    this.settled();
  }

  receive(message: ConnectionMessage): void {
    if (this.session.hasDeparted && message.type !== 'closed') return;
    if ('origin' in message && message.origin !== this.session.origin) return;
    switch (message.type) {
      case 'input':
        this.session.readInput(this.context.now());
        break;
      case 'continue':
        this.#isYielding = false;
        break;
      case 'delay-over':
        this.#brake.delayOver();
        break;
      case 'no-cursor-report':
      case 'rooms-listed':
        this.#assistant.receive(message);
        return;
      case 'display-failed':
        throw message.error;
      case 'drained':
        this.#drained();
        break;
      case 'closed':
        this.#depart();
        this.services.sessions.remove(this.session);
        this.context.stop();
        return;
      case 'end':
        this.end(message.line, message.reason);
        return;
      case 'account-found':
      case 'password-checked':
      case 'claimed':
      case 'answered':
      case 'joined':
      case 'left':
        this.#answered(message);
        break;
      case 'companions':
        this.#effects.companions.takeOver();
        this.#effects.following.go(message.isAgain);
        break;
      case 'expelled':
        this.#logInAgain(message.line);
        break;
      case 'removed':
        this.#effects.removed(message.room);
        break;
      case 'whispered':
        this.#effects.whispered(message.from, message.text);
        return;
      case 'told':
        this.tell(message.line);
        return;
    }
    this.#work();
  }

  /** What was asked for is there. */
  #answered(message: Answered): void {
    switch (message.type) {
      case 'account-found':
      case 'password-checked':
      case 'claimed':
        this.#login.receive(message);
        return;
      case 'answered':
        this.isBusy = false;
        this.session.answer = undefined;
        if (!message.outcome.ok) throw message.outcome.error;
        this.#effects.run(message.outcome.value);
        return;
      case 'joined':
        this.#effects.joined(message);
        return;
      case 'left':
        this.#effects.left(message);
    }
  }

  settled(): void {
    this.#brake.begin();
    this.#assistant.settled();
    this.session.client.flush();
    this.#brake.worked();
    this.#prioritise();
  }

  /** The message that crashed was this user's line, or about it. */
  apologise(): void {
    this.tell(texts.lineFailed);
    this.session.isPrompted = false;
    this.session.secret = undefined;
    this.session.client.reset();
    this.session.client.flush();
  }

  tell(...lines: readonly string[]): void {
    this.session.client.show(...lines);
  }

  end(line: string, reason: string): void {
    this.tell(line);
    this.#hangUp(reason);
  }

  ask(question: SecretQuestion): void {
    this.session.secret = question;
    this.session.client.askSecret(question.prompt);
  }

  become(name: string, isOperator: boolean): void {
    this.#login.become(name, isOperator);
  }

  logInAgain(line: string): void {
    const { session, services } = this;
    this.#login.giveBack('logged in again');
    session.forgetUser(services.identity.current, this.context.now());
    this.#logInAgain(line);
  }

  room(name: string): ActorRef<RoomMessage> | undefined {
    return openRoom(this.context.whereIs(roomsName), name, this.services);
  }

  /** Lines that were typed as who it was are no names. */
  #logInAgain(line: string): void {
    this.session.dropInput();
    this.isBusy = false;
    this.#effects = new EffectRunner(this);
    this.#requests = new RequestRunner(this, this.#effects);
    this.tell(line);
    this.#login.prompt();
  }

  /** Those who talk go before those who are about to come in, and who need much. */
  #prioritise(): void {
    const { user, needsMuchUntilMs } = this.session;
    this.context.lowPriorityUntilMs = user === undefined ? Infinity : needsMuchUntilMs;
  }

  #depart(): void {
    depart(this.session, this.services, (name) => this.context.whereIs(name));
  }

  #drained(): void {
    const { user, origin } = this.session;
    if (user?.room !== undefined) this.room(user.room)?.notify({ type: 'drained', origin });
  }

  /** Handles lines until one must wait, the peer must be waited for, or it is others' turn. */
  #work(): void {
    const { session } = this;
    this.#brake.begin();
    this.#effects.following.go();
    let workedMs = 0;
    for (let lines = 0; this.#mayGoOn(); lines++) {
      if (lines === linesPerTurnMax || workedMs > turnMsMax) {
        // Whether the peer takes more shows only when it has been given what there is.
        session.client.flush();
        this.#isYielding = true;
        this.context.after(0, { type: 'continue' });
        break;
      }
      const input = session.nextInput();
      if (input === undefined) break;
      if (input !== 'more') this.#handle(input);
      workedMs += this.#brake.worked();
    }
    this.#brake.settle();
    this.#pauseOrResume();
    const isDone = session.hasEnded && !this.isBusy && !session.hasInput;
    if (isDone) this.#hangUp('closed');
  }

  #mayGoOn(): boolean {
    const isFree = !this.isBusy && !this.#isYielding && !this.session.peer.isClogged;
    return isFree && !this.#brake.holds();
  }

  #hangUp(reason: string): void {
    const { session } = this;
    if (session.hasDeparted) return;
    session.closeReason = reason;
    this.#depart();
    session.client.leave();
    session.peer.end();
  }

  #pauseOrResume(): void {
    const { session, services } = this;
    if (session.isBehind(services.limits.inputLinesMax)) session.pause();
    else session.resume();
  }

  #handle(input: ClientInput): void {
    switch (input.kind) {
      case 'quit':
        this.end(texts.bye, 'quit');
        return;
      case 'line-too-long':
        if (!this.#brake.admits()) return;
        this.services.metrics.refused('line-too-long');
        this.session.secret = undefined;
        if (this.session.user === undefined) this.#login.refuse();
        else this.tell(texts.lineTooLong(this.services.limits.lineBytesMax));
        return;
      case 'line':
        this.services.metrics.lineIn();
        this.#line(sanitizeText(input.text));
    }
  }

  #line(text: string): void {
    if (this.session.user === undefined) {
      const isName = this.session.passwordOf === undefined;
      if (this.#brake.admits() && (!isName || this.#brake.admitsLogin())) this.#login.line(text);
      return;
    }
    const { secret } = this.session;
    if (secret !== undefined) {
      this.session.secret = undefined;
      if (this.#brake.admits()) this.#requests.answered(secret, text);
      return;
    }
    const request = parseLine(text);
    if (this.#brake.admits(request)) this.#requests.run(request);
  }

  /** Handles no other line until a command's answer is there; whoever comes after a crash does too. */
  await(answer: Promise<readonly Effect[]>): void {
    this.isBusy = true;
    this.session.answer = answer;
    const { origin } = this.session;
    this.context.pipe(answer, (outcome) => ({ type: 'answered', outcome, origin }));
  }
}

/** What a listener runs for each of its connections. */
export function connectionBehaviour(
  services: Services,
): Behaviour<Session, Connection, ConnectionMessage> {
  return {
    init: (session, context) => new Connection(session, services, context),
    receive(connection, message) {
      connection.receive(message);
      return connection;
    },
    settled(connection) {
      connection.settled();
      return connection;
    },
    failed: (connection) => connection.apologise(),
  };
}
