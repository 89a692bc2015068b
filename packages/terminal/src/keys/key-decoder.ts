import { sanitizeText } from '@chat-server/protocol';
import type { Key, KeyName } from './key';
import { keyOfSequence, parametersLengthMax } from './key-sequence';
import { PasteReader } from './paste-reader';
import { Utf8Decoder } from './utf8-decoder';

export interface KeyDecoderOptions {
  /** The bytes of one bracketed paste as the terminal sends it, without its marks. */
  readonly pasteBytesMax: number;
}

type State =
  | 'text'
  | 'escape'
  | 'escape-escape'
  | 'csi'
  | 'ss3'
  // OSC or DCS, up to ST, BEL or any other control.
  | 'string'
  // Characters that belong to a sequence although they stand behind its end.
  | 'rest';

const nul = 0x00;
const backspace = 0x08;
const lf = 0x0a;
const cr = 0x0d;
const bel = 0x07;
const escape = 0x1b;
const del = 0x7f;

const nameByControl: ReadonlyMap<number, KeyName> = new Map([
  [0x01, 'home'],
  [0x02, 'left'],
  [0x03, 'interrupt'],
  [0x04, 'end-of-input'],
  [0x05, 'end'],
  [0x06, 'right'],
  [bel, 'cancel'],
  [backspace, 'backspace'],
  [0x09, 'tab'],
  [lf, 'enter'],
  [0x0b, 'delete-to-end'],
  [0x0c, 'clear-screen'],
  [cr, 'enter'],
  [0x0e, 'down'],
  [0x10, 'up'],
  [0x12, 'search-history'],
  [0x14, 'transpose'],
  [0x15, 'delete-to-start'],
  [0x17, 'rubout-word'],
  [0x19, 'yank'],
  [del, 'backspace'],
]);
const nameByAlt: ReadonlyMap<string, KeyName> = new Map([
  ['b', 'word-left'],
  ['d', 'delete-word-right'],
  ['f', 'word-right'],
]);

// The end of a text that a joiner may follow, or that one has followed: see sanitizeText.
const joinable = /\p{Extended_Pictographic}(?:\uFE0F|[\u{1F3FB}-\u{1F3FF}]){0,2}\u200D?$/v;
const joinableLengthMax = 7;
const joiner = '\u200D';

/**
 * Turns the bytes of one terminal in character mode, telnet commands already taken out, into keys
 * (xterm's ctlseqs, ECMA-48, readline). However the bytes are cut, the keys are the same, except
 * that adjacent characters of one chunk come as one text.
 *
 * CR, CR LF, CR NUL and LF are one Enter each. Text is UTF-8, with U+FFFD for what is broken, and
 * sanitised; a joiner waits for the emoji that it joins. A sequence that is no key here (function
 * keys, mouse, focus, replies that nobody asked for) is left out as a whole, and so is Alt with a
 * character that means nothing here. A sequence that another control breaks off is left out, and
 * the control is read.
 *
 * There is no clock here, so a single ESC waits for the next byte: it is `escape` when that is ESC
 * too, and then at once. A CSI behind it is a key with Alt, which therefore comes after `escape`.
 *
 * Between keys nothing is held but a few numbers; within a sequence some 20 characters, and within
 * a paste up to `pasteBytesMax` bytes. Never throws.
 */
export class KeyDecoder {
  private readonly options: KeyDecoderOptions;
  private readonly utf8 = new Utf8Decoder();
  private state: State = 'text';
  private isAfterCr = false;
  private isAfterEscape = false;
  private parameters = '';
  private restBytes = 0;
  private paste: PasteReader | undefined;
  private typed = '';
  private joinableTail = '';

  constructor(options: KeyDecoderOptions) {
    this.options = options;
  }

  /** The keys that this chunk completes. Time is linear in the chunk; the chunk is not kept. */
  decode(bytes: Uint8Array): Key[] {
    const keys: Key[] = [];
    for (const byte of bytes) {
      if (this.paste === undefined) this.read(byte, keys);
      else this.readPaste(this.paste, byte, keys);
    }
    this.endText(keys);
    return keys;
  }

