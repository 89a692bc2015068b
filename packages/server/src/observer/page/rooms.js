import { byId, element, setText } from './elements.js';
import { countText, numberText } from './formats.js';

/** Rooms and how many are in them: never what is said there. */
export function showRooms({ rooms, publicCount, privateCount }) {
  setText(
    byId('rooms-count'),
    `${numberText(publicCount)} public, ${numberText(privateCount)} private`,
  );
  const list = byId('room-list');
  if (rooms.length === 0) {
    const text = privateCount === 0 ? 'There are no rooms.' : 'There are no public rooms.';
    list.replaceChildren(element('p', { class: 'empty' }, text));
    return;
  }
  const largest = Math.max(1, rooms[0].size);
  const items = rooms.map(({ name, size }) => {
    const meter = element('meter', { min: 0, max: largest, value: size, 'aria-hidden': 'true' });
    const people = element('td', { class: 'count' }, numberText(size));
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      element('td', { class: 'bar' }, meter),
      people,
    );
  });
  const head = element(
    'thead',
    { class: 'unseen' },
    element(
      'tr',
      {},
      ...['Room', 'Share of the largest', 'People'].map((text) =>
        element('th', { scope: 'col' }, text),
      ),
    ),
  );
  list.replaceChildren(
    element('table', { class: 'rooms' }, head, element('tbody', {}, ...items)),
    ...(publicCount > rooms.length
      ? [
          element(
            'p',
            { class: 'empty' },
            `and ${countText(publicCount - rooms.length, 'more room')}`,
          ),
        ]
      : []),
  );
}
