import type { Log } from 'chat-server/src/log/log';

interface Record {
  readonly message: string;
  readonly fields: object;
}

/** What no input may ever bring about, as the log tells of it. */
const faults = /^(?:crash report|supervisor report|Cannot answer over HTTP)/;

/** A log that keeps what is worse than a warning. */
export class FaultLog implements Log {
  #faults: Record[] = [];
  /** As it was told, where there is one. */
  httpPort = 0;

  constructor(
    /** Errors that are as they should be. */
    private readonly isExpected: (message: string) => boolean = () => false,
  ) {}

  debug(): void {}

  info(fields: { readonly httpPort?: number }): void {
    this.httpPort = fields.httpPort ?? this.httpPort;
  }

  warn(fields: object, message: string): void {
    if (faults.test(message)) this.error(fields, message);
  }

  error(fields: object, message: string): void {
    if (!this.isExpected(message)) this.#faults.push({ message, fields });
  }

  fatal(fields: object, message: string): void {
    this.error(fields, message);
  }

  /** Throws if there was any. */
  check(): void {
    const [first, ...others] = this.#faults;
    this.#faults = [];
    if (first === undefined) return;
    const { err } = first.fields as { readonly err?: unknown };
    const told = JSON.stringify(first.fields);
    throw new Error(`${first.message} (and ${others.length} more): ${told}`, { cause: err });
  }
}
