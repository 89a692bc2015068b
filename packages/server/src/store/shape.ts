/** Whether something that was kept is what it is taken for. */
export type Check<Value> = (value: unknown) => value is Value;

/** The last that a Date can show (ECMA-262, time values). */
const timeMaxMs = 8.64e15;

type Fields<Value> = { readonly [Name in keyof Value]-?: Check<Value[Name]> };

/** Longer texts are nobody's words: a line has a few thousand bytes at the most. */
const textCharactersMax = 65_536;

/** An object with these fields, each as its check has it. Others are let through. */
export function objectOf<Value extends object>(fields: Fields<Value>): Check<Value> {
  const checks = Object.entries(fields) as [string, Check<unknown>][];
  return (value): value is Value =>
    isObject(value) && checks.every(([name, check]) => check(value[name]));
}

export function optional<Value>(check: Check<Value>): Check<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || check(value);
}

export function listOf<Value>(check: Check<Value>): Check<readonly Value[]> {
  return (value): value is readonly Value[] => Array.isArray(value) && value.every(check);
}

export function oneOf<Value extends string>(...values: readonly Value[]): Check<Value> {
  return (value): value is Value => (values as readonly unknown[]).includes(value);
}

export function eitherOf<Value>(...checks: readonly Check<Value>[]): Check<Value> {
  return (value): value is Value => checks.some((check) => check(value));
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= textCharactersMax;
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** A point in time, in milliseconds, which a Date can show. */
export function isTime(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= timeMaxMs;
}

export function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
