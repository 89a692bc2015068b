import { texts } from '@chat-server/protocol';
import { Town } from './caller.suite';

function townOf(...names: readonly string[]): Town {
  const town = new Town();
  for (const name of names) town.arrives(name);
  return town;
}

test('/users lists who is online, in order of arrival', async () => {
  expect(await townOf('one', 'Two', 'anna').tells('anna', '/users')).toEqual([
    'Online users: one, Two, anna',
  ]);
});

describe('/whisper', () => {
  test.each(['/whisper TWO psst you', '/w two   psst you', '/msg Two psst you'])(
    '%s reaches one person',
    async (line) => {
      expect(await townOf('one', 'Two').does('one', line)).toEqual([
        { do: 'whisper', to: 'Two', text: 'psst you' },
      ]);
    },
  );

  test.each([
    ['/whisper', texts.usage('/whisper <user> <text>')],
    ['/whisper two', texts.usage('/whisper <user> <text>')],
    ['/whisper nobody hi', texts.notOnline('nobody')],
  ])('%s is told: %s', async (line, told) => {
    expect(await townOf('one', 'two').tells('one', line)).toEqual([told]);
  });

  test('to someone who is away says so, and is whispered all the same', async () => {
    const town = townOf('one');
    town.arrives('two', { away: 'tea' });
    expect(await town.does('one', '/w two psst')).toEqual([
      { do: 'whisper', to: 'two', text: 'psst' },
      { do: 'tell', lines: [texts.isAway('two', 'tea')] },
    ]);
  });
});

describe('/reply', () => {
  test.each(['/reply hi', '/r hi'])('%s whispers to whoever whispered last', async (line) => {
    const town = townOf('two');
    town.arrives('one', { replyTo: 'two' });
    expect(await town.does('one', line)).toEqual([{ do: 'whisper', to: 'two', text: 'hi' }]);
  });

  test('says what to do where nobody has whispered, nothing is said, or they are gone', async () => {
    const town = townOf('one');
    town.arrives('three', { replyTo: 'two' });
    expect(await town.tells('one', '/reply hi')).toEqual([texts.nobodyToReplyTo]);
    expect(await town.tells('three', '/reply')).toEqual([texts.usage('/reply <text>')]);
    expect(await town.tells('three', '/reply hi')).toEqual([texts.notOnline('two')]);
  });
});

test('/me says what one does, in a room', async () => {
  const town = townOf('one');
  town.arrives('two', { room: 'Planes' });
  expect(await town.does('two', '/me waves')).toEqual([
    { do: 'speak', kind: 'acted', text: 'waves' },
  ]);
  expect(await town.tells('two', '/me')).toEqual([texts.usage('/me <what you do>')]);
  expect(await town.tells('one', '/me waves')).toEqual([texts.notInRoom]);
});

describe('/whois', () => {
  test('tells how long someone is online, where, and whether they are away', async () => {
    const town = townOf('one');
    town.arrives('Two', { room: 'Planes', away: 'tea' });
    await town.has({ name: 'Planes' });
    town.nowMs += (26 * 60 + 5) * 60_000;
    expect(await town.tells('one', '/whois two')).toEqual([
      'Two is a guest, has been online for 1 d 2 h 5 min, is in room Planes, and is away: tea',
    ]);
  });

  test('does not tell of a private room, but to its guests and members', async () => {
    const town = townOf('one', 'four');
    town.arrives('two', { room: 'Secret' });
    town.arrives('three', { room: 'secret' });
    await town.has({ name: 'Secret', isPrivate: true });
    const shown = texts.whois('two', 0, 'Secret', undefined, false);
    expect(await town.tells('one', '/whois two')).toEqual([shown]);
    expect(await town.tells('three', '/whois two')).toEqual([shown]);
    expect(await town.tells('four', '/whois two')).toEqual([
      texts.whois('two', 0, undefined, undefined, false),
    ]);
  });

  test('says what to do without a name, and where nobody has it', async () => {
    const town = townOf('one');
    expect(await town.tells('one', '/whois')).toEqual([texts.usage('/whois <user>')]);
    expect(await town.tells('one', '/whois nobody')).toEqual([texts.notOnline('nobody')]);
  });
});

