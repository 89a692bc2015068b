import { InvalidArgumentError } from 'commander';
import { AddressBlocks } from '../transports/address-blocks';
import { isToken } from './token-file';

/** A port number, 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError('Give a number from 0 to 65535.');
  }
  return port;
}

/** A whole number from 1. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError('Give a whole number from 1.');
  }
  return count;
}

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration such as `500ms`, `90s`, `5m`, `24h`; a number alone is seconds. */
export function parseDurationMs(text: string): number {
  const ms = durationMs(text);
  // Longer than this, and Node's timers fire at once.
  if (!(ms >= 1 && ms <= 2 ** 31 - 1)) {
    throw new InvalidArgumentError('Give a duration such as 500ms, 90s, 5m or 24h, at most 24d.');
  }
  return ms;
}

/** As long as a duration, or 0 for not at all. */
export function parseWaitMs(text: string): number {
  return durationMs(text) === 0 ? 0 : parseDurationMs(text);
}

/** From 1 s, since TCP counts in seconds, to below the 350 s after which load balancers forget. */
export function parseKeepaliveMs(text: string): number {
  const ms = durationMs(text);
  if (!(ms >= 1_000 && ms < 350_000)) {
    throw new InvalidArgumentError('Give a duration from 1s to 349s.');
  }
  return ms;
}

const ageMaxMs = 36_500 * unitsMs.d;

/** A duration that no timer waits for, such as `30d`. */
export function parseAgeMs(text: string): number {
  const ms = durationMs(text);
  if (!(ms >= 1 && ms <= ageMaxMs)) {
    throw new InvalidArgumentError('Give a duration such as 12h, 30d or 365d, at most 36500d.');
  }
  return ms;
}

function durationMs(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  return Number(amount) * unitsMs[unit as keyof typeof unitsMs];
}

/** A token, which is not to be guessed. */
export function parseToken(text: string): string {
  if (isToken(text)) return text;
  throw new InvalidArgumentError('Give 16 or more letters, digits and signs.');
}

/** Addresses and blocks of them, of IPv4 and IPv6, with commas between. */
export function parseAddressBlocks(text: string): string {
  if (AddressBlocks.parse(text) !== undefined) return text;
  throw new InvalidArgumentError(
    'Give addresses or blocks of them, such as 10.0.0.0/16,192.0.2.7.',
  );
}
