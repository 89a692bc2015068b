import { nameKey, parseName } from '@chat-server/protocol';
import type { Account, PasswordHash } from '../domain/account';
import type { Presence } from '../domain/directory';
import type { Letter } from '../domain/letter';
import type { OperatorNames } from '../domain/operator-names';
import type { Place } from '../domain/return';
import type { Moderation } from '../domain/moderation';
import type { ModerationRecord } from '../domain/moderation-record';
import type { InvitedGuest, Room } from '../domain/room';
import type { RoomSanction } from '../domain/room-sanction';
import type { Lockdown, Sanction, Sanctions } from '../domain/sanctions';
import type { ModerationNews } from '../domain/server-moderation';
import type { Said, SharedState } from '../domain/shared-state';
import { withheldEvent, type RoomEvent } from '../domain/room-event';
import type { RecordShapes } from './checked-store';
import {
  accountsCollection,
  inboxPrefix,
  moderationChannel,
  moderationCollection,
  moderationNewsChannel,
  returnsCollection,
  roomPrefix,
  roomsCollection,
} from './keys';
import {
  type Check,
  eitherOf,
  isFlag,
  isNumber,
  isText,
  isTime,
  listOf,
  objectOf,
  oneOf,
  optional,
} from './shape';

/** What hashing may take of memory, in bytes: 32 MiB are what it takes today. */
const hashingBytesMax = 512 * 1_024 * 1_024;
const hashBytes = 32;

function isName(value: unknown): value is string {
  return typeof value === 'string' && parseName(value) === value;
}

function isTrue(value: unknown): value is true {
  return value === true;
}

function isEmpty(value: unknown): value is '' {
  return value === '';
}

const isRoomSanction = objectOf<RoomSanction>({
  name: isText,
  by: isText,
  atMs: isTime,
  reason: optional(isText),
  untilMs: optional(isTime),
  network: optional(isText),
});

const isRoom: Check<Room> = objectOf<Room>({
  name: isName,
  owner: eitherOf<string>(isName, isEmpty),
  ownerOrigin: optional(isText),
  isPrivate: isFlag,
  topic: optional(isText),
  invited: listOf(isText),
  guests: optional(listOf(objectOf<InvitedGuest>({ key: isText, origin: isText }))),
  createdAtMs: isTime,
  bans: optional(listOf(isRoomSanction)),
  mutes: optional(listOf(isRoomSanction)),
  slowMs: optional(isNumber),
  revision: optional(isNumber),
});

const isHash = objectOf<PasswordHash>({
  kind: oneOf('scrypt'),
  hash: isText,
  salt: isText,
  cost: isNumber,
  blockSize: isNumber,
  parallelization: isNumber,
});

/** One that scrypt would throw at, or take too much for, is none. */
function isPassword(value: unknown): value is PasswordHash {
  if (!isHash(value)) return false;
  const { cost, blockSize, parallelization, hash } = value;
  const isCost = [cost, blockSize, parallelization].every((n) => Number.isSafeInteger(n) && n > 0);
  const isPower = Number.isInteger(Math.log2(cost)) && cost > 1;
  const bytes = 128 * cost * blockSize * parallelization;
  return isCost && isPower && bytes <= hashingBytesMax && lengthOf(hash) === hashBytes;
}

/** Of what base64 stands for, in bytes. */
function lengthOf(base64: string): number {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(base64)
    ? Math.floor((base64.replaceAll('=', '').length * 3) / 4)
    : -1;
}

const isAccount: Check<Account> = objectOf<Account>({
  name: isName,
  password: isPassword,
  registeredAtMs: isTime,
  isOperator: optional(isTrue),
});

const isPlace: Check<Place> = objectOf<Place>({
  name: isName,
  room: eitherOf<string>(isName, isEmpty),
  seen: eitherOf<Place['seen']>(objectOf({ offset: isNumber }), objectOf({ atMs: isTime })),
  address: optional(isText),
  origin: optional(isText),
  untilMs: isTime,
});

const isModeration = objectOf<Moderation>({
  action: oneOf('kick', 'ban', 'unban', 'mute', 'unmute', 'uninvite', 'transfer', 'slow'),
  target: isText,
  revision: isNumber,
  reason: optional(isText),
  untilMs: optional(isTime),
  slowMs: optional(isNumber),
});

