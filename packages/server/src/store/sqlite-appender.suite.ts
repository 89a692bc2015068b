import { systemClock } from '@chat-server/supervision';
import { SqliteStore } from './sqlite-store';

/*
 * A process of its own with a store in the file that it is given. It appends numbers to several
 * channels, turn by turn, and writes a line for each that was acknowledged: channel, offset, number.
 * It says `away` and `back` when the store is.
 */
const [file = '', payload = ''] = process.argv.slice(2);
const limits = { channelEntriesMax: 100_000, entryAgeMaxMs: 86_400_000 };
const store = new SqliteStore({ file }, systemClock, limits);

async function append(channel: string, number: number): Promise<void> {
  const answer = await store.append(channel, [{ number, payload }]);
  if (answer.ok) process.stdout.write(`${channel} ${answer.value} ${number}\n`);
}

async function run(): Promise<void> {
  await store.open();
  store.watchAvailability((isAvailable) => {
    process.stdout.write(isAvailable ? 'back\n' : 'away\n');
  });
  for (let number = 1; ; number++) {
    const channels = ['a', 'b', 'c'].slice(0, 1 + (number % 3));
    await Promise.all(channels.map((channel) => append(channel, number)));
  }
}

run().catch((error: unknown) => {
  process.stdout.write(`${String(error)}\n`);
  process.exitCode = 1;
});
