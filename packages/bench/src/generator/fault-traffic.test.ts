import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import {
  startBaseline,
  type BaselineRoom,
  type Member,
  type RunningBaseline,
} from '../baselines/baseline-server';
import { startPlainServer } from '../baselines/plain-server';
import { noFaults } from '../checking/faults';
import { TcpProxy } from '../processes/tcp-proxy';
import { roomName } from '../wire/counted-line';
import { Crowd } from './crowd';
import { FaultTraffic, type FaultVerdict } from './fault-traffic';
import type { TrafficPlan } from './traffic-plan';

const plan: TrafficPlan = {
  rooms: 1,
  membersPerRoom: 10,
  writersPerRoom: 4,
  via: 'room',
  pace: { kind: 'fixed-rate', linesPerSecond: 1_000 },
};
const quietMs = 200;
const writingMs = 200;

/** Has lines written for a while, and `meanwhile` something else, and tells what became of them. */
async function play(
  servers: readonly RunningBaseline[],
  meanwhile?: (traffic: FaultTraffic) => Promise<void>,
): Promise<FaultVerdict> {
  const targets = servers.map(({ port }) => ({ port, pid: process.pid }));
  const crowd = new Crowd(plan, targets, { index: 0, of: 1 });
  try {
    await crowd.logIn();
    await crowd.createRooms();
    await crowd.joinRooms();
    const traffic = new FaultTraffic(crowd, quietMs);
    traffic.start();
    await delay(writingMs);
    await meanwhile?.(traffic);
    return await traffic.judge(false);
  } finally {
    crowd.end();
    for (const server of servers) await server.close();
  }
}

/** What becomes of a room's `count`th line: who is sent what. */
type Deliver = (line: string, count: number, author: Member, others: readonly Member[]) => void;

class FaultyRoom implements BaselineRoom {
  readonly members = new Set<Member>();
  readonly #deliver: Deliver;
  #told = 0;

  constructor(deliver: Deliver) {
    this.#deliver = deliver;
  }

  join(member: Member, line: string): void {
    this.members.add(member);
    for (const { socket } of this.members) socket.write(line);
  }

  say(author: Member, line: string): void {
    const others = [...this.members].filter((member) => member !== author);
    this.#deliver(line, ++this.#told, author, others);
  }
}

function tell(members: readonly Member[], line: string): void {
  for (const { socket } of members) socket.write(line);
}

async function playAgainst(deliver: Deliver): Promise<FaultVerdict> {
  return await play([await startBaseline(() => new FaultyRoom(deliver))]);
}

test('where everyone is told everything once and in order, nothing is wrong', async () => {
  const verdict = await playAgainst((line, _count, _author, others) => tell(others, line));
  expect(verdict).toMatchObject({ faults: noFaults, refused: 0, goneWithNode: 0 });
  expect(verdict.accepted).toBeGreaterThan(50);
});

test('a line that was refused reaches nobody, and is no fault', async () => {
  const verdict = await playAgainst((line, count, author, others) => {
    if (count % 10 === 0) tell([author], `${texts.storeAway}\r\n`);
    else tell(others, line);
  });
  expect(verdict.faults).toEqual(noFaults);
  expect(verdict.refused).toBeGreaterThan(5);
});

test('a line that was refused and reaches someone all the same is found', async () => {
  const verdict = await playAgainst((line, count, author, others) => {
    if (count === 50) tell([author], `${texts.roomBusy}\r\n`);
    tell(others, line);
  });
  expect(verdict.faults).toEqual({ ...noFaults, damaged: 1 });
});

test('a line that nobody gets, and whose writer is told nothing, is lost', async () => {
  const verdict = await playAgainst((line, count, _author, others) => {
    if (count !== 50) tell(others, line);
  });
  expect(verdict.faults).toEqual({ ...noFaults, lost: 1 });
});

test('a line that one member is not sent is lost, and one that is sent twice is found', async () => {
  const verdict = await playAgainst((line, count, _author, others) => {
    tell(count === 50 ? others.slice(0, -1) : others, line);
    if (count === 70) tell(others.slice(-1), line);
  });
  expect(verdict.faults).toEqual({ ...noFaults, lost: 1, duplicated: 1 });
});

test('where members are told that the log was cut short, what some did not see is counted', async () => {
  const verdict = await playAgainst((line, count, author, others) => {
    // The last two see nothing of a few lines, and then all are told.
    const isCutting = count > 40 && count <= 50;
    tell(isCutting ? others.slice(0, -2) : others, line);
    if (count !== 50) return;
    tell([...others, author], `${texts.linesLost(roomName(0))}\r\n`);
  });
  expect(verdict).toMatchObject({ faults: noFaults, told: 10, unseenBySome: 10, unseenByAll: 0 });
});

test('users of a killed node come back, and see what the others see from then on', async () => {
  // Two ways to one server are the nodes of one chat.
  const server = await startPlainServer({ quietJoins: true });
  const node = await TcpProxy.start(server.port);
  const next = await TcpProxy.start(server.port);
  const verdict = await play(
    [server, { port: node.port, close: () => next.end() }],
    async (traffic) => {
      traffic.expectKill(1);
      await node.end();
      await delay(writingMs);
      await traffic.comeBack(1, { port: next.port, pid: process.pid });
      await delay(writingMs);
    },
  );
  expect(verdict.faults).toEqual(noFaults);
});

test('users of a server that ends though nobody has killed it were closed', async () => {
  const server = await startPlainServer({ quietJoins: true });
  const node = await TcpProxy.start(server.port);
  const nodes = [server, { port: node.port, close: () => Promise.resolve() }];
  const verdict = await play(nodes, () => node.end());
  expect(verdict.faults.closed).toBe(5);
});
