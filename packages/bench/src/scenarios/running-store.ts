import { setTimeout as delay } from 'node:timers/promises';
import { RedisProcess } from '../processes/redis-process';
import { TcpProxy } from '../processes/tcp-proxy';
import type { Running } from './running';

/** A Redis that nodes share, or a pair of them behind one address. */
export interface RunningStore {
  /** Where nodes find it. */
  readonly port: number;
  /** The process whose CPU is charged. */
  readonly pid: number;
  /** Closes all connections of the nodes to it. */
  cut(): Promise<void>;
  /** Has it stand still for a while. */
  freeze(ms: number): Promise<void>;
  /** Has another one take its place, which lacks what came last. */
  failOver(): Promise<void>;
}

/** Starts one Redis. */
export async function startRedis(running: Running): Promise<RunningStore> {
  const redis = running.add(await RedisProcess.start());
  await redis.answering();
  return {
    port: redis.port,
    pid: redis.pid,
    cut: () => redis.killConnections(),
    freeze: (ms) => redis.freeze(ms),
    failOver: () => Promise.reject(new Error('There is no replica.')),
  };
}

/** How long the replica has got nothing when it takes over. */
const lagMs = 500;
/** How long nobody is primary. */
const detectionMs = 1_000;

/**
 * Starts a primary with a replica, both behind proxies: one is the address of whichever is primary,
 * the other lies between the two.
 *
 * A replica that is merely stopped gets all from the kernel's buffers once it goes on, and the
 * failover would lose nothing: what its primary sends it must be held back on the way.
 */
export async function startRedisPair(running: Running): Promise<RunningStore> {
  const [primary, replica] = [
    running.add(await RedisProcess.start()),
    running.add(await RedisProcess.start()),
  ];
  await Promise.all([primary.answering(), replica.answering()]);
  const between = running.add(await TcpProxy.start(primary.port));
  await replica.replicate(between.port);
  const front = running.add(await TcpProxy.start(primary.port));
  return {
    port: front.port,
    pid: primary.pid,
    cut: () => primary.killConnections(),
    freeze: (ms) => primary.freeze(ms),
    async failOver() {
      between.stall();
      await delay(lagMs);
      await primary.kill();
      await delay(detectionMs);
      await replica.promote();
      front.retarget(replica.port);
    },
  };
}
