/** Series over time: for each time, the value of each name. */
export interface ChartView {
  readonly everyMs: number;
  readonly names: readonly string[];
  /** Oldest first: the time, then a value for each name. */
  readonly samples: readonly (readonly number[])[];
}

/** Values now: as they are, and as they have added up since the start. */
export interface Reading {
  readonly gauges: Readonly<Record<string, number>>;
  readonly counters: Readonly<Record<string, number>>;
}

/** The last samples of values that are read at even times; counters become rates a second. */
export class Chart {
  readonly #samples: (readonly number[])[] = [];
  #names: readonly string[] = [];
  #before: { readonly atMs: number; readonly counters: Reading['counters'] } | undefined;

  constructor(
    private readonly everyMs: number,
    private readonly samplesMax: number,
  ) {}

  get isEmpty(): boolean {
    return this.#samples.length === 0;
  }

  /** Whether it is time for the next. */
  isDue(nowMs: number): boolean {
    return this.#before === undefined || nowMs - this.#before.atMs >= this.everyMs;
  }

  add(atMs: number, { gauges, counters }: Reading): readonly number[] {
    this.#names = [...Object.keys(gauges), ...Object.keys(counters)];
    const seconds = (atMs - (this.#before?.atMs ?? atMs)) / 1_000;
    const rates = Object.entries(counters).map(([name, total]) => {
      const before = this.#before?.counters[name] ?? total;
      return seconds > 0 ? rounded((total - before) / seconds) : 0;
    });
    const sample = [atMs, ...Object.values(gauges), ...rates];
    this.#before = { atMs, counters };
    this.#samples.push(sample);
    if (this.#samples.length > this.samplesMax) this.#samples.shift();
    return sample;
  }

  /** The last so many samples; all when not given. */
  view(countMax = this.samplesMax): ChartView {
    const samples = this.#samples.slice(-countMax);
    return { everyMs: this.everyMs, names: this.#names, samples };
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
