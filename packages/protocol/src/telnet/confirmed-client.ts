import { identifyClient, mttsBits } from './client-identity';
import type { ClientManner } from './client-identity';
import { unknownTraits } from './client-traits';
import type { ClientTraits } from './client-traits';
import { Negotiation, sideOf } from './negotiation';
import type { OptionPolicy, OptionSide } from './negotiation';
import { readTerminalType, readWindowSize, terminalTypeSend } from './subnegotiation';
import { telnetCode, telnetOption } from './telnet';
import type { NegotiationVerb, TelnetCommand } from './telnet';
import { controlOf } from './telnet-event';
import type { ClientMode, TelnetEvent } from './telnet-event';

const { iac, will, eor, ga } = telnetCode;
const { echo, suppressGoAhead, timingMark, terminalType, endOfRecord, windowSize } = telnetOption;

// A client's own name, its terminal's and its MTTS bits are three answers, and one more for the
// repetition that ends a list.
const namesMax = 4;
// Some lines may be on their way already when the question is sent. Whoever answers later than that
// is heard all the same.
const linesUnansweredMax = 3;

const timingMarkAnswer: Uint8Array = Uint8Array.of(iac, will, timingMark);
const goAhead: Uint8Array = Uint8Array.of(iac, ga);
const recordEnd: Uint8Array = Uint8Array.of(iac, eor);
const nothing: readonly TelnetEvent[] = [];

/**
 * The telnet side of a client that has shown that it speaks telnet: asks for its window's size and
 * its terminal type, and has a real terminal that is told of that way send its keys.
 *
 * ECHO and SUPPRESS-GO-AHEAD that a client asks for before it is known are held, and answered when
 * it is. BINARY is refused in both directions: UTF-8 passes without, and a CR would no longer be
 * followed by the LF or NUL that line ends are told by (RFC 856).
 */
export class ConfirmedClient {
  mode: ClientMode = 'plain';
  traits: ClientTraits = unknownTraits;
  readonly #negotiation = new Negotiation();
  /** Undefined until it is known, or given up. */
  #manner: ClientManner | undefined;
  /** Undefined when no more are asked for. */
  #names: string[] | undefined = [];
  #mtts: number | undefined;
  #isAskedForName = false;
  #isTerminalWanted = false;
  #linesUnanswered = 0;

  /** `isEchoHidden`: nothing is to be shown of what is typed now, whatever kind of client it is. */
  constructor(private isEchoHidden = false) {}

  /** Begins with the command that gave the client away; `isProbed` if DO TERMINAL-TYPE was sent. */
  begin(command: TelnetCommand, isProbed: boolean): readonly TelnetEvent[] {
    const sizeWanted = this.#negotiation.want('him', windowSize, true);
    const typeWanted = this.#negotiation.want('him', terminalType, true);
    const echoTaken = this.isEchoHidden ? this.#negotiation.want('us', echo, true) : undefined;
    const bytes = [
      ...(sizeWanted ?? []),
      ...(isProbed ? [] : (typeWanted ?? [])),
      ...(echoTaken ?? []),
    ];
    return this.receive(command, bytes);
  }

  receive(command: TelnetCommand, bytes: number[] = []): readonly TelnetEvent[] {
    const control = controlOf(command);
    if (control !== undefined) return [control];
    const before = this.traits;
    if (command.verb === 'sb') this.#subnegotiate(command.option, command.payload, bytes);
    else if ('option' in command) this.#negotiate(command.verb, command.option, bytes);
    return this.#eventsSince(before, bytes);
  }