const isEvent: Check<RoomEvent> = objectOf<RoomEvent>({
  kind: oneOf('said', 'acted', 'joined', 'left', 'topic', 'destroyed', 'inherited'),
  atMs: isTime,
  by: isText,
  origin: isText,
  text: isText,
  moderation: optional(isModeration),
  revision: optional(isNumber),
  paceMs: optional(isNumber),
  isRegistered: optional(isFlag),
  isQuiet: optional(isFlag),
});

function saidOf<Value>(check: Check<Value>): Check<Said<Value> | undefined> {
  return optional(objectOf<Said<Value>>({ value: optional(check), atMs: isTime, by: isText }));
}

const isShared = objectOf<SharedState>({
  room: saidOf(isName),
  away: saidOf(isText),
  ignored: saidOf(listOf(isText)),
  replyTo: saidOf(isText),
  isGivenUp: saidOf(isFlag),
});

const isPresence: Check<Presence> = objectOf<Presence>({
  name: isName,
  origin: isText,
  sinceMs: isTime,
  room: optional(isName),
  roomAtMs: optional(isTime),
  away: optional(isText),
  isRegistered: optional(isFlag),
  address: optional(isText),
  isOperator: optional(isFlag),
  shared: optional(isShared),
});

type Whisper = Letter & { readonly kind: 'whisper' };
type Line = Letter & { readonly kind: 'line' };

const isLetter = eitherOf<Letter>(
  objectOf<Whisper>({
    kind: oneOf('whisper'),
    to: isText,
    sender: isText,
    toName: isText,
    fromName: isText,
    text: isText,
    isOneOfSome: optional(isFlag),
  }),
  objectOf<Line>({ kind: oneOf('line'), to: isText, line: isText }),
);

/** To nobody, in the place of a letter that cannot be read. */
const noLetter: Line = { kind: 'line', to: '', line: '' };

const isSanction = objectOf<Sanction>({
  target: isText,
  by: isText,
  atMs: isTime,
  reason: optional(isText),
  untilMs: optional(isTime),
});

const isSanctions = objectOf<Sanctions>({
  version: isNumber,
  bans: listOf(isSanction),
  mutes: listOf(isSanction),
  lockdown: optional(
    objectOf<Lockdown>({
      mode: oneOf('guests', 'all'),
      by: isText,
      atMs: isTime,
      reason: optional(isText),
    }),
  ),
});

const isOperatorNames = objectOf<OperatorNames>({ names: listOf(isText) });

type News<Kind extends ModerationNews['kind']> = ModerationNews & { readonly kind: Kind };

const isNews = eitherOf<ModerationNews>(
  objectOf<News<'sanctions'>>({ kind: oneOf('sanctions') }),
  objectOf<News<'operator'>>({ kind: oneOf('operator'), name: isText }),
  objectOf<News<'kick'>>({ kind: oneOf('kick'), name: isText, reason: optional(isText) }),
  objectOf<News<'announcement'>>({ kind: oneOf('announcement'), by: isText, text: isText }),
  objectOf<News<'whois'>>({ kind: oneOf('whois'), name: isText, asker: isText }),
);

/** What is asked of nodes where it cannot be read: to look again does no harm. */
const lookAgain: ModerationNews = { kind: 'sanctions' };

const isRecord = objectOf<ModerationRecord>({
  atMs: isTime,
  by: isText,
  action: isText,
  target: isText,
  room: optional(isText),
  reason: optional(isText),
  untilMs: optional(isTime),
});

const noRecord: ModerationRecord = { atMs: 0, by: '?', action: 'unreadable', target: '?' };

/** What the chat keeps, and what stands for what cannot be read of it. */
export const recordShapes: RecordShapes = {
  documents: new Map([
    [roomsCollection, { check: isRoom, unread: 'refused' }],
    [accountsCollection, { check: isAccount, unread: 'refused' }],
    // Whoever is not put back can go there: one that is lost is not worth a refusal.
    [returnsCollection, { check: isPlace, unread: 'absent' }],
    [
      moderationCollection,
      {
        check: eitherOf<Sanctions | OperatorNames>(isSanctions, isOperatorNames),
        unread: 'refused',
      },
    ],
  ]),
  entries: [
    { prefix: roomPrefix, check: isEvent, instead: withheldEvent },
    { prefix: inboxPrefix, check: isLetter, instead: noLetter },
    { prefix: moderationNewsChannel, check: isNews, instead: lookAgain },
    { prefix: moderationChannel, check: isRecord, instead: noRecord },
  ],
  isClaim: (name, holder, details) =>
    isPresence(details) && nameKey(details.name) === name && details.origin === holder.origin,
};
