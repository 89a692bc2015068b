/** What has been read from a peer and not looked at, given out in pieces. */
export class Intake {
  #chunks: Uint8Array[] | undefined;
  /** How much of the first chunk has been given out. */
  #at = 0;
  #bytes = 0;

  /** How many bytes wait. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#chunks === undefined;
  }

  put(chunk: Uint8Array): void {
    (this.#chunks ??= []).push(chunk);
    this.#bytes += chunk.length;
  }

  /** The next bytes, as many as that at the most; they are a view of what was put in. */
  take(bytesMax: number): Uint8Array | undefined {
    const chunk = this.#chunks?.[0];
    if (chunk === undefined) return undefined;
    const piece = this.#pieceOf(chunk, bytesMax);
    this.#at += piece.length;
    this.#bytes -= piece.length;
    if (this.#at === chunk.length) {
      this.#at = 0;
      this.#chunks?.shift();
      if (this.#chunks?.length === 0) this.#chunks = undefined;
    }
    return piece;
  }

  drop(): void {
    this.#chunks = undefined;
    this.#at = 0;
    this.#bytes = 0;
  }

  #pieceOf(chunk: Uint8Array, bytesMax: number): Uint8Array {
    if (this.#at === 0 && chunk.length <= bytesMax) return chunk;
    return chunk.subarray(this.#at, this.#at + bytesMax);
  }
}
