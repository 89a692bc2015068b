import { showDuration } from './duration';

/** What the server says of, to, and about those who are kept in order in a room. */
export const moderationTexts = {
  moderated: (by: string, deed: string) => `[*]: ${by} ${deed}`,
  kickDeed: (name: string, room: string, reason?: string) =>
    `put ${name} out of ${room}${because(reason)}`,
  banDeed: (name: string, room: string, untilMs?: number, reason?: string) =>
    `banned ${name} from ${room}${until(untilMs)}${because(reason)}`,
  unbanDeed: (name: string, room: string) => `lets ${name} into ${room} again.`,
  muteDeed: (name: string, untilMs?: number, reason?: string) =>
    `muted ${name}${until(untilMs)}${because(reason)}`,
  unmuteDeed: (name: string) => `lets ${name} speak again.`,
  uninviteDeed: (name: string) => `took back the invitation of ${name}.`,
  transferDeed: (name: string, room: string) => `gave ${room} to ${name}, who owns it now.`,
  slowDeed: (ms?: number) =>
    ms === undefined ? 'ended slow mode.' : `began slow mode: one line each ${showDuration(ms)}.`,

  kickedYou: (by: string, room: string, reason?: string) =>
    `[*]: ${by} put you out of room ${room}${because(reason)}`,
  bannedYou: (by: string, room: string, end: string, reason?: string) =>
    `[*]: ${by} banned you from room ${room} ${end}${because(reason)}`,
  unbannedYou: (by: string, room: string) =>
    `[*]: ${by} lets you into room ${room} again, /join ${room} enters it.`,
  mutedYou: (by: string, room: string, end: string, reason?: string) =>
    `[*]: ${by} muted you in room ${room} ${end}${because(reason)}`,
  unmutedYou: (by: string, room: string) => `[*]: ${by} lets you speak in room ${room} again.`,
  uninvitedYou: (by: string, room: string) =>
    `[*]: ${by} took back your invitation to room ${room}.`,
  roomGivenToYou: (by: string, room: string) =>
    `[*]: ${by} gave you room ${room}: you own it now. /help lists what owners can do.`,

  banned: (room: string, end: string, reason?: string) =>
    `You are banned from room ${room} ${end}${because(reason)}`,
  muted: (room: string, end: string, reason?: string) =>
    `Not sent: you are muted in room ${room} ${end}${because(reason)}`,
  putOut: (room: string) => `You are not in room ${room} any more.`,
  slowMode: (room: string, ms: number) =>
    `[*]: Room ${room} is in slow mode: one line each ${showDuration(ms)}.`,
  slowWait: (room: string, leftMs: number) =>
    `Not sent: room ${room} is in slow mode, you can write again in ${showDuration(leftMs)}.`,
  slowTopic: (room: string) =>
    `Room ${room} is in slow mode: meanwhile its topic is only its owner's to set.`,

  notInYourRoom: (name: string, room: string) =>
    `${name} is not in room ${room}, /who lists who is.`,
  notToYourself: 'You cannot do that to yourself.',
  notToOwner: (room: string, owner: string) =>
    `${owner} owns room ${room}: only an operator of the server can do that to them.`,
  notToOperator: (name: string) =>
    `${name} is an operator of the server: that cannot be done to them.`,
  isBannedThere: (name: string, room: string) =>
    `${name} is banned from room ${room}, its owner can /unban ${name}.`,
  tooManyBans: (room: string, bansMax: number) =>
    `${bansMax} are banned from room ${room}, which is as many as may be. /unban one first, /bans lists them.`,
  tooManyMutes: (room: string, mutesMax: number) =>
    `${mutesMax} are muted in room ${room}, which is as many as may be. /unmute one first, /bans lists them.`,
  notBanned: (name: string, room: string) =>
    `${name} is not banned from room ${room}, /bans lists who is.`,
  notMuted: (name: string, room: string) =>
    `${name} is not muted in room ${room}, /bans lists who is.`,
  notInvited: (name: string, room: string) => `${name} is not invited to room ${room}.`,
  nobodyIsInvited: (room: string) =>
    `Room ${room} is open to all: /kick puts someone out, /ban keeps them out.`,
  ownsAlready: (name: string, room: string) => `Room ${room} is owned by ${name} already.`,
  nobodyOfThatName: (name: string) =>
    `No user ${name} is online or registered, so no room can be given to them.`,
  invalidDuration: (text: string) =>
    `${text} is no duration; one is 90s, 10m, 2h, 1d12h or 4w, at most ten years. Nothing was done.`,
  invalidUserName: (text: string) => `${text} is not the name of a user.`,
  reasonTooLong: (charactersMax: number) =>
    `A reason has at most ${charactersMax} characters. Nothing was done.`,
  keptUntold: (room: string) =>
    `It is kept, but room ${room} could not be told just now. Do it again in a moment; it holds at the latest when someone next enters.`,
  uninvited: (name: string, room: string) => `${name} is not invited to room ${room} any more.`,
  transferred: (name: string, room: string) => `Room ${room} is owned by ${name} now.`,
  bansOf: (room: string) => `Banned from ${room}:`,
  mutesOf: (room: string) => `Muted in ${room}:`,
  noBans: (room: string) => `Nobody is banned from room ${room}, or muted in it.`,
  banLine: (name: string, by: string, end: string, reason?: string) =>
    `  ${name}, by ${by} ${end}${because(reason)}`,

  /** When something ends, and how long that is: `until 2026-11-26 14:00 UTC, 23 h 59 min left`. */
  end: (untilMs: number | undefined, nowMs: number) =>
    untilMs === undefined
      ? 'until it is lifted'
      : `until ${minuteOf(untilMs)}, ${showDuration(untilMs - nowMs)} left`,
} as const;

function until(ms: number | undefined): string {
  return ms === undefined ? '' : ` until ${minuteOf(ms)}`;
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '.' : `: ${reason}`;
}
