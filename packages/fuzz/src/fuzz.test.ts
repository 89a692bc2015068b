import { fixturesOf } from './fixtures';
import { fuzz, inputOf, replay } from './run';
import { holds, type Target, trialOf } from './target';
import { targets } from './targets/catalogue';

jest.setTimeout(120_000);

/** As many as take a second or so. */
const shortForm: Readonly<Record<string, number>> = {
  lines: 4_000,
  keys: 600,
  proxy: 4_000,
  http: 160,
  bytes: 100,
  port: 40,
  records: 60,
  sqlite: 20,
  redis: 10,
};

/** Where it cannot be fed it is passed over, but not in CI. */
function canBeFed({ name, missing }: Target): boolean {
  const why = missing?.();
  if (why === undefined) return true;
  if (process.env['CI'] !== undefined) throw new Error(`CI must feed ${name}, but ${why}`);
  process.stderr.write(`${name} was not fed, since ${why}\n`);
  return false;
}

describe.each(targets.map((target) => [target.name, target] as const))('%s', (name, target) => {
  test('holds, whatever it is fed', async () => {
    expect(shortForm).toHaveProperty(name);
    if (!canBeFed(target)) return;
    const options = { seed: 1, first: 0, inputs: shortForm[name] ?? 0, untilMs: Infinity };
    expect(await fuzz(target, options)).toMatchObject({
      inputs: options.inputs,
      finding: undefined,
    });
  });

  test('holds where it once did not', async () => {
    const found = fixturesOf(name);
    const errors: unknown[] = [];
    if (found.length > 0 && canBeFed(target)) {
      for (const [, { inputs }] of found) errors.push(await replay(target, inputs));
    }
    expect(errors.filter((error) => error !== undefined)).toEqual([]);
  });

  test('is fed the same by the same seed, and can be written down', () => {
    for (let number = 0; number < 100; number++) {
      const input = inputOf(target, 5, number);
      expect(JSON.parse(JSON.stringify(input))).toEqual(input);
      expect(inputOf(target, 5, number)).toEqual(input);
    }
  });
});

/** Does not take one number. */
const picky: Target = {
  name: 'picky',
  what: 'fails at a number',
  batch: 10,
  share: 1,
  generate: (random) => random.below(1_000),
  open: () =>
    Promise.resolve(trialOf((input) => holds((input as number) % 100 !== 7, 'that is a seven'))),
};

test('what does not hold is told by the one number of its input, which shows it again', async () => {
  const options = { seed: 1, first: 0, inputs: 10_000, untilMs: Infinity };
  const { finding } = await fuzz(picky, options);
  expect(finding?.numbers).toHaveLength(1);
  const again = inputOf(picky, 1, finding?.numbers[0] ?? -1);
  expect(await replay(picky, [again])).toEqual(new Error('that is a seven'));
});

test('ends when its time is over', async () => {
  const options = { seed: 1, first: 0, inputs: 1e9, untilMs: performance.now() };
  expect((await fuzz(picky, options)).inputs).toBe(0);
});
