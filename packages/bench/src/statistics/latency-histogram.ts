// 64 buckets to each power of two: a percentile is off by less than 2 %.
const bucketBits = 6;
const buckets = 1 << bucketBits;
const valueMaxUs = 2 ** 31 - 1;

function bucketOf(valueUs: number): number {
  if (valueUs < buckets) return valueUs;
  const shift = 31 - bucketBits - Math.clz32(valueUs);
  return (shift + 1) * buckets + ((valueUs >>> shift) - buckets);
}

function middleOf(bucket: number): number {
  if (bucket < 2 * buckets) return bucket;
  const shift = Math.floor(bucket / buckets) - 1;
  return ((bucket % buckets) + buckets + 0.5) * 2 ** shift;
}

/** How often each latency came, in buckets that widen with it (as HdrHistogram does it). */
export class LatencyHistogram {
  readonly counts: Uint32Array;

  /** `counts` are those of another histogram, such as one that came from another process. */
  constructor(counts?: Uint32Array) {
    this.counts = counts ?? new Uint32Array(bucketOf(valueMaxUs) + 1);
  }

  /** Counts one latency, in microseconds; below 0 counts as 0, above 35 minutes as that. */
  record(valueUs: number): void {
    const bucket = bucketOf(Math.min(valueMaxUs, Math.max(0, Math.round(valueUs))));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
  }

  /** Counts all that `other` has counted. */
  add(other: LatencyHistogram): void {
    for (const [bucket, count] of other.counts.entries()) {
      this.counts[bucket] = (this.counts[bucket] ?? 0) + count;
    }
  }

  /** The latency that `share` (0 to 1) of all do not exceed, in microseconds; none if nothing came. */
  percentileUs(share: number): number | undefined {
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return undefined;
    const rank = Math.max(1, Math.ceil(share * total));
    let seen = 0;
    for (const [bucket, count] of this.counts.entries()) {
      seen += count;
      if (seen >= rank) return middleOf(bucket);
    }
    return undefined;
  }
}
