import { connect, type Socket } from 'node:net';
import { texts } from '@chat-server/protocol';
import { markByte, userName } from '../wire/counted-line';
import { scanLines, type LineSink } from '../wire/line-scanner';
import { TelnetClient } from './telnet-client';

/** Where the server under test is. */
export interface Target {
  readonly port: number;
  readonly pid: number;
}

/** What the connections of one process have in common. */
export class Traffic {
  // Read by one socket after the other, never by two at once: nothing is allocated for a read.
  readonly buffer = Buffer.allocUnsafeSlow(256 * 1024);
  lastReadMs = 0;
  closed = 0;
}

/** What a connection does with counted lines and joins, once it is in its room. */
export interface Receiver {
  counted(writer: number, sequence: number, bytes: Uint8Array, textAt: number): void;
  joined(user: number): void;
  /** A line that has the mark of a counted one, and is none. */
  damaged(line: string): void;
  /** Any other line, without its line end. */
  told(line: string): void;
}

interface Waiting {
  readonly answers: readonly string[];
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

// The ephemeral ports of one address are some 28,000, and TIME_WAIT keeps used ones away.
const usersPerAddress = 15_000;
const answerTimeoutMs = 30_000;

/** What a connection waits for that is no line: no server says that. */
const characterMode = '(character mode)';

/** One user's socket: logs in, sends commands and waits for their answers, hands on what it gets. */
export class UserConnection implements LineSink {
  readonly user: number;
  receiver: Receiver | undefined;
  /** Called when the server has closed the connection. */
  onClosed: () => void = () => undefined;
  readonly #traffic: Traffic;
  readonly #columns: number | undefined;
  /** The client that a terminal is used with; none for a plain connection. */
  #client: TelnetClient | undefined;
  #socket: Socket | undefined;
  #rest: Buffer | undefined;
  #waiting: Waiting | undefined;
  #lastLine = '';
  #closeIsExpected = false;

  /** `columns`: the width of its terminal's window, if it has a terminal. */
  constructor(user: number, traffic: Traffic, columns?: number) {
    this.user = user;
    this.#traffic = traffic;
    this.#columns = columns;
  }

  /** Whether it has a terminal, on which its own words are shown as the server shows them. */
  get hasTerminal(): boolean {
    return this.#columns !== undefined;
  }

  /** What stands behind each line that is sent. */
  get lineEnd(): string {
    return this.#client?.lineEnd ?? '\n';
  }

