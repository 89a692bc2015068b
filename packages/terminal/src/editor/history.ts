import { flatCopy } from './flat-copy';

export interface HistoryLimits {
  readonly historyLinesMax: number;
  /** What the lines take in memory, at two bytes for each UTF-16 code unit. */
  readonly historyBytesMax: number;
}

/**
 * The lines that were sent before, oldest first, and where someone who looks through them is. When
 * a limit is passed the oldest lines go; neighbours are never the same.
 */
export class History {
  private readonly lines: string[] = [];
  private bytes = 0;
  // The line that is looked at; undefined for the unfinished one, which is behind them all.
  private at: number | undefined;
  private unfinished = '';

  constructor(private readonly limits: HistoryLimits) {}

  /** Adds a line unless it is empty, the same as the last one, or larger than all may be. */
  remember(line: string): void {
    this.leave();
    const bytes = bytesOf(line);
    if (line === '' || line === this.lines.at(-1) || bytes > this.limits.historyBytesMax) return;
    this.lines.push(flatCopy(line));
    this.bytes += bytes;
    const { historyLinesMax, historyBytesMax } = this.limits;
    while (this.lines.length > historyLinesMax || this.bytes > historyBytesMax) {
      this.bytes -= bytesOf(this.lines.shift() ?? '');
    }
  }

  /** The line before the one that is looked at. The current one is kept if it is unfinished. */
  older(current: string): string | undefined {
    const at = (this.at ?? this.lines.length) - 1;
    const line = this.lines[at];
    if (line !== undefined) this.visit(at, current);
    return line;
  }

  /** The line behind the one that is looked at, up to the unfinished one. */
  newer(): string | undefined {
    if (this.at === undefined) return undefined;
    const line = this.lines[this.at + 1];
    if (line !== undefined) {
      this.at += 1;
      return line;
    }
    const { unfinished } = this;
    this.leave();
    return unfinished;
  }

  /** The newest line at or before a place that contains a text, and its place. */
  search(query: string, from: number): { line: string; at: number } | undefined {
    for (let at = Math.min(from, this.lines.length - 1); at >= 0; at -= 1) {
      const line = this.lines[at];
      if (line?.includes(query) === true) return { line, at };
    }
    return undefined;
  }

  /** Goes to a line that a search found. The current one is kept if it is unfinished. */
  visit(at: number, current: string): void {
    if (this.at === undefined) this.unfinished = current;
    this.at = at;
  }

  /** Goes back behind them all; the unfinished line is forgotten. */
  leave(): void {
    this.at = undefined;
    this.unfinished = '';
  }
}

function bytesOf(line: string): number {
  return line.length * 2;
}
