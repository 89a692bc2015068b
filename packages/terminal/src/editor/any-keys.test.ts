import * as fc from 'fast-check';
import type { KeyName } from '../keys/key';
import { KeyDecoder } from '../keys/key-decoder';
import { charactersOf } from './characters.suite';
import type { EditorOutcome, EditorView, LineEditor } from './line-editor';
import { editorOf, press, remembering, type } from './typist.suite';

interface Step {
  before: EditorView;
  outcome: EditorOutcome;
  after: EditorView;
}

const encoder = new TextEncoder();
const piece = fc.constantFrom('a', 'al', ' ', 'é', '\u0301', '👨', '\u200d👧', '🇩', 'y', '日本');
const control = fc.integer({ min: 1, max: 31 }).map((code) => String.fromCharCode(code));
const sequence = fc.constantFrom(
  '\u001bb',
  '\u001bf',
  '\u001bd',
  '\u001b\u007f',
  '\u001b[A',
  '\u001b[B',
  '\u001b[D',
  '\u001b[Z',
  '\u001b[3~',
  '\u001b\u001b',
  '\u001b[200~b\u001b[201~',
  '\u001b[200~one\rtwo\u001b[201~',
);
const anyBytes = fc
  .array(
    fc.oneof(
      { arbitrary: piece, weight: 3 },
      { arbitrary: control, weight: 3 },
      { arbitrary: sequence, weight: 3 },
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => encoder.encode(parts.join('')));

function pressAll(editor: LineEditor, bytes: Uint8Array): Step[] {
  return new KeyDecoder({ pasteBytesMax: 100 }).decode(bytes).map((key) => {
    const before = editor.view();
    const outcome = editor.press(key);
    if (outcome.kind === 'submitted') outcome.lines.forEach((line) => editor.remember(line));
    return { before, outcome, after: editor.view() };
  });
}

/** Whether no character lies across the cursor. */
function isWellPlaced({ text, cursor }: EditorView): boolean {
  const halves = [text.slice(0, cursor), text.slice(cursor)];
  const characters = halves.flatMap((half) => charactersOf(half));
  return characters.length === charactersOf(text).length;
}

/** Whether the view has changed as the outcome says, and not otherwise. */
function isTrue({ before, outcome, after }: Step): boolean {
  switch (outcome.kind) {
    case 'nothing':
    case 'bell':
    case 'paste-refused':
      return JSON.stringify(before) === JSON.stringify(after);
    case 'appended':
      return (
        before.cursor === before.text.length &&
        after.text === before.text + outcome.text &&
        after.cursor === after.text.length &&
        after.prompt === before.prompt
      );
    case 'submitted':
    case 'cancelled':
    case 'quit':
      return after.text === '' && after.prompt === undefined;
    case 'edited':
    case 'clear-screen':
      return true;
  }
}

test('the cursor is never inside of a character', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const steps = pressAll(editorOf({ bytesMax: 24 }), bytes);
      expect(steps.filter(({ after }) => !isWellPlaced(after))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('no line is longer than it may be, neither in the view nor when it is submitted', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const lines = pressAll(editorOf({ bytesMax: 24 }), bytes).flatMap(({ outcome, after }) =>
        outcome.kind === 'submitted' ? outcome.lines : [after.text],
      );
      expect(lines.filter((line) => encoder.encode(line).length > 24)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the outcome tells how the view has changed', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const steps = pressAll(editorOf({ bytesMax: 24 }), bytes);
      expect(steps.filter((step) => !isTrue(step))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a secret is never in the view', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const editor = remembering('before');
      editor.hidden = true;
      const seen = pressAll(editor, bytes).map(({ after }) => after);
      expect(seen.filter(({ prompt, text }) => prompt !== undefined || text !== '')).toEqual([]);
    }),
  );
});

test('a kill and a yank give the same text again', () => {
  const kill = fc.constantFrom<KeyName>(
    'rubout-word',
    'delete-word-left',
    'delete-word-right',
    'delete-to-start',
    'delete-to-end',
  );
  // Without what joins its like: a kill may bring two halves together, and the cursor behind both.
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '.', 'e\u0301', '👨‍👩‍👧', '日') });
  fc.assert(
    fc.property(text, fc.nat(8), fc.array(kill, { maxLength: 3 }), (line, steps, kills) => {
      const editor = editorOf({ bytesMax: 1000 });
      type(editor, line);
      press(editor, ...Array<KeyName>(steps).fill('left'), ...kills, 'yank');
      expect(editor.view().text).toBe(line);
    }),
  );
});
