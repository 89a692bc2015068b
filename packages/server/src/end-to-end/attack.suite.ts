import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const attacking = new Set<ChildProcess>();
const talking = new Set<Talk>();

afterEach(() => {
  for (const attack of attacking) attack.kill('SIGKILL');
  for (const talk of talking) talk.end();
  attacking.clear();
  talking.clear();
});

/** Attacks the server with so many connections; the answer ends that. */
export function attackWith(connections: number, port: number): () => Promise<void> {
  const script = require.resolve('./attackers.suite');
  const args = ['--no-warnings', script, String(port), String(connections)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  attacking.add(child);
  return async () => {
    if (child.exitCode !== null) throw new Error('the attackers have given up');
    attacking.delete(child);
    child.kill('SIGKILL');
    await once(child, 'close');
  };
}

/** What was seen of a time of talk. */
export interface Heard {
  readonly lines: number;
  readonly missing: number;
  /** From when a line is sent to when it is read, of one in a hundred and the slowest. */
  readonly p99Ms: number;
}

/** People in a room who talk all the time, each now and then; built for many of them. */
export class Talk {
  readonly #sockets: Socket[] = [];
  #said = 0;
  #latencies: number[] = [];
  disconnected = 0;

  /** Has so many people log in and join. */
  static async gather(port: number, size: number): Promise<Talk> {
    const talk = new Talk();
    talking.add(talk);
    for (let number = 0; number < size; number++) await talk.#join(port, number);
    return talk;
  }

  /** Has people talk in turns for that long, then hears it out. */
  async talks(forMs: number, everyMs: number): Promise<Heard> {
    this.#said = 0;
    this.#latencies = [];
    const endMs = performance.now() + forMs;
    for (let turn = 0; performance.now() < endMs; turn++) {
      this.#sockets[turn % this.#sockets.length]?.write(`at ${performance.now()}\n`);
      this.#said++;
      await pause(everyMs);
    }
    const expected = this.#said * (this.#sockets.length - 1);
    for (let waits = 0; waits < 100 && this.#latencies.length < expected; waits++) await pause(50);
    const sorted = Float64Array.from(this.#latencies).toSorted();
    return {
      lines: this.#said,
      missing: expected - sorted.length,
      p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Infinity,
    };
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #join(port: number, number: number): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const joined = Promise.withResolvers<void>();
    const own = `[*]: User m${number} joined Planes.`;
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === own) joined.resolve();
        else this.#hear(line);
      }
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.disconnected++;
      joined.reject(new Error(`m${number} was disconnected`));
    });
    this.#sockets.push(socket);
    socket.write(`m${number}\n${number === 0 ? '/create Planes\n' : ''}/join Planes\n`);
    await joined.promise;
  }

  #hear(line: string): void {
    const at = /^\[m\d+\]: at ([\d.]+)$/.exec(line)?.[1];
    if (at !== undefined) this.#latencies.push(performance.now() - Number(at));
  }
}

export function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(() => resolve(), ms);
  return promise;
}
