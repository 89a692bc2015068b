import type { PasswordHash } from '../domain/account';
import type { Proof } from '../domain/accounts';
import { ManualClock } from '../manual-clock.suite';
import { StoredAccounts } from '../store/account-catalogue';
import { MemoryStore } from '../store/memory-store';
import { UnreliableStore } from '../store/unreliable-store.suite';
import { AccountKeeper, type Passwords } from './account-keeper';
import { ScryptPasswords } from './scrypt-passwords';

const cheap = { cost: 16, blockSize: 1, parallelization: 1 };
const home = '192.0.2.1';

/** Nodes on one store. */
class Nodes {
  readonly clock = new ManualClock();
  readonly store = new UnreliableStore(new MemoryStore(this.clock, 10));
  readonly catalogue = new StoredAccounts(this.store);

  add(passwords: Passwords = new ScryptPasswords(cheap)): AccountKeeper {
    return new AccountKeeper(this.catalogue, passwords, this.clock, 'open');
  }
}

function outcomeOf(proof: Proof): string {
  return proof.ok ? `is ${proof.account.name}` : proof.why;
}

test('what one node registers, another one knows, in any case', async () => {
  const nodes = new Nodes();
  expect(await nodes.add().register('One', 'correct horse')).toBe('done');
  const proof = await nodes.add().prove('oNE', 'correct horse', home);
  expect(outcomeOf(proof)).toBe('is One');
});

test('of two who register a name at once, one gets it', async () => {
  const nodes = new Nodes();
  const both = await Promise.all([
    nodes.add().register('one', 'correct horse'),
    nodes.add().register('ONE', 'battery staple'),
  ]);
  expect(both.toSorted()).toEqual(['done', 'registered']);
});

test('a wrong password and a name that is nobody’s are answered alike', async () => {
  const nodes = new Nodes();
  const keeper = nodes.add();
  await keeper.register('one', 'correct horse');
  expect(outcomeOf(await keeper.prove('one', 'battery staple', home))).toBe('wrong');
  expect(outcomeOf(await keeper.prove('two', 'battery staple', home))).toBe('wrong');
});

test('after a wrong password the next one waits', async () => {
  const nodes = new Nodes();
  const keeper = nodes.add();
  await keeper.register('one', 'correct horse');
  await keeper.prove('one', 'battery staple', home);
  const seen: string[] = [];
  const next = keeper.prove('one', 'correct horse', home).then((proof) => {
    seen.push(outcomeOf(proof));
  });
  nodes.clock.advance(900);
  await new Promise(setImmediate);
  expect(seen).toEqual([]);
  nodes.clock.advance(200);
  await next;
  expect(seen).toEqual(['is one']);
});

test('a password is changed by who has proven the one before, which is good for nothing then', async () => {
  const keeper = new Nodes().add();
  await keeper.register('one', 'correct horse');
  const proof = await keeper.prove('one', 'correct horse', home);
  if (!proof.ok) throw new Error(proof.why);
  expect(await keeper.changePassword(proof.account, 'battery staple')).toBe('done');
  expect(await keeper.changePassword(proof.account, 'other staple')).toBe('changed');
  expect(await keeper.unregister(proof.account)).toBe('changed');
  expect(outcomeOf(await keeper.prove('one', 'battery staple', home))).toBe('is one');
  expect(outcomeOf(await keeper.prove('one', 'correct horse', home))).toBe('wrong');
});

test('a hash of another cost is replaced at the next login', async () => {
  const nodes = new Nodes();
  await nodes.add().register('one', 'correct horse');
  const dearer = nodes.add(new ScryptPasswords({ ...cheap, cost: 32 }));
  expect(outcomeOf(await dearer.prove('one', 'correct horse', home))).toBe('is one');
  expect(await nodes.catalogue.read('one')).toMatchObject({ password: { cost: 32 } });
  expect(outcomeOf(await dearer.prove('one', 'correct horse', home))).toBe('is one');
});

test('nobody is let in while the store is away, nor while too much is hashed', async () => {
  const nodes = new Nodes();
  await nodes.add().register('one', 'correct horse');
  const busy: Passwords = {
    hash: () => Promise.resolve('busy'),
    matches: () => Promise.resolve('busy'),
    isOutdated: (_hash: PasswordHash) => false,
  };
  const keeper = nodes.add(busy);
  expect(outcomeOf(await keeper.prove('one', 'correct horse', home))).toBe('busy');
  expect(await keeper.register('two', 'correct horse')).toBe('busy');
  nodes.store.losesTouch('read', 'change');
  expect(outcomeOf(await keeper.prove('one', 'correct horse', home))).toBe('store-away');
  expect(await nodes.add().register('two', 'correct horse')).toBe('store-away');
  expect(await keeper.find('one')).toBe('store-away');
});

test('more wrong passwords than can wait are turned away unseen', async () => {
  const nodes = new Nodes();
  const keeper = nodes.add();
  await keeper.register('one', 'correct horse');
  const all = Array.from({ length: 10 }, () => keeper.prove('one', 'battery staple', home));
  const last = await all.at(-1);
  expect(last && outcomeOf(last)).toBe('too-many-tries');
});
