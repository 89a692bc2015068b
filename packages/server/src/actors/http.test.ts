import { type ActorName, injectFault, startSystem, worker } from '@chat-server/supervision';
import type { HttpSide } from '../http/http-side';
import { Readiness } from '../http/readiness';
import { Chat } from './chat.suite';
import { httpBehaviour } from './http';
import { httpName, registryName } from './names';

/** An HTTP side without a port. */
class FakeHttpSide implements HttpSide {
  opened = 0;
  isOpen = false;
  onError: ((error: Error) => void) | undefined;
  #wake = (): void => undefined;

  open(onError: (error: Error) => void): Promise<number> {
    this.opened++;
    this.isOpen = true;
    this.onError = onError;
    this.#wake();
    return Promise.resolve(8_081);
  }

  close(): void {
    this.isOpen = false;
  }

  /** Resolves when it has been opened that often. */
  async opens(times: number): Promise<void> {
    while (this.opened < times) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Everyone in `Planes`, on a server with an HTTP side. */
async function served(...names: readonly string[]) {
  const http = new FakeHttpSide();
  const chat = await Chat.start({ http });
  return { http, chat, people: await chat.gather('Planes', ...names) };
}

function ignored(): void {}

function fault<Message>(chat: Chat, name: ActorName<Message>): void {
  const target = chat.system.whereIs(name);
  if (target === undefined) throw new Error(`no ${name.name}`);
  injectFault(target, new Error('bug'));
}

test('a server whose tree is up is ready, and says where it can be asked', async () => {
  const { chat } = await served('one');
  expect(chat.services.readiness.check()).toEqual({ ready: true });
  expect(chat.records).toContainEqual({
    message: 'HTTP listening on port 8081',
    fields: { httpPort: 8_081 },
  });
});

test('a crash of the HTTP side restarts it alone, and its port stays open', async () => {
  const { http, chat, people } = await served('one', 'two');
  const [one, two] = people;
  const before = chat.reports.length;
  fault(chat, httpName);
  await http.opens(2);
  expect(http.isOpen).toBe(true);
  one?.types('hi');
  await two?.sees('[one]: hi');
  expect(one?.unread).toBe('');
  expect(chat.crashes).toEqual(['chat/http']);
  const started = chat.reports
    .slice(before)
    .flatMap((report) => (report.report === 'progress' ? [report.started.id] : []));
  expect(started).toEqual(['http']);
  expect(chat.services.readiness.check()).toEqual({ ready: true });
});

test('it comes back with the parts before it, and its port stays open', async () => {
  const { http, chat, people } = await served('one');
  fault(chat, registryName);
  await http.opens(2);
  expect(http.isOpen).toBe(true);
  await people[0]?.does('/users', 'Online users: one');
  expect(chat.services.readiness.check()).toEqual({ ready: true });
});

test('a server whose parts are down is not ready', async () => {
  const { chat } = await served('one');
  await chat.system.stop();
  expect(chat.services.readiness.check()).toEqual({ ready: false, reason: 'not listening' });
});

test('it keeps the store’s state up to date while it runs, and logs what it cannot accept', async () => {
  const http = new FakeHttpSide();
  const readiness = Object.assign(new Readiness(), { isListening: true });
  const watchers = new Set<(isAvailable: boolean) => void>();
  const store = {
    watchAvailability(listener: (isAvailable: boolean) => void) {
      watchers.add(listener);
      listener(true);
      return () => watchers.delete(listener);
    },
  };
  const { promise: failure, resolve } = Promise.withResolvers<unknown>();
  const error = (fields: object, message: string): void => resolve({ fields, message });
  const log = { debug: ignored, info: ignored, warn: ignored, error, fatal: ignored };
  const spec = worker(httpBehaviour, { http, store, readiness, log });
  const started = await startSystem(spec, { name: 'http', reports: ignored });
  if (!started.ok) throw started.error;
  for (const isAvailable of [false, true, false]) {
    for (const tell of watchers) tell(isAvailable);
    expect(readiness.check().ready).toBe(isAvailable);
  }
  const err = new Error('too many open files');
  http.onError?.(err);
  expect(await failure).toEqual({ fields: { err }, message: 'Cannot accept HTTP connections' });
  await started.system.stop();
  expect(watchers.size).toBe(0);
});
