/** Every figure that a run may give: its column's heading, and how many decimals it is shown with. */
export const metrics = {
  deliveriesPerSecond: { heading: 'deliveries/s', decimals: 0 },
  deliveriesPerCpuSecond: { heading: 'deliveries/CPU-s', decimals: 0 },
  shareOfPlain: { heading: 'of all plain', decimals: 2 },
  loginsPerSecond: { heading: 'logins/s', decimals: 0 },
  loginsPerCpuSecond: { heading: 'logins/CPU-s', decimals: 0 },
  secondsToOwnJoin: { heading: 'own join s', decimals: 2 },
  secondsToAllJoins: { heading: 'all joins s', decimals: 2 },
  p50Ms: { heading: 'p50 ms', decimals: 2 },
  p99Ms: { heading: 'p99 ms', decimals: 2 },
  p99OfUnwatched: { heading: 'p99 of unwatched', decimals: 2 },
  watchCpuPercent: { heading: 'CPU % of watching', decimals: 1 },
  eventGapMaxMs: { heading: 'longest between events ms', decimals: 0 },
  acceptedLines: { heading: 'accepted', decimals: 0 },
  refusedLines: { heading: 'refused', decimals: 0 },
  goneLines: { heading: 'gone with node', decimals: 0 },
  lostWithPrimaryLines: { heading: 'lost with primary', decimals: 0 },
  unseenBySomeLines: { heading: 'unseen by some', decimals: 0 },
  unseenByAllLines: { heading: 'seen by nobody', decimals: 0 },
  membersTold: { heading: 'members told', decimals: 0 },
  newNameSeconds: { heading: 'back, new name s', decimals: 1 },
  sameNameSeconds: { heading: 'back, same name s', decimals: 1 },
  rssKbPerConnection: { heading: 'RSS KB/connection', decimals: 1 },
  rssKbAbovePlain: { heading: 'KB above plain', decimals: 1 },
  rssGrowthMb: { heading: 'RSS growth MB', decimals: 1 },
  serverCpuPercent: { heading: 'server CPU %', decimals: 0 },
  storeCpuPercent: { heading: 'Redis CPU %', decimals: 0 },
  generatorCpuPercent: { heading: 'generator CPU %', decimals: 0 },
} as const satisfies Record<string, { heading: string; decimals: number }>;

export type MetricName = keyof typeof metrics;

/** The metrics in the order of their columns. */
export const metricNames = Object.keys(metrics) as MetricName[];

/** A figure as it is shown; a dash where there is none. */
export function showMetric(name: MetricName, value: number | undefined): string {
  if (value === undefined) return '–';
  const { decimals } = metrics[name];
  return value.toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}
