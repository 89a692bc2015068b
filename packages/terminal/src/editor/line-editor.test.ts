import type { KeyName } from '../keys/key';
import { editorOf, press, remembering, seen, type } from './typist.suite';

const nothing = { kind: 'nothing' };
const bell = { kind: 'bell' };
const edited = { kind: 'edited' };

describe('a line', () => {
  test('grows by what is typed at its end, which may just be written', () => {
    const editor = editorOf();
    expect(type(editor, 'hi ')).toEqual({ kind: 'appended', text: 'hi ' });
    expect(type(editor, '日本')).toEqual({ kind: 'appended', text: '日本' });
    expect(seen(editor)).toBe('hi 日本|');
  });

  test('is drawn anew when something is typed inside of it, or joins what stands there', () => {
    const editor = editorOf();
    type(editor, 'ae');
    expect(type(editor, '\u0301')).toEqual(edited);
    press(editor, 'left');
    expect(type(editor, 'b')).toEqual(edited);
    expect(seen(editor)).toBe('ab|e\u0301');
  });

  test('is submitted with Enter, an empty one too, and the editor is empty then', () => {
    const editor = editorOf();
    type(editor, 'hi');
    press(editor, 'home');
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: ['hi'] });
    expect(seen(editor)).toBe('|');
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: [''] });
  });

  test('is sanitised when it is submitted', () => {
    const editor = editorOf();
    type(editor, 'a');
    type(editor, '\u200d👧');
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: ['a👧'] });
  });

  test('takes no text that would make it too long', () => {
    const editor = editorOf({ bytesMax: 5 });
    type(editor, 'abcd');
    expect(type(editor, 'é')).toEqual(bell);
    expect(seen(editor)).toBe('abcd|');
    expect(type(editor, 'e')).toEqual({ kind: 'appended', text: 'e' });
  });

  test('is thrown away with ^C', () => {
    const editor = editorOf();
    type(editor, 'hi');
    expect(press(editor, 'interrupt')).toEqual({ kind: 'cancelled' });
    expect(seen(editor)).toBe('|');
  });

  test('loses a character to ^D, and without any, ^D is the wish to leave', () => {
    const editor = editorOf();
    type(editor, 'hi');
    expect(press(editor, 'end-of-input')).toEqual(bell);
    expect(press(editor, 'home', 'end-of-input')).toEqual(edited);
    expect(seen(editor)).toBe('|i');
    expect(press(editor, 'delete', 'end-of-input')).toEqual({ kind: 'quit' });
  });

  test('stays as it is when the screen is cleared, or there is nothing to cancel', () => {
    const editor = editorOf();
    type(editor, 'hi');
    expect(press(editor, 'clear-screen')).toEqual({ kind: 'clear-screen' });
    expect(press(editor, 'cancel')).toEqual(nothing);
    expect(press(editor, 'escape')).toEqual(nothing);
    expect(editor.press({ kind: 'cursor-report', row: 1, column: 1 })).toEqual(nothing);
    expect(seen(editor)).toBe('hi|');
  });

  test.each<[string, KeyName[], string]>([
    ['left and right', ['left', 'left', 'right'], 'one two, thre|e'],
    ['Home', ['home'], '|one two, three'],
    ['End', ['home', 'end'], 'one two, three|'],
    ['words to the left', ['word-left', 'word-left'], 'one |two, three'],
    ['words to the right', ['home', 'word-right', 'word-right'], 'one two|, three'],
    ['Backspace', ['backspace', 'backspace'], 'one two, thr|'],
    ['Delete', ['home', 'delete'], '|ne two, three'],
    ['^T', ['word-left', 'right', 'transpose'], 'one two, ht|ree'],
    ['^W', ['rubout-word', 'rubout-word'], 'one |'],
    ['Alt-Backspace', ['delete-word-left', 'delete-word-left'], 'one |'],
    ['Alt-d', ['home', 'delete-word-right'], '| two, three'],
    ['^U', ['word-left', 'delete-to-start'], '|three'],
    ['^K', ['home', 'word-right', 'delete-to-end'], 'one|'],
  ])('is edited by %s', (_what, keys, after) => {
    const editor = editorOf();
    type(editor, 'one two, three');
    press(editor, ...keys);
    expect(seen(editor)).toBe(after);
  });

  test.each<KeyName>([
    'left',
    'word-left',
    'backspace',
    'transpose',
    'up',
    'down',
    'yank',
    'delete',
  ])('that is empty answers %s with a bell', (name) => {
    expect(press(editorOf(), name)).toEqual(bell);
  });
});

describe('what was killed', () => {
  test('is yanked where the cursor is, as often as wanted', () => {
    const editor = editorOf();
    type(editor, 'one two');
    press(editor, 'rubout-word', 'home', 'yank', 'yank');
    expect(seen(editor)).toBe('twotwo|one ');
  });

  test('in a row is one text', () => {
    const editor = editorOf();
    type(editor, 'one two three four');
    press(editor, 'word-left', 'word-left', 'rubout-word', 'delete-word-right', 'rubout-word');
    press(editor, 'end', 'yank');
    expect(seen(editor)).toBe(' fourone two three|');
  });

  test('is replaced by what is killed after another key', () => {
    const editor = editorOf();
    type(editor, 'one two');
    press(editor, 'rubout-word', 'left', 'delete-to-start', 'yank');
    expect(seen(editor)).toBe('one| ');
  });

  test('survives Enter, and a kill of nothing', () => {
    const editor = editorOf();
    type(editor, 'one');
    press(editor, 'delete-to-start', 'enter', 'delete-to-end', 'yank');
    expect(seen(editor)).toBe('one|');
  });
});

describe('the history', () => {
  test('is gone through with up and down, and the unfinished line is kept', () => {
    const editor = remembering('one', 'two');
    type(editor, 'unfinished');
    expect(press(editor, 'up', 'up')).toEqual(edited);
    expect(seen(editor)).toBe('one|');
    expect(press(editor, 'up')).toEqual(bell);
    press(editor, 'down', 'down');
    expect(seen(editor)).toBe('unfinished|');
    expect(press(editor, 'down')).toEqual(bell);
  });

  test('starts at its end again after Enter, and stays after a reset', () => {
    const editor = remembering('one', 'two');
    press(editor, 'up', 'up', 'enter', 'up');
    expect(seen(editor)).toBe('two|');
    editor.reset();
    press(editor, 'up');
    expect(seen(editor)).toBe('two|');
  });
});
