import { parseName, sameName, showDuration, splitWord, texts } from '@chat-server/protocol';
import type { Moderation } from '../domain/moderation';
import type { ModerationRecord } from '../domain/moderation-record';
import type { Room, RoomRule } from '../domain/room';
import type { Deed } from '../domain/room-moderation';
import type { Caller } from './command';
import { type Effect, tell } from './effect';
import { refusalLine } from './refusal-line';
import { reasonOf, type Terms, termsOf } from './terms';

/** Something that is to be done in a room by who rules it. */
export interface Order {
  /** The room's name. */
  readonly room: string;
  readonly rule: RoomRule;
  readonly what: Omit<Moderation, 'revision'>;
  /** What members read behind the name of who did it. */
  readonly deed: (room: Room) => string;
  /** What it is about reads, wherever they are; nobody when not given. */
  readonly toTarget?: (room: Room) => string;
  /** What who did it reads, where they are not in that room. */
  readonly done?: (room: Room) => string;
}

/** What was typed, or what is wrong with it. */
export type Sentence =
  | ({ readonly ok: true; readonly target: string } & Terms)
  | { readonly ok: false; readonly line: string };

/**
 * Has something decided by a room's document, then told in its log, kept for operators, and told to
 * who it is about. What cannot be told in the log holds all the same, at the latest when someone
 * next enters; who did it is told so.
 */
export async function moderate(caller: Caller, order: Order): Promise<readonly Effect[]> {
  const { rooms, limits, nowMs, user, origin, spoken } = caller;
  const { what } = order;
  await spoken();
  const decision = await rooms.change(order.room, order.rule);
  if (decision === 'store-away') return tell(texts.storeAway);
  const { room } = decision;
  if (!decision.ok || room === undefined) {
    const refusal = decision.ok ? 'no-such-room' : decision.refusal;
    const held = { nowMs, target: what.target };
    return tell(refusalLine(refusal, order.room, limits, room, held));
  }
  const told = await rooms.happen(room.name, {
    kind: 'moderated',
    atMs: nowMs,
    by: user.name,
    origin,
    text: order.deed(room),
    moderation: { ...what, revision: room.revision ?? 0 },
  });
  // All there is of a kick is what the log tells.
  if (told === 'store-away' && what.action === 'kick') return tell(texts.storeAway);
  return [
    { do: 'record', record: recordOf(caller, what, room) },
    ...(order.toTarget === undefined
      ? []
      : [{ do: 'notify', to: what.target, line: order.toTarget(room) } as const]),
    ...answerOf(caller, order, room, told),
  ];
}

function answerOf(
  { user }: Caller,
  { done }: Order,
  room: Room,
  told: 'kept' | 'store-away',
): Effect[] {
  if (told === 'store-away') return tell(texts.keptUntold(room.name));
  const isHere = user.room !== undefined && sameName(user.room, room.name);
  return isHere || done === undefined ? [] : tell(done(room));
}

function recordOf(
  { nowMs, user }: Caller,
  { action, target, reason, untilMs, slowMs }: Order['what'],
  room: Room,
): ModerationRecord {
  const pace = slowMs === undefined ? 'off' : showDuration(slowMs);
  return {
    atMs: nowMs,
    by: user.name,
    action,
    target: target === '' ? room.name : target,
    room: room.name,
    ...(reason !== undefined && { reason }),
    ...(action === 'slow' && { reason: pace }),
    ...(untilMs !== undefined && { untilMs }),
  };
}

/** Reads `<user> [duration] [reason]`, or without the duration. */
export function parseSentence(rest: string, nowMs: number, hasDuration: boolean): Sentence {
  const [who, behind] = splitWord(rest);
  const target = parseName(who);
  if (target === undefined) return { ok: false, line: texts.invalidUserName(who) };
  const terms = hasDuration ? termsOf(behind, nowMs) : reasonOf(behind);
  return terms.ok ? { ok: true, target, ...terms.value } : terms;
}

/** What is to be done about somebody, as rules see it; shown as they are, if they are online. */
export function deedOn(
  { person, directory, nowMs }: Caller,
  { target, reason, untilMs }: Sentence & { readonly ok: true },
): Deed {
  const present = directory.find(target);
  return {
    by: person,
    target: present?.name ?? target,
    isOperator: present?.isOperator === true,
    nowMs,
    ...(reason !== undefined && { reason }),
    ...(untilMs !== undefined && { untilMs }),
  };
}

/** What the log and operators are told of it. */
export function whatOf(
  action: Moderation['action'],
  { target, reason, untilMs }: Deed,
): Order['what'] {
  return {
    action,
    target,
    ...(reason !== undefined && { reason }),
    ...(untilMs !== undefined && { untilMs }),
  };
}
