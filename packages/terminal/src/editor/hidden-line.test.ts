import { editorOf, paste, press, remembering, seen, type } from './typist.suite';

const nothing = { kind: 'nothing' };
const bell = { kind: 'bell' };

describe('hidden', () => {
  test('nothing of the line is in the view, and it is submitted all the same', () => {
    const editor = editorOf();
    editor.hidden = true;
    expect(type(editor, 'secrets')).toEqual(nothing);
    expect(press(editor, 'backspace')).toEqual(nothing);
    expect(editor.view()).toEqual({ prompt: undefined, text: '', cursor: 0 });
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: ['secret'] });
  });

  test('nothing can be recalled, searched, completed or yanked', () => {
    const editor = remembering('before');
    type(editor, 'x');
    press(editor, 'delete-to-start');
    editor.hidden = true;
    for (const name of ['up', 'down', 'search-history', 'tab', 'shift-tab', 'yank'] as const) {
      expect(press(editor, name)).toEqual(bell);
    }
  });

  test('the line is neither remembered nor killed nor left behind', () => {
    const editor = editorOf();
    editor.hidden = true;
    type(editor, 'secret');
    press(editor, 'delete-to-start');
    type(editor, 'secret');
    editor.remember('secret');
    editor.hidden = false;
    expect(seen(editor)).toBe('|');
    expect([press(editor, 'yank'), press(editor, 'up')]).toEqual([bell, bell]);
  });

  test('one pasted line is taken, several are not', () => {
    const editor = editorOf();
    editor.hidden = true;
    expect(paste(editor, 'a\nb')).toEqual(bell);
    expect(paste(editor, 'secret\n')).toEqual(nothing);
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: ['secret'] });
  });

  test('what was typed before the question for a secret belongs to it', () => {
    const editor = editorOf();
    type(editor, 'sec');
    editor.hidden = true;
    type(editor, 'ret');
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: ['secret'] });
  });
});
