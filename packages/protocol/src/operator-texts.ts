import { showDuration } from './duration';

/** Why something was done about someone, and until when; for good where no end is given. */
export interface Terms {
  readonly reason?: string | undefined;
  readonly untilMs?: number | undefined;
}

/** What the server says of its operators, to them, and to those whom they do something about. */
export const operatorTexts = {
  nowOperator: '[*]: You are an operator of this server now, /help server lists what you can do.',
  noLongerOperator: '[*]: You are no operator of this server any more.',
  notOperatorAnyMore: 'You are no operator of this server any more, nothing was done.',

  announcement: (by: string, text: string) => `[*]: To everyone, from operator ${by}: ${text}`,

  kickedFromServer: (reason?: string) => `[*]: An operator has disconnected you${because(reason)}`,
  bannedFromServer: (terms: Terms, nowMs: number) =>
    `[*]: You are banned from this server ${lasting(terms, nowMs)}`,
  nameBanned: (name: string, terms: Terms, nowMs: number) =>
    `The name ${name} is banned from this server ${lasting(terms, nowMs)}`,
  addressBanned: (terms: Terms, nowMs: number) =>
    `Your address is banned from this server ${lasting(terms, nowMs)}`,
  mutedOnServer: (terms: Terms, nowMs: number) =>
    `[*]: You are muted on this server ${lasting(terms, nowMs)}`,
  unmutedOnServer: '[*]: You are not muted on this server any more.',

  lockedToGuests: (reason?: string) =>
    `This server lets in registered users only for now${because(reason)}`,
  lockedToAll: (reason?: string) => `This server lets nobody new in for now${because(reason)}`,

  kickedBy: (name: string) => `${name} is disconnected.`,
  sanctioned: (what: 'banned' | 'muted', target: string, terms: Terms, nowMs: number) =>
    `${target} is ${what} ${lasting(terms, nowMs)}`,
  unsanctioned: (what: 'banned' | 'muted', target: string) => `${target} is not ${what} any more.`,
  notSanctioned: (what: 'banned' | 'muted', target: string) => `${target} is not ${what}.`,
  tooManySanctions: (what: 'bans' | 'mutes', countMax: number) =>
    `There are ${countMax} ${what}, which is as many as there may be. /server ${what} lists them; lift some first.`,
  noSanctions: (what: 'bans' | 'mutes') => `There are no ${what}.`,
  sanctions: (what: 'bans' | 'mutes', count: number) =>
    count === 1 ? `1 ${what.slice(0, -1)}:` : `${count} ${what}:`,
  sanction: (target: string, by: string, terms: Terms, nowMs: number) =>
    `  ${target}, by ${by}, ${lasting(terms, nowMs)}`,

  noBanTarget: (word: string) =>
    `${word} is no name, no address and no block of addresses such as 192.0.2.0/24. Nothing was done.`,
  noName: (word: string) => `${word} is no name. Nothing was done.`,
  blockTooWide: (block: string) =>
    `${block} is more than may be banned: /lockdown keeps out those who are new. Nothing was done.`,
  isThisMachine: (block: string) =>
    `${block} is this machine itself, from where it is run. Nothing was done.`,
  isYourAddress: (address: string) =>
    `You come from ${address} yourself: you would be out, too. Nothing was done.`,
  isOperator: (name: string) =>
    `${name} is an operator: chat-server operator remove ${name}, in a shell, takes that away first. Nothing was done.`,

  connectedFrom: (name: string, address: string, node: string) =>
    `[*]: ${name} is connected from ${address}, on node ${node}.`,

  lockdownIs: (mode: 'off' | 'guests' | 'all', reason?: string) => {
    if (mode === 'off') return 'There is no lockdown: anyone may log in.';
    const who = mode === 'guests' ? 'Only registered users may' : 'Nobody but operators may';
    return `${who} log in, /lockdown off ends that${because(reason)}`;
  },

  noRecords: 'Nothing has been recorded yet.',
  records: (count: number) =>
    `The last ${count === 1 ? 'record' : `${count} records`}, times in UTC:`,
  record: ({
    atMs,
    by,
    action,
    target,
    room,
    reason,
    untilMs,
  }: Terms & {
    readonly atMs: number;
    readonly by: string;
    readonly action: string;
    readonly target: string;
    readonly room?: string | undefined;
  }) =>
    [
      `${instant(atMs)} ${by}: ${action} ${target}`,
      room === undefined ? '' : ` in ${room}`,
      untilMs === undefined ? '' : ` until ${instant(untilMs)}`,
      reason === undefined ? '' : `: ${reason}`,
    ].join(''),
} as const;

/** `until 2026-11-26 14:00 UTC (10 min): spam`. */
function lasting({ reason, untilMs }: Terms, nowMs: number): string {
  if (untilMs === undefined) return `until that is lifted${because(reason)}`;
  const left = showDuration(Math.max(0, untilMs - nowMs));
  return `until ${instant(untilMs)} UTC (${left})${because(reason)}`;
}

function because(reason?: string): string {
  return reason === undefined ? '.' : `: ${reason}`;
}

/** Its last minute counts: what ends at 13:59:30 is told to end at 14:00. */
function instant(atMs: number): string {
  return new Date(Math.ceil(atMs / 60_000) * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}
