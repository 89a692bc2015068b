import * as fc from 'fast-check';
import { LogReader, readLog, toLog } from './log-reader';
import type { Moderation } from './moderation';
import type { RoomEvent } from './room-event';

function said(by: string, atMs: number, passed: Partial<RoomEvent> = {}): RoomEvent {
  return { kind: 'said', atMs, by, origin: `n.${by}`, text: 'hi', ...passed };
}

function moderated(moderation: Partial<Moderation>, atMs = 0): RoomEvent {
  const all: Moderation = { action: 'mute', target: 'two', revision: 1, ...moderation };
  return { kind: 'moderated', atMs, by: 'one', origin: 'n.one', text: 'did it', moderation: all };
}

function kindsOf(...logged: readonly RoomEvent[]): string[] {
  return readLog(logged.map((event) => toLog(event))).map(({ kind }) => kind);
}

test('older versions are shown what was moderated as something done; this one knows it for what it is', () => {
  expect(toLog(moderated({}))).toMatchObject({ kind: 'acted', text: 'did it' });
  expect(readLog([toLog(moderated({}))])).toEqual([moderated({})]);
  expect(toLog(said('two', 0))).toEqual(said('two', 0));
});

test('what a newer version wrote is withheld', () => {
  const unknown = { ...said('two', 0), kind: 'polled' } as unknown as RoomEvent;
  expect(kindsOf(unknown, said('two', 0))).toEqual(['withheld', 'said']);
});

test('a line behind its author’s mute is withheld that was let pass before it was known', () => {
  expect(kindsOf(said('TWO', 0), moderated({}), said('TWO', 0), said('three', 0))).toEqual([
    'said',
    'moderated',
    'withheld',
    'said',
  ]);
});

test('a line is seen that was let pass by who knew of the mute: it had ended, or was lifted', () => {
  expect(kindsOf(moderated({}), said('two', 0, { revision: 1 }))).toEqual(['moderated', 'said']);
  expect(kindsOf(moderated({ untilMs: 5 }), said('two', 5))).toEqual(['moderated', 'said']);
  const lifted = moderated({ action: 'unmute', revision: 2 });
  expect(kindsOf(moderated({}), lifted, said('two', 0)).at(-1)).toBe('said');
  // What was decided first came to the log last.
  const late = kindsOf(lifted, moderated({ revision: 1 }), said('two', 0, { revision: 2 }));
  expect(late.at(-1)).toBe('said');
});

test('who comes and goes behind a mute is seen, and so is a topic that the room has', () => {
  const others = [
    said('two', 0, { kind: 'joined' }),
    said('two', 0, { kind: 'left' }),
    said('two', 0, { kind: 'topic' }),
  ];
  expect(kindsOf(moderated({}), ...others).slice(1)).toEqual(['joined', 'left', 'topic']);
});

const line = fc.record({
  by: fc.constantFrom('one', 'ONE', 'two'),
  // Clocks of nodes differ: time may go back.
  atMs: fc.nat(200),
  paceMs: fc.constantFrom(undefined, 10, 50),
});

test('in slow mode, no two lines of a person that are seen are closer than they may be', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const seen = readLog(
        lines.map(({ by, atMs, paceMs }) => said(by, atMs, paceMs === undefined ? {} : { paceMs })),
      ).filter(({ kind }) => kind !== 'withheld');
      const lastAtMs = new Map<string, number>();
      for (const { by, atMs, paceMs } of seen) {
        if (paceMs === undefined) continue;
        const key = by.toLowerCase();
        expect(atMs - (lastAtMs.get(key) ?? -Infinity)).toBeGreaterThanOrEqual(paceMs);
        lastAtMs.set(key, atMs);
      }
      expect(seen.filter(({ paceMs }) => paceMs === undefined)).toHaveLength(
        lines.filter(({ paceMs }) => paceMs === undefined).length,
      );
    }),
  );
});

test('a log is read the same at once and event by event, and no event is lost', () => {
  const event = fc.oneof(
    line.map(({ by, atMs }) => said(by, atMs)),
    fc
      .record({
        action: fc.constantFrom('mute' as const, 'unmute' as const, 'kick' as const),
        target: fc.constantFrom('one', 'two'),
        revision: fc.nat(9),
      })
      .map((moderation) => toLog(moderated(moderation))),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (logged) => {
      const reader = new LogReader();
      const read = logged.map((each) => reader.read(each));
      expect(readLog(logged)).toEqual(read);
      expect(read.map(({ text, by }) => [text, by])).toEqual(
        logged.map(({ text, by }) => [text, by]),
      );
    }),
  );
});
