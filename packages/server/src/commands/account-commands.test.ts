import { texts } from '@chat-server/protocol';
import { passwordCharactersMax, passwordCharactersMin } from '../domain/password';
import { Town } from './caller.suite';
import { mayHoldSecret } from './catalogue';
import type { Effect } from './effect';

const password = 'correct horse';

function townOf(...names: readonly string[]): Town {
  const town = new Town();
  for (const name of names) town.arrives(name);
  return town;
}

async function registered(name: string): Promise<Town> {
  const town = townOf(name, 'guest');
  await town.does(name, `/register ${password}`);
  town.arrives(name, { isRegistered: true });
  return town;
}

/** What comes of a command that asks for secrets, given these. */
async function answered(
  effects: readonly Effect[],
  ...secrets: readonly string[]
): Promise<{ prompts: readonly string[]; effects: readonly Effect[] }> {
  const prompts: string[] = [];
  let left = effects;
  for (const secret of secrets) {
    const [effect] = left;
    if (effect?.do !== 'ask') throw new Error('nothing is asked');
    prompts.push(effect.prompt);
    left = await effect.answered(secret);
  }
  return { prompts, effects: left };
}

function linesOf(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) => (effect.do === 'tell' ? effect.lines : []));
}

test('/register makes a name its holder’s, once', async () => {
  const town = townOf('one');
  expect(await town.does('one', `/register ${password}`)).toEqual([
    { do: 'change', user: { isRegistered: true } },
    { do: 'tell', lines: [texts.registered('one')] },
  ]);
  expect(await town.tells('one', `/register ${password}`)).toEqual([
    texts.registeredAlready('one'),
  ]);
});

test('/register asks for the password twice, and keeps nothing unless both are the same', async () => {
  const town = townOf('one');
  const other = await answered(await town.does('one', '/register'), password, 'correct hose');
  expect(other.prompts).toEqual([texts.passwordPrompt, texts.passwordAgainPrompt]);
  expect(linesOf(other.effects)).toEqual([texts.passwordsDiffer]);
  expect(await town.accounts.find('one')).toBeUndefined();
  const same = await answered(await town.does('one', '/register'), password, password);
  expect(linesOf(same.effects)).toEqual([texts.registered('one')]);
});

test('an empty answer changes nothing', async () => {
  const town = townOf('one');
  const { effects } = await answered(await town.does('one', '/register'), '');
  expect(linesOf(effects)).toEqual([texts.nothingChanged]);
  expect(await town.accounts.find('one')).toBeUndefined();
});

test.each([
  ['short', texts.passwordTooShort(passwordCharactersMin)],
  ['x'.repeat(200), texts.passwordTooLong(passwordCharactersMax)],
  ['password123', texts.passwordTooCommon],
  ['LongEnough', texts.passwordTooCommon],
])('the password %j is not taken', async (bad, line) => {
  const town = townOf('longenough');
  expect(await town.tells('longenough', `/register ${bad}`)).toEqual([line]);
  const { effects } = await answered(await town.does('longenough', '/register'), bad);
  expect(linesOf(effects)).toEqual([line]);
});

test('there are only so many registered names', async () => {
  const town = await registered('one');
  town.limits = { ...town.limits, accountsMax: 1 };
  expect(await town.tells('guest', `/register ${password}`)).toEqual([texts.tooManyAccounts(1)]);
});

test('where registration is closed, nobody registers', async () => {
  const town = townOf('one');
  town.registration = 'closed';
  expect(await town.tells('one', '/register')).toEqual([texts.registrationClosed]);
  expect(await town.tells('one', `/register ${password}`)).toEqual([texts.registrationClosed]);
});

test('/passwd wants the password there is', async () => {
  const town = await registered('one');
  expect(await town.tells('guest', '/passwd')).toEqual([texts.notRegistered('guest')]);
  const wrong = await answered(
    await town.does('one', '/passwd'),
    'wrong password',
    'battery staple',
    'battery staple',
  );
  expect(wrong.prompts).toEqual([
    texts.currentPasswordPrompt,
    texts.newPasswordPrompt,
    texts.passwordAgainPrompt,
  ]);
  expect(linesOf(wrong.effects)).toEqual([texts.wrongPassword]);
  const { effects } = await answered(
    await town.does('one', '/passwd'),
    password,
    'battery staple',
    'battery staple',
  );
  expect(linesOf(effects)).toEqual([texts.passwordChanged]);
  expect(await town.accounts.prove('one', 'battery staple', '')).toMatchObject({ ok: true });
});

test('/passwd takes both passwords on its line, the new one with spaces', async () => {
  const town = townOf('one');
  await town.does('one', '/register correcthorse');
  town.arrives('one', { isRegistered: true });
  expect(await town.tells('one', '/passwd correcthorse battery staple')).toEqual([
    texts.passwordChanged,
  ]);
  expect(await town.accounts.prove('one', 'battery staple', '')).toMatchObject({ ok: true });
});

test('/unregister gives a name up, with its password only', async () => {
  const town = await registered('one');
  expect(await town.tells('guest', '/unregister')).toEqual([texts.notRegistered('guest')]);
  expect(await town.tells('one', '/unregister wrong password')).toEqual([texts.wrongPassword]);
  const { effects } = await answered(await town.does('one', '/unregister'), password);
  expect(effects).toEqual([
    { do: 'change', user: { isRegistered: false, isOperator: false } },
    { do: 'tell', lines: [texts.unregistered('one')] },
  ]);
  expect(await town.accounts.find('one')).toBeUndefined();
});