test('/away says why, or that one is back later', async () => {
  const town = townOf('one');
  expect(await town.does('one', '/away tea')).toEqual([
    { do: 'change', user: { away: 'tea' } },
    { do: 'tell', lines: [texts.youAreAway('tea')] },
  ]);
  expect(await town.does('one', '/away')).toContainEqual({
    do: 'change',
    user: { away: 'back later' },
  });
});

test('/back ends being away, and says so where one was not', async () => {
  const town = townOf('one');
  town.arrives('two', { away: 'tea' });
  expect(await town.does('two', '/back')).toEqual([
    { do: 'change', user: { away: undefined } },
    { do: 'tell', lines: [texts.youAreBack] },
  ]);
  expect(await town.tells('one', '/back')).toEqual([texts.youWereNotAway]);
});

describe('/ignore', () => {
  test('adds to those one ignores, whether they are online or not', async () => {
    const town = new Town();
    town.arrives('one', { ignored: new Set(['two']) });
    expect(await town.does('one', '/ignore Three')).toEqual([
      { do: 'change', user: { ignored: new Set(['two', 'three']) } },
      { do: 'tell', lines: [texts.ignoring('Three')] },
    ]);
  });

  test.each([
    ['/ignore', texts.ignoredUsers(['two'])],
    ['/ignore ONE', texts.toYourself],
    ['/ignore three', texts.tooManyIgnored(1)],
    ['/ignore a b', texts.notOnline('a b')],
  ])('%s is told: %s', async (line, told) => {
    const town = new Town();
    town.limits = { ...town.limits, ignoredMax: 1 };
    town.arrives('one', { ignored: new Set(['two']) });
    expect(await town.tells('one', line)).toEqual([told]);
  });

  test('of someone ignored already is not one too many', async () => {
    const town = new Town();
    town.limits = { ...town.limits, ignoredMax: 1 };
    town.arrives('one', { ignored: new Set(['two']) });
    expect(await town.does('one', '/ignore TWO')).toContainEqual({
      do: 'change',
      user: { ignored: new Set(['two']) },
    });
  });
});

test('/unignore ends it, whatever case the name is typed in', async () => {
  const town = new Town();
  town.arrives('one', { ignored: new Set(['two', 'three']) });
  expect(await town.does('one', '/unignore TWO')).toContainEqual({
    do: 'change',
    user: { ignored: new Set(['three']) },
  });
  expect(await town.tells('one', '/unignore')).toEqual([texts.usage('/unignore <user>')]);
});

test('/quit says goodbye', async () => {
  expect(await townOf('one').does('one', '/quit')).toEqual([{ do: 'quit' }]);
});

describe('/crash', () => {
  test('is refused on a server that was not started for it', async () => {
    expect(await townOf('one').tells('one', '/crash connection')).toEqual([texts.faultsDisabled]);
  });

  test.each(['connection', 'registry', 'listener', 'store'])('has the %s fail', async (target) => {
    const town = townOf('one');
    town.faultInjection = true;
    expect(await town.does('one', `/crash ${target}`)).toEqual([{ do: 'fault', target }]);
  });

  test('names what there is to crash, and has a room fail only from within', async () => {
    const town = townOf('one');
    town.arrives('two', { room: 'Planes' });
    town.faultInjection = true;
    const usage = texts.usage('/crash <connection|room|registry|listener|store>');
    expect(await town.tells('one', '/crash')).toEqual([usage]);
    expect(await town.tells('one', '/crash me')).toEqual([usage]);
    expect(await town.tells('one', '/crash room')).toEqual([texts.notInRoom]);
    expect(await town.does('two', '/crash room')).toEqual([{ do: 'fault', target: 'room' }]);
  });
});
