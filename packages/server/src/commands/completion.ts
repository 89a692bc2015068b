import { nameKey } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import type { Command, Completes } from './command';

/** What the end of what was typed may be completed to. */
export interface Completion {
  /** Where in the line what is completed begins. */
  readonly start: number;
  readonly candidates: readonly string[];
}

/** What there is to complete to. */
export interface Vocabulary {
  readonly commands: readonly Command[];
  /** Who is online. */
  readonly people: Iterable<Presence>;
  /** When someone was heard last, if ever. */
  readonly heardAtMs: (name: string) => number;
  readonly rooms: readonly string[];
  readonly ownName: string;
}

/**
 * What the word in front of the cursor may become: after a slash a command, behind one what that
 * takes, elsewhere a name; of people, those first who were heard last.
 */
export function completionsOf(line: string, cursor: number, words: Vocabulary): Completion {
  const before = line.slice(0, cursor);
  const start = before.search(/\S*$/);
  const typed = before.slice(start);
  return { start, candidates: candidatesFor(before.slice(0, start), typed, words) };
}

function candidatesFor(before: string, typed: string, words: Vocabulary): readonly string[] {
  const [called, ...args] = before.trimStart().split(/\s+/);
  if (before.trim() === '') {
    if (typed.startsWith('/') && !typed.startsWith('//')) {
      return matching(
        words.commands.map(({ name }) => `/${name}`),
        typed,
      );
    }
    return people(words, typed).map((name) => `${name}:`);
  }
  if (called === undefined || !called.startsWith('/') || called.startsWith('//')) {
    return people(words, typed);
  }
  const name = called.slice(1).toLowerCase();
  const command = words.commands.find((each) => isCalled(each, name));
  // What was split ends in an empty word: the one that is being typed.
  return wordsFor(command?.completes?.[args.length - 1], typed, words);
}

function wordsFor(
  what: Completes | undefined,
  typed: string,
  words: Vocabulary,
): readonly string[] {
  if (what === undefined || what === 'user') return people(words, typed);
  if (what === 'room') return matching(words.rooms, typed);
  if (what === 'command') {
    return matching(
      words.commands.map(({ name }) => name),
      typed,
    );
  }
  return matching(what, typed);
}

function isCalled({ name, aliases = [] }: Command, called: string): boolean {
  return name === called || aliases.includes(called);
}

function people({ people: present, heardAtMs, ownName }: Vocabulary, typed: string): string[] {
  const others = [...present].filter(({ name }) => name !== ownName);
  const names = matching(
    others.map(({ name }) => name),
    typed,
  );
  return names.toSorted((one, other) => heardAtMs(other) - heardAtMs(one));
}

function matching(words: readonly string[], typed: string): string[] {
  const key = nameKey(typed);
  return words.filter((word) => nameKey(word).startsWith(key));
}
