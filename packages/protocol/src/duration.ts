const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof unitMs;

const shape = /^(?:\d{1,4}[smhdw])+$/i;
const part = /(\d+)([smhdw])/gi;

/** The longest that someone may give: what is to last longer has no end. */
const durationMsMax = 10 * 365 * unitMs.d;

/**
 * How long `90s`, `10m`, `2h`, `1d12h` or `1w` is, in milliseconds; undefined for what is none, for
 * nothing at all, and for more than ten years.
 */
export function parseDuration(text: string): number | undefined {
  if (!shape.test(text)) return undefined;
  let ms = 0;
  for (const [, count, unit = 's'] of text.matchAll(part)) {
    ms += Number(count) * unitMs[unit.toLowerCase() as Unit];
  }
  return ms > 0 && ms <= durationMsMax ? ms : undefined;
}

/** The same as someone reads it, rounded to its two greatest units: `1 d 12 h`, `10 min`, `45 s`. */
export function showDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const parts: readonly (readonly [count: number, unit: string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
