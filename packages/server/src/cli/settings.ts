import { readFileSync } from 'node:fs';
import type { Option } from 'commander';
import type { Registration } from '../domain/accounts';
import type { Limits } from '../domain/limits';
import { escapeForLog } from '../log/escape';
import type { LogLevel } from '../log/logger';
import type { ServerOptions } from '../server';
import { checkStoreUrl } from '../store/open-store';
import { AddressBlocks } from '../transports/address-blocks';
import type { Certificate } from '../transports/certificate';
import { readCertificate } from './certificate-files';
import { parseConfig } from './config-file';
import { type Given, givenBy, type NamedFile, nameOf, type Sources, unknownNames } from './given';
import { readMotd } from './motd';
import { allOptions, configOption, limitsOf } from './options';
import { shownStore, storeUrl } from './store-url';
import { readToken } from './token-file';

/** All that a server is told when it starts. */
export interface Settings {
  readonly port: number;
  readonly host: string | undefined;
  readonly tlsPort: number | undefined;
  readonly certificate: Certificate | undefined;
  readonly proxies: AddressBlocks | undefined;
  readonly http: ServerOptions['http'];
  /** Its URL, with its password if it has one. */
  readonly store: string;
  readonly limits: Limits;
  readonly motd: readonly string[];
  readonly logLevel: LogLevel;
  readonly faultInjection: boolean;
  readonly registration: Registration;
  readonly floodControl: boolean;
  readonly floodExempt: AddressBlocks | undefined;
  /** The file that some of it comes from. */
  readonly file: string | undefined;
  /** All of it, for people to read. */
  readonly given: readonly Given[];
}

/** As the options are parsed. */
interface Values {
  readonly port: number;
  readonly host?: string;
  readonly tlsPort?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly proxy?: string;
  readonly http: boolean;
  readonly httpPort: number;
  readonly httpHost?: string;
  readonly httpToken?: string;
  readonly httpTokenFile?: string;
  readonly store: string;
  readonly storeFile?: string;
  readonly motd?: string;
  readonly logLevel: LogLevel;
  readonly faultInjection: boolean;
  readonly registration: Registration;
  readonly floodControl: boolean;
  readonly floodExempt?: string;
}

