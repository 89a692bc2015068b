import type { LineEditor } from './line-editor';
import { paste, press, remembering, seen, type } from './typist.suite';

const bell = { kind: 'bell' };
const edited = { kind: 'edited' };

function searching(): LineEditor {
  const editor = remembering('say hello', 'go home', 'say bye');
  type(editor, 'typed');
  press(editor, 'search-history');
  return editor;
}

describe('a search', () => {
  test('shows the newest line that matches, and goes on with each character', () => {
    const editor = searching();
    expect(seen(editor)).toBe("(search)`': typed|");
    type(editor, 'o');
    expect(seen(editor)).toBe("(search)`o': g|o home");
    type(editor, ' ');
    expect(seen(editor)).toBe("(search)`o ': g|o home");
    press(editor, 'backspace', 'search-history');
    expect(seen(editor)).toBe("(search)`o': say hell|o");
  });

  test('says when nothing matches, keeps what it found last, and takes that back', () => {
    const editor = searching();
    type(editor, 'bye');
    expect(press(editor, 'search-history')).toEqual(edited);
    expect(seen(editor)).toBe("(no match)`bye': say |bye");
    expect(press(editor, 'search-history')).toEqual(bell);
    type(editor, 'x');
    press(editor, 'backspace');
    expect(seen(editor)).toBe("(search)`bye': say |bye");
  });

  test('is ended by Enter, which submits what was found', () => {
    const editor = searching();
    type(editor, 'home');
    expect(press(editor, 'enter')).toEqual({ kind: 'submitted', lines: ['go home'] });
    expect(seen(editor)).toBe('|');
  });

  test('is ended by ESC, which takes over what was found', () => {
    const editor = searching();
    type(editor, 'home');
    expect(press(editor, 'escape')).toEqual(edited);
    expect(seen(editor)).toBe('go |home');
  });

  test('is ended by any key of the line, which then acts on what was found', () => {
    const editor = searching();
    type(editor, 'home');
    expect(press(editor, 'right')).toEqual(edited);
    expect(seen(editor)).toBe('go h|ome');
    press(editor, 'down');
    expect(seen(editor)).toBe('say bye|');
    press(editor, 'down');
    expect(seen(editor)).toBe('typed|');
  });

  test('is drawn away even by a key that can do nothing', () => {
    const editor = remembering('one');
    press(editor, 'search-history');
    expect(press(editor, 'left')).toEqual(edited);
    expect(seen(editor)).toBe('|');
  });

  test('is cancelled by ^G, and the line is back', () => {
    const editor = searching();
    type(editor, 'home');
    expect(press(editor, 'cancel')).toEqual(edited);
    expect(seen(editor)).toBe('typed|');
  });

  test('is thrown away by ^C with the line', () => {
    const editor = searching();
    type(editor, 'home');
    expect(press(editor, 'interrupt')).toEqual({ kind: 'cancelled' });
    expect(seen(editor)).toBe('|');
  });

  test('takes a pasted line for its query, but none that is too long', () => {
    const editor = searching();
    expect(paste(editor, 'hello\n')).toEqual(edited);
    expect(seen(editor)).toBe("(search)`hello': say |hello");
    expect(paste(editor, 'x'.repeat(60))).toEqual({ kind: 'paste-refused', reason: 'too-long' });
  });
});
