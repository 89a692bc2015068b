import { texts } from '@chat-server/protocol';
import { injectFault } from '@chat-server/supervision';
import { Chat } from './chat.suite';
import { listenerOf, registryName } from './names';

function crash(chat: Chat, name: ReturnType<typeof listenerOf> | typeof registryName): void {
  const target = chat.system.whereIs(name as ReturnType<typeof listenerOf>);
  if (target === undefined) throw new Error(`no ${name.name}`);
  injectFault(target, new Error('bug'));
}

test('a command whose answer is being worked out when the listener crashes is answered', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  const release = chat.store.holds('change');
  one.types('/create Planes', '/users');
  await chat.store.waits();
  crash(chat, listenerOf('fake'));
  release();
  await one.sees(texts.roomCreated('Planes'), texts.onlineUsers(['one']));
  expect(one.unread).toBe('');
});

test('whoever has been asked for a name is not asked again for a crash', async () => {
  const chat = await Chat.start();
  const one = chat.connects('one');
  await one.reads('Login:');
  const two = await chat.login('two');
  await two.does('/crash listener', texts.faultInjected('listener'));
  await two.does('/users', texts.onlineUsers(['two']));
  one.types('one');
  await one.sees(texts.welcome('one'), texts.helpHint);
  expect(one.unread).toBe('');
});

test('members that the registry forgets in the middle of a join are listed again', async () => {
  const chat = await Chat.start();
  const [two] = await chat.gather('Planes', 'two');
  const one = await chat.login('one');
  const release = chat.store.holds('append');
  one.types('/join Planes');
  await chat.store.waits();
  crash(chat, registryName);
  release();
  await one.peer.transcript.until(texts.joined('one', 'Planes'));
  await two?.sees(texts.joined('one', 'Planes'));
  await two?.does('/who', texts.roomMembers('Planes', ['two', 'one']));
  expect(two?.unread).toBe('');
});

test('what is said before a room is destroyed is not read in the next room of that name', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types('secret', '/destroy Planes');
  await two?.sees('[one]: secret', texts.roomBeingDestroyed);
  await one?.sees(texts.roomBeingDestroyed, texts.roomDestroyed('Planes'));
  await two?.does('/create Planes', texts.roomCreated('Planes'));
  await two?.does('/join Planes', texts.joined('two', 'Planes'));
  await two?.does('/history', texts.noHistory('Planes'));
  expect(two?.unread).toBe('');
});

test('someone with more lines than all others takes turns with them', async () => {
  const chat = await Chat.start();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.peer.sends(Buffer.from('\n'.repeat(200_000)));
  await two?.does('/users', texts.onlineUsers(['one', 'two']));
  expect(chat.records.map(({ message }) => message)).not.toContain('mailbox full');
});
