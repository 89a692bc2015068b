import { setImmediate } from 'node:timers/promises';
import { addFaults, noFaults, type Faults } from '../checking/faults';
import { receiversOutOfOrder } from '../checking/room-order';
import {
  startBaseline,
  type BaselineRoom,
  type Member,
  type RunningBaseline,
} from '../baselines/baseline-server';
import { startGatheringServer } from '../baselines/gathering-server';
import { startPlainServer } from '../baselines/plain-server';
import { LatencyHistogram } from '../statistics/latency-histogram';
import { Generator } from './generator';
import { drawAround, startTerminalFront, type Draw } from './terminal-front.suite';
import type { TrafficPlan } from './traffic-plan';

// Of 200 lines to the nine others.
const deliveriesWanted = 1_800;
const giveUpMs = 300;

const plan: TrafficPlan = {
  rooms: 1,
  membersPerRoom: 10,
  writersPerRoom: 4,
  via: 'room',
  pace: { kind: 'closed-loop', linesMax: 4 },
};

interface Finding {
  readonly faults: Faults;
  readonly latencies: LatencyHistogram;
}

/** Plays a plan against a server until so many lines were delivered, and tells what it finds. */
async function play(server: RunningBaseline, of = plan): Promise<Finding> {
  const generator = new Generator(giveUpMs);
  try {
    const targets = [{ port: server.port, pid: process.pid }];
    await generator.logIn(of, targets, { index: 0, of: 1 });
    if (of.via === 'room') {
      await generator.createRooms();
      await generator.joinRooms();
      await generator.typeAhead();
    }
    await generator.start();
    const latencies = new LatencyHistogram();
    for (let deliveries = 0; deliveries < deliveriesWanted;) {
      await generator.openWindow();
      await setImmediate();
      const window = await generator.closeWindow();
      deliveries += window.deliveries;
      latencies.add(new LatencyHistogram(window.latencies));
    }
    const sent = await generator.stop();
    const { faults, orders } = await generator.settle(sent);
    const reordered = receiversOutOfOrder(orders);
    return { faults: addFaults(faults, { ...noFaults, reordered }), latencies };
  } finally {
    generator.end();
    await server.close();
  }
}

/** What becomes of the lines for a room's last member: the lines sent instead of the `count`th. */
type Tamper = (line: string, count: number) => string[];

class FaultyRoom implements BaselineRoom {
  readonly members = new Set<Member>();
  readonly #tamper: Tamper;
  readonly #tellsAuthors: boolean;
  #told = 0;

  constructor(tamper: Tamper, tellsAuthors = false) {
    this.#tamper = tamper;
    this.#tellsAuthors = tellsAuthors;
  }

  join(member: Member, line: string): void {
    this.members.add(member);
    for (const { socket } of this.members) socket.write(line);
  }

