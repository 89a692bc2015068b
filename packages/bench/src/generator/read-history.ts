import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '@chat-server/protocol';
import { lineKey } from '../checking/order-log';
import { roomName, userName } from '../wire/counted-line';
import { Traffic, UserConnection, type Target } from './user-connection';

const room = roomName(0);
const linesMax = 100_000;
const quietMs = 500;
const counted = /\[u(\d{5})\]: #(\d{7}) /;

/** The key of the counted line that a line of /history shows; none of any other. */
export function keyOfHistoryLine(line: string): number | undefined {
  const [, user, sequence] = counted.exec(line) ?? [];
  return user === undefined ? undefined : lineKey(Number(user), Number(sequence));
}

/** What the first room's history has of counted lines, as `user`, who joins it, is shown them. */
export async function readHistory(user: number, target: Target): Promise<number[]> {
  const traffic = new Traffic();
  const connection = new UserConnection(user, traffic);
  const keys: number[] = [];
  await connection.logIn(target);
  await connection.ask(`/join ${room}`, texts.joined(userName(user), room));
  connection.receiver = {
    // With a time in front, they are not taken for lines that were said just now.
    damaged: (line) => keys.push(keyOfHistoryLine(line) ?? 0),
    counted: () => undefined,
    joined: () => undefined,
    told: () => undefined,
  };
  await connection.ask(`/history ${linesMax}`, `of ${room}, times in UTC:`);
  while (performance.now() - traffic.lastReadMs < quietMs) await delay(quietMs);
  connection.end();
  return keys;
}
