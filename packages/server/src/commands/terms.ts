import { parseDuration, splitWord, texts } from '@chat-server/protocol';
import { reasonCharactersMax } from '../domain/moderation-record';

/** Why something is done, and until when. */
export interface Terms {
  readonly reason?: string;
  readonly untilMs?: number;
}

export type Read<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly line: string };

/**
 * What `[duration] [reason]` says, from now on. A first word that begins with a digit and is no
 * duration is taken for a mistake, and not for a reason: it would last for ever.
 */
export function termsOf(rest: string, nowMs: number): Read<Terms> {
  const [word, behind] = splitWord(rest);
  const ms = parseDuration(word);
  if (ms === undefined && /^\d/.test(word)) return { ok: false, line: texts.invalidDuration(word) };
  const read = reasonOf(ms === undefined ? rest : behind);
  if (!read.ok || ms === undefined) return read;
  return { ok: true, value: { ...read.value, untilMs: nowMs + ms } };
}

export function reasonOf(text: string): Read<Pick<Terms, 'reason'>> {
  const reason = text.trim();
  if (Array.from(reason).length > reasonCharactersMax) {
    return { ok: false, line: texts.reasonTooLong(reasonCharactersMax) };
  }
  return { ok: true, value: reason === '' ? {} : { reason } };
}
