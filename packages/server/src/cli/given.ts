import { suggest } from '@chat-server/protocol';
import type { Option } from 'commander';
import { escapeForLog } from '../log/escape';
import type { ConfigFile } from './config-file';
import { parseFlag } from './environment';
import { shownValue } from './options';
import { shownStore } from './store-url';

/** Where settings come from, what counts most first; what none of them gives is as by default. */
export interface Sources {
  /** Parsed, by the names that the options have in code. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A settings file that was read. */
export interface NamedFile {
  readonly path: string;
  readonly config: ConfigFile;
}

/** A setting, and who says so. */
export interface Given {
  /** Its option's, without the dashes. */
  readonly name: string;
  readonly value: unknown;
  /** For people, without secrets. */
  readonly shown: string;
  /** Its flag, its variable, or its file and line. */
  readonly where: string;
  readonly source: 'flag' | 'environment' | 'file' | 'default';
}

export function nameOf({ long }: Option): string {
  return (long ?? '').slice(2);
}

/** What an option is, by whichever source counts most, or a line that says what is wrong there. */
export function givenBy(
  option: Option,
  { flags, environment }: Sources,
  file?: NamedFile,
): Given | string {
  const name = nameOf(option);
  const flag = flags[option.attributeName()];
  if (flag !== undefined) {
    const value = option.negate ? flag !== true : flag;
    return { name, value, shown: shown(name, value), where: `--${name}`, source: 'flag' };
  }
  const variable = option.envVar ?? '';
  const fromEnvironment = environment[variable];
  if (fromEnvironment !== undefined) {
    return read(option, fromEnvironment, { where: variable, source: 'environment' });
  }
  const setting = file?.config.settings.find((each) => each.name === name);
  if (file !== undefined && setting !== undefined) {
    return read(option, setting.value, { where: `${file.path}:${setting.line}`, source: 'file' });
  }
  const value: unknown = option.negate ? false : option.defaultValue;
  return { name, value, shown: shown(name, value), where: 'default', source: 'default' };
}

/** Names in a file that are none, a line each that says which may have been meant. */
export function unknownNames({ path, config }: NamedFile, options: readonly Option[]): string[] {
  const known = options.map(nameOf);
  return config.settings
    .filter(({ name }) => !known.includes(name))
    .map(({ name, line }) => {
      const meant = suggest(asOption(name), known);
      const hint =
        meant === undefined ? 'chat-server --help lists them.' : `did you mean ${meant}?`;
      return `${path}:${line}: There is no setting ${name}; ${hint}`;
    });
}

/** As people write names who have them from the command line or the environment. */
function asOption(name: string): string {
  return name
    .toLowerCase()
    .replace(/^-+|^chat_/, '')
    .replaceAll('_', '-');
}

function read(option: Option, text: string, from: Pick<Given, 'where' | 'source'>): Given | string {
  const name = nameOf(option);
  if (!option.required && !option.optional) {
    const value = parseFlag(text);
    if (value !== undefined) return { name, value, shown: String(value), ...from };
    return `${from.where}: ${name} is neither true nor false; set it to one.`;
  }
  try {
    const value: unknown = option.parseArg?.(text, undefined) ?? text;
    return { name, value, shown: shown(name, value), ...from };
  } catch (error) {
    const why = (error as Error).message;
    return `${from.where}: option '${name}' value '${shown(name, text)}' is invalid. ${why}`;
  }
}

function shown(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (/(?:token|password|secret)$/.test(name)) return '***';
  const isUrl = name === 'store' && typeof value === 'string';
  return escapeForLog(isUrl ? shownStore(value) : shownValue(name, value));
}
