import { JoinLog } from '../checking/join-log';
import { addFaults, noFaults, type Faults } from '../checking/faults';
import { readCpuSecondsOfAll } from '../processes/proc-files';
import type { Crowd } from './crowd';

/** How long it took until a crowd that joined one room at once was told of it. */
export interface JoinFigures {
  /** Until everyone was told of their own join. */
  readonly ownSeconds: number;
  /** Until everyone was told of all joins from their own on. */
  readonly allSeconds: number;
  readonly joinsTold: number;
  readonly serverCpuSeconds: number | undefined;
  readonly faults: Faults;
}

const giveUpMs = 10_000;
const pollMs = 5;

/** Has a logged-in crowd join its one room, all in the same moment. */
export async function joinAtOnce(crowd: Crowd): Promise<JoinFigures> {
  const log = new JoinLog(crowd.connections.map(({ user }) => user));
  let lastMs = performance.now();
  for (const connection of crowd.connections) {
    const receiver = connection.user;
    connection.receiver = {
      joined: (user) => {
        lastMs = performance.now();
        log.note(receiver, user);
      },
      counted: () => undefined,
      damaged: () => undefined,
      told: () => undefined,
    };
  }
  const cpu = readCpuSecondsOfAll(crowd.pids);
  const startMs = performance.now();
  let ownMs = startMs;
  await Promise.all(
    crowd.connections.map(async (connection) => {
      await crowd.join(connection);
      ownMs = performance.now();
    }),
  );
  while (!log.complete && performance.now() - lastMs < giveUpMs) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const endCpu = readCpuSecondsOfAll(crowd.pids);
  return {
    ownSeconds: (ownMs - startMs) / 1000,
    allSeconds: (lastMs - startMs) / 1000,
    joinsTold: log.count,
    serverCpuSeconds: cpu === undefined || endCpu === undefined ? undefined : endCpu - cpu,
    faults: addFaults(log.faults(), { ...noFaults, closed: crowd.traffic.closed }),
  };
}
