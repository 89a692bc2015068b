import { texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import type { ClaimNews } from '../store/store';
import { Chat } from './chat.suite';
import { registryName } from './names';

function tell(chat: Chat, news: ClaimNews<Presence>): void {
  chat.system.whereIs(registryName)?.notify({ type: 'news', news });
}

function held(name: string, origin: string, sinceMs = 0): ClaimNews<Presence> & { kind: 'held' } {
  const node = origin.slice(0, origin.lastIndexOf('.'));
  return {
    kind: 'held',
    claim: { name, holder: { node, origin }, details: { name, origin, sinceMs } },
  };
}

/** Has the store forget who has a name. */
async function forget(chat: Chat, name: string): Promise<void> {
  const origin = chat.services.directory.find(name)?.origin ?? '';
  await chat.memory.release(name, { node: chat.services.identity.current, origin });
}

test('whoever’s name is another’s by now is asked for a new one, and has left their room', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  tell(chat, held('two', 'elsewhere-1.5', 1e15));
  await two?.sees(texts.nameLost('two'));
  await two?.reads('Login:');
  await two?.does('three', texts.welcome('three'), texts.helpHint);
  await two?.does('hello?', texts.notInRoom);
  await one?.does('/users', texts.onlineUsers(['one', 'three', 'two']));
  expect(two?.unread).toBe('');
});

test('when all claims are told again, people on other nodes who are not among them have 10 s', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  await one.does('/users', texts.onlineUsers(['one']));
  for (const [name, number] of [
    ['two', 1],
    ['three', 2],
  ] as const) {
    tell(chat, held(name, `elsewhere-1.${number}`, 1e15 + number));
  }
  await one.does('/users', texts.onlineUsers(['one', 'two', 'three']));
  tell(chat, { kind: 'all', claims: [] });
  await one.does('/users', texts.onlineUsers(['one', 'two', 'three']));
  tell(chat, held('two', 'elsewhere-1.1', 1e15 + 1));
  await one.does('/users', texts.onlineUsers(['one', 'two', 'three']));
  chat.clock.advance(11_000);
  await one.does('/users', texts.onlineUsers(['one', 'two']));
  expect(one.unread).toBe('');
});

test('a store that was emptied is told again who is here, and what is held for nobody is freed', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const node = chat.services.identity.current;
  const holder = { node, origin: `${node}.999` };
  await forget(chat, 'one');
  await chat.memory.claim('ghost', holder, {});
  const details: Presence = { name: 'ghost', origin: holder.origin, sinceMs: 0 };
  tell(chat, { kind: 'all', claims: [{ name: 'ghost', holder, details }] });
  const other = chat.connects('other');
  await other.reads('Login:');
  await other.does('one', texts.nameInUse('one'));
  await other.reads('Login:');
  await other.does('ghost', texts.welcome('ghost'), texts.helpHint);
  expect(one.unread).toBe('');
});

test('whoever was given a name that someone here had, after the store was emptied, keeps it', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const there = await Chat.start({ beside: chat });
  await forget(chat, 'one');
  const namesake = await there.login('one');
  await one.sees(texts.nameLost('one'));
  await one.reads('Login:');
  expect(namesake.unread).toBe('');
});
