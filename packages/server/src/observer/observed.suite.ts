import {
  actorName,
  type ActorSystem,
  type Behaviour,
  type Clock,
  dynamicSupervisor,
  type DynamicSupervisorMessage,
  type ReportSink,
  restartActor,
  startDynamicChild,
  startSystem,
  supervisor,
  systemClock,
  worker,
} from '@chat-server/supervision';
import type { Action, Observed } from './observer';

/** Throws at `crash`; else does nothing. */
const idle: Behaviour<string, string, string> = {
  init: (name) => name,
  receive(name, message) {
    if (message === 'crash') throw new Error(`${name} <b>crashed</b>`);
    return name;
  },
};

const crowdName = actorName<DynamicSupervisorMessage<string, string>>('crowd');
const generous = { restartsMax: 1_000, periodMs: 1_000 };

/** A system of one worker, `top/one`, and a crowd below `top/crowd`. */
export async function crowdSystem(
  count: number,
  reports: ReportSink = () => undefined,
  clock: Clock = systemClock,
): Promise<ActorSystem> {
  const child = { behaviour: idle, idPrefix: 'connection' };
  const crowd = dynamicSupervisor({ child, intensity: generous }, crowdName);
  const root = supervisor({
    intensity: generous,
    children: [
      { id: 'one', start: worker(idle, 'one', { name: actorName<string>('one') }) },
      { id: 'crowd', start: crowd },
    ],
  });
  const started = await startSystem(root, { name: 'top', reports, clock });
  if (!started.ok) throw started.error;
  await arrive(started.system, count);
  return started.system;
}

/** So many more come. */
export async function arrive(system: ActorSystem, count: number): Promise<void> {
  const crowd = system.whereIs(crowdName);
  if (crowd === undefined) throw new Error('no crowd');
  for (let n = 0; n < count; n++) await startDynamicChild(crowd, 'member');
}

/** Tells an actor of such a system something. */
export function tell(system: ActorSystem, path: string, message: string): void {
  (system.at(path) as { send(message: string): unknown } | undefined)?.send(message);
}

/** Such a system as the observer sees it; what it is told to do is on record. */
export function observedIn(
  system: ActorSystem,
  more: Partial<Observed> = {},
): Observed & { readonly actions: Action[] } {
  const actions: Action[] = [];
  return {
    actions,
    server: () => ({ version: '1.2.3', node: 'abc-1', state: 'ready' }),
    survey: (listedMax) => system.survey(listedMax),
    info: (path) => system.info(path),
    search: (text, countMax) => system.search(text, countMax),
    reading: () => ({ gauges: { users: 3 }, counters: { lines: 10 } }),
    counts: () => ({ users: 3 }),
    rooms: () =>
      Promise.resolve({ rooms: [{ name: 'Planes', size: 2 }], publicCount: 1, privateCount: 4 }),
    restart(path) {
      const actor = system.at(path);
      if (actor === undefined) return 'not-found';
      return restartActor(actor) ? 'done' : 'not-running';
    },
    disconnect: (connection) => (connection === 7 ? 'done' : 'not-found'),
    onAction: (action) => void actions.push(action),
    ...more,
  };
}

/** An event that was sent, with what it holds. */
export interface Told {
  readonly event: string;
  readonly data: unknown;
  readonly bytes: number;
}

/** Someone who watches, and has all that they are told. */
export class Watching {
  readonly told: Told[] = [];

  readonly send = (events: string): void => {
    for (const text of events.split('\n\n').filter((each) => each.startsWith('event:'))) {
      const [, event = '', data = ''] = /^event: (\S+)\ndata: (.*)$/.exec(text) ?? [];
      this.told.push({ event, data: JSON.parse(data), bytes: text.length });
    }
  };

  /** What came of that kind since it was asked last for anything. */
  next(event: string): readonly unknown[] {
    return this.told
      .splice(0)
      .filter((each) => each.event === event)
      .map(({ data }) => data);
  }
}
