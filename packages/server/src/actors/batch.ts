import { nameKey } from '@chat-server/protocol';
import { type Look, lookKey } from '@chat-server/terminal';
import { drawLine } from '../clients/display';
import { isOwnWords, lineOf, type RoomEvent } from '../domain/room-event';
import type { Ring } from './ring';
import type { Member } from './seat';

/** The events of one sending, for members whose displays draw them in this way or that. */
export class Batch {
  /** Whether the ring still holds all of it. */
  readonly isWhole: boolean;
  readonly events: RoomEvent[] = [];
  readonly #authors = new Set<string>();
  #authorNames: ReadonlySet<string> | undefined;
  #spoken: string | undefined;
  #plain: Rendition | undefined;
  #drawn: Map<string, Rendition> | undefined;

  constructor(
    ring: Ring,
    since: number,
    private readonly room: string,
  ) {
    this.isWhole = since >= ring.first - 1;
    for (let offset = Math.max(since + 1, ring.first); offset <= ring.head; offset++) {
      const event = ring.at(offset) as RoomEvent;
      this.events.push(event);
      if (isOwnWords(event)) this.#authors.add(event.origin);
    }
  }

  /** Whether a member gets every line of it. */
  isForAll({ origin, ignored, display }: Member): boolean {
    if (this.#authors.has(origin) && !display.showsOwnWords) return false;
    if (ignored.size === 0) return true;
    this.#authorNames ??= new Set(this.events.filter(isOwnWords).map(({ by }) => nameKey(by)));
    for (const name of this.#authorNames) if (ignored.has(name)) return false;
    return true;
  }

  /** Its lines as a look has them; drawn and encoded once for all who have the same. */
  as(look: Look | undefined): Rendition {
    if (look === undefined) return (this.#plain ??= new Rendition(this.events, this.room, look));
    this.#drawn ??= new Map();
    const key = lookKey(look);
    let rendition = this.#drawn.get(key);
    if (rendition === undefined) {
      rendition = new Rendition(this.events, this.room, look);
      this.#drawn.set(key, rendition);
    }
    return rendition;
  }

  /** Whether somebody else says this name, given as names are compared, from an event on. */
  mentions(name: string, { origin }: Member, from: number): boolean {
    this.#spoken ??= this.events.map(({ text }) => nameKey(text)).join('\n');
    if (!this.#spoken.includes(name)) return false;
    return this.events.some((event, at) => at >= from && isMention(event, name, origin));
  }
}

/** The lines of a batch as one look has them. */
class Rendition {
  readonly lines: readonly string[];
  #hasQuiet: boolean | undefined;
  #bytes: Buffer | undefined;
  #starts: readonly number[] | undefined;

  constructor(
    private readonly events: readonly RoomEvent[],
    room: string,
    look: Look | undefined,
  ) {
    this.lines = events.map((event) =>
      isHidden(event) ? '' : drawLine(lineOf(event, room), look, event.atMs),
    );
  }

  /** All lines but the first `skipped`; of the same memory for all. */
  bytesFrom(skipped: number): Uint8Array {
    this.#bytes ??= Buffer.from(this.lines.join(''));
    if (skipped === 0) return this.#bytes;
    this.#starts ??= startsOf(this.lines);
    return this.#bytes.subarray(this.#starts[skipped]);
  }

  /** How many lines there are behind the first `skipped`. */
  countFrom(skipped: number): number {
    this.#hasQuiet ??= this.lines.includes('');
    if (!this.#hasQuiet) return this.lines.length - skipped;
    return this.lines.filter((line, index) => index >= skipped && line !== '').length;
  }

  /** The lines that are for one member, but the first `skipped`. */
  linesFor(member: Member, skipped: number): string[] {
    return this.lines.filter((_line, index) => {
      const event = this.events[index];
      return index >= skipped && event !== undefined && isFor(event, member);
    });
  }
}

/** Whether it is for nobody to see. */
function isHidden({ kind, isQuiet }: RoomEvent): boolean {
  return kind === 'withheld' || isQuiet === true;
}

/** Whether a member is to see an event. */
export function isFor(event: RoomEvent, { origin, ignored, display }: Member): boolean {
  if (!isOwnWords(event)) return !isHidden(event);
  if (event.origin === origin) return display.showsOwnWords;
  return ignored.size === 0 || !ignored.has(nameKey(event.by));
}

/** Whether somebody else says a name, as a word of its own. */
export function isMention(event: RoomEvent, name: string, origin: string): boolean {
  if (!isOwnWords(event) || event.origin === origin || nameKey(event.by) === name) return false;
  return nameKey(event.text)
    .split(/[^\w-]+/)
    .includes(name);
}

/** Where each line begins, in bytes. */
function startsOf(lines: readonly string[]): number[] {
  let start = 0;
  return lines.map((line) => {
    const at = start;
    start += Buffer.byteLength(line);
    return at;
  });
}
