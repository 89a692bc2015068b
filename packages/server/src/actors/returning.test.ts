import { Chat } from './chat.suite';
import { acceptorOf } from './names';

/** The node ends in order, as a server does. */
async function ends(chat: Chat): Promise<void> {
  chat.services.returns.expectAll();
  chat.system.whereIs(acceptorOf('fake'))?.notify({ type: 'farewell' });
  await chat.services.sessions.emptied();
  await chat.services.returns.settled();
  await chat.store.retire(chat.services.identity.current);
  await chat.system.stop();
}

async function backOn(chat: Chat, name: string) {
  const person = chat.connects(name);
  await person.reads('Login:');
  await person.does(name, `Welcome, ${name}.`, 'Type /help to see available commands.');
  return person;
}

test('who had to go with a node is back in their room on another, and shown what they missed', async () => {
  const old = await Chat.start();
  const next = await Chat.start({ beside: old });
  const [one] = await old.gather('Planes', 'one');
  const two = await next.login('two');
  await two.does('/join planes', '[*]: User two joined Planes.');
  await one?.sees('[*]: User two joined Planes.');
  two.types('seen');
  await one?.sees('[two]: seen');
  await ends(old);
  await two.sees('[*]: User one left Planes.');
  two.types('missed', '/me waves');
  await two.does('/users', 'Online users: two');
  const back = await backOn(next, 'one');
  back.types('here I am');
  await back.sees(
    '[*]: User one joined Planes.',
    '[*]: In #Planes you missed 2 lines:',
    '[two]: missed',
    '* two waves',
  );
  await two.sees('[*]: User one joined Planes.', '[one]: here I am');
  await back.does('/leave', 'You left room Planes.');
  await two.sees('[*]: User one left Planes.');
  const other = await backOn(next, 'other');
  await other.does('/users', 'Online users: two, one, other');
  expect(next.crashes).toEqual([]);
});

test('who left the room, or quit before anyone was told, comes back to no room', async () => {
  const old = await Chat.start();
  const next = await Chat.start({ beside: old });
  const [one, two] = await old.gather('Planes', 'one', 'two');
  await two?.does('/quit', 'Bye.');
  await one?.sees('[*]: User two left Planes.');
  await one?.does('/leave', 'You left room Planes.');
  await ends(old);
  for (const name of ['one', 'two']) {
    const back = await backOn(next, name);
    await back.does('hi', 'You are not in a room, /join <room> enters one and /rooms lists them.');
    expect(back.unread).toBe('');
  }
});
