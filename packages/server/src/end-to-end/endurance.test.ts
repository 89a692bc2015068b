import { Client } from './client.suite';
import { nextTurn } from './crowd.suite';
import { ServerProcess } from './server-process.suite';

const mebibyte = 1_024 * 1_024;

/** Numbers that look random, and are the same in every run. */
function* noise(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 24;
  }
}

/** Long lines with a number each, as the writer says them. */
function longLines(from: number, count: number): string[] {
  const padding = 'x'.repeat(900);
  return Array.from({ length: count }, (_, index) => `${from + index} ${padding}`);
}

test('a reader who stops reading slows nobody, costs no memory, and is told what is missing', async () => {
  const server = await ServerProcess.start('--max-ring-lines', '500', '--max-history-lines', '500');
  const writer = await Client.login(server.port, 'writer');
  await writer.does('/create Planes', 'Room Planes created.');
  await writer.does('/join Planes', '[*]: User writer joined Planes.');
  const reader = await Client.login(server.port, 'reader');
  await reader.does('/join Planes', '[*]: User reader joined Planes.');
  const sleepers = await Promise.all(
    Array.from({ length: 5 }, (_, index) => Client.login(server.port, `sleeper${index}`)),
  );
  for (const sleeper of sleepers) {
    await sleeper.does('/join Planes', `[*]: User ${sleeper.name} joined Planes.`);
    sleeper.socket.pause();
  }
  await reader.transcript.until('[*]: User sleeper4 joined Planes.');
  const rssBefore = server.rssBytes;
  const total = 24_000;
  for (let from = 1; from <= total; from += 100) {
    writer.types(...longLines(from, 100));
    for (let line = from; line < from + 100; line++) {
      const read = await reader.transcript.line();
      if (!read.startsWith(`[writer]: ${line} x`)) throw new Error(`${read} instead of ${line}`);
    }
  }
  // Some 22 MiB were said to each of five who do not read: far more than the kernel takes.
  expect(server.rssBytes - rssBefore).toBeLessThan(100 * mebibyte);
  const [sleeper] = sleepers;
  sleeper?.socket.resume();
  writer.types('the end');
  const lines = (await sleeper?.transcript.until('[writer]: the end')) ?? [];
  const missed = lines.map((line) => Number(/You missed (\d+) lines?,/.exec(line)?.[1] ?? 0));
  const numbers = lines.flatMap((line) => {
    const number = /^\[writer\]: (\d+) x+$/.exec(line)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  expect(missed.some((count) => count > 0)).toBe(true);
  expect(numbers.length + missed.reduce((sum, count) => sum + count, 0)).toBe(total);
});

test('random bytes from many sides do no harm', async () => {
  const server = await ServerProcess.start('--fault-injection');
  const one = await Client.login(server.port, 'one');
  const attacks = Array.from({ length: 12 }, async (_, seed) => {
    const bytes = noise(seed + 1);
    const attacker = await Client.connect(server.port, `attacker${seed}`);
    if (seed % 2 === 0) attacker.types(`attacker${seed}`, '/create Planes', '/join Planes');
    for (let chunk = 0; chunk < 40 && !attacker.socket.destroyed; chunk++) {
      const size = (bytes.next().value % 64) * 40 + 1;
      attacker.socket.write(Buffer.from(Array.from({ length: size }, () => bytes.next().value)));
      await nextTurn();
    }
    if (seed % 3 === 0) await attacker.reset();
    else attacker.socket.destroy();
  });
  await Promise.all(attacks);
  one.types('/quiet');
  await one.transcript.until(
    'Command not known, did you mean /quit? Type /help to see available commands.',
  );
  const two = await Client.login(server.port, 'two');
  two.types('/whisper one still there?');
  await one.transcript.until('<<two>>: still there?');
  const loud = server.records.filter(({ level }) => level === 'fatal' || level === 'error');
  expect(loud).toEqual([]);
});

test('whoever reads nothing of what they ask for is not asked further, and costs no memory', async () => {
  const server = await ServerProcess.start();
  const one = await Client.login(server.port, 'one');
  const deaf = await Client.login(server.port, 'deaf');
  const rssBefore = server.rssBytes;
  deaf.socket.pause();
  const batch = '/help\n'.repeat(1_000);
  let sent = 0;
  // The server stops reading, so that at some time nothing more can be sent.
  while (deaf.socket.write(batch) && sent < 1_000) {
    sent++;
    await nextTurn();
  }
  for (let round = 0; round < 50; round++) {
    deaf.socket.write(batch);
    await one.does('/users', 'Online users: one, deaf');
  }
  expect(server.rssBytes - rssBefore).toBeLessThan(60 * mebibyte);
  await one.does(
    '/whisper deaf hello?',
    'deaf does not keep up with reading, your message was not sent. Try again later.',
  );
});
