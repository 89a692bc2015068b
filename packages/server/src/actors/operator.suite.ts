import { texts } from '@chat-server/protocol';
import { Chat, type Person } from './chat.suite';

export const password = 'correct horse';

/** Two nodes on one store. */
export async function twoNodes(): Promise<readonly [Chat, Chat]> {
  const here = await Chat.start();
  return [here, await Chat.start({ beside: here })];
}

/** Someone who has registered their name, and is online. */
export async function registers(chat: Chat, name: string, address?: string): Promise<Person> {
  const person = chat.connects(name, address);
  await person.reads(texts.loginPrompt);
  await person.does(name, texts.welcome(name), texts.helpHint);
  await person.does(`/register ${password}`, texts.registered(name));
  return person;
}

/** Someone online who has just been made an operator. */
export async function operator(chat: Chat, name = 'op', address?: string): Promise<Person> {
  const person = await registers(chat, name, address);
  expect(await chat.services.operators.add(name, 'shell')).toBe('done');
  await person.sees(texts.nowOperator);
  return person;
}

export async function leaves(person: Person): Promise<void> {
  person.types('/quit');
  await person.untilClosed();
}

/** Someone who gives a registered name and its password; nothing is read after that. */
export async function proves(chat: Chat, name: string, address?: string): Promise<Person> {
  const person = chat.connects(name, address);
  await person.reads(texts.loginPrompt);
  await person.does(name, texts.nameRegistered(name));
  await person.reads(texts.passwordPrompt);
  person.types(password);
  return person;
}

/** Someone with an address; nothing is read after the prompt. */
export async function comes(chat: Chat, name: string, address?: string): Promise<Person> {
  const person = chat.connects(name, address);
  await person.reads(texts.loginPrompt);
  return person;
}

/** Lets what is under way come to its end, as far as it does without time. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
