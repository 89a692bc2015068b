import { Chat } from './chat.suite';
import { acceptorOf } from './names';
import { roomRights } from './rights';

test('before a server is replaced, everyone is told how long they have and where they will be', async () => {
  const chat = await Chat.start();
  const [one] = await chat.gather('Planes', 'one');
  const two = await chat.login('two');
  chat.system
    .whereIs(acceptorOf('fake'))
    ?.notify({ type: 'announce', leftMs: 30_000, isReplaced: true });
  await one?.sees(
    '[*]: This server is being replaced in 30 s; reconnect and you are back in #Planes.',
  );
  await two.sees('[*]: This server is being replaced in 30 s; reconnect and you are back.');
  expect(chat.transport.isOpen).toBe(false);
  await two.does('/users', 'Online users: one, two');
});

test('before a server stops that nothing replaces, everyone is told how long they have', async () => {
  const chat = await Chat.start();
  const one = await chat.login('one');
  chat.system
    .whereIs(acceptorOf('fake'))
    ?.notify({ type: 'announce', leftMs: 90, isReplaced: false });
  await one.sees('[*]: This server is stopping in 1 s.');
  expect(one.unread).toBe('');
});

test('where the people of a killed node were, the others remember', async () => {
  const here = await Chat.start();
  const there = await Chat.start({ beside: here });
  await there.gather('Planes', 'one');
  await here.login('two');
  // It is heard of no more.
  there.store.losesTouch('beat');
  for (let second = 0; second < 20; second++) {
    here.clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const one = { name: 'one', origin: 'n.1', isRegistered: false, isOperator: false };
  const rights = roomRights(here.system);
  expect(await here.services.returns.take(one, '', rights)).toMatchObject({ room: 'Planes' });
});
