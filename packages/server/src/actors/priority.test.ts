import { texts } from '@chat-server/protocol';
import type { ActorContext } from '@chat-server/supervision';
import { Chat, type Person } from './chat.suite';

/** The priority of everyone's actor, by name; of those without a name as nobody. */
function priorities(chat: Chat): Record<string, string | undefined> {
  const sessions = [...chat.services.sessions.all()];
  return Object.fromEntries(
    sessions.map(({ user, connection }) => [
      user?.name ?? 'nobody',
      (connection as unknown as ActorContext<never> | undefined)?.priority,
    ]),
  );
}

/** They have been here for a while, and talk. */
async function talks(chat: Chat, person: Person | undefined): Promise<void> {
  await chat.passes(20_000);
  person?.types('hi');
  await chat.passes(1_000);
}

test('who talks goes before who is about to come in', async () => {
  const chat = await Chat.start({ flood: { isOn: true } });
  const [one] = await chat.gather('Planes', 'one');
  await talks(chat, one);
  const newcomer = chat.connects('two');
  await newcomer.reads('Login:');
  expect(priorities(chat)).toEqual({ one: 'normal', nobody: 'low' });
  await newcomer.does('two', 'Welcome, two.', 'Type /help to see available commands.');
  await newcomer.does('/join Planes', '[*]: User two joined Planes.');
  await talks(chat, newcomer);
  expect(priorities(chat)).toEqual({ one: 'normal', two: 'normal' });
});

test('who has come and said nothing yet is behind others for a moment only', async () => {
  const chat = await Chat.start({ flood: { isOn: true } });
  await chat.gather('Planes', 'one');
  expect(priorities(chat)).toEqual({ one: 'low' });
  await chat.passes(1_000);
  expect(priorities(chat)).toEqual({ one: 'normal' });
});

test('who talks goes before who floods', async () => {
  const chat = await Chat.start({ flood: { isOn: true } });
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await talks(chat, one);
  await talks(chat, two);
  expect(priorities(chat)).toEqual({ one: 'normal', two: 'normal' });
  one?.types(...Array.from({ length: 500 }, () => 'x'.repeat(100)));
  await chat.passes(1_000);
  expect(priorities(chat)).toEqual({ one: 'low', two: 'normal' });
});

test('a connection that crashed comes back as what it was', async () => {
  const chat = await Chat.start({ flood: { isOn: true } });
  const [one] = await chat.gather('Planes', 'one');
  const newcomer = chat.connects('two');
  await newcomer.reads('Login:');
  await one?.does('/crash connection', texts.lineFailed);
  await talks(chat, one);
  expect(priorities(chat)).toEqual({ one: 'normal', nobody: 'low' });
});