  /**
   * Connects and gives the user's name; resolves once the server has welcomed it and, if it has a
   * terminal, edits its lines.
   */
  async logIn(target: Target): Promise<void> {
    await this.#connect(target);
    await this.ask(userName(this.user), texts.helpHint);
    if (this.#client?.isInCharacterMode === false) await this.#answer([characterMode]);
  }

  /**
   * The same where the name may still be in use, or the store away; false if so. That the server
   * closes the connection is no fault then.
   */
  async tryLogIn(target: Target): Promise<boolean> {
    await this.#connect(target);
    this.expectClose();
    const name = userName(this.user);
    const refusals = [texts.nameInUse(name), texts.storeAway, texts.tookTooLong];
    const answer = await this.ask(name, texts.helpHint, ...refusals);
    if (answer !== texts.helpHint) this.end();
    return answer === texts.helpHint;
  }

  async #connect(target: Target): Promise<void> {
    const prompted = this.#answer([texts.loginPrompt]);
    const buffer = this.#traffic.buffer;
    const socket = connect({
      port: target.port,
      host: '127.0.0.1',
      ...this.#localAddress(),
      noDelay: true,
      onread: {
        buffer,
        callback: (count) => {
          this.#read(buffer, count);
          return true;
        },
      },
    });
    this.#socket = socket;
    this.#client =
      this.#columns === undefined
        ? undefined
        : new TelnetClient(this.#columns, (bytes) => this.send(bytes));
    this.#rest = undefined;
    this.#closeIsExpected = false;
    socket.on('error', (error) => {
      this.#lastLine = error.message;
    });
    socket.on('close', () => {
      if (socket === this.#socket) this.#closed();
    });
    await prompted;
  }

  #closed(): void {
    this.#stopWaiting()?.reject(new Error(`${userName(this.user)} lost its connection.`));
    if (!this.#closeIsExpected) this.#traffic.closed++;
    this.onClosed();
  }

  #localAddress(): { localAddress?: string } {
    const address = Math.floor(this.user / usersPerAddress);
    return address === 0 ? {} : { localAddress: `127.0.0.${address + 1}` };
  }

  /** Sends a line and waits for one that contains one of `answers`; resolves with that. */
  async ask(line: string, ...answers: readonly string[]): Promise<string> {
    const answered = this.#answer(answers);
    this.send(Buffer.from(`${line}${this.lineEnd}`, 'latin1'));
    return await answered;
  }

  /** Writes bytes as they are. */
  send(bytes: Buffer): void {
    this.#socket?.write(bytes);
  }

  /** Reads nothing any more; what the server sends piles up in the kernel, then in the server. */
  stopReading(): void {
    this.#socket?.pause();
  }

  /** Whether it is no fault that the server closes the connection: its node is to be killed. */
  expectClose(isExpected = true): void {
    this.#closeIsExpected = isExpected;
  }

  /** Closes the connection, which then does not count as closed by the server. */
  end(): void {
    this.#closeIsExpected = true;
    this.#socket?.resetAndDestroy();
    this.#socket = undefined;
  }

  #answer(answers: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const [last, text] = [JSON.stringify(this.#lastLine), answers.join('" or "')];
        reject(new Error(`${userName(this.user)} waited for "${text}", the last was ${last}.`));
      }, answerTimeoutMs);
      this.#waiting = { answers, resolve, reject, timer };
    });
  }

  #stopWaiting(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    return waiting;
  }

  #read(shared: Buffer, count: number): void {
    this.#traffic.lastReadMs = performance.now();
    let bytes = shared;
    let end = count;
    if (this.#rest !== undefined) {
      bytes = Buffer.concat([this.#rest, shared.subarray(0, count)]);
      end = bytes.length;
    }
    if (this.#client !== undefined) {
      end = this.#client.read(bytes, end - count, end);
      if (this.#client.isInCharacterMode) this.#entered();
    }
    const restAt = scanLines(bytes, 0, end, this);
    this.#rest = restAt < end ? Buffer.from(bytes.subarray(restAt, end)) : undefined;
    // The prompt has no line end, so it is never more than a rest.
    if (this.#rest !== undefined && this.#waiting?.answers[0] === texts.loginPrompt) {
      if (this.#hear(this.#rest.toString('latin1'))) this.#rest = undefined;
    }
  }

  /** Is in character mode. */
  #entered(): void {
    if (this.#waiting?.answers[0] === characterMode) this.#hear(characterMode);
  }

  #hear(line: string): boolean {
    this.#lastLine = line;
    const answer = this.#waiting?.answers.find((one) => line.includes(one));
    if (answer === undefined) return false;
    this.#stopWaiting()?.resolve(answer);
    return true;
  }

  counted(writer: number, sequence: number, bytes: Uint8Array, textAt: number): void {
    this.receiver?.counted(writer, sequence, bytes, textAt);
  }

  joined(user: number): void {
    this.receiver?.joined(user);
    if (user === this.user) this.#hear(this.#waiting?.answers[0] ?? '');
  }

  other(bytes: Buffer, start: number, end: number): void {
    if (this.#waiting !== undefined) {
      this.#hear(bytes.toString('latin1', start, end));
      return;
    }
    const line = bytes.toString('latin1', start, end).trimEnd();
    if (bytes.subarray(start, end).includes(markByte)) this.receiver?.damaged(line);
    else this.receiver?.told(line);
  }
}
