import { askJson } from './api.js';
import { byId, element, setText } from './elements.js';
import { countText, dayAndTimeText } from './formats.js';

/** Records that are shown; the others are in /server records and in the server's log. */
const recordsShown = 100;
let shown = '';

/** Shows who is banned and muted, and what was done about people, where it is another than before. */
export async function refreshModeration() {
  const { status, told } = await askJson(`../api/moderation?limit=${recordsShown}`);
  if (status !== 200) return;
  const { atMs: _atMs, ...view } = told;
  // What does not change is not drawn again: whoever reads it keeps their place.
  const text = JSON.stringify(view);
  if (text === shown) return;
  shown = text;
  show(view);
}

function show({ operators, lockdown, bans, mutes, records }) {
  const counts = [countText(bans.length, 'ban'), countText(mutes.length, 'mute')];
  setText(
    byId('moderation-count'),
    `${countText(operators.length, 'operator')}, ${counts.join(', ')}`,
  );
  const banner = byId('lockdown');
  banner.hidden = lockdown === undefined;
  setText(banner, lockdown === undefined ? '' : lockdownText(lockdown));
  const isEmpty = bans.length + mutes.length + records.length + operators.length === 0;
  const parts = isEmpty
    ? [element('p', { class: 'empty' }, 'Nobody has been banned, muted or kicked.')]
    : [
        ...(operators.length === 0 ? [] : [element('p', {}, `Operators: ${operators.join(', ')}`)]),
        ...table('Banned', bans.map(sanctionCells), sanctionHeads),
        ...table('Muted', mutes.map(sanctionCells), sanctionHeads),
        ...table('Records', records.map(recordCells), ['When', 'Who', 'What', 'Why']),
      ];
  byId('moderation-list').replaceChildren(...parts);
}

const sanctionHeads = ['Whom', 'By', 'Until', 'Why'];

function sanctionCells({ target, by, untilMs, reason = '' }) {
  return [target, by, untilText(untilMs), reason];
}

function recordCells({ atMs, by, action, target, room, reason = '', untilMs }) {
  const where = room === undefined ? '' : ` in ${room}`;
  const end = untilMs === undefined ? '' : ` until ${dayAndTimeText(untilMs)}`;
  return [dayAndTimeText(atMs), by, `${action} ${target}${where}${end}`, reason];
}

function untilText(untilMs) {
  return untilMs === undefined ? 'lifted' : dayAndTimeText(untilMs);
}

function lockdownText({ mode, by, reason }) {
  const who = mode === 'guests' ? 'Only registered users may log in' : 'Only operators may log in';
  return `${who}, says ${by}${reason === undefined ? '.' : `: ${reason}`}`;
}

function table(caption, rows, heads) {
  if (rows.length === 0) return [];
  const headCells = heads.map((text) => element('th', { scope: 'col' }, text));
  const lines = rows.map((cells) =>
    element('tr', {}, ...cells.map((text) => element('td', {}, text))),
  );
  return [
    element(
      'table',
      { class: 'moderation' },
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...headCells)),
      element('tbody', {}, ...lines),
    ),
  ];
}
