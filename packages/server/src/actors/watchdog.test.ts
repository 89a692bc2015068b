import { setImmediate } from 'node:timers/promises';
import { injectFault } from '@chat-server/supervision';
import type { ServiceManager } from '../systemd/service-manager';
import type { Probed, Transport } from '../transports/transport';
import { Chat } from './chat.suite';
import { acceptorOf, registryName } from './names';

const aliveEveryMs = 7_500;

class FakeManager implements ServiceManager {
  readonly aliveEveryMs = aliveEveryMs;
  timesAlive = 0;
  ready(): void {}
  reloaded(): void {}
  stopping(): void {}
  alive(): void {
    this.timesAlive++;
  }
}

/** Lets every actor handle what it has been sent. */
async function handled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await setImmediate();
}

async function watched(moreTransports: readonly Transport[] = []) {
  const manager = new FakeManager();
  const chat = await Chat.start({ manager, moreTransports });
  const passes = async (ms: number): Promise<number> => {
    const before = manager.timesAlive;
    chat.clock.advance(ms);
    await handled();
    return manager.timesAlive - before;
  };
  await handled();
  return { manager, chat, passes };
}

const probe = (): Promise<Probed> => Promise.resolve({ unanswered: new Set(), gone: new Set() });

test('it is told at the start, and then each time that it wants to be', async () => {
  const { manager, passes } = await watched();
  expect(manager.timesAlive).toBe(1);
  expect(await passes(aliveEveryMs - 1)).toBe(0);
  expect(await passes(1)).toBe(1);
  expect(await passes(aliveEveryMs)).toBe(1);
});

test('a part that crashes and comes back does not make it silent', async () => {
  const { chat, passes } = await watched();
  const whereAre = [
    () => chat.system.whereIs(acceptorOf('fake')),
    () => chat.system.whereIs(registryName),
  ];
  for (const whereIs of whereAre) {
    const part = whereIs();
    if (part === undefined) throw new Error('no such part');
    injectFault(part, new Error('bug'));
    await handled();
    expect(await passes(aliveEveryMs)).toBe(1);
  }
});

test('a part that does not come back makes it silent, until it does', async () => {
  const { chat, passes } = await watched();
  const opened = Promise.withResolvers<void>();
  const open = chat.transport.open.bind(chat.transport);
  chat.transport.open = (listener) => opened.promise.then(() => open(listener));
  const acceptor = chat.system.whereIs(acceptorOf('fake'));
  if (acceptor === undefined) throw new Error('no acceptor');
  injectFault(acceptor, new Error('bug'));
  await handled();
  for (let times = 0; times < 8; times++) expect(await passes(aliveEveryMs)).toBe(0);
  opened.resolve();
  await handled();
  expect(await passes(aliveEveryMs)).toBeGreaterThan(0);
});

test('all who let people in have to answer', async () => {
  const opening = Promise.withResolvers<void>();
  const open = { port: 2, probe, release() {} };
  let times = 0;
  const other = {
    name: 'other',
    open: () => (times++ === 0 ? Promise.resolve(open) : opening.promise.then(() => open)),
    close() {},
  };
  const { chat, passes } = await watched([other]);
  expect(await passes(aliveEveryMs)).toBe(1);
  const acceptor = chat.system.whereIs(acceptorOf('other'));
  if (acceptor === undefined) throw new Error('no acceptor');
  injectFault(acceptor, new Error('bug'));
  await handled();
  for (let quarters = 0; quarters < 8; quarters++) expect(await passes(aliveEveryMs)).toBe(0);
  opening.resolve();
  await handled();
  expect(await passes(aliveEveryMs)).toBeGreaterThan(0);
});

test('a server that nobody watches has no watchdog', async () => {
  const chat = await Chat.start();
  expect(chat.system.tree().children.map(({ id }) => id)).not.toContain('watchdog');
});
