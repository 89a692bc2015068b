import { CharacterBoundaries } from './character-boundaries';
import type { History } from './history';
import type { TextAtCursor } from './line-buffer';
import { utf8Bytes } from './utf8-bytes';

/**
 * A search backwards through the history that goes on with each character typed, as readline's
 * reverse-search-history. What is found is shown but is not yet the line.
 */
export class HistorySearch {
  readonly kind = 'search';
  private query = '';
  private found: { readonly line: string; readonly at: number } | undefined;
  private isFailing = false;

  constructor(
    private readonly history: History,
    private readonly line: TextAtCursor,
    private readonly queryBytesMax: number,
  ) {}

  get prompt(): string {
    return `(${this.isFailing ? 'no match' : 'search'})\`${this.query}': `;
  }

  /** What was found last, with the cursor where it matches; the line itself before that. */
  get shown(): TextAtCursor {
    if (this.found === undefined) return this.line;
    const { line } = this.found;
    const match = Math.max(line.indexOf(this.query), 0);
    return { text: line, cursor: new CharacterBoundaries(line).atOrAfter(match) };
  }

  /** Makes the query longer; false if it may not be that long. */
  type(text: string): boolean {
    const query = this.query + text;
    if (utf8Bytes(query) > this.queryBytesMax) return false;
    this.query = query;
    this.lookFrom(this.found?.at ?? Infinity);
    return true;
  }

  /** Takes the query's last character back, and looks from the newest line again; false if empty. */
  untype(): boolean {
    if (this.query === '') return false;
    this.query = this.query.slice(0, new CharacterBoundaries(this.query).before(this.query.length));
    this.found = undefined;
    this.isFailing = false;
    if (this.query !== '') this.lookFrom(Infinity);
    return true;
  }

  /** Looks for the next line that matches, further back; false if it is known that none does. */
  further(): boolean {
    if (this.query === '' || this.isFailing) return false;
    this.lookFrom((this.found?.at ?? Infinity) - 1);
    return true;
  }

  /** Moves the history to the line found, from where up and down then go on. */
  accept(): TextAtCursor {
    const { shown } = this;
    if (this.found !== undefined) this.history.visit(this.found.at, this.line.text);
    return shown;
  }

  private lookFrom(at: number): void {
    const found = this.history.search(this.query, at);
    this.isFailing = found === undefined;
    this.found = found ?? this.found;
  }
}
