import { type LineDecoderOptions, nameKey } from '@chat-server/protocol';
import type { ActorRef } from '@chat-server/supervision';
import { Client, type ClientInput } from '../clients/client';
import type { Display } from '../clients/display';
import type { Effect, SecretQuestion } from '../commands/effect';
import type { FloodGate } from '../domain/flood-gate';
import { type Person, personOf } from '../domain/person';
import type { Place } from '../domain/return';
import { originOf } from '../domain/origin';
import type { Said, SharedState } from '../domain/shared-state';
import type { User } from '../domain/user';
import type { CloseReason, Peer, PeerListener } from '../transports/peer';
import type { ConnectionMessage } from './connection-message';
import { Intake } from './intake';
import type { Member } from './seat';

export interface Leaving {
  readonly room: string;
  readonly afterwards: readonly Effect[];
}

let sessions = 0;

/** Bytes that are looked at before it is asked whether the time is up: lines cost little, keys more. */
const lineBytesAtOnce = 1_024;
const keyBytesAtOnce = 64;

/**
 * As much is read before the actor has had its turn: a socket hands out up to 32 chunks of 64 KB at once
 * to whoever does not stop it.
 */
const intakeBytesMax = 1_024;

const nobody: ReadonlySet<string> = new Set();

/**
 * What outlives a connection's actor: its peer, what has been read from it but not handled, and who
 * it is. An actor that takes the place of one that crashed goes on from here, and the person at the
 * other end stays connected.
 */
export class Session implements PeerListener, Member {
  /** Unique on this node. */
  readonly number = ++sessions;
  /** Unique over all nodes; another one each time it is who it was no longer. */
  origin: string;
  user: User | undefined;
  loginsFailed = 0;
  /** How often it was asked to log in again. */
  returns = 0;
  namelessSinceMs: number;
  lastInputAtMs: number;
  /** When the oldest of what has not been handled was read. */
  inputSinceMs: number;
  /** The name it has asked for or has, to be given back at the end. */
  claim: string | undefined;
  claimedAtMs = 0;
  /** The room it is entering. */
  entering: string | undefined;
  /** Where it was before, while it is on its way back there. */
  back: Place | undefined;
  /** The room it is leaving, and what it does then. */
  leaving: Leaving | undefined;
  /** What its last command will have it do; that is still being worked out. */
  answer: Promise<readonly Effect[]> | undefined;
  /** Whether it has been asked for a name, and not answered. */
  isPrompted = false;
  /** What it has been asked whose answer nobody else is to see. */
  secret: SecretQuestion | undefined;
  /** The registered name that it has been asked the password of. */
  passwordOf: string | undefined;
  /** The name that it has proven to be its own while it logs in, as it was registered. */
  proven: string | undefined;
  /** Whether that name's account is an operator's. */
  isOperatorProven = false;
  /** What is the same for all connections of its account, as far as it knows. */
  shared: SharedState = {};
  /** Whether it enters or leaves a room since another connection of its account has. */
  isFollowing = false;
  /** Where it could not follow the others to. */
  notFollowed: Said<string> | undefined;
  /** Its actor, while there is one. */
  connection: ActorRef<ConnectionMessage> | undefined;
  /** What is done when its peer goes while there is none. */
  leftUnserved: (() => void) | undefined;
  /** Why it is over, once it is. */
  closeReason: string | undefined;
  /** Whether its peer has said that nothing more comes. */
  hasEnded = false;
  /** Whether its peer is gone. */
  isClosed = false;
  /** Whether it has left its room and given back its name. */
  hasDeparted = false;
  readonly client: Client;
  readonly #intake = new Intake();
  #isSignalled = false;
  /** As peers are when they come. */
  #isPaused = true;
  #keptAliveAtMs = 0;

  constructor(
    node: string,
    readonly peer: Peer,
    private readonly now: () => number,
    decoding: LineDecoderOptions,
    /** What it may send. */
    readonly gate: FloodGate,
  ) {
    this.origin = originOf(node, this.number);
    this.lastInputAtMs = now();
    this.namelessSinceMs = this.lastInputAtMs;
    this.inputSinceMs = this.lastInputAtMs;
    this.client = new Client(peer, decoding, now);
    peer.listener = this;
  }

  get name(): string {
    return this.user?.name ?? '';
  }

  get person(): Person {
    return personOf(this.user ?? { name: '', ignored: nobody }, this.origin);
  }

  get ignored(): ReadonlySet<string> {
    return this.user?.ignored ?? nobody;
  }

  get display(): Display {
    return this.client.display;
  }

  get mentionKey(): string | undefined {
    const { isDrawn, settings } = this.client;
    return isDrawn && settings.bell === 'mentions' ? nameKey(this.name) : undefined;
  }

