/** One line of a settings file that sets something. */
export interface FileSetting {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface ConfigFile {
  readonly settings: readonly FileSetting[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads a settings file: `name = value`, one a line, with the names of the options. What begins with
 * `#`, alone or after a space, is a comment; a value in quotes is taken as it stands.
 *
 * A format of our own, in the way of systemd's files: all there is to set are names with one value
 * each, so nothing of YAML or TOML would be used but their surprises, and every error can name its
 * line and what to write there. All that is wrong is told, and nothing is thrown.
 */
export function parseConfig(text: string): ConfigFile {
  const settings: FileSetting[] = [];
  const problems: FileProblem[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const setting = settingIn(content);
    if (typeof setting === 'string') {
      problems.push({ line, text: setting });
      continue;
    }
    const { name, value } = setting;
    const before = lineOf.get(name);
    if (before === undefined) {
      lineOf.set(name, line);
      settings.push({ name, value, line });
    } else {
      problems.push({ line, text: `${name} is set on line ${before} already; leave one out.` });
    }
  }
  return { settings, problems };
}

/** What a line sets, or what is wrong with it. */
function settingIn(content: string): Omit<FileSetting, 'line'> | string {
  if (/^\[.*\]$/.test(content)) return `There are no sections here; leave ${content} out.`;
  const [, name = '', rest = ''] = /^([^=]*?)\s*=\s*(.*)$/.exec(content) ?? [];
  if (!/^\S+$/.test(name)) {
    return `This sets nothing; write name = value, such as max-rooms = 100.`;
  }
  const value = valueIn(rest);
  if (value === undefined) return `The quote of ${name} is not closed, or something follows it.`;
  if (value === '') return `${name} has no value; give it one, or leave the line out.`;
  return { name, value };
}

/** Undefined where a quote is not closed, or not at the end. */
function valueIn(rest: string): string | undefined {
  const quote = /^["']/.exec(rest)?.[0];
  if (quote === undefined) return rest.replace(/(?:^|\s+)#.*$/, '');
  const end = rest.indexOf(quote, 1);
  const isWhole = end > 0 && /^(?:\s*|\s+#.*)$/.test(rest.slice(end + 1));
  return isWhole ? rest.slice(1, end) : undefined;
}
