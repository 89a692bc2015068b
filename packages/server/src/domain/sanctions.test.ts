import * as fc from 'fast-check';
import { nameKey } from '@chat-server/protocol';
import { SanctionTable } from './sanction-table';
import {
  impose,
  isInForce,
  lift,
  lockDown,
  noSanctions,
  pardon,
  restored,
  type Sanction,
  type SanctionKind,
  type Sanctions,
  sanctionsMax,
  type SanctionsRule,
  withoutEnded,
} from './sanctions';

function sanctionOn(target: string, more: Partial<Sanction> = {}): Sanction {
  return { target, by: 'op', atMs: 1_000, ...more };
}

/** What follows from rules, those that refuse left out. */
function after(...rules: readonly SanctionsRule[]): Sanctions {
  return rules.reduce((sanctions, rule) => {
    const decision = rule(sanctions);
    return decision.ok ? decision.sanctions : sanctions;
  }, noSanctions);
}

test('a ban counts for a name however it is written, until it ends or is lifted', () => {
  const table = new SanctionTable();
  table.sanctions = after(impose('bans', sanctionOn('One', { untilMs: 5_000 })));
  expect(table.banOfName('oNE', 4_999)?.target).toBe('One');
  expect(table.banOfName('one', 5_000)).toBeUndefined();
  expect(table.muteOf('one', 4_999)).toBeUndefined();
  table.sanctions = after(impose('bans', sanctionOn('One')), lift('bans', 'ONE', 2_000));
  expect(table.banOfName('one', 3_000)).toBeUndefined();
});

test('a ban of a block counts for all addresses in there, however they are written', () => {
  const table = new SanctionTable();
  table.sanctions = after(
    impose('bans', sanctionOn('192.0.2.0/24', { reason: 'wide' })),
    impose('bans', sanctionOn('192.0.2.7', { untilMs: 2_000 })),
    impose('bans', sanctionOn('2001:db8::/64')),
  );
  for (const address of ['192.0.2.7', '::ffff:192.0.2.9', '2001:DB8:0:0:1::9']) {
    expect(table.banOfAddress(address, 3_000)).toBeDefined();
  }
  for (const address of ['192.0.3.7', '2001:db8:0:1::1', '::1', 'nonsense']) {
    expect(table.banOfAddress(address, 3_000)).toBeUndefined();
  }
});

test('a second ban takes the place of the first', () => {
  const sanctions = after(
    impose('bans', sanctionOn('one', { reason: 'a' })),
    impose('bans', sanctionOn('ONE', { reason: 'b' })),
  );
  expect(sanctions.bans.map(({ reason }) => reason)).toEqual(['b']);
});

test.each(['bans', 'mutes'] as const)(
  'there are at most so many %s, and those that are over make room',
  (kind: SanctionKind) => {
    const many = Array.from({ length: sanctionsMax[kind] }, (_, index) =>
      sanctionOn(`n${index}`, index === 7 ? { untilMs: 2_000 } : {}),
    );
    const full = { ...noSanctions, [kind]: many };
    expect(impose(kind, sanctionOn('more'))(full)).toEqual({ ok: false, refusal: 'too-many' });
    expect(impose(kind, sanctionOn('N3'))(full).ok).toBe(true);
    expect(impose(kind, sanctionOn('more', { atMs: 2_000 }))(full).ok).toBe(true);
  },
);

test('what is not there cannot be lifted, nor what is over', () => {
  const refused = { ok: false, refusal: 'not-found' };
  expect(lift('bans', 'one', 0)(noSanctions)).toEqual(refused);
  const sanctions = after(impose('bans', sanctionOn('one', { untilMs: 2_000 })));
  expect(lift('mutes', 'one', 1_000)(sanctions)).toEqual(refused);
  expect(lift('bans', 'one', 2_000)(sanctions)).toEqual(refused);
});

test('an operator is neither banned nor muted by name', () => {
  const rules = [impose('bans', sanctionOn('one')), impose('mutes', sanctionOn('one'))];
  const sanctions = after(...rules, impose('mutes', sanctionOn('two')), pardon('ONE'));
  expect([sanctions.bans, sanctions.mutes.map(({ target }) => target)]).toEqual([[], ['two']]);
  expect(pardon('one')(sanctions)).toEqual({ ok: false, refusal: 'unchanged' });
});

test('a lockdown ends without a trace', () => {
  const lockdown = { mode: 'all', by: 'op', atMs: 1 } as const;
  expect(after(lockDown(lockdown))).toEqual({ ...noSanctions, version: 1, lockdown });
  expect(after(lockDown(lockdown), lockDown(undefined))).toEqual({ ...noSanctions, version: 2 });
});

test('a store that has forgotten is told what was known, and one that knows more is not', () => {
  const known = after(impose('bans', sanctionOn('one')));
  expect(restored(known)(noSanctions)).toEqual({ ok: true, sanctions: known });
  expect(restored(noSanctions)(known)).toEqual({ ok: false, refusal: 'unchanged' });
  expect(restored(known)(known)).toEqual({ ok: false, refusal: 'unchanged' });
});

test('whatever operators do, versions grow, nothing is there twice, and what is over goes', () => {
  const target = fc.constantFrom('one', 'ONE', 'two', '192.0.2.7', '192.0.2.0/24');
  const kind = fc.constantFrom<SanctionKind>('bans', 'mutes');
  const imposed = fc
    .record({ kind, target, atMs: fc.nat(100), forMs: fc.option(fc.nat(100)) })
    .map(({ kind: what, forMs, atMs, ...rest }): SanctionsRule =>
      impose(what, {
        ...rest,
        by: 'op',
        atMs,
        ...(forMs !== null && { untilMs: atMs + forMs }),
      }),
    );
  const lifted = fc
    .record({ kind, target, nowMs: fc.nat(100) })
    .map((each): SanctionsRule => lift(each.kind, each.target, each.nowMs));
  const pardoned = target.map((name): SanctionsRule => pardon(name));
  fc.assert(
    fc.property(fc.array(fc.oneof(imposed, lifted, pardoned)), fc.nat(300), (rules, nowMs) => {
      let sanctions = noSanctions;
      for (const rule of rules) {
        const decision = rule(sanctions);
        if (!decision.ok) continue;
        expect(decision.sanctions.version).toBe(sanctions.version + 1);
        ({ sanctions } = decision);
      }
      const kept = after(() => ({ ok: true, sanctions }), withoutEnded(nowMs));
      for (const list of [kept.bans, kept.mutes]) {
        expect(list.every((each) => isInForce(each, nowMs))).toBe(true);
        expect(new Set(list.map((each) => nameKey(each.target))).size).toBe(list.length);
      }
    }),
  );
});
