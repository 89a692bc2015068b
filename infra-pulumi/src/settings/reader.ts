/** What a stack's configuration says, by key without the project's prefix. */
export type Raw = Readonly<Record<string, string | undefined>>;

/**
 * Reads values key by key and gathers what is wrong with them, one line each that names the key
 * and the fix, so that one run tells everything.
 */
export class SettingsReader {
  readonly refusals: string[] = [];
  private readonly raw: Raw;

  constructor(raw: Raw) {
    this.raw = raw;
  }

  refuse(key: string, problem: string, fix: string): void {
    this.refusals.push(`${key}: ${problem}; ${fix}`);
  }

  optional(key: string): string | undefined {
    const value = this.raw[key]?.trim();
    return value === '' ? undefined : value;
  }

  /** A text that has to match, else `fix` is told. */
  text(key: string, fallback: string, pattern: RegExp, fix: string): string {
    return this.matching(key, pattern, fix) ?? fallback;
  }

  matching(key: string, pattern: RegExp, fix: string): string | undefined {
    const value = this.optional(key);
    if (value === undefined || pattern.test(value)) return value;
    this.refuse(key, `"${value}" is not one`, fix);
    return undefined;
  }

  integer(key: string, fallback: number, min: number, max: number): number {
    const value = this.optional(key);
    if (value === undefined) return fallback;
    if (/^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max) {
      return Number(value);
    }
    this.refuse(key, `"${value}" is out of range`, `give a whole number from ${min} to ${max}`);
    return fallback;
  }

  choice<Choice extends string>(key: string, fallback: Choice, choices: readonly Choice[]): Choice {
    const value = this.optional(key);
    if (value === undefined) return fallback;
    const choice = choices.find((one) => one === value);
    if (choice !== undefined) return choice;
    this.refuse(key, `"${value}" is unknown`, `choose one of ${choices.join(', ')}`);
    return fallback;
  }

  /** A list, as JSON (`pulumi config set --path`) or separated by commas. */
  list(
    key: string,
    fallback: readonly string[],
    isOne: (item: string) => boolean,
    fix: string,
  ): readonly string[] {
    const value = this.optional(key);
    if (value === undefined) return fallback;
    const items = listOf(value);
    if (items === undefined || items.length === 0) {
      this.refuse(key, `"${value}" is not a list`, fix);
      return fallback;
    }
    for (const item of items) {
      if (!isOne(item)) this.refuse(key, `"${item}" is not one`, fix);
    }
    if (new Set(items).size < items.length) {
      this.refuse(key, 'something is listed twice', 'list each once');
    }
    return items;
  }
}

function listOf(value: string): readonly string[] | undefined {
  if (!value.startsWith('[')) {
    return value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')) return parsed;
  } catch {
    return undefined;
  }
  return undefined;
}
