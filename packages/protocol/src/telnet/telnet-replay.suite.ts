import { LineDecoder } from '../line-decoder';
import type { Input } from '../line-decoder';
import { telnetCode, telnetOption } from './telnet';
import type { NegotiationVerb, TelnetCommand } from './telnet';
import type { TelnetEvent } from './telnet-event';
import { TelnetLink } from './telnet-link';

export type OptionName = keyof typeof telnetOption;

/** The bytes of a negotiation, such as IAC WILL ECHO. */
export function says(verb: NegotiationVerb, option: OptionName | number): Uint8Array {
  const number = typeof option === 'number' ? option : telnetOption[option];
  return Uint8Array.of(telnetCode.iac, telnetCode[verb], number);
}

/** The bytes of a command that stands by itself, such as IAC IP. */
export function commands(verb: 'ip' | 'ayt' | 'nop' | 'eof' | 'ec' | 'el' | 'susp'): Uint8Array {
  return Uint8Array.of(telnetCode.iac, telnetCode[verb]);
}

/** A subnegotiation as a client sends it, its IACs doubled. */
export function tells(option: OptionName, ...payload: readonly number[]): Uint8Array {
  const { iac, sb, se } = telnetCode;
  const doubled = payload.flatMap((byte) => (byte === iac ? [iac, iac] : [byte]));
  return Uint8Array.of(iac, sb, telnetOption[option], ...doubled, iac, se);
}

/** The answer to SB TERMINAL-TYPE SEND. */
export function isType(name: string): Uint8Array {
  return tells('terminalType', 0, ...new TextEncoder().encode(name));
}

export function isSize(columns: number, rows: number): Uint8Array {
  return tells('windowSize', columns >> 8, columns & 255, rows >> 8, rows & 255);
}

export function types(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function together(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

/** What was captured from a client: a chunk a line, each byte as two hexadecimal digits. */
export function fromCapture(hex: string): Uint8Array[] {
  const lines = hex.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) =>
    Uint8Array.from(line.trim().split(/\s+/), (byte) => Number.parseInt(byte, 16)),
  );
}

/** One connection that is read as a server reads it: each command is acted on before what follows. */
export class Replay {
  readonly link = new TelnetLink();
  readonly decoder = new LineDecoder({ lineBytesMax: 1024 });
  /** All that has been sent to the client. */
  readonly sent: number[] = [];
  /** What came from the client and what became of it, a line each. */
  readonly transcript: string[] = [];

  constructor(chunks: Iterable<Uint8Array> = []) {
    for (const chunk of chunks) this.read(chunk);
  }

  /** Reads one more chunk, and gives what that adds to the transcript. */
  read(chunk: Uint8Array): string[] {
    const linesBefore = this.transcript.length;
    let at = 0;
    while (at < chunk.length) {
      const inputs: Input[] = [];
      at = this.decoder.decodeFrom(chunk, at, inputs);
      // What changing the mode releases is added to the inputs, and is looked at in its turn.
      for (const input of inputs) this.#take(input, inputs);
    }
    return this.transcript.slice(linesBefore);
  }

  #take(input: Input, inputs: Input[]): void {
    this.transcript.push(`client: ${wordsOf(input)}`);
    for (const event of this.#eventsOf(input)) {
      if (event.kind === 'send') this.sent.push(...event.bytes);
      if (event.kind === 'mode') this.decoder.setRaw(event.mode === 'terminal', inputs);
      this.transcript.push(this.#eventWords(event));
    }
  }

  #eventsOf(input: Input): readonly TelnetEvent[] {
    if (input.kind === 'telnet') return this.link.receive(input.command);
    return input.kind === 'line' ? this.link.lineRead(input.end) : [];
  }

  #eventWords(event: TelnetEvent): string {
    if (event.kind === 'send') return `server: ${sentWords(event.bytes)}`;
    if (event.kind === 'mode') return `mode: ${event.mode}`;
    if (event.kind !== 'traits') return event.kind;
    const { terminalType, colours, isScreenReader, columns, rows, isUtf8 } = this.link.traits;
    const size = `${columns ?? '?'}x${rows ?? '?'}`;
    const utf8 = isUtf8 === undefined ? [] : [isUtf8 ? 'UTF-8' : 'no UTF-8'];
    const reader = isScreenReader ? ['screen reader'] : [];
    const words = [terminalType ?? '?', `${colours} colours`, size, ...utf8, ...reader];
    return `traits: ${words.join(', ')}`;
  }
}

/** What the server sent, in words. */
export function sentWords(bytes: Uint8Array): string {
  const decoder = new LineDecoder({ lineBytesMax: 0 });
  decoder.setRaw(true, []);
  return decoder.decode(bytes).map(wordsOf).join(', ');
}

function wordsOf(input: Input): string {
  switch (input.kind) {
    case 'line':
      return `${JSON.stringify(input.text)} ${input.end}`;
    case 'line-too-long':
      return 'line too long';
    case 'data':
      return `keys ${JSON.stringify(new TextDecoder().decode(input.bytes))}`;
    case 'telnet':
      return commandWords(input.command);
  }
}

function commandWords(command: TelnetCommand): string {
  const verb = command.verb.toUpperCase();
  if (!('option' in command)) return verb;
  const name = optionName(command.option);
  if (command.verb !== 'sb') return `${verb} ${name}`;
  const [first, ...rest] = command.payload;
  const isText = name === 'terminalType' && first === 0;
  const payload = isText
    ? `IS ${JSON.stringify(String.fromCharCode(...rest))}`
    : Array.from(command.payload).join(' ');
  return `SB ${name} ${payload}`;
}

function optionName(option: number): string {
  const found = Object.entries(telnetOption).find(([, number]) => number === option);
  return found?.[0] ?? String(option);
}
