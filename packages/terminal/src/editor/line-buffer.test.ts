import * as fc from 'fast-check';
import { charactersOf } from './characters.suite';
import { LineBuffer } from './line-buffer';

/** The same line as a list of characters, of which so many stand before the cursor. */
interface Model {
  characters: string[];
  before: number;
}

type Move =
  | { kind: 'insert'; text: string }
  | { kind: 'left' | 'right' | 'home' | 'end' | 'word-left' | 'word-right' }
  | { kind: 'unspaced-left' | 'delete-left' | 'delete-right' | 'transpose' };

const bytesMax = 48;
const pieces = [
  'a',
  'b',
  '1',
  ' ',
  '.',
  'é',
  'e',
  '\u0301',
  '日',
  '👨',
  '\u200d',
  '👧',
  '🇩',
  '🇪',
  '🏽',
];
const someText = fc.string({ unit: fc.constantFrom(...pieces), maxLength: 5 });
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('insert' as const), text: someText }), weight: 2 },
  fc.record({
    kind: fc.constantFrom(
      ...(['left', 'right', 'home', 'end', 'word-left', 'word-right'] as const),
      ...(['unspaced-left', 'delete-left', 'delete-right', 'transpose'] as const),
    ),
  }),
);

/** What a line becomes when these texts meet at its cursor. */
function meet(left: string, right: string): Model {
  const characters = charactersOf(left + right);
  let before = 0;
  while (characters.slice(0, before).join('').length < left.length) before += 1;
  return { characters, before };
}

function wordLeft({ characters, before }: Model, word: RegExp): number {
  let at = before;
  while (at > 0 && !word.test(characters[at - 1] ?? '')) at -= 1;
  while (at > 0 && word.test(characters[at - 1] ?? '')) at -= 1;
  return at;
}

function wordRight({ characters, before }: Model, word: RegExp): number {
  const at = wordLeft(
    { characters: characters.toReversed(), before: characters.length - before },
    word,
  );
  return characters.length - at;
}

function model(state: Model, move: Move): Model {
  const { characters, before } = state;
  const left = characters.slice(0, before);
  const right = characters.slice(before);
  switch (move.kind) {
    case 'insert': {
      const next = meet(left.join('') + move.text, right.join(''));
      const bytes = new TextEncoder().encode(next.characters.join('')).length;
      return bytes > bytesMax ? state : next;
    }
    case 'left':
      return { characters, before: Math.max(before - 1, 0) };
    case 'right':
      return { characters, before: Math.min(before + 1, characters.length) };
    case 'home':
      return { characters, before: 0 };
    case 'end':
      return { characters, before: characters.length };
    case 'word-left':
      return { characters, before: wordLeft(state, /^[\p{L}\p{N}]/u) };
    case 'word-right':
      return { characters, before: wordRight(state, /^[\p{L}\p{N}]/u) };
    case 'unspaced-left':
      return { characters, before: wordLeft(state, /^[^ ]/) };
    case 'delete-left':
      return meet(left.slice(0, -1).join(''), right.join(''));
    case 'delete-right':
      return meet(left.join(''), right.slice(1).join(''));
    case 'transpose': {
      const middle = right.length === 0 ? before - 1 : before;
      const [first, second] = characters.slice(middle - 1, middle + 1);
      if (middle < 1 || first === undefined || second === undefined) return state;
      const start = characters.slice(0, middle - 1).join('');
      return meet(start + second + first, characters.slice(middle + 1).join(''));
    }
  }
}

function apply(line: LineBuffer, move: Move): unknown {
  switch (move.kind) {
    case 'insert':
      return line.insert(move.text);
    case 'left':
      return line.moveTo(line.left());
    case 'right':
      return line.moveTo(line.right());
    case 'home':
      return line.moveTo(0);
    case 'end':
      return line.moveTo(line.text.length);
    case 'word-left':
      return line.moveTo(line.wordLeft('letters'));
    case 'word-right':
      return line.moveTo(line.wordRight());
    case 'unspaced-left':
      return line.moveTo(line.wordLeft('unspaced'));
    case 'delete-left':
      return line.removeTo(line.left());
    case 'delete-right':
      return line.removeTo(line.right());
    case 'transpose':
      return line.transpose();
  }
}

function lineOf(text: string, cursor = text.length): LineBuffer {
  const line = new LineBuffer(1000);
  line.set({ text, cursor });
  return line;
}

test('any edits do what they do to a list of characters', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 30 }), (moves) => {
      const line = new LineBuffer(bytesMax);
      let expected: Model = { characters: [], before: 0 };
      for (const move of moves) {
        apply(line, move);
        expected = model(expected, move);
        const { characters, before } = expected;
        expect([line.text, line.cursor]).toEqual([
          characters.join(''),
          characters.slice(0, before).join('').length,
        ]);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a text is inserted as a whole, or not at all', () => {
  const line = new LineBuffer(4);
  expect(line.insert('日')).toBe(true);
  expect(line.insert('é')).toBe(false);
  expect(line.insert('e')).toBe(true);
  expect(line.text).toBe('日e');
});

test('the cursor goes behind what an edit has joined', () => {
  const accent = lineOf('ex', 1);
  accent.insert('\u0301');
  expect(accent.cursor).toBe(2);
  const flag = lineOf('🇩-🇪', 3);
  flag.removeTo(flag.left());
  expect([flag.text, flag.cursor]).toEqual(['🇩🇪', 4]);
});

test.each([
  ['at the end swaps the last two', 'abc', 3, 'acb', 3],
  ['in the middle takes the character before the cursor along', 'abc', 1, 'bac', 2],
  ['takes a family for one character', 'a👨‍👩‍👧', 9, '👨‍👩‍👧a', 9],
])('transposing %s', (_what, text, cursor, after, cursorAfter) => {
  const line = lineOf(text, cursor);
  expect(line.transpose()).toBe(true);
  expect([line.text, line.cursor]).toEqual([after, cursorAfter]);
});

test('there is nothing to transpose at the start, or with one character', () => {
  expect([lineOf('abc', 0), lineOf('a'), lineOf('')].map((line) => line.transpose())).toEqual([
    false,
    false,
    false,
  ]);
});

test('a word ends at punctuation, and for ^W only at a space', () => {
  const line = lineOf('see /join #café-bar ');
  expect(line.wordLeft('letters')).toBe('see /join #café-'.length);
  expect(line.wordLeft('unspaced')).toBe('see /join '.length);
  line.moveTo(3);
  expect(line.wordRight()).toBe('see /join'.length);
});
