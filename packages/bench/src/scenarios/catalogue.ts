import { clusterScenarios } from './cluster-catalogue';
import { closedLoop, fixedRate, oneRoom } from './plans';
import type { Scenario } from './scenario';
import { terminalScenarios } from './terminal-catalogue';

const comparedBy = ['deliveriesPerCpuSecond', 'deliveriesPerSecond'] as const;

/** Every scenario, in the order they are run. */
export const catalogue: readonly Scenario[] = [
  {
    name: 'room-1000',
    course: { kind: 'traffic', plan: oneRoom(1_000, 10, closedLoop(4)) },
    comparedBy,
  },
  {
    name: 'room-1000-100',
    course: { kind: 'traffic', plan: oneRoom(1_000, 100, closedLoop(1)) },
    comparedBy,
  },
  {
    name: 'room-100',
    course: { kind: 'traffic', plan: oneRoom(100, 10, closedLoop(4)) },
    comparedBy,
  },
  {
    name: 'room-5000',
    course: { kind: 'traffic', plan: oneRoom(5_000, 10, closedLoop(4)) },
    comparedBy,
  },
  {
    // Two writers of ten: 1,600 lines on their way are enough to keep every server busy.
    name: 'rooms-200x10',
    course: {
      kind: 'traffic',
      plan: { rooms: 200, membersPerRoom: 10, writersPerRoom: 2, via: 'room', pace: closedLoop(4) },
    },
    comparedBy,
  },
  {
    name: 'whispers',
    course: {
      kind: 'traffic',
      plan: {
        rooms: 500,
        membersPerRoom: 2,
        writersPerRoom: 1,
        via: 'whisper',
        pace: closedLoop(4),
      },
    },
    comparedBy,
  },
  {
    name: 'rate-1000x20',
    course: { kind: 'traffic', plan: oneRoom(1_000, 10, fixedRate(20)) },
    comparedBy: ['p50Ms', 'p99Ms', 'serverCpuPercent'],
  },
  {
    name: 'rate-1000x200',
    course: { kind: 'traffic', plan: oneRoom(1_000, 10, fixedRate(200)) },
    comparedBy: ['p50Ms', 'p99Ms', 'serverCpuPercent'],
  },
  {
    name: 'join-1000',
    course: { kind: 'join', users: 1_000 },
    comparedBy: ['secondsToOwnJoin', 'secondsToAllJoins'],
  },
  {
    name: 'logins',
    course: { kind: 'logins', users: 5_000 },
    comparedBy: ['loginsPerSecond', 'loginsPerCpuSecond'],
  },
  {
    name: 'idle-10000',
    course: { kind: 'idle', users: 10_000 },
    comparedBy: ['rssKbPerConnection'],
    roundsMax: 1,
  },
  {
    // Linux buffers up to 4 MB for a socket that is not read (net.ipv4.tcp_wmem).
    name: 'slow-reader',
    course: { kind: 'slow-reader', plan: oneRoom(100, 10, fixedRate(200)), floodBytes: 10_000_000 },
    comparedBy: ['p99Ms'],
    roundsMax: 1,
  },
  {
    name: 'crash',
    course: { kind: 'crash', plan: oneRoom(1_000, 10, fixedRate(200)), everyMs: 1_000 },
    comparedBy: [],
    servers: ['server'],
    roundsMax: 1,
  },
  {
    name: 'watched-10000',
    course: {
      kind: 'watched',
      plan: {
        rooms: 10,
        membersPerRoom: 1_000,
        writersPerRoom: 2,
        via: 'room',
        pace: fixedRate(20),
      },
    },
    comparedBy: [],
    servers: ['server'],
  },
  ...terminalScenarios,
  ...clusterScenarios,
];
