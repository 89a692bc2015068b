import { connect, type Socket } from 'node:net';
import { texts } from '@chat-server/protocol';
import { markByte, userName } from '../wire/counted-line';
import { scanLines, type LineSink } from '../wire/line-scanner';

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
  damaged(): void;
}

interface Waiting {
  readonly text: string;
  readonly resolve: () => void;
  readonly timer: NodeJS.Timeout;
}

// The ephemeral ports of one address are some 28,000, and TIME_WAIT keeps used ones away.
const usersPerAddress = 15_000;
const answerTimeoutMs = 30_000;

/** One user's socket: logs in, sends commands and waits for their answers, hands on what it gets. */
export class UserConnection implements LineSink {
  readonly user: number;
  receiver: Receiver | undefined;
  readonly #traffic: Traffic;
  #socket: Socket | undefined;
  #rest: Buffer | undefined;
  #waiting: Waiting | undefined;
  #lastLine = '';
  #ending = false;

  constructor(user: number, traffic: Traffic) {
    this.user = user;
    this.#traffic = traffic;
  }

  /** Connects and gives the user's name; resolves once the server has welcomed it. */
  async logIn(target: Target): Promise<void> {
    const prompted = this.#answer(texts.loginPrompt);
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
    socket.on('error', (error) => {
      this.#lastLine = error.message;
    });
    socket.on('close', () => {
      if (!this.#ending) this.#traffic.closed++;
    });
    await prompted;
    await this.ask(userName(this.user), texts.helpHint);
  }

  #localAddress(): { localAddress?: string } {
    const address = Math.floor(this.user / usersPerAddress);
    return address === 0 ? {} : { localAddress: `127.0.0.${address + 1}` };
  }

  /** Sends a line and waits for one that contains `answer`. */
  async ask(line: string, answer: string): Promise<void> {
    const answered = this.#answer(answer);
    this.send(Buffer.from(`${line}\n`, 'latin1'));
    await answered;
  }

  /** Writes bytes as they are. */
  send(bytes: Buffer): void {
    this.#socket?.write(bytes);
  }

  /** Reads nothing any more; what the server sends piles up in the kernel, then in the server. */
  stopReading(): void {
    this.#socket?.pause();
  }

  /** Closes the connection, which then does not count as closed by the server. */
  end(): void {
    this.#ending = true;
    this.#socket?.resetAndDestroy();
  }

  #answer(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const last = JSON.stringify(this.#lastLine);
        reject(new Error(`${userName(this.user)} waited for "${text}", the last was ${last}.`));
      }, answerTimeoutMs);
      this.#waiting = { text, resolve, timer };
    });
  }

  #read(shared: Buffer, count: number): void {
    this.#traffic.lastReadMs = performance.now();
    let bytes = shared;
    let end = count;
    if (this.#rest !== undefined) {
      bytes = Buffer.concat([this.#rest, shared.subarray(0, count)]);
      end = bytes.length;
    }
    const restAt = scanLines(bytes, 0, end, this);
    this.#rest = restAt < end ? Buffer.from(bytes.subarray(restAt, end)) : undefined;
    // The prompt has no line end, so it is never more than a rest.
    if (this.#rest !== undefined && this.#waiting?.text === texts.loginPrompt) {
      if (this.#hear(this.#rest.toString('latin1'))) this.#rest = undefined;
    }
  }

  #hear(line: string): boolean {
    this.#lastLine = line;
    if (this.#waiting === undefined || !line.includes(this.#waiting.text)) return false;
    const { resolve, timer } = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(timer);
    resolve();
    return true;
  }

  counted(writer: number, sequence: number, bytes: Uint8Array, textAt: number): void {
    this.receiver?.counted(writer, sequence, bytes, textAt);
  }

  joined(user: number): void {
    this.receiver?.joined(user);
    if (user === this.user && this.#waiting !== undefined) this.#hear(this.#waiting.text);
  }

  other(bytes: Buffer, start: number, end: number): void {
    if (this.#waiting !== undefined) {
      this.#hear(bytes.toString('latin1', start, end));
    } else if (bytes.subarray(start, end).includes(markByte)) {
      this.receiver?.damaged();
    }
  }
}
