import { Client } from './client.suite';
import { Crowd, nextTurn } from './crowd.suite';
import { type LogRecord, ServerProcess } from './server-process.suite';

const apology =
  '[*]: Sorry, something went wrong on our side with that line. You are still connected.';
const roomApology = '[*]: Sorry, something went wrong in this room with your line, which was lost.';

/** Who is heard to come and go while the crowd talks. */
function isCrasher(line: string): boolean {
  return /^\[\*\]: User crasher (?:joined|left) Planes\.$/.test(line);
}

function isRestart(id: RegExp): (record: LogRecord) => boolean {
  return ({ msg, started }) => {
    const { id: name = '', restarts = 0 } = (started ?? {}) as { id?: string; restarts?: number };
    return msg === 'progress report' && id.test(name) && restarts > 0;
  };
}

interface Case {
  readonly target: string;
  readonly answer: string;
  readonly restarted: RegExp;
}

const cases: readonly Case[] = [
  { target: 'connection', answer: apology, restarted: /^connection-\d+$/ },
  { target: 'room', answer: roomApology, restarted: /^planes$/ },
  {
    target: 'registry',
    answer: '[*]: The registry is being made to fail.',
    restarted: /^registry$/,
  },
  {
    target: 'listener',
    answer: '[*]: The listener is being made to fail.',
    restarted: /^listener$/,
  },
  { target: 'store', answer: '[*]: The store is being made to fail.', restarted: /^store$/ },
];

test.each(cases)(
  '/crash $target amid the talk of fifty: nobody is disconnected, no line is lost, doubled or moved',
  async ({ target, answer, restarted }) => {
    const server = await ServerProcess.start('--fault-injection');
    const crowd = await Crowd.gather([server.port], 50);
    const crasher = await Client.login(server.port, 'crasher');
    crasher.types('/join Planes');
    await crasher.transcript.until('[*]: User crasher joined Planes.');
    crowd.startTalking();
    await crowd.talksOn(10);
    for (let crash = 0; crash < 3; crash++) {
      crasher.types(`/crash ${target}`);
      await crasher.transcript.until(answer);
      await server.recordsOf(`restart of ${target}`, crash + 1, isRestart(restarted));
      await crowd.talksOn(10);
    }
    await crowd.stopTalking();
    expect(await crowd.faults(isCrasher)).toEqual([]);
    for (const { socket } of crowd.members) expect(socket.readyState).toBe('open');
    crasher.types('/whisper crasher still here');
    await crasher.transcript.until('<<crasher>>: still here');
    const reports = await server.said('supervisor report: child_terminated', 3);
    expect(reports[0]).toMatchObject({
      level: 'error',
      report: 'supervisor',
      errorContext: 'child_terminated',
      reason: expect.stringMatching(/^crashed: fault injected into/),
    });
    expect(server.records.filter(({ level }) => level === 'fatal')).toEqual([]);
    await server.said('crash report', 3);
  },
);

test('every part crashes once after the other, and everyone is where they were', async () => {
  const server = await ServerProcess.start('--fault-injection');
  const one = await Client.login(server.port, 'one');
  const two = await Client.login(server.port, 'two');
  await one.does('/create Planes', 'Room Planes created.');
  await one.does('/join Planes', '[*]: User one joined Planes.');
  await one.does('/away tea', 'You are away: tea. /back ends that.');
  await two.does('/join Planes', '[*]: User two joined Planes.');
  await one.sees('[*]: User two joined Planes.');
  for (const { target, answer, restarted } of cases) {
    two.types(`/crash ${target}`);
    await two.sees(answer);
    await server.record(`restart of ${target}`, isRestart(restarted));
    await two.does('/users', 'Online users: one, two');
    await two.does('/who', 'Members of Planes: one, two');
    two.types(`after ${target}`);
    await one.sees(`[two]: after ${target}`);
    await two.does('/whisper one psst', '[*]: one is away: tea');
    await one.sees('<<two>>: psst');
  }
  const newcomer = await Client.login(server.port, 'three');
  await newcomer.does('/users', 'Online users: one, two, three');
  const namesake = await Client.connect(server.port, 'namesake');
  await namesake.reads('Login:');
  await namesake.does('ONE', 'The name ONE is in use, choose another one.');
  expect(one.transcript.unread + two.transcript.unread).toBe('');
});

test('a connection that crashes again and again is closed with a reason, and the others stay', async () => {
  const server = await ServerProcess.start('--fault-injection');
  const other = await Client.login(server.port, 'other');
  const crasher = await Client.login(server.port, 'crasher');
  await other.does('/create Planes', 'Room Planes created.');
  await other.does('/join Planes', '[*]: User other joined Planes.');
  await crasher.does('/join Planes', '[*]: User crasher joined Planes.');
  await other.sees('[*]: User crasher joined Planes.');
  for (let crash = 0; crash < 10; crash++) await crasher.does('/crash connection', apology);
  crasher.types('/crash connection');
  expect(await crasher.transcript.toTheEnd()).toEqual([
    apology,
    '[*]: Sorry, your connection fails again and again on our side. Connect again, please.',
  ]);
  await other.sees('[*]: User crasher left Planes.');
  await other.does('/users', 'Online users: other');
  const record = await server.record(
    'the end of the crasher',
    ({ msg }) => msg === 'User disconnected: crasher',
  );
  expect(record).toMatchObject({ reason: 'too many failures' });
  const again = await Client.login(server.port, 'crasher');
  await again.does('/users', 'Online users: other, crasher');
});

test('the lines that were typed behind the one that crashed are carried out', async () => {
  const server = await ServerProcess.start('--fault-injection');
  const one = await Client.login(server.port, 'one');
  one.types('/users', '/crash connection', '/users', '/crash connection', '/users');
  const users = 'Online users: one';
  await one.sees(users, apology, users, apology, users);
  expect(one.transcript.unread).toBe('');
});

test('what is typed while the listener comes back is not lost', async () => {
  const server = await ServerProcess.start('--fault-injection');
  const one = await Client.login(server.port, 'one');
  const names = Array.from({ length: 40 }, (_, index) => `p${index}`);
  const people = await Promise.all(names.map((name) => Client.connect(server.port, name)));
  for (const person of people) await person.reads('Login:');
  for (const [index, person] of people.entries()) {
    if (index % 8 === 4) one.types('/crash listener');
    person.types(person.name, '/whoami');
    if (index % 4 === 0) await nextTurn();
  }
  for (const person of people) {
    // Whoever had not answered is asked once more after a crash.
    expect(await person.transcript.line()).toMatch(/^(?:Login:)*Welcome, p\d+\.$/);
    await person.sees('Type /help to see available commands.');
    expect(await person.transcript.line()).toMatch(/^Command not known/);
  }
});

test('without --fault-injection nothing is crashed', async () => {
  const server = await ServerProcess.start();
  const one = await Client.login(server.port, 'one');
  const refusal = 'Faults can only be tried on a server started with --fault-injection.';
  for (const { target } of cases) await one.does(`/crash ${target}`, refusal);
  expect(server.saidByNow('crash report')).toEqual([]);
});