  say(author: Member, line: string): void {
    this.#told++;
    const last = [...this.members].at(-1);
    for (const member of this.members) {
      const lines = member === last ? this.#tamper(line, this.#told) : [line];
      if (member === author && !this.#tellsAuthors) continue;
      for (const one of lines) member.socket.write(one);
    }
  }
}

async function playAgainst(tamper: Tamper): Promise<Faults> {
  const server = await startBaseline(() => new FaultyRoom(tamper));
  return (await play(server)).faults;
}

/** The same where everyone has a terminal. */
async function playTerminalsAgainst(
  tamper: Tamper,
  draw: Draw = drawAround,
  tellsAuthors = true,
): Promise<Faults> {
  const server = await startBaseline(() => new FaultyRoom(tamper, tellsAuthors));
  const front = await startTerminalFront(server, draw);
  const terminals = { everyNth: 1, columns: [80] };
  return (await play(front, { ...plan, terminals })).faults;
}

function writerOf(line: string): string {
  return line.slice(0, line.indexOf(']'));
}

/** Swaps the first two lines behind the 50th that are of different writers, and nothing else. */
function swapOnce(): Tamper {
  let held: string | undefined;
  let isDone = false;
  return (line, count) => {
    if (isDone || count < 50) return [line];
    const before = held;
    held = line;
    if (before === undefined) return [];
    if (writerOf(before) === writerOf(line)) return [before];
    isDone = true;
    return [line, before];
  };
}

test('a server that tells everyone everything once and in order has no faults', async () => {
  expect(await playAgainst((line) => [line])).toEqual(noFaults);
});

test('a line that one member is sent twice is found', async () => {
  const faults = await playAgainst((line, count) => (count === 50 ? [line, line] : [line]));
  expect(faults).toEqual({ ...noFaults, duplicated: 1 });
});

test('a line that one member is never sent is found, once nothing more arrives', async () => {
  const faults = await playAgainst((line, count) => (count === 50 ? [] : [line]));
  expect(faults).toEqual({ ...noFaults, lost: 1 });
});

test('a line that one member is sent without its end is found', async () => {
  const faults = await playAgainst((line, count) => [count === 50 ? line.slice(0, 40) : line]);
  expect(faults.damaged).toBe(1);
  expect(faults.lost).toBe(2);
});

test('lines of two writers that one member is sent the other way round are found', async () => {
  expect(await playAgainst(swapOnce())).toEqual({ ...noFaults, reordered: 1 });
});

test('terminals that are sent everything, their own words too, have no faults', async () => {
  expect(await playTerminalsAgainst((line) => [line])).toEqual(noFaults);
});

test('a line that a terminal is sent twice is found', async () => {
  const faults = await playTerminalsAgainst((line, count) =>
    count === 50 ? [line, line] : [line],
  );
  expect(faults).toEqual({ ...noFaults, duplicated: 1 });
});

test('lines that one terminal is sent the other way round are found', async () => {
  expect(await playTerminalsAgainst(swapOnce())).toEqual({ ...noFaults, reordered: 1 });
});

test('own words that do not come back are lost', async () => {
  const faults = await playTerminalsAgainst((line) => [line], drawAround, false);
  expect(faults.lost).toBeGreaterThan(0);
});

test('rows that are drawn behind what is being typed are found', async () => {
  let isDone = false;
  const draw: Draw = (rows) => {
    const isErased = isDone || !rows.includes('#0000020');
    isDone ||= !isErased;
    return isErased ? drawAround(rows) : drawAround(rows).replace('\r\x1b[J', '');
  };
  expect((await playTerminalsAgainst((line) => [line], draw)).damaged).toBe(1);
});

test.each([
  ['plain', () => startPlainServer({ quietJoins: false })],
  ['gathering', () => startGatheringServer()],
])('the %s baseline delivers every line to every other member', async (_, start) => {
  const server = await start();
  const finding = await play(server);
  expect(finding.faults).toEqual(noFaults);
  expect(finding.latencies.percentileUs(0.5)).toBeGreaterThan(0);
});

test('the gathering baseline delivers whispers', async () => {
  const server = await startGatheringServer();
  const pairs: TrafficPlan = {
    ...plan,
    rooms: 5,
    membersPerRoom: 2,
    writersPerRoom: 1,
    via: 'whisper',
  };
  const finding = await play(server, pairs);
  expect(finding.faults).toEqual(noFaults);
  expect(finding.latencies.percentileUs(0.5)).toBeGreaterThan(0);
});

test('users who join at once are told of all joins from their own on', async () => {
  const server = await startGatheringServer();
  const generator = new Generator();
  try {
    const targets = [{ port: server.port, pid: process.pid }];
    await generator.logIn({ ...plan, membersPerRoom: 50 }, targets, { index: 0, of: 1 });
    await generator.createRooms();
    const figures = await generator.joinAtOnce();
    expect(figures.faults).toEqual(noFaults);
    expect(figures.joinsTold).toBe((50 * 51) / 2);
  } finally {
    generator.end();
    await server.close();
  }
});
