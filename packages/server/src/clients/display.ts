import { toWire } from '@chat-server/protocol';
import { type Around, type Look, renderLine, type Terminal } from '@chat-server/terminal';
import type { Peer } from '../transports/peer';

/**
 * What a person sees of the chat. What is shown is gathered until `flush`, but for what is shared
 * with others, which is sent at once, behind what was gathered.
 */
export interface Display {
  /** How its lines are drawn; undefined where they are shown as they are on the wire. */
  readonly look: Look | undefined;
  /** Whether one's own words are shown in the room's order, since nothing else shows them. */
  readonly showsOwnWords: boolean;
  /** Shows one line of the chat, which happened at `atMs`. */
  show(line: string, atMs: number): void;
  /** Shows lines that were drawn for this look. */
  showDrawn(lines: string): void;
  /** The same, of memory that many may share. */
  showShared(lines: Uint8Array): void;
  /** Calls for attention. */
  ring(): void;
  flush(): void;
}

const none = new Uint8Array();

/** One line of the chat as a look has it. */
export function drawLine(line: string, look: Look | undefined, atMs: number): string {
  return look === undefined ? toWire(line) : renderLine(line, look, atMs);
}

/** Lines, for programs and for clients that edit lines themselves. */
export class LineDisplay implements Display {
  readonly showsOwnWords = false;

  constructor(
    private readonly peer: Peer,
    readonly look: Look | undefined,
  ) {}

  show(line: string, atMs: number): void {
    this.peer.write(drawLine(line, this.look, atMs));
  }

  showDrawn(lines: string): void {
    this.peer.write(lines);
  }

  showShared(lines: Uint8Array): void {
    this.peer.writeShared(lines);
  }

  ring(): void {
    if (this.look !== undefined && !this.look.isScreenReader) this.peer.write('\u0007');
  }

  flush(): void {
    this.peer.flush();
  }
}

/** A terminal, on which the server edits the line that is being typed. */
export class TerminalDisplay implements Display {
  readonly showsOwnWords = true;
  #around: Around | undefined;
  #before: Uint8Array = none;
  #after: Uint8Array = none;

  constructor(
    private readonly peer: Peer,
    private readonly terminal: Terminal,
    readonly look: Look,
  ) {}

  show(line: string, atMs: number): void {
    this.terminal.print(renderLine(line, this.look, atMs));
  }

  showDrawn(lines: string): void {
    this.terminal.print(lines);
  }

  /** Around the shared bytes goes only what takes the line being typed away, and puts it back. */
  showShared(lines: Uint8Array): void {
    const around = this.terminal.around();
    if (around === undefined) {
      this.showDrawn(Buffer.from(lines).toString());
      this.flush();
      return;
    }
    if (around !== this.#around) {
      this.#around = around;
      this.#before = Buffer.from(around.before);
      this.#after = Buffer.from(around.after);
    }
    this.peer.writeShared(Buffer.concat([this.#before, lines, this.#after]));
  }

  ring(): void {
    this.terminal.bell();
  }

  flush(): void {
    this.terminal.settle();
    this.peer.flush();
  }
}
