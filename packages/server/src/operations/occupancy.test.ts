import type { Room } from '../domain/room';
import { Occupancy } from './occupancy';

function room(name: string, isPrivate = false): Room {
  return { name, owner: 'one', isPrivate, invited: [], createdAtMs: 0 };
}

function occupied(lists: (readonly Room[] | 'store-away')[], sizes: Record<string, number>) {
  let nowMs = 0;
  const left = [...lists];
  const catalogue = { list: () => Promise.resolve(left.shift() ?? ('store-away' as const)) };
  const directory = { countInRoom: (name: string) => sizes[name] ?? 0 };
  const occupancy = new Occupancy(catalogue, directory, () => nowMs);
  return { view: () => occupancy.view(), elapse: (ms: number) => void (nowMs += ms) };
}

test('public rooms are told with their sizes, the largest first; private ones are counted', async () => {
  const rooms = [room('a'), room('b'), room('secret', true), room('c')];
  const { view } = occupied([rooms], { a: 1, b: 5, secret: 9 });
  expect(await view()).toEqual({
    rooms: [
      { name: 'b', size: 5 },
      { name: 'a', size: 1 },
      { name: 'c', size: 0 },
    ],
    publicCount: 3,
    privateCount: 1,
  });
});

test('the store is asked every ten seconds, sizes are as they are now', async () => {
  const sizes = { a: 1 };
  const { view, elapse } = occupied([[room('a')], [room('a'), room('b')]], sizes);
  expect((await view()).rooms).toEqual([{ name: 'a', size: 1 }]);
  sizes.a = 2;
  elapse(9_999);
  expect((await view()).rooms).toEqual([{ name: 'a', size: 2 }]);
  elapse(1);
  expect((await view()).publicCount).toBe(2);
});

test('while the store is away, the rooms are those that were there before', async () => {
  const { view, elapse } = occupied([[room('a')], 'store-away'], { a: 1 });
  const before = await view();
  elapse(10_000);
  expect(await view()).toEqual(before);
});

test('of very many rooms, the largest are told', async () => {
  const many = Array.from({ length: 1_000 }, (_, n) => room(`r${n}`));
  const { view } = occupied([many], { r777: 3 });
  const { rooms, publicCount } = await view();
  expect(rooms).toHaveLength(100);
  expect(rooms[0]).toEqual({ name: 'r777', size: 3 });
  expect(publicCount).toBe(1_000);
});
