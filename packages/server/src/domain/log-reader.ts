import { nameKey } from '@chat-server/protocol';
import type { Moderation } from './moderation';
import { isOwnWords, type RoomEvent } from './room-event';

/** People whose last line, or whose mute, is remembered; the oldest are forgotten first. */
const peopleMax = 10_000;

const kinds: ReadonlySet<string> = new Set<RoomEvent['kind']>([
  'said',
  'acted',
  'joined',
  'left',
  'topic',
  'destroyed',
  'inherited',
]);

/**
 * The form in which the log has an event. Nodes of a version that knows nothing of moderation show
 * what was moderated as something that its author did, and go on.
 */
export function toLog(event: RoomEvent): RoomEvent {
  return event.kind === 'moderated' ? { ...event, kind: 'acted' } : event;
}

/** What events of a log are to those who see them, from one after which nothing is known. */
export function readLog(logged: readonly RoomEvent[]): RoomEvent[] {
  const reader = new LogReader();
  return logged.map((event) => reader.read(event));
}

/**
 * Reads a room's log as all nodes do, in its order, and withholds what is not to be seen: what a
 * newer version wrote and this one knows nothing of; lines behind their author's mute that were let
 * pass before it was known; and lines that follow one of the same person too soon in slow mode. It
 * decides from the log alone, so that every node decides the same.
 *
 * A topic behind a mute is shown: the room's document, which knew of no mute, has it.
 */
export class LogReader {
  /** By name, as compared. */
  readonly #mutes = new Map<string, Moderation>();
  readonly #lastLineAtMs = new Map<string, number>();

  read(logged: RoomEvent): RoomEvent {
    if (logged.moderation !== undefined) {
      this.#moderated(logged.moderation);
      return { ...logged, kind: 'moderated' };
    }
    const isSeen = isOwnWords(logged) ? this.#isSeen(logged) : kinds.has(logged.kind);
    return isSeen ? logged : { ...logged, kind: 'withheld' };
  }

  /** When a person has written last, in slow mode; long ago when not at all. */
  lastLineAtMs(name: string): number {
    return this.#lastLineAtMs.get(nameKey(name)) ?? -Infinity;
  }

  #moderated(moderation: Moderation): void {
    const { action, target, revision } = moderation;
    const key = nameKey(target);
    // What was decided first may have come to the log last.
    if ((this.#mutes.get(key)?.revision ?? 0) > revision) return;
    if (action === 'mute') remember(this.#mutes, key, moderation);
    else if (action === 'unmute') this.#mutes.delete(key);
  }

  #isSeen({ by, atMs, revision = 0, paceMs }: RoomEvent): boolean {
    if (this.#mutes.size === 0 && paceMs === undefined) return true;
    const key = nameKey(by);
    const mute = this.#mutes.get(key);
    if (mute !== undefined && revision < mute.revision && atMs < (mute.untilMs ?? Infinity)) {
      return false;
    }
    if (paceMs === undefined) return true;
    if (atMs - this.lastLineAtMs(by) < paceMs) return false;
    remember(this.#lastLineAtMs, key, atMs);
    return true;
  }
}

function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.delete(key);
  memory.set(key, value);
  const [oldest] = memory.keys();
  if (memory.size > peopleMax && oldest !== undefined) memory.delete(oldest);
}