  /** A client that was asked who it is and goes on with its lines instead is taken as it is. */
  lineRead(): readonly TelnetEvent[] {
    if (this.#names === undefined || this.#linesUnanswered === linesUnansweredMax) return nothing;
    this.#linesUnanswered += 1;
    if (this.#linesUnanswered < linesUnansweredMax) return nothing;
    const before = this.traits;
    const bytes: number[] = [];
    this.#judge(this.#names, bytes);
    return this.#eventsSince(before, bytes);
  }

  /** Whether it is in line mode and shows nothing of what is typed. */
  get showsNoEcho(): boolean {
    return this.mode !== 'terminal' && this.#negotiation.state('us', echo) === 'yes';
  }

  /** Has it show nothing of what is typed, or show it again; the answer is what to send. */
  hideEcho(isHidden: boolean): Uint8Array | undefined {
    this.isEchoHidden = isHidden;
    return this.#negotiation.want('us', echo, isHidden || this.#isTerminalWanted);
  }

  get promptEnd(): Uint8Array | undefined {
    if (this.mode !== 'line') return undefined;
    if (this.#negotiation.state('us', endOfRecord) === 'yes') return recordEnd;
    return this.#manner === 'mud' ? goAhead : undefined;
  }

  #negotiate(verb: NegotiationVerb, option: number, bytes: number[]): void {
    if (option === timingMark && verb === 'do') {
      // No state, but a mark in the stream, wanted anew each time (RFC 860).
      bytes.push(...timingMarkAnswer);
      return;
    }
    const answer = this.#negotiation.receive(verb, option, this.#policy(sideOf(verb), option));
    bytes.push(...(answer ?? []));
    // Who wants to go on showing it is not asked again and again.
    if (verb === 'dont' && option === echo) this.isEchoHidden = false;
    // Either of them without the other would show what is typed twice, or not at all.
    if (verb === 'dont' && isOfTerminal(option)) this.#wantTerminal(false, bytes);
    if (option !== terminalType || this.#names === undefined) return;
    if (verb === 'will') this.#askForName(bytes);
    else if (verb === 'wont') this.#conclude(this.#names, bytes);
  }

  #policy(side: OptionSide, option: number): OptionPolicy {
    if (side === 'him') {
      const isOfUse =
        option === windowSize || option === terminalType || option === suppressGoAhead;
      return isOfUse ? 'accept' : 'refuse';
    }
    if (option === endOfRecord) return 'accept';
    if (!isOfTerminal(option)) return 'refuse';
    if (this.#manner === undefined) return 'hold';
    return this.#manner === 'terminal' ? 'accept' : 'refuse';
  }

  #subnegotiate(option: number, payload: Uint8Array, bytes: number[]): void {
    if (option === windowSize) {
      const size = readWindowSize(payload);
      if (size !== undefined) this.#setTraits(size);
    } else if (option === terminalType && this.#isAskedForName && this.#names !== undefined) {
      const name = readTerminalType(payload);
      if (name !== undefined) this.#takeName(name, this.#names, bytes);
    }
  }

  #askForName(bytes: number[]): void {
    if (this.#isAskedForName) return;
    this.#isAskedForName = true;
    bytes.push(...terminalTypeSend);
  }

  #takeName(name: string, names: string[], bytes: number[]): void {
    this.#isAskedForName = false;
    this.#mtts = mttsBits(name);
    const isRepeated = names.includes(name);
    if (this.#mtts === undefined && !isRepeated) names.push(name);
    const isLast = this.#mtts !== undefined || isRepeated || names.length === namesMax;
    if (isLast) this.#conclude(names, bytes);
    else this.#askForName(bytes);
  }

  #conclude(names: readonly string[], bytes: number[]): void {
    this.#names = undefined;
    this.#judge(names, bytes);
  }

  #judge(names: readonly string[], bytes: number[]): void {
    const { manner, ...identity } = identifyClient(names, this.#mtts);
    this.#manner = manner;
    this.#setTraits(identity);
    this.#wantTerminal(manner === 'terminal', bytes);
  }

  #wantTerminal(isOn: boolean, bytes: number[]): void {
    this.#isTerminalWanted = isOn;
    bytes.push(...(this.#negotiation.want('us', echo, isOn || this.isEchoHidden) ?? []));
    bytes.push(...(this.#negotiation.want('us', suppressGoAhead, isOn) ?? []));
  }

  /** The traits are replaced only when one of them is another, which is how a change is noticed. */
  #setTraits(told: Partial<ClientTraits>): void {
    const next = { ...this.traits, ...told };
    const names = Object.keys(next) as (keyof ClientTraits)[];
    if (names.some((name) => next[name] !== this.traits[name])) this.traits = next;
  }

  #modeNow(): ClientMode {
    if (this.#manner === undefined) return this.mode;
    const states = [echo, suppressGoAhead].map((option) => this.#negotiation.state('us', option));
    if (states.every((state) => state === 'yes')) return 'terminal';
    const isUnderWay = states.every((state) => state === 'yes' || state === 'want-yes');
    return isUnderWay ? this.mode : 'line';
  }

  #eventsSince(before: ClientTraits, bytes: readonly number[]): readonly TelnetEvent[] {
    const events: TelnetEvent[] = [];
    if (bytes.length > 0) events.push({ kind: 'send', bytes: Uint8Array.from(bytes) });
    if (this.traits !== before) events.push({ kind: 'traits' });
    const mode = this.#modeNow();
    if (mode !== this.mode) events.push({ kind: 'mode', mode });
    this.mode = mode;
    return events;
  }
}

function isOfTerminal(option: number): boolean {
  return option === echo || option === suppressGoAhead;
}
