import { texts } from '@chat-server/protocol';
import type { User } from '../domain/user';
import { Chat, type Person } from './chat.suite';
import type { Session } from './session';

/** A room on two nodes of one store: its owner, one, is on the one, and two on the other. */
export async function twoNodes(): Promise<{ here: Chat; there: Chat; one: Person; two: Person }> {
  const here = await Chat.start();
  const there = await Chat.start({ beside: here });
  const [one] = await here.gather('Planes', 'one');
  if (one === undefined) throw new Error('nobody came');
  const two = await there.login('two');
  await two.does('/join Planes', texts.joined('two', 'Planes'));
  await one.sees(texts.joined('two', 'Planes'));
  return { here, there, one, two };
}

/** Someone's connection to a node. */
export function sessionOf(chat: Chat, name: string): Session {
  const session = [...chat.services.sessions.all()].find((each) => each.name === name);
  if (session === undefined) throw new Error(`${name} is not here`);
  return session;
}

/** Makes someone who is here somebody else, as logging in does. */
export function becomes(chat: Chat, name: string, changes: Partial<User>): void {
  const session = sessionOf(chat, name);
  session.user = { name, ignored: new Set(), ...session.user, ...changes };
}
