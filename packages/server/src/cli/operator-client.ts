import { parseName, texts } from '@chat-server/protocol';
import type { ModerationRecord } from '../domain/moderation-record';
import type { Lockdown, Sanction } from '../domain/sanctions';
import { escapeForLog } from '../log/escape';
import { type Asked, askServer } from './asking';
import type { Settings } from './settings';

/** What `/api/moderation` answers. */
interface ModerationView {
  readonly outcome: 'done';
  readonly atMs: number;
  readonly operators: readonly string[];
  readonly lockdown?: Lockdown;
  readonly bans: readonly Sanction[];
  readonly mutes: readonly Sanction[];
  /** The newest first. */
  readonly records: readonly ModerationRecord[];
}

interface Refused {
  readonly outcome: string;
}

/** Has the server that runs here with these settings say, and change, who its operators are. */
export class OperatorClient {
  constructor(private readonly http: Settings['http']) {}

  add(name: string): Promise<Asked<string>> {
    return this.#change('add', name, `${name} is an operator of this server from now on.`);
  }

  remove(name: string): Promise<Asked<string>> {
    return this.#change('remove', name, `${name} is no operator of this server any more.`);
  }

  async list(): Promise<Asked<readonly string[]>> {
    const asked = await askServer<Refused | { readonly operators: readonly string[] }>(
      this.http,
      '/api/operators',
    );
    if (!asked.ok) return asked;
    return 'operators' in asked.value
      ? { ok: true, value: asked.value.operators }
      : refused(asked.value.outcome, '');
  }

  /** All that operators have done and keep up, for a terminal. */
  async moderation(): Promise<Asked<readonly string[]>> {
    const asked = await askServer<ModerationView | Refused>(this.http, '/api/moderation');
    if (!asked.ok) return asked;
    return 'records' in asked.value
      ? { ok: true, value: linesOf(asked.value).map(escapeForLog) }
      : refused(asked.value.outcome, '');
  }

  async #change(kind: 'add' | 'remove', name: string, done: string): Promise<Asked<string>> {
    if (parseName(name) === undefined) return refused('no-name', escapeForLog(name));
    const asked = await askServer<Refused>(this.http, `/api/operators/${kind}`, { name });
    if (!asked.ok) return asked;
    const { outcome } = asked.value;
    return outcome === 'done' ? { ok: true, value: done } : refused(outcome, name);
  }
}

function refused(outcome: string, name: string): { readonly ok: false; readonly line: string } {
  const lines = new Map([
    ['no-name', `${name} is no name of a user.`],
    [
      'not-registered',
      `The name ${name} is not registered: whoever is to be an operator makes it theirs first, with /register in the chat.`,
    ],
    ['too-many', 'There are as many operators as there may be; remove one first.'],
    ['store-away', 'The server has lost touch with its store, nothing was done; try again later.'],
    ['starting', 'The server is starting; try again in a moment.'],
  ]);
  return { ok: false, line: lines.get(outcome) ?? `The server answers: ${escapeForLog(outcome)}` };
}

function linesOf({ atMs, operators, lockdown, bans, mutes, records }: ModerationView): string[] {
  const sanctions = (kind: 'bans' | 'mutes', all: readonly Sanction[]): string[] =>
    all.length === 0
      ? [texts.noSanctions(kind)]
      : [
          texts.sanctions(kind, all.length),
          ...all.map((each) => texts.sanction(each.target, each.by, each, atMs)),
        ];
  return [
    operators.length === 0 ? 'There are no operators.' : `Operators: ${operators.join(', ')}`,
    texts.lockdownIs(lockdown?.mode ?? 'off', lockdown?.reason),
    ...sanctions('bans', bans),
    ...sanctions('mutes', mutes),
    ...(records.length === 0
      ? [texts.noRecords]
      : [
          texts.records(records.length),
          ...records.toReversed().map((record) => `  ${texts.record(record)}`),
        ]),
  ];
}
