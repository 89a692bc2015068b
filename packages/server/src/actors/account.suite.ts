import { texts } from '@chat-server/protocol';
import type { Chat, Person } from './chat.suite';

export const password = 'correct horse';

/** Someone who has registered a name, and is connected as it. */
export async function registers(chat: Chat, name: string): Promise<Person> {
  const person = await chat.login(name);
  await person.does(`/register ${password}`, texts.registered(name));
  return person;
}

/** Someone who gives a registered name, and is asked for its password. */
export async function asked(chat: Chat, name: string, address?: string): Promise<Person> {
  const person = chat.connects(name, address);
  await person.reads(texts.loginPrompt);
  await person.does(name, texts.nameRegistered(name));
  await person.reads(texts.passwordPrompt);
  return person;
}

/** One more connection of whoever has registered a name. */
export async function again(chat: Chat, name: string): Promise<Person> {
  const person = await asked(chat, name);
  await person.does(password, texts.welcome(name), texts.helpHint);
  return person;
}

export async function leaves(person: Person): Promise<void> {
  person.types('/quit');
  await person.untilClosed();
}
