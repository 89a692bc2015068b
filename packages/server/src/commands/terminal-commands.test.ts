import { texts } from '@chat-server/protocol';
import { Town } from './caller.suite';

function townOf(...names: readonly string[]): Town {
  const town = new Town();
  town.hasTerminals = true;
  for (const name of names) town.arrives(name);
  return town;
}

test.each([
  ['/theme dark', { theme: 'dark' }, texts.themeSet('dark')],
  ['/theme NONE', { theme: 'none' }, texts.themeSet('none')],
  ['/bell off', { bell: 'off' }, texts.bellSet('off')],
  ['/timestamps on', { timeZone: 'UTC' }, texts.timestampsOn('UTC')],
  ['/timestamps europe/berlin', { timeZone: 'Europe/Berlin' }, texts.timestampsOn('Europe/Berlin')],
  ['/timestamps off', { timeZone: undefined }, texts.timestampsOff],
])('%s changes how lines are drawn, and says so', async (line, settings, told) => {
  expect(await townOf('one').does('one', line)).toEqual([
    { do: 'draw', settings },
    { do: 'tell', lines: [told] },
  ]);
});

test.each([
  ['/theme', texts.usage('/theme <any|dark|light|none>')],
  ['/theme pink', texts.usage('/theme <any|dark|light|none>')],
  ['/bell', texts.usage('/bell <off|whispers|mentions>')],
  ['/timestamps', texts.usage('/timestamps <on|off|zone>')],
  ['/timestamps Mars/Olympus', texts.noSuchTimeZone('Mars/Olympus')],
])('%s is told: %s', async (line, told) => {
  expect(await townOf('one').tells('one', line)).toEqual([told]);
});

test('/clear clears the screen', async () => {
  expect(await townOf('one').does('one', '/clear')).toEqual([{ do: 'clear' }]);
});

test('/keys lists the keys, each on a row of 80 columns', async () => {
  const lines = await townOf('one').tells('one', '/keys');
  expect(lines.length).toBeGreaterThan(5);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
});

describe('a conversation', () => {
  test('begins with /whisper and a name, or with /reply, and no text', async () => {
    const town = townOf('Two');
    town.arrives('one', { replyTo: 'Two' });
    expect(await town.does('one', '/whisper two')).toEqual([{ do: 'converse', with: 'Two' }]);
    expect(await town.does('one', '/reply')).toEqual([{ do: 'converse', with: 'Two' }]);
  });

  test('needs somebody who is online', async () => {
    const town = townOf('one');
    town.arrives('three', { replyTo: 'two' });
    expect(await town.tells('one', '/whisper two')).toEqual([texts.notOnline('two')]);
    expect(await town.tells('one', '/whisper')).toEqual([texts.usage('/whisper <user> <text>')]);
    expect(await town.tells('one', '/reply')).toEqual([texts.nobodyToReplyTo]);
    expect(await town.tells('three', '/reply')).toEqual([texts.notOnline('two')]);
  });
});
