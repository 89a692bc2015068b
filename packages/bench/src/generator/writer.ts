import { CountedLineEncoder, userName, type LineToSend } from '../wire/counted-line';
import { monotonicUs } from '../wire/monotonic-clock';
import type { TrafficPlan } from './traffic-plan';
import type { UserConnection } from './user-connection';

// Reading a time costs a generator as much as checking a line.
const closedLoopSampleEvery = 4;

/** Writes numbered lines, and knows how many of them have arrived. */
export class Writer {
  readonly user: number;
  readonly #connection: UserConnection;
  readonly #encoder: CountedLineEncoder;
  readonly #inFlightMax: number;
  #sent = 0;
  #arrived = 0;
  #writing = false;
  #refilling = false;

  constructor(connection: UserConnection, plan: TrafficPlan) {
    this.user = connection.user;
    this.#connection = connection;
    const command = plan.via === 'whisper' ? `/whisper ${userName(this.user + 1)} ` : '';
    this.#encoder = new CountedLineEncoder(command, connection.lineEnd);
    this.#inFlightMax = plan.pace.kind === 'closed-loop' ? plan.pace.linesMax : 0;
  }

  /** How many lines it has written. */
  get sent(): number {
    return this.#sent;
  }

  /** Begins to write in a closed loop. */
  start(): void {
    this.#writing = true;
    this.#refill();
  }

  /** Writes nothing more. */
  stop(): void {
    this.#writing = false;
  }

  /** Its witness has got the line `sequence`. */
  arrived(sequence: number): void {
    // The highest number, not a count: one lost line must not slow the loop for good.
    if (sequence > this.#arrived) this.#arrived = sequence;
    if (!this.#writing || this.#refilling) return;
    this.#refilling = true;
    // Once the chunk is scanned: all lines that its lines make room for go out in one write.
    queueMicrotask(() => {
      this.#refilling = false;
      this.#refill();
    });
  }

  #refill(): void {
    const count = this.#inFlightMax - (this.#sent - this.#arrived);
    if (!this.#writing || count <= 0) return;
    const nowUs = monotonicUs();
    this.#write(
      Array.from({ length: count }, (_, index) => {
        const sequence = this.#sent + 1 + index;
        // Writers are out of step, so that a run of few lines has some with a time.
        const sampled = (sequence + this.user) % closedLoopSampleEvery === 0;
        return { sequence, sentAtUs: sampled ? nowUs : undefined };
      }),
    );
  }

  /** Writes one line, which was due at `dueUs`; its latency counts from then. */
  writeDue(dueUs: number): void {
    this.#write([{ sequence: this.#sent + 1, sentAtUs: dueUs }]);
  }

  #write(lines: readonly LineToSend[]): void {
    this.#sent += lines.length;
    this.#connection.send(this.#encoder.encode(lines));
  }
}
