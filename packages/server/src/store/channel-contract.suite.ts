import { Follower, type StoreBackend, valueOf, withStore } from './store-fixture.suite';

/** What every store's channels must do. */
export function describeChannels(backend: StoreBackend): void {
  describeAppending(backend);
  describeAppendingOnce(backend);
  describeFollowing(backend);
  describeDropping(backend);
}

function describeAppending(backend: StoreBackend): void {
  test('a channel that was never used is empty', () =>
    withStore(backend, async ({ stores: [here] }) => {
      expect(await valueOf(here.tail('log', 10))).toEqual({ entries: [], head: 0 });
    }));

  test('appending tells the offset of the first entry, and offsets grow by one an entry', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const first = await valueOf(here.append('log', ['a', 'b']));
      expect(first).toBeGreaterThan(0);
      expect(await valueOf(there.append('log', ['c']))).toBe(first + 2);
      expect(await valueOf(here.append('log', ['d', 'e']))).toBe(first + 3);
      expect(await valueOf(there.tail('log', 10))).toEqual({
        entries: ['a', 'b', 'c', 'd', 'e'],
        head: first + 4,
      });
    }));

  test('channels have offsets of their own', () =>
    withStore(backend, async ({ stores: [here] }) => {
      const first = await valueOf(here.append('log', ['a', 'b']));
      await valueOf(here.append('other', ['x']));
      expect(await valueOf(here.append('log', ['c']))).toBe(first + 2);
      expect((await valueOf(here.tail('log', 10))).entries).toEqual(['a', 'b', 'c']);
      expect((await valueOf(here.tail('other', 10))).entries).toEqual(['x']);
    }));

  test('entries are any data, and come back as they were', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const entries = [
        { kind: 'said', text: 'ünï \u{1F600} "quoted"\n' },
        { nested: [1, null, ''] },
      ];
      await valueOf(here.append('log', entries));
      expect((await valueOf(there.tail('log', 10))).entries).toEqual(entries);
    }));

  test('a tail holds the newest entries, oldest first, and at most as many as asked for', () =>
    withStore(backend, async ({ stores: [here] }) => {
      const head = (await valueOf(here.append('log', ['a', 'b', 'c', 'd']))) + 3;
      expect(await valueOf(here.tail('log', 2))).toEqual({ entries: ['c', 'd'], head });
      expect(await valueOf(here.tail('log', 0))).toEqual({ entries: [], head });
      expect((await valueOf(here.tail('log', 99))).entries).toHaveLength(4);
    }));

  test('entries that are appended together stay together, from whichever node', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          valueOf((index % 2 === 0 ? here : there).append('log', [`${index}a`, `${index}b`])),
        ),
      );
      const { entries } = await valueOf(here.tail<string>('log', 100));
      expect(entries).toHaveLength(40);
      for (let at = 0; at < entries.length; at += 2) {
        expect(entries[at + 1]).toBe(entries[at]?.replace('a', 'b'));
      }
    }));

  test('a channel keeps a bounded number of entries: the newest', () =>
    withStore(
      backend,
      async ({ stores: [here] }) => {
        const all = Array.from({ length: 100 }, (_, index) => index + 1);
        let last = 0;
        for (let at = 0; at < 100; at += 5) {
          last = (await valueOf(here.append('log', all.slice(at, at + 5)))) + 4;
        }
        const { entries, head } = await valueOf(here.tail<number>('log', 1_000));
        expect(head).toBe(last);
        expect(entries.length).toBeGreaterThanOrEqual(20);
        expect(entries.length).toBeLessThanOrEqual(30);
        expect(entries).toEqual(all.slice(-entries.length));
      },
      20,
    ));
}

function describeAppendingOnce(backend: StoreBackend): void {
  test('what is to be appended once is, by whichever node, and all are told where', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      await valueOf(here.append('log', ['before']));
      const first = await valueOf(here.append('log', ['a', 'b'], { once: 'x' }));
      await valueOf(here.append('log', ['between']));
      expect(await valueOf(there.append('log', ['a', 'b'], { once: 'x' }))).toBe(first);
      expect(await valueOf(here.append('log', ['c'], { once: 'y' }))).toBe(first + 3);
      await valueOf(there.append('other', ['a'], { once: 'x' }));
      expect((await valueOf(there.tail('log', 10))).entries).toEqual([
        'before',
        'a',
        'b',
        'between',
        'c',
      ]);
      expect((await valueOf(there.tail('other', 10))).entries).toEqual(['a']);
    }));

  test('where nodes append once what is not quite the same, one is heard, and all that follows', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      for (let round = 0; round < 20; round++) {
        const channel = `log ${round}`;
        const followers = [here, there].map((store) => new Follower<string>(store, channel, 0));
        await valueOf(here.append(channel, ['before']));
        for (const follower of followers) await follower.until(1);
        await Promise.all([
          valueOf(here.append(channel, ['a'], { once: 'x' })),
          valueOf(there.append(channel, ['a', 'b', 'c'], { once: 'x' })),
        ]);
        await Promise.all([
          valueOf(here.append(channel, ['after here'])),
          valueOf(there.append(channel, ['after there'])),
        ]);
        const { entries } = await valueOf(here.tail<string>(channel, 10));
        expect(entries.filter((entry) => entry.startsWith('after'))).toHaveLength(2);
        for (const follower of followers) {
          await follower.until(entries.length);
          expect(follower.entries).toEqual(entries);
          follower.stop();
        }
      }
    }));

  test('what is appended briefly is handed to those who follow', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const follower = new Follower<string>(there, 'log', 0);
      await valueOf(here.append('log', ['a', 'b'], { briefly: true }));
      await follower.until(2);
      expect(follower.entries).toEqual(['a', 'b']);
      follower.stop();
    }));
}