/** What is in the files that settings name. */
interface FromFiles {
  readonly motd: readonly string[] | undefined;
  readonly token: string | undefined;
  readonly store: string | undefined;
  readonly certificate: Certificate | undefined;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  /** A line for each thing that is wrong. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** No settings are longer. */
const fileCharactersMax = 1_000_000;

/**
 * Reads the settings from where they come: flags count for more than the environment, that for more
 * than the file, and that for more than what is so by default. All that is wrong is told at once.
 *
 * Who only asks a server that runs need not be allowed to read what it reads: the files with its
 * certificate, its key and its store's password are left alone then.
 */
export function readSettings(sources: Sources, use: 'serve' | 'ask' = 'serve'): SettingsResult {
  const problems: string[] = [];
  const options = allOptions();
  const path = configPath(sources);
  const file = path === undefined ? undefined : attempt(() => readConfig(path), problems);
  if (file !== undefined) problems.push(...problemsIn(file, options));
  const given = new Map<string, Given>();
  for (const option of options) {
    const each = givenBy(option, sources, file);
    if (typeof each === 'string') problems.push(each);
    else given.set(each.name, each);
  }
  const values = valuesOf(options, given);
  const token = attempt(() => tokenOf(values), problems, given.get('http-token-file'));
  const served = use === 'serve' ? readServed(values, given, problems) : noneServed;
  if (problems.length > 0) {
    return { ok: false, problems: problems.map(escapeForLog).toSorted(byLine) };
  }
  return { ok: true, settings: settingsOf(values, { ...served, token }, given, path) };
}

const noneServed = { motd: undefined, store: undefined, certificate: undefined };

/** What of the settings only a server needs that is in files of its own. */
function readServed(
  values: Values,
  given: ReadonlyMap<string, Given>,
  problems: string[],
): Omit<FromFiles, 'token'> {
  const certificate = (): Certificate | undefined => readCertificate(values, Date.now());
  return {
    motd: attempt(() => motdOf(values), problems, given.get('motd')),
    store: attempt(() => storeOf(values, given), problems, storeGiven(given)),
    certificate: attempt(certificate, problems, certificateGiven(given)),
  };
}

/** What `read` gives, or one more problem, where that is in a file with its place. */
function attempt<Value>(read: () => Value, problems: string[], from?: Given): Value | undefined {
  try {
    return read();
  } catch (error) {
    const place = from?.source === 'file' ? `${from.where}: ` : '';
    problems.push(place + (error as Error).message);
    return undefined;
  }
}

function settingsOf(
  values: Values,
  { motd, token, store = '', certificate }: FromFiles,
  given: ReadonlyMap<string, Given>,
  file: string | undefined,
): Settings {
  const { port, host, tlsPort, proxy, logLevel, faultInjection, floodControl, floodExempt } =
    values;
  const { registration } = values;
  const origin = storeGiven(given) ?? given.get('store');
  const shown = new Map(given);
  if (origin !== undefined) {
    shown.set('store', { ...origin, name: 'store', value: store, shown: shownStore(store) });
  }
  return {
    port,
    host,
    tlsPort,
    certificate,
    proxies: proxy === undefined ? undefined : AddressBlocks.parse(proxy),
    http: values.http ? { port: values.httpPort, host: values.httpHost, token } : undefined,
    store,
    limits: limitsOf({ ...values }),
    motd: motd ?? [],
    logLevel,
    faultInjection,
    registration,
    floodControl,
    floodExempt: floodExempt === undefined ? undefined : AddressBlocks.parse(floodExempt),
    file,
    given: [...shown.values()],
  };
}

/** What the settings file is called, if there is one. */
export function configPath({ flags, environment }: Sources): string | undefined {
  const option = configOption();
  return (flags[option.attributeName()] as string | undefined) ?? environment[option.envVar ?? ''];
}

function readConfig(path: string): NamedFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read the settings: ${(error as Error).message}`, { cause: error });
  }
  if (text.length > fileCharactersMax) throw new Error(`${path} is too long for a settings file.`);
  return { path, config: parseConfig(text) };
}

function problemsIn(file: NamedFile, options: readonly Option[]): string[] {
  const own = file.config.problems.map(({ line, text }) => `${file.path}:${line}: ${text}`);
  return [...own, ...unknownNames(file, options)];
}

/** In the order of the file; others first. */
function byLine(one: string, other: string): number {
  return lineIn(one) - lineIn(other);
}

function lineIn(problem: string): number {
  return Number(/:(\d+): /.exec(problem)?.[1] ?? 0);
}

function motdOf({ motd }: Values): readonly string[] {
  return motd === undefined ? [] : readMotd(motd);
}

function tokenOf({ httpToken, httpTokenFile }: Values): string | undefined {
  if (httpTokenFile === undefined) return httpToken;
  if (httpToken === undefined) return readToken(httpTokenFile);
  throw new Error(
    'The token is given twice, by --http-token and by --http-token-file; leave one out.',
  );
}

function storeOf({ store, storeFile }: Values, given: ReadonlyMap<string, Given>): string {
  const isStoreGiven = given.get('store')?.source !== 'default';
  const url = storeUrl({ store, isStoreGiven, storeFile });
  checkStoreUrl(url);
  return url;
}

/** Where something of TLS is given. */
function certificateGiven(given: ReadonlyMap<string, Given>): Given | undefined {
  const names = ['tls-cert', 'tls-key', 'tls-port'];
  return names.map((name) => given.get(name)).find((each) => each?.value !== undefined);
}

/** Where the store is given. */
function storeGiven(given: ReadonlyMap<string, Given>): Given | undefined {
  const file = given.get('store-file');
  return file?.value === undefined ? given.get('store') : file;
}

/** The settings by the names that they have in code; those with a problem are missing. */
function valuesOf(options: readonly Option[], given: ReadonlyMap<string, Given>): Values {
  const entries = options.map((option) => {
    const value = given.get(nameOf(option))?.value;
    return [option.attributeName(), option.negate ? value !== true : value];
  });
  return Object.fromEntries(entries) as Values;
}
