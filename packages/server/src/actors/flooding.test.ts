import { texts } from '@chat-server/protocol';
import { defaultLimits, type Limits } from '../domain/limits';
import { Chat, type Person, turns } from './chat.suite';

const { floodPatienceMs } = defaultLimits;

function guarded(
  limits: Partial<Limits> = {},
  isExempt?: (address: string) => boolean,
): Promise<Chat> {
  return Chat.start({ limits, flood: { isOn: true, ...(isExempt && { isExempt }) } });
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index + 1}`);
}

function linesOf(person: Person | undefined, by: string): string[] {
  return (person?.unread ?? '')
    .split('\r\n')
    .filter((line) => line.startsWith(`[${by}]: `))
    .map((line) => line.slice(by.length + 4));
}

test('a paste of a hundred lines arrives whole and in order, and only then what is typed after it', async () => {
  const chat = await guarded();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await chat.passes(20_000);
  one?.types(...numbered(100), 'the end');
  await chat.passes(1_000);
  expect(linesOf(two, 'one').length).toBeGreaterThanOrEqual(60);
  expect(linesOf(two, 'one').length).toBeLessThan(80);
  await chat.passes(9_000);
  expect(linesOf(two, 'one')).toEqual([...numbered(100), 'the end']);
  expect(one?.peer.isEnded).toBe(false);
});

test('nobody else is delayed by whoever floods', async () => {
  const chat = await guarded();
  const [one, two, three] = await chat.gather('Planes', 'one', 'two', 'three');
  await chat.passes(20_000);
  one?.types(...numbered(500));
  await chat.passes(1_000);
  two?.types('hi');
  await three?.peer.transcript.until('[two]: hi');
  expect(linesOf(three, 'one').length).toBeLessThan(10);
});

test('whoever goes on flooding is told, then refused lines, then disconnected', async () => {
  const chat = await guarded();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await chat.passes(20_000);
  const flood = (): void => {
    if (one !== undefined && !one.peer.isPaused) one.types(...numbered(50));
  };
  await chat.passes(6_500, flood);
  expect(one?.unread).toContain(texts.sendingTooFast);
  expect(one?.unread).not.toContain('not sent');
  await chat.passes(floodPatienceMs, flood);
  expect(one?.unread).toMatch(/You sent too fast: \d+ lines were not sent\./);
  expect(one?.peer.isEnded).toBe(false);
  await chat.passes(floodPatienceMs, flood);
  expect(one?.unread).toContain(texts.closedForFlooding);
  expect(one?.peer.isEnded).toBe(true);
  expect(one?.unread.split(texts.sendingTooFast)).toHaveLength(2);
  await two?.peer.transcript.until(texts.left('one', 'Planes'));
  const said = chat.records.find(({ message }) => message === 'User disconnected: one');
  expect(said?.fields).toMatchObject({ reason: 'flooding' });
});

test('whoever stops in time stays, and is told what was refused', async () => {
  const chat = await guarded();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await chat.passes(20_000);
  one?.types(...numbered(400));
  await chat.passes(floodPatienceMs + 10_000);
  const said = linesOf(two, 'one');
  expect(one?.unread).toContain(texts.linesRefused(400 - said.length));
  expect(said).toEqual(numbered(said.length));
  one?.types('sorry');
  await two?.peer.transcript.until('[one]: sorry');
  expect(one?.peer.isEnded).toBe(false);
});

test('a flood that is no lines is read slowly, and ends the connection', async () => {
  const chat = await guarded();
  const one = await chat.login('one');
  // IAC NOP, over and over.
  const nothing = Buffer.alloc(64 * 1_024, Buffer.from([255, 241]));
  let sent = 0;
  await chat.passes(10_000, () => {
    if (one.peer.isPaused) return;
    one.peer.sends(nothing);
    sent += nothing.length;
  });
  expect(sent).toBeLessThan(defaultLimits.inputBurstBytesMax * 4);
  await chat.passes(2 * floodPatienceMs, () => {
    if (!one.peer.isPaused) one.peer.sends(nothing);
  });
  expect(one.unread).toContain(texts.closedForFlooding);
});

test('what costs the server more counts for more', async () => {
  const chat = await guarded();
  const one = await chat.login('one');
  one.types(...Array.from({ length: 20 }, () => '/users'));
  await chat.passes(100);
  const answers = one.unread.split(texts.onlineUsers(['one'])).length - 1;
  expect(answers).toBeLessThanOrEqual(12);
  expect(answers).toBeGreaterThan(8);
});

test('whispers to ever new people are slow, those in a conversation are not', async () => {
  const chat = await guarded({ linesPerSecondMax: 1, connectionsPerAddressMinuteMax: 6_000 });
  const spammer = await chat.login('spammer');
  const talker = await chat.login('talker');
  const people: Person[] = [];
  for (let each = 0; each < 20; each++) people.push(await chat.login(`p${each}`));
  spammer.types(...people.map(({ name }) => `/whisper ${name} buy this`));
  talker.types(...Array.from({ length: 20 }, () => '/whisper p0 hello'));
  await chat.passes(1_000);
  const spammed = people.filter(({ unread }) => unread.includes('<<spammer>>'));
  expect(spammed.length).toBeLessThanOrEqual(7);
  expect(people[0]?.unread.split('<<talker>>: hello')).toHaveLength(21);
});

test('an IPv6 network has so many connections, and another one has its own', async () => {
  const chat = await guarded({ connectionsPerAddressMax: 2 });
  const first = chat.connects('one', '2001:db8::1');
  chat.connects('two', '2001:db8::2');
  expect(await chat.connects('three', '2001:db8::3').untilClosed()).toEqual([texts.addressFull]);
  const other = chat.connects('four', '2001:db8:0:1::1');
  await other.reads('Login:');
  first.peer.hangsUp();
  await chat.passes(100);
  await chat.connects('five', '2001:db8::5').reads('Login:');
  expect(other.peer.isEnded).toBe(false);
});

test('an address that connects too often is refused, logged once, and let in again', async () => {
  const chat = await guarded({ connectionsPerAddressMinuteMax: 2 });
  for (const name of ['one', 'two']) await chat.connects(name).reads('Login:');
  for (const name of ['three', 'four', 'five']) {
    expect(await chat.connects(name).untilClosed()).toEqual([texts.tooManyConnects]);
  }
  await chat.connects('six', '192.0.2.1').reads('Login:');
  const refused = chat.records.filter(({ message }) => message === 'Connection refused');
  expect(refused.map(({ fields }) => fields)).toEqual([
    { address: '127.0.0.1', reason: 'address-connects', refusals: 1 },
  ]);
  chat.clock.advance(30_000);
  await chat.connects('seven').reads('Login:');
});

test('an address that tries too often to log in is sent away', async () => {
  const chat = await guarded({ loginsPerAddressMinuteMax: 2 });
  const one = await chat.login('one');
  await chat.login('two');
  const three = chat.connects('three');
  await three.reads('Login:');
  three.types('three');
  expect(await three.untilClosed()).toEqual([texts.tooManyLoginsFromAddress]);
  expect(one.peer.isEnded).toBe(false);
});

test('who comes by an address that stands for many is not counted by it', async () => {
  const few = {
    connectionsPerAddressMax: 1,
    connectionsPerAddressMinuteMax: 1,
    loginsPerAddressMinuteMax: 1,
  };
  const chat = await guarded(few, (address) => address === '127.0.0.1');
  for (const name of ['one', 'two', 'three']) await chat.login(name);
  await chat.connects('four', '192.0.2.1').reads('Login:');
  expect(await chat.connects('five', '192.0.2.1').untilClosed()).toEqual([texts.addressFull]);
});

test('without flood control everyone may say as much as they can', async () => {
  const chat = await Chat.start({ flood: { isOn: false } });
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types(...numbered(1_000));
  await chat.passes(2_000);
  expect(linesOf(two, 'one')).toEqual(numbered(1_000));
  expect(one?.unread).toBe('');
});

test('nobody new is let in while the server is overloaded, and who is in stays', async () => {
  const chat = await guarded();
  const one = await chat.login('one');
  for (let late = 0; late < 20; late++) {
    chat.clock.advance(600);
    await turns();
  }
  expect(chat.services.readiness.isOverloaded).toBe(true);
  expect(await chat.connects('two').untilClosed()).toEqual([texts.serverBusy]);
  await one.does('/users', texts.onlineUsers(['one']));
  for (let passedMs = 0; passedMs < 10_000; passedMs += 50) {
    chat.clock.advance(50);
    await turns();
  }
  await chat.login('three');
  const said = chat.records.map(({ message }) => message).filter((each) => /verload/.test(each));
  expect(said).toEqual([
    'Overloaded: nobody is let in until the server is on time again',
    'Not overloaded any more: people are let in again',
  ]);
});

test('a crash does not give anyone a new burst', async () => {
  const chat = await guarded({ linesPerSecondMax: 1 });
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  one?.types(...numbered(40), '/crash connection', ...numbered(100));
  await chat.passes(2_000);
  expect(linesOf(two, 'one').length).toBeLessThan(65);
});

test('of very many who are refused at once, those after the first hundred are closed without a word', async () => {
  const chat = await guarded({ connectionsPerAddressMinuteMax: 1 });
  await chat.connects('one').reads('Login:');
  const refused = Array.from({ length: 110 }, (_, number) => chat.connects(`n${number}`));
  const told = await Promise.all(refused.slice(0, 100).map((each) => each.untilClosed()));
  expect(told.filter(([line]) => line === texts.tooManyConnects)).toHaveLength(100);
  const untold = refused.slice(100).map(({ unread, peer }) => [unread, peer.isDestroyed]);
  expect(untold).toEqual(Array.from({ length: 10 }, () => ['', true]));
});

test('very many who come at once are let in a few in each turn, in the order in which they came', async () => {
  const chat = await guarded();
  const { clock } = chat;
  const now = clock.now.bind(clock);
  let looks = 0;
  // It takes its time: each look at the clock is later.
  clock.now = () => now() + ++looks / 10;
  const people = Array.from({ length: 20 }, (_, number) => chat.connects(`n${number}`));
  const asked = (): boolean[] => people.map(({ unread }) => unread.includes('Login:'));
  await turns();
  const first = asked().filter((isAsked) => isAsked).length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(people.length);
  expect(asked().slice(0, first)).not.toContain(false);
  await chat.passes(2_000);
  expect(asked()).not.toContain(false);
});

test('who goes while what they sent must wait is not kept until it is their turn', async () => {
  const chat = await guarded();
  const [one, two] = await chat.gather('Planes', 'one', 'two');
  await chat.passes(20_000);
  one?.types(...numbered(500));
  await chat.passes(1_000);
  expect(one?.peer.isPaused).toBe(true);
  chat.transport.gone.add(one?.peer.socketEnd ?? '');
  await chat.passes((defaultLimits.tcpKeepaliveMs / 4) * 2);
  await two?.peer.transcript.until(texts.left('one', 'Planes'));
});

test('who is read from is believed, whatever the kernel’s table says', async () => {
  const chat = await guarded();
  const one = await chat.login('one');
  chat.transport.gone.add(one.peer.socketEnd);
  await chat.passes(defaultLimits.tcpKeepaliveMs);
  expect(one.peer.isEnded).toBe(false);
  await one.does('/rooms', texts.noRooms);
});
