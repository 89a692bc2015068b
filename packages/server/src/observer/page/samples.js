const minuteMs = 60_000;
const spansMinutes = [2, 5, 15, 30, 60];
const stepsMinutes = [0.5, 1, 5, 10, 15];

/** The samples of the last hour; the server makes one each few seconds. */
export class Samples {
  names = [];
  #samples = [];
  #countMax = 720;

  get latest() {
    return this.#samples.at(-1);
  }

  reset({ names, samples }) {
    this.names = names;
    this.#samples = samples.slice(-this.#countMax);
  }

  add(sample) {
    this.#samples.push(sample);
    if (this.#samples.length > this.#countMax) this.#samples.shift();
  }

  /** The latest values by their names. */
  get now() {
    const values = this.names.map((name, at) => [name, this.latest?.[at + 1]]);
    return Object.fromEntries(values);
  }

  /** Times and values of one name. */
  series(name) {
    const at = this.names.indexOf(name);
    return at === -1
      ? []
      : this.#samples.map((sample) => ({ atMs: sample[0], value: sample[at + 1] }));
  }

  /** The shortest of some lengths of time that holds all samples, and where to mark it. */
  span() {
    const first = this.#samples[0]?.[0] ?? 0;
    const endMs = this.latest?.[0] ?? 0;
    const found = spansMinutes.findIndex((minutes) => endMs - first <= minutes * minuteMs);
    const at = found === -1 ? spansMinutes.length - 1 : found;
    const minutes = spansMinutes[at];
    return { minutes, stepMinutes: stepsMinutes[at], startMs: endMs - minutes * minuteMs, endMs };
  }
}

/** A round number that is not below the value: what an axis ends at. */
export function roundAbove(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 3, 4, 6, 8, 10].find((each) => each * power >= value);
  return factor * power;
}
