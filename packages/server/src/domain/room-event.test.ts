import { isOwnWords, lineOf, type RoomEvent } from './room-event';

function event(kind: RoomEvent['kind'], text = ''): RoomEvent {
  return { kind, atMs: 0, by: 'one', origin: 'n.1', text };
}

test.each([
  [event('said', 'hi'), '[one]: hi'],
  [event('acted', 'waves'), '* one waves'],
  [event('joined'), '[*]: User one joined Planes.'],
  [event('left'), '[*]: User one left Planes.'],
  [event('topic', 'wings'), '[*]: User one set the topic: wings'],
  [event('moderated', 'put two out of Planes.'), '[*]: one put two out of Planes.'],
  [event('withheld', 'hi'), ''],
  [event('destroyed'), '[*]: This room is being destroyed by its owner.'],
  [event('inherited', 'two'), '[*]: one has left; two owns this room now.'],
  [{ ...event('inherited', 'two'), by: '' }, "[*]: This room was nobody's; two owns it now."],
])('%o is shown as %s', (shown, line) => {
  expect(lineOf(shown, 'Planes')).toBe(line);
});

test('own words are those that one says or acts, and nothing else', () => {
  const others = [
    'joined',
    'left',
    'topic',
    'destroyed',
    'inherited',
    'moderated',
    'withheld',
  ] as const;
  const kinds = ['said', 'acted', ...others] as const;
  expect(kinds.filter((kind) => isOwnWords(event(kind)))).toEqual(['said', 'acted']);
});
