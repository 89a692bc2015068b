import type { Random } from '../random';

/*
 * What may stand in a store: records as they should be, made worse by a field or as a whole.
 */

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

type Fields = { readonly [name: string]: Json };

const password: Fields = {
  kind: 'scrypt',
  hash: Buffer.alloc(32, 1).toString('base64'),
  salt: 'AAAAAAAAAAAAAAAAAAAAAA==',
  cost: 16,
  blockSize: 1,
  parallelization: 1,
};

/** As this version writes them. */
export const sound = {
  rooms: {
    name: 'Planes',
    owner: 'h1',
    isPrivate: false,
    topic: 'wings',
    invited: ['h2'],
    createdAtMs: 5,
  },
  accounts: { name: 'h1', password, registeredAtMs: 5 },
  returns: { name: 'h1', room: 'Honest', seen: { offset: 1 }, address: '10.0.0.1', untilMs: 4e12 },
  event: { kind: 'said', atMs: 5, by: 'h2', origin: 'n-1.7', text: 'hi' },
  presence: {
    name: 'elsewhere',
    origin: 'n-1.7',
    sinceMs: 5,
    room: 'Honest',
    roomAtMs: 6,
    away: 'tea',
  },
  whisper: {
    kind: 'whisper',
    to: 'n-1.7',
    sender: 'n-1.8',
    toName: 'h1',
    fromName: 'h2',
    text: 'psst',
  },
} as const satisfies Readonly<Record<string, Fields>>;

const odd = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  'x',
  '__proto__',
  '\u001B[2J',
  '\r\n[*]: spoofed\r\n',
  '\u202Eabc',
  '\uD800',
  'a'.repeat(100_000),
  'scrypt',
  'said',
  'destroyed',
  'kicked',
  [],
  [null],
  {},
  { toString: 1 },
  { length: 5 },
] as const satisfies readonly Json[];

export function anyJson(random: Random, depth = 2): Json {
  if (depth === 0 || !random.once(4)) return random.pick(odd);
  if (random.once(2)) return random.some(4, () => anyJson(random, depth - 1));
  const fields = random.some(4, () => [aField(random), anyJson(random, depth - 1)] as const);
  return Object.fromEntries(fields);
}

/** A record with some fields that are gone, others, or more; or something else altogether. */
export function worse(random: Random, record: Fields): Json {
  if (random.once(6)) return anyJson(random);
  const fields: { [name: string]: Json } = { ...record };
  for (let changes = random.below(3); changes > 0; changes--) {
    const names = Object.keys(fields);
    const name = names[random.below(names.length)] ?? 'name';
    const value = fields[name];
    switch (random.below(4)) {
      case 0:
        delete fields[name];
        break;
      case 1:
        fields[name] = isFields(value) ? worse(random, value) : anyJson(random);
        break;
      case 2:
        fields[aField(random)] = anyJson(random);
        break;
      default:
        fields[name] = anyJson(random);
    }
  }
  return fields;
}

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function aField(random: Random): string {
  return random.pick([
    'name',
    'kind',
    'owner',
    'invited',
    'password',
    'hash',
    'constructor',
    'x',
    '',
  ]);
}
