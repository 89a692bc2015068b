import { editorOf, press, seen, type } from './typist.suite';

const bell = { kind: 'bell' };
const edited = { kind: 'edited' };

describe('completion', () => {
  test('goes through the candidates with Tab, and back to what was typed', () => {
    const editor = editorOf();
    type(editor, 'hi al');
    const views = [1, 2, 3, 4].map(() => {
      press(editor, 'tab');
      return seen(editor);
    });
    expect(views).toEqual(['hi alice|', 'hi albert|', 'hi al|', 'hi alice|']);
  });

  test('goes the other way with Shift-Tab', () => {
    const editor = editorOf();
    type(editor, 'al');
    press(editor, 'shift-tab');
    expect(seen(editor)).toBe('albert|');
    press(editor, 'tab', 'tab', 'shift-tab');
    expect(seen(editor)).toBe('al|');
  });

  test('is accepted by any other key', () => {
    const editor = editorOf();
    type(editor, 'al');
    press(editor, 'tab');
    expect(type(editor, '!')).toEqual({ kind: 'appended', text: '!' });
    expect(seen(editor)).toBe('alice!|');
    press(editor, 'delete-to-start');
    type(editor, 'al');
    expect(press(editor, 'tab', 'enter')).toEqual({ kind: 'submitted', lines: ['alice'] });
  });

  test('with a single match puts a space behind it at the end of the line only', () => {
    const editor = editorOf();
    type(editor, 'b');
    expect(press(editor, 'tab')).toEqual(edited);
    expect(seen(editor)).toBe('bob |');
    press(editor, 'delete-to-start');
    type(editor, 'b, hi');
    press(editor, 'home', 'right', 'tab');
    expect(seen(editor)).toBe('bob|, hi');
    expect(press(editor, 'tab')).toEqual(bell);
  });

  test('without a match is a bell', () => {
    const editor = editorOf();
    type(editor, 'x');
    expect(press(editor, 'tab')).toEqual(bell);
    expect(seen(editor)).toBe('x|');
  });

  test('offers nothing that would make the line too long', () => {
    const editor = editorOf({ bytesMax: 5 });
    type(editor, 'al');
    press(editor, 'tab');
    expect(seen(editor)).toBe('alice|');
  });
});
