import { texts } from '@chat-server/protocol';
import { injectFault } from '@chat-server/supervision';
import { Chat, type Person, turns } from './chat.suite';
import { acceptorOf } from './names';
import { operator } from './operator.suite';

const limits = { connectionsPerAddressMinuteMax: 600, crowdWelcomesPerSecondMax: 100 };
const [one, other, third] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
/** Of a crowd: a second of what its address may do for good, and a tenth of what crowds may. */
const atOnce = 20;

function guarded(isExempt?: (address: string) => boolean): Promise<Chat> {
  return Chat.start({ limits, flood: { isOn: true, ...(isExempt && { isExempt }) } });
}

function crowd(chat: Chat, address: string, size: number): Person[] {
  return Array.from({ length: size }, (_, number) => chat.connects(`p${number}`, address));
}

function welcomed(people: readonly Person[]): number {
  return people.filter(({ unread }) => unread.includes('Login:')).length;
}

test('of a crowd from one address some are welcomed at once, and all in the end, in order', async () => {
  const chat = await guarded();
  const people = crowd(chat, one, 200);
  await turns();
  expect(welcomed(people)).toBe(atOnce);
  expect(welcomed(people.slice(0, atOnce))).toBe(atOnce);
  await chat.passes(1_000);
  expect(welcomed(people)).toBeGreaterThanOrEqual(atOnce + 80);
  expect(welcomed(people)).toBeLessThanOrEqual(atOnce + 100);
  await chat.passes(2_000);
  expect(welcomed(people)).toBe(200);
});

test('whoever comes from elsewhere meanwhile is welcomed at once', async () => {
  const chat = await guarded();
  const people = crowd(chat, one, 500);
  await turns();
  const newcomer = chat.connects('newcomer', other);
  await newcomer.reads('Login:');
  expect(welcomed(people)).toBe(atOnce);
});

test('crowds from several addresses take turns', async () => {
  const chat = await guarded();
  const large = crowd(chat, one, 400);
  const small = crowd(chat, other, 30);
  await chat.passes(1_000);
  expect(welcomed(small)).toBe(30);
  expect(welcomed(large)).toBeLessThan(120);
});

test('whoever waits in a crowd and leaves is not welcomed, and makes room for the next', async () => {
  const chat = await guarded();
  const people = crowd(chat, one, 500);
  await turns();
  const leaving = people.slice(atOnce, 490);
  for (const { peer } of leaving) peer.hangsUp();
  expect(chat.services.sessions.size).toBe(atOnce + 10);
  await chat.passes(200);
  expect(welcomed(people)).toBe(atOnce + 10);
  expect(welcomed(leaving)).toBe(0);
  expect(chat.services.sessions.size).toBe(atOnce + 10);
});

test('what someone types before they are welcomed is not lost', async () => {
  const chat = await guarded();
  const last = crowd(chat, one, 100).at(-1);
  last?.types('amelia', '/whoami');
  await turns();
  expect(last?.unread).toBe('');
  await chat.passes(2_000);
  expect(last?.unread).toContain('Welcome, amelia.');
});

test('whoever waits to be welcomed has the whole time to give a name from then on', async () => {
  const chat = await Chat.start({
    limits: { ...limits, loginTimeoutMs: 2_000 },
    flood: { isOn: true },
  });
  const last = crowd(chat, one, 400).at(-1);
  await chat.passes(4_500);
  expect(last?.unread).toContain('Login:');
  expect(last?.unread).not.toContain(texts.loginTimedOut);
  await chat.passes(4_000);
  expect(last?.unread).toContain(texts.loginTimedOut);
});

test('whoever is banned while they wait is never welcomed', async () => {
  const chat = await guarded();
  const op = await operator(chat, 'op', other);
  const people = crowd(chat, one, 100);
  await turns();
  op.types(`/server ban ${one} 1h spam`);
  await chat.passes(2_000);
  expect(welcomed(people)).toBeLessThanOrEqual(atOnce + 10);
  expect(chat.services.sessions.size).toBe(1);
});

test('nobody waits who comes from an address that stands for many, or where flood control is off', async () => {
  const exempt = await guarded((address) => address === third);
  const people = crowd(exempt, third, 200);
  await exempt.passes(100);
  expect(welcomed(people)).toBe(200);
  const open = await Chat.start({ limits, flood: { isOn: false } });
  const others = crowd(open, one, 200);
  await open.passes(100);
  expect(welcomed(others)).toBe(200);
});

test('whoever waits to be welcomed when the server stops is told so', async () => {
  const chat = await guarded();
  const people = crowd(chat, one, 100);
  await turns();
  chat.system.whereIs(acceptorOf('fake'))?.notify({ type: 'farewell' });
  await chat.passes(500);
  for (const person of people) expect(person.unread).toContain(texts.serverStopping);
});

test('an acceptor that crashed welcomes those who waited', async () => {
  const chat = await guarded();
  const people = crowd(chat, one, 100);
  await turns();
  expect(welcomed(people)).toBe(atOnce);
  const acceptor = chat.system.whereIs(acceptorOf('fake'));
  if (acceptor === undefined) throw new Error('there is no acceptor');
  injectFault(acceptor, new Error('bug'));
  await chat.passes(1_000);
  expect(welcomed(people)).toBe(100);
});