  get needsMuch(): boolean {
    return this.needsMuchUntilMs > this.now();
  }

  get needsMuchUntilMs(): number {
    return this.gate.needsMuchUntilMs(this.now());
  }

  get isGone(): boolean {
    return this.isClosed || this.hasDeparted;
  }

  /** Whether more is waiting than `inputsMax`, or than has been looked at. */
  isBehind(inputsMax: number): boolean {
    return !this.#intake.isEmpty || this.client.isBehind(inputsMax);
  }

  get hasInput(): boolean {
    return this.isBehind(0);
  }

  /** Whether nothing is read from its peer, so that its end would not be seen. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  onData(chunk: Uint8Array): void {
    if (this.hasDeparted) return;
    if (!this.hasInput) {
      this.inputSinceMs = this.now();
      this.gate.arrives(this.inputSinceMs);
    }
    this.#intake.put(chunk);
    if (this.#intake.bytes >= intakeBytesMax) this.pause();
    this.signalInput();
  }

  /** Has its peer read nothing more; what was read is kept. */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.peer.pause();
  }

  /** Has its peer go on reading. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.peer.resume();
  }

  onDrain(): void {
    this.connection?.notify({ type: 'drained' });
  }

  onEnd(): void {
    this.hasEnded = true;
    this.signalInput();
  }

  onClose(reason: CloseReason): void {
    this.isClosed = true;
    this.closeReason ??= reason;
    if (this.connection === undefined) this.leftUnserved?.();
    else this.connection.notify({ type: 'closed' });
  }

  displayFailed(error: unknown): void {
    this.connection?.notify({ type: 'display-failed', error });
  }

  removedFrom(room: string): void {
    this.connection?.notify({ type: 'removed', room });
  }

  /**
   * Sends a telnet client that has been silent for that long a byte of which it shows nothing, since
   * what lies between, a firewall say, may forget a connection that only TCP keeps alive.
   */
  keepAlive(now: number, silenceMs: number): void {
    if (now - Math.max(this.#keptAliveAtMs, this.lastInputAtMs) < silenceMs) return;
    const { keepalive } = this.client;
    if (keepalive === undefined || this.peer.isClogged) return;
    this.#keptAliveAtMs = now;
    this.peer.writeShared(keepalive);
  }

  /** Makes it somebody who has just connected; what is under way for who it was is not for it. */
  forgetUser(node: string, now: number): void {
    this.returns++;
    this.origin = originOf(node, this.number, this.returns);
    this.namelessSinceMs = now;
    this.user = undefined;
    this.claim = undefined;
    this.entering = undefined;
    this.back = undefined;
    this.leaving = undefined;
    this.answer = undefined;
    this.isPrompted = false;
    this.secret = undefined;
    this.passwordOf = undefined;
    this.proven = undefined;
    this.isOperatorProven = false;
    this.forgetOthers();
    this.client.endQuestion();
  }

  /** It is of no account, or of another one. */
  forgetOthers(): void {
    this.shared = {};
    this.isFollowing = false;
    this.notFollowed = undefined;
  }

  /** Gives it an actor, the first or one in the place of another, and tells that one what there is. */
  attach(connection: ActorRef<ConnectionMessage>): void {
    this.connection = connection;
    this.#isSignalled = false;
    if (this.isClosed) connection.notify({ type: 'closed' });
    if (this.hasInput || this.hasEnded) this.signalInput();
  }

  /** Tells the actor, once, that there is something to read. */
  signalInput(): void {
    if (this.#isSignalled || this.connection === undefined) return;
    this.#isSignalled = true;
    this.connection.notify({ type: 'input' });
  }

  /** Takes note that the actor looks. */
  readInput(now: number): void {
    this.#isSignalled = false;
    this.lastInputAtMs = now;
  }

  /**
   * The next input, which is not given again, whatever comes of it; `more` where some of what was
   * read has been looked at, and nothing came of it yet.
   */
  nextInput(): ClientInput | 'more' | undefined {
    const input = this.client.next();
    if (input !== undefined) return input;
    const piece = this.#intake.take(this.#bytesAtOnce);
    if (piece === undefined) return undefined;
    this.gate.read(piece.length, this.now());
    this.client.receive(piece);
    return this.client.next() ?? 'more';
  }

  /** Forgets what was read. */
  dropInput(): void {
    this.#intake.drop();
    this.client.drop();
  }

  get #bytesAtOnce(): number {
    if (this.gate.isOpen) return Infinity;
    return this.client.isTerminal ? keyBytesAtOnce : lineBytesAtOnce;
  }
}
