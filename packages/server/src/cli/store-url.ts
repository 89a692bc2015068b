import { readFileSync } from 'node:fs';

export interface StoreOptions {
  readonly store: string;
  /** Not by default. */
  readonly isStoreGiven: boolean;
  readonly storeFile?: string | undefined;
}

/**
 * The store's URL as it was given, or what is in the file that was, without the space around it: so a
 * password needs to be neither in the arguments nor in the environment. Throws an error of one line,
 * without anything of what is in the file.
 */
export function storeUrl({ store, isStoreGiven, storeFile }: StoreOptions): string {
  if (storeFile === undefined) return store;
  if (isStoreGiven) {
    throw new Error('The store is given twice, by --store and by --store-file; leave one out.');
  }
  const url = readUrl(storeFile).trim();
  if (url === '') throw new Error(`The store's file ${storeFile} is empty; write its URL into it.`);
  if (/[\r\n]/.test(url)) {
    throw new Error(`The store's file ${storeFile} has several lines; leave only the URL in it.`);
  }
  return url;
}

function readUrl(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read the store's file: ${(error as Error).message}`, { cause: error });
  }
}

/** A store's URL for people to read: without its password, and without anything where it is no URL. */
export function shownStore(url: string): string {
  if (!/^rediss?:/.test(url)) return url;
  if (!URL.canParse(url)) return `${url.slice(0, url.indexOf(':'))}:…`;
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  return shown.href;
}
