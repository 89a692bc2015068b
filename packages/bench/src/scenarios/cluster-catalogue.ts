import { closedLoop, fixedRate, oneRoom } from './plans';
import type { Scenario } from './scenario';

const group = 'cluster';
const comparedBy = ['deliveriesPerCpuSecond', 'deliveriesPerSecond'] as const;

const fanOut = {
  group,
  comparedBy,
  servers: ['server', 'redis', 'redis-2-nodes'],
  comparisons: [
    ['redis', 'server'],
    ['redis-2-nodes', 'server'],
  ],
} as const;

/** Every scenario of nodes that share a store, and of stores, in the order they are run. */
export const clusterScenarios: readonly Scenario[] = [
  {
    ...fanOut,
    name: 'cluster-fan-out',
    course: { kind: 'traffic', plan: oneRoom(1_000, 10, closedLoop(4)) },
  },
  {
    ...fanOut,
    name: 'cluster-fan-out-100',
    course: { kind: 'traffic', plan: oneRoom(1_000, 100, closedLoop(1)) },
  },
  {
    // What is in flight is not shared out between nodes here.
    ...fanOut,
    name: 'cluster-rate',
    course: { kind: 'traffic', plan: oneRoom(1_000, 10, fixedRate(1_000)) },
    comparedBy: ['deliveriesPerCpuSecond', 'p50Ms', 'p99Ms'],
  },
  {
    name: 'cluster-sqlite',
    group,
    course: { kind: 'traffic', plan: oneRoom(1_000, 10, closedLoop(4)) },
    comparedBy,
    servers: ['server', 'sqlite'],
    comparisons: [['sqlite', 'server']],
  },
  {
    name: 'cluster-latency',
    group,
    course: { kind: 'traffic', plan: oneRoom(20, 2, fixedRate(20)) },
    comparedBy: [],
    addedTo: ['p50Ms', 'p99Ms'],
    servers: ['server', 'sqlite', 'redis', 'redis-2-nodes'],
    comparisons: [
      ['sqlite', 'server'],
      ['redis', 'server'],
      ['redis-2-nodes', 'server'],
    ],
    // 20 lines a second to 19 members are few to take a percentile of.
    seconds: 10,
  },
  {
    name: 'cluster-cuts',
    group,
    course: {
      kind: 'cluster-faults',
      plan: oneRoom(300, 30, fixedRate(2_000)),
      fault: { kind: 'cuts', everyMs: 1_000 },
    },
    comparedBy: [],
    servers: ['redis-3-nodes'],
    seconds: 60,
    roundsMax: 1,
  },
  {
    name: 'cluster-freezes',
    group,
    course: {
      kind: 'cluster-faults',
      plan: oneRoom(300, 30, fixedRate(1_000)),
      // So long that nodes give it up, and refuse lines; no longer than their leases.
      fault: { kind: 'freezes', everyMs: 10_000, forMs: 5_000 },
    },
    comparedBy: [],
    servers: ['redis-3-nodes'],
    seconds: 30,
    roundsMax: 1,
  },
  {
    name: 'cluster-node-kills',
    group,
    course: {
      kind: 'cluster-faults',
      plan: oneRoom(300, 30, fixedRate(2_000)),
      fault: { kind: 'node-kills', everyMs: 10_000 },
    },
    comparedBy: [],
    servers: ['redis-3-nodes'],
    seconds: 60,
    roundsMax: 1,
  },
  {
    name: 'cluster-failover',
    group,
    course: {
      kind: 'cluster-faults',
      // So few lines that all of them are in /history in the end.
      plan: oneRoom(100, 10, fixedRate(300)),
      fault: { kind: 'failover' },
    },
    comparedBy: [],
    servers: ['redis-2-nodes'],
    seconds: 10,
    roundsMax: 3,
  },
];