  private read(byte: number, keys: Key[]): void {
    switch (this.state) {
      case 'text':
        return this.readText(byte, keys);
      case 'escape':
        return this.readAfterEscape(byte, keys);
      case 'escape-escape':
        if (byte === codeOf('[')) return this.beginSequence('csi', true);
        return this.readAgain(byte, keys);
      case 'csi':
      case 'ss3':
        return this.readSequence(this.state, byte, keys);
      case 'string':
        if (byte === bel) this.state = 'text';
        else if (isControl(byte)) this.readAgain(byte, keys);
        return;
      case 'rest':
        if (isControl(byte)) return this.readAgain(byte, keys);
        this.restBytes -= 1;
        if (this.restBytes === 0) this.state = 'text';
    }
  }

  private readText(byte: number, keys: Key[]): void {
    const isLineEndOver = this.isAfterCr && (byte === lf || byte === nul);
    this.isAfterCr = byte === cr;
    if (isLineEndOver) return;
    if (!isControl(byte)) {
      this.typed += this.utf8.read(byte);
      return;
    }
    this.breakText(keys);
    if (byte === escape) this.state = 'escape';
    const name = nameByControl.get(byte);
    if (name !== undefined) keys.push({ kind: 'key', name });
  }

  private readAfterEscape(byte: number, keys: Key[]): void {
    if (byte === escape) {
      this.state = 'escape-escape';
      keys.push({ kind: 'key', name: 'escape' });
      return;
    }
    if (byte === backspace || byte === del) {
      this.state = 'text';
      keys.push({ kind: 'key', name: 'delete-word-left' });
      return;
    }
    if (isControl(byte) || byte > del) return this.readAgain(byte, keys);
    const character = String.fromCharCode(byte);
    if (character === '[') return this.beginSequence('csi', false);
    if (character === 'O') return this.beginSequence('ss3', false);
    // The ST behind a string is ESC \, which is Alt with a character that means nothing.
    this.state = character === ']' || character === 'P' ? 'string' : 'text';
    const name = nameByAlt.get(character.toLowerCase());
    if (name !== undefined) keys.push({ kind: 'key', name });
  }

  private beginSequence(introducer: 'csi' | 'ss3', isAfterEscape: boolean): void {
    this.state = introducer;
    this.isAfterEscape = isAfterEscape;
    this.parameters = '';
  }

  private readSequence(introducer: 'csi' | 'ss3', byte: number, keys: Key[]): void {
    if (isControl(byte) || byte > del) return this.readAgain(byte, keys);
    const character = String.fromCharCode(byte);
    if (byte < 0x40) {
      // One more than allowed is kept, and tells that there were too many.
      if (this.parameters.length <= parametersLengthMax) this.parameters += character;
      return;
    }
    const { parameters, isAfterEscape } = this;
    this.parameters = '';
    this.restBytes = parameters === '' && introducer === 'csi' ? restBytesAfter(character) : 0;
    this.state = this.restBytes > 0 ? 'rest' : 'text';
    const key = keyOfSequence({ introducer, parameters, final: character, isAfterEscape });
    if (key === 'paste-start') this.paste = new PasteReader(this.options.pasteBytesMax);
    else if (key !== undefined) keys.push(key);
  }

  private readPaste(paste: PasteReader, byte: number, keys: Key[]): void {
    if (!paste.read(byte)) return;
    this.paste = undefined;
    keys.push({ kind: 'paste', text: paste.text() });
  }

  private readAgain(byte: number, keys: Key[]): void {
    this.state = 'text';
    this.parameters = '';
    this.readText(byte, keys);
  }

  /** Ends a text for good: nothing that comes later can be joined to it. */
  private breakText(keys: Key[]): void {
    this.typed += this.utf8.end();
    this.endText(keys);
    this.joinableTail = '';
  }

  /** Ends the text of a chunk, which the next one may go on with. */
  private endText(keys: Key[]): void {
    const { typed, joinableTail } = this;
    if (typed === '') return;
    const whole = joinableTail + typed;
    const known = joinableTail.endsWith(joiner) ? joinableTail.slice(0, -1) : joinableTail;
    const text = sanitizeText(whole).slice(known.length);
    if (text !== '') keys.push({ kind: 'text', text });
    this.typed = '';
    this.joinableTail = joinable.exec(whole.slice(-joinableLengthMax))?.[0] ?? '';
  }
}

function isControl(byte: number): boolean {
  return byte < 0x20 || byte === del;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

/** A mouse of the oldest kind tells its button and place in three more, Linux' F1 to F5 one. */
function restBytesAfter(final: string): number {
  if (final === 'M') return 3;
  return final === '[' ? 1 : 0;
}