describe('what one has in rooms', () => {
  const mine = { name: 'Mine', owner: 'one', isPrivate: true };

  test('is the account’s after /register, and the guest’s after /unregister', async () => {
    const town = townOf('one', 'two');
    await town.has(mine);
    await town.has({ name: 'Theirs', owner: 'two', isPrivate: true, invited: ['one'] });
    await town.does('one', `/register ${password}`);
    expect(await town.room('Mine')).toEqual(expect.not.objectContaining({ ownerOrigin: 'n.one' }));
    expect(await town.room('Theirs')).toMatchObject({ invited: ['one'], ownerOrigin: 'n.two' });
    town.arrives('one', { isRegistered: true });
    expect(await town.tells('one', '/rooms')).toEqual([texts.rooms(['Mine', 'Theirs'])]);
    await town.does('one', `/unregister ${password}`);
    expect(await town.room('Mine')).toMatchObject({ owner: 'one', ownerOrigin: 'n.one' });
    expect(await town.room('Theirs')).toMatchObject({
      invited: [],
      guests: [{ key: 'one', origin: 'n.one' }],
    });
    town.arrives('one');
    expect(await town.tells('one', '/rooms')).toEqual([texts.rooms(['Mine', 'Theirs'])]);
  });

  test('stays the account’s where it cannot be given up', async () => {
    const town = await registered('one');
    await town.has(mine);
    expect(await town.tells('one', '/unregister wrong password')).toEqual([texts.wrongPassword]);
    expect(await town.room('Mine')).toEqual(expect.not.objectContaining({ ownerOrigin: 'n.one' }));
  });

  test('by a name that was no account’s does not become the one’s who registers it', async () => {
    const town = townOf('one', 'two');
    town.arrives('three', { isRegistered: true });
    await town.has({ name: 'Before', owner: 'three', isPrivate: true, invited: ['two'] });
    // As servers before this one kept what guests had.
    await town.rooms.change('Before', (room) => ({
      ok: true,
      room: room && { ...room, owner: 'one', invited: ['two'], guests: [] },
    }));
    await town.does('two', `/register ${password}`);
    town.arrives('two', { isRegistered: true });
    expect(await town.tells('two', '/rooms')).toEqual([texts.noRooms]);
    await town.does('one', `/register ${password}`);
    expect(await town.room('Before')).toBeUndefined();
  });
});

test('/login asks for the password of any name, and answers alike where there is no such', async () => {
  const town = await registered('one');
  for (const name of ['one', 'nobody']) {
    const { prompts, effects } = await answered(
      await town.does('guest', `/login ${name}`),
      'wrong password',
    );
    expect(prompts).toEqual([texts.passwordPrompt]);
    expect(linesOf(effects)).toEqual([texts.wrongPassword]);
  }
  expect(await town.tells('guest', '/login no:name')).toEqual([texts.wrongPassword]);
  expect(await town.tells('guest', '/login')).toEqual([texts.usage('/login <name> [password]')]);
  expect(await town.tells('one', '/login ONE')).toEqual([texts.loggedInAlready('one')]);
  expect(await town.does('guest', `/login ONE ${password}`)).toEqual([
    { do: 'become', name: 'one', isOperator: false },
  ]);
});

test('while the store is away, accounts are as they were', async () => {
  const town = await registered('one');
  town.losesItsStore();
  expect(await town.tells('guest', `/register ${password}`)).toEqual([texts.storeAway]);
  expect(await town.tells('one', `/unregister ${password}`)).toEqual([texts.storeAway]);
  expect(await town.tells('guest', `/login one ${password}`)).toEqual([texts.storeAway]);
});

test('a guest is told what becomes of a private room, and to register where that can be done', async () => {
  const town = await registered('one');
  expect(await town.tells('one', '/create_private Mine')).toEqual([texts.roomCreated('Mine')]);
  expect(await town.tells('guest', '/create_private Theirs')).toEqual([
    texts.roomCreated('Theirs'),
    texts.guestsRoom('Theirs', true),
  ]);
  town.registration = 'closed';
  expect(await town.tells('guest', '/create_private Other')).toEqual([
    texts.roomCreated('Other'),
    texts.guestsRoom('Other', false),
  ]);
});

test.each([
  ['/register hunter2', true],
  ['  /PASSWD a b', true],
  ['/unregister', true],
  ['/login one hunter2', true],
  ['//register hunter2', false],
  ['/whisper one /register', false],
  ['register', false],
])('%j may hold a secret: %s', (line, isSecret) => {
  expect(mayHoldSecret(line)).toBe(isSecret);
});

test('who is about to give a password that others can read on its way is told so, and how to do better', async () => {
  const town = await registered('one');
  const asked = async (name: string, line: string): Promise<readonly string[]> =>
    linesOf((await town.does(name, line)).slice(0, -1));
  expect(await asked('one', '/passwd')).toEqual([]);
  town.isEncrypted = false;
  expect(await asked('one', '/passwd')).toEqual([texts.notEncrypted(undefined)]);
  town.tlsPort = 8443;
  expect(await asked('one', '/passwd')).toEqual([texts.notEncrypted(8443)]);
  expect(await asked('guest', '/register')).toEqual([texts.notEncrypted(8443)]);
  expect(texts.notEncrypted(8443)).toContain('openssl s_client -quiet -connect host:8443');
});
