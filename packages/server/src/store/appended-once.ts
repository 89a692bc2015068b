/** How many appends are remembered; older ones would be made again. */
const idsMax = 10_000;

/** Which appends were made that must not be made twice, in this process's memory. */
export class AppendedOnce {
  readonly #offsets = new Map<string, number>();

  offsetOf(channel: string, id: string): number | undefined {
    return this.#offsets.get(`${channel} ${id}`);
  }

  note(channel: string, id: string, offset: number): void {
    this.#offsets.set(`${channel} ${id}`, offset);
    const [oldest = ''] = this.#offsets.keys();
    if (this.#offsets.size > idsMax) this.#offsets.delete(oldest);
  }
}
