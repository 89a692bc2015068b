import { parseName } from '@chat-server/protocol';
import type { Services } from '../actors/services';
import { isInForce } from '../domain/sanctions';
import { type HttpAnswer, type HttpRequest, jsonAnswer, type Route } from '../http/route';
import type { OperatorChange } from '../moderation/operator-keeper';

type Needed = Pick<Services, 'moderation' | 'operators'>;

const recordsByDefault = 100;
const recordsMax = 500;

const statuses: Readonly<Record<OperatorChange, number>> = {
  done: 200,
  'not-registered': 404,
  'too-many': 409,
  registered: 409,
  changed: 409,
  busy: 503,
  'store-away': 503,
};

/** What operators have done, over HTTP, and who they are; `services` are there once the server is. */
export function moderationRoutes(
  services: () => Needed | undefined,
  now: () => number,
): readonly Route[] {
  const answer =
    (how: (needed: Needed, request: HttpRequest) => Promise<HttpAnswer>): Route['answer'] =>
    (request) => {
      const needed = services();
      return needed === undefined ? outcome('starting', 503) : how(needed, request);
    };
  const change = (kind: 'add' | 'remove'): Route => ({
    method: 'POST',
    path: `/api/operators/${kind}`,
    answer: answer(({ operators }, request) => changeOperator(operators, kind, request)),
  });
  return [
    {
      method: 'GET',
      path: '/api/moderation',
      answer: answer((needed, { query }) => view(needed, Math.floor(now()), countIn(query))),
    },
    {
      method: 'GET',
      path: '/api/operators',
      answer: answer(async ({ operators }) => {
        const names = await operators.list();
        return names === 'store-away' ? storeAway : jsonAnswer({ operators: names });
      }),
    },
    change('add'),
    change('remove'),
  ];
}

const storeAway = outcome('store-away', 503);

function outcome(what: string, status: number): HttpAnswer {
  return jsonAnswer({ outcome: what }, status);
}

/** All that is in force, and the last records, the newest first. */
async function view(
  { moderation, operators }: Needed,
  atMs: number,
  count: number,
): Promise<HttpAnswer> {
  const [sanctions, records, names] = await Promise.all([
    moderation.read(),
    moderation.records(count),
    operators.list(),
  ]);
  if (sanctions === 'store-away' || records === 'store-away' || names === 'store-away') {
    return storeAway;
  }
  const { bans, mutes, lockdown } = sanctions;
  return jsonAnswer({
    outcome: 'done',
    atMs,
    operators: names,
    lockdown,
    bans: bans.filter((each) => isInForce(each, atMs)),
    mutes: mutes.filter((each) => isInForce(each, atMs)),
    records: records.toReversed(),
  });
}

async function changeOperator(
  operators: Needed['operators'],
  kind: 'add' | 'remove',
  { body, from }: HttpRequest,
): Promise<HttpAnswer> {
  const name = nameIn(body);
  if (name === undefined) return outcome('no-name', 400);
  const changed = await operators[kind](name, from);
  return outcome(changed, statuses[changed]);
}

function nameIn(body: string): string | undefined {
  try {
    const fields = JSON.parse(body) as { readonly name?: unknown } | null;
    return typeof fields?.name === 'string' ? parseName(fields.name) : undefined;
  } catch {
    return undefined;
  }
}

function countIn(query: URLSearchParams): number {
  const count = Number(query.get('limit') ?? recordsByDefault);
  return Number.isSafeInteger(count) && count > 0 ? Math.min(count, recordsMax) : recordsByDefault;
}