function describeFollowing(backend: StoreBackend): void {
  test('a follower is handed each entry after its offset, once and in order', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const first = await valueOf(here.append('log', ['a', 'b', 'c']));
      const follower = new Follower<string>(there, 'log', first);
      await valueOf(here.append('log', ['d']));
      await valueOf(there.append('log', ['e', 'f']));
      await follower.until(5);
      expect(follower.entries).toEqual(['b', 'c', 'd', 'e', 'f']);
      expect(follower.offsets).toEqual([1, 2, 3, 4, 5].map((index) => first + index));
      expect(follower.gaps).toEqual([]);
      follower.stop();
    }));

  test('nothing is lost or told twice while following begins during appends', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const appends: Promise<unknown>[] = [];
      const followers: Follower<number>[] = [];
      for (let entry = 1; entry <= 60; entry++) {
        appends.push(valueOf((entry % 2 === 0 ? here : there).append('log', [entry])));
        if (entry % 10 === 5) followers.push(new Follower<number>(here, 'log', 0));
        if (entry % 7 === 0) await appends.at(-1);
      }
      await Promise.all(appends);
      const { entries, head } = await valueOf(here.tail<number>('log', 100));
      for (const follower of followers) {
        await follower.until(60);
        expect(follower.entries).toEqual(entries);
        expect(follower.offsets).toEqual(entries.map((_, index) => head - 59 + index));
        expect(follower.gaps).toEqual([]);
        follower.stop();
      }
    }));

  test('whoever appends while being handed an entry keeps the order for all', () =>
    withStore(backend, async ({ stores: [here] }) => {
      const appends: Promise<unknown>[] = [];
      const stop = here.follow<string>('log', 0, ({ entries }) => {
        if (entries.includes('question')) appends.push(valueOf(here.append('log', ['answer'])));
      });
      const follower = new Follower<string>(here, 'log', 0);
      await valueOf(here.append('log', ['question']));
      await follower.until(2);
      await Promise.all(appends);
      expect(follower.entries).toEqual(['question', 'answer']);
      expect(follower.offsets[1]).toBe((follower.offsets[0] ?? 0) + 1);
      stop();
      follower.stop();
    }));

  test('whoever appends while being handed what was there is handed that too', () =>
    withStore(backend, async ({ stores: [here] }) => {
      await valueOf(here.append('log', ['question']));
      const follower = new Follower<string>(here, 'log', 0, (entries) => {
        if (entries.includes('question')) void here.append('log', ['answer']);
      });
      await follower.until(2);
      expect(follower.entries).toEqual(['question', 'answer']);
      expect(follower.offsets[1]).toBe((follower.offsets[0] ?? 0) + 1);
      follower.stop();
    }));

  test('a follower that has stopped is handed nothing more', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const stopped = new Follower<string>(there, 'log', 0);
      const other = new Follower<string>(there, 'log', 0);
      await valueOf(here.append('log', ['a']));
      await stopped.until(1);
      stopped.stop();
      stopped.stop();
      await valueOf(here.append('log', ['b']));
      await other.until(2);
      expect(stopped.entries).toEqual(['a']);
      other.stop();
    }));

  test('where the next entry is no longer kept, following goes on at the oldest that is', () =>
    withStore(
      backend,
      async ({ stores: [here] }) => {
        const first = await valueOf(here.append('log', [1]));
        for (let entry = 2; entry <= 100; entry++) await valueOf(here.append('log', [entry]));
        const { entries } = await valueOf(here.tail<number>('log', 20));
        const follower = new Follower<number>(here, 'log', first + 4);
        await valueOf(here.append('log', [101]));
        await follower.until(entries.length + 1);
        expect(follower.entries.slice(-21)).toEqual([...entries, 101]);
        expect(follower.offsets).toEqual(follower.entries.map((entry) => first + entry - 1));
        expect(follower.gaps).toEqual(['trimmed']);
        follower.stop();
      },
      20,
    ));
}

function describeDropping(backend: StoreBackend): void {
  test('a channel that is dropped is empty, and its offsets still grow', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const last = (await valueOf(here.append('log', ['a', 'b', 'c']))) + 2;
      await valueOf(there.drop('log'));
      const { entries, head } = await valueOf(here.tail('log', 10));
      expect(entries).toEqual([]);
      expect(head).toBeGreaterThanOrEqual(last);
      const firstOffset = await valueOf(here.append('log', ['d']));
      expect(firstOffset).toBeGreaterThan(last);
      expect(await valueOf(there.tail('log', 10))).toEqual({ entries: ['d'], head: firstOffset });
    }));

  test('a follower goes on with what is appended after the drop', () =>
    withStore(backend, async ({ stores: [here, there] }) => {
      const follower = new Follower<string>(there, 'log', 0);
      await valueOf(here.append('log', ['a']));
      await follower.until(1);
      await valueOf(here.drop('log'));
      await valueOf(here.append('log', ['b']));
      await follower.until(2);
      expect(follower.entries).toEqual(['a', 'b']);
      follower.stop();
    }));

  test('dropping a channel that is not there, or twice, does nothing', () =>
    withStore(backend, async ({ stores: [here] }) => {
      await valueOf(here.drop('log'));
      await valueOf(here.append('log', ['a']));
      await valueOf(here.drop('log'));
      await valueOf(here.drop('log'));
      expect((await valueOf(here.tail('log', 10))).entries).toEqual([]);
    }));
}
