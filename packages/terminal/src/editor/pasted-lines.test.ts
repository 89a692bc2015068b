import type { Key } from '../keys/key';
import { editorOf, paste, press, remembering, seen, type } from './typist.suite';

const nothing = { kind: 'nothing' };
const bell = { kind: 'bell' };
const edited = { kind: 'edited' };

describe('a paste', () => {
  test('of one line is typed, without its end', () => {
    const editor = editorOf();
    type(editor, 'ac');
    press(editor, 'left');
    expect(paste(editor, 'b\n')).toEqual(edited);
    expect(seen(editor)).toBe('ab|c');
  });

  test('of nothing does nothing', () => {
    expect([paste(editorOf(), ''), paste(editorOf(), '\n\n')]).toEqual([nothing, nothing]);
  });

  test('of several lines is sent only after a question, the first behind what was typed', () => {
    const editor = editorOf();
    type(editor, 'so: ');
    expect(paste(editor, 'one\n\ntwo\n')).toEqual(edited);
    expect(seen(editor)).toBe('Send 3 lines? [y/N] |');
    expect(type(editor, 'y')).toEqual({ kind: 'submitted', lines: ['so: one', '', 'two'] });
    expect(seen(editor)).toBe('|');
  });

  test.each<Key>([
    { kind: 'text', text: 'n' },
    { kind: 'text', text: 'N' },
    { kind: 'key', name: 'enter' },
    { kind: 'key', name: 'escape' },
    { kind: 'key', name: 'cancel' },
    { kind: 'key', name: 'interrupt' },
    { kind: 'key', name: 'end-of-input' },
  ])('is forgotten after %j, and the line is back', (key) => {
    const editor = editorOf();
    type(editor, 'typed');
    press(editor, 'left');
    paste(editor, 'one\ntwo');
    expect(editor.press(key)).toEqual(edited);
    expect(seen(editor)).toBe('type|d');
  });

  test.each<Key>([
    { kind: 'text', text: 'x' },
    { kind: 'text', text: 'you' },
    { kind: 'key', name: 'up' },
    { kind: 'key', name: 'tab' },
    { kind: 'key', name: 'clear-screen' },
    { kind: 'paste', text: undefined },
    { kind: 'paste', text: 'y' },
    { kind: 'paste', text: 'y\ny' },
  ])('is still asked about after %j', (key) => {
    const editor = editorOf();
    paste(editor, 'one\ntwo');
    expect(editor.press(key)).toEqual(bell);
    expect(seen(editor)).toBe('Send 2 lines? [y/N] |');
  });

  test('that is too long, or has too many lines, is refused as a whole', () => {
    const editor = editorOf();
    const tooLong = { kind: 'paste-refused', reason: 'too-long' };
    type(editor, 'typed');
    expect(paste(editor, undefined)).toEqual(tooLong);
    expect(paste(editor, 'x'.repeat(60))).toEqual(tooLong);
    expect(paste(editor, `${'x'.repeat(60)}\ny`)).toEqual(tooLong);
    expect(paste(editor, `y\n${'x'.repeat(65)}`)).toEqual(tooLong);
    expect(paste(editor, '1\n2\n3\n4\n5\n6')).toEqual({
      kind: 'paste-refused',
      reason: 'too-many-lines',
    });
    expect(seen(editor)).toBe('typed|');
  });

  test('during a search goes behind what was found', () => {
    const editor = remembering('found ');
    press(editor, 'search-history');
    type(editor, 'f');
    paste(editor, 'one\ntwo');
    expect(type(editor, 'Y')).toEqual({ kind: 'submitted', lines: ['found one', 'two'] });
  });
});
