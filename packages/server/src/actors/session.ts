import { type Input, LineDecoder, type LineDecoderOptions } from '@chat-server/protocol';
import type { ActorRef } from '@chat-server/supervision';
import type { Effect } from '../commands/effect';
import { originOf } from '../domain/origin';
import type { User } from '../domain/user';
import type { CloseReason, Peer, PeerListener } from '../transports/peer';
import type { ConnectionMessage } from './connection-message';
import type { Member } from './seat';

export interface Leaving {
  readonly room: string;
  readonly afterwards: readonly Effect[];
}

let sessions = 0;

const none: readonly Input[] = [];
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
  /** The name it has asked for or has, to be given back at the end. */
  claim: string | undefined;
  claimedAtMs = 0;
  /** The room it is entering. */
  entering: string | undefined;
  /** The room it is leaving, and what it does then. */
  leaving: Leaving | undefined;
  /** What its last command will have it do; that is still being worked out. */
  answer: Promise<readonly Effect[]> | undefined;
  /** Whether it has been asked for a name, and not answered. */
  isPrompted = false;
  /** Its actor, while there is one. */
  connection: ActorRef<ConnectionMessage> | undefined;
  /** Why it is over, once it is. */
  closeReason: string | undefined;
  /** Whether its peer has said that nothing more comes. */
  hasEnded = false;
  /** Whether its peer is gone. */
  isClosed = false;
  /** Whether it has left its room and given back its name. */
  hasDeparted = false;
  readonly #decoder: LineDecoder;
  #chunks: Uint8Array[] | undefined;
  /** Of the chunk at hand, and how many of them have been taken. */
  #inputs: readonly Input[] = none;
  #inputsTaken = 0;
  #isSignalled = false;

  constructor(
    node: string,
    readonly peer: Peer,
    readonly connectedAtMs: number,
    decoding: LineDecoderOptions,
  ) {
    this.origin = originOf(node, this.number);
    this.lastInputAtMs = connectedAtMs;
    this.namelessSinceMs = connectedAtMs;
    this.#decoder = new LineDecoder(decoding);
    peer.listener = this;
  }

  get name(): string {
    return this.user?.name ?? '';
  }

  get ignored(): ReadonlySet<string> {
    return this.user?.ignored ?? nobody;
  }

  get isGone(): boolean {
    return this.isClosed || this.hasDeparted;
  }

  /** Whether more is waiting than `inputsMax`, or than has been looked at. */
  isBehind(inputsMax: number): boolean {
    return this.#chunks !== undefined || this.#inputs.length - this.#inputsTaken > inputsMax;
  }

  get hasInput(): boolean {
    return this.isBehind(0);
  }

  onData(chunk: Uint8Array): void {
    if (this.hasDeparted) return;
    (this.#chunks ??= []).push(chunk);
    this.signalInput();
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
    this.connection?.notify({ type: 'closed' });
  }

  removedFrom(room: string): void {
    this.connection?.notify({ type: 'removed', room });
  }

  /** Makes it somebody who has just connected; what is under way for who it was is not for it. */
  forgetUser(node: string, now: number): void {
    this.returns++;
    this.origin = originOf(node, this.number, this.returns);
    this.namelessSinceMs = now;
    this.user = undefined;
    this.claim = undefined;
    this.entering = undefined;
    this.leaving = undefined;
    this.answer = undefined;
    this.isPrompted = false;
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

  /** The next input, which is not given again, whatever comes of it. */
  nextInput(): Input | undefined {
    while (this.#inputsTaken === this.#inputs.length) {
      const chunk = this.#chunks?.shift();
      if (this.#chunks?.length === 0) this.#chunks = undefined;
      this.#inputs = chunk === undefined ? none : this.#decoder.decode(chunk);
      this.#inputsTaken = 0;
      if (chunk === undefined) return undefined;
    }
    return this.#inputs[this.#inputsTaken++];
  }

  /** Forgets what was read. */
  dropInput(): void {
    this.#chunks = undefined;
    this.#inputs = none;
    this.#inputsTaken = 0;
  }
}
