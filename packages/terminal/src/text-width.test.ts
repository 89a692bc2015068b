import { graphemesOf, widthOf } from './text-width';

describe('the width of a text', () => {
  test.each([
    ['plain letters', 'abc', 3],
    ['a combining accent', 'e\u0301', 1],
    ['Chinese', '日本', 4],
    ['an emoji', '😀', 2],
    ['a family, which is one emoji', '👨‍👩‍👧', 2],
    ['a flag', '🇩🇪', 2],
  ])('counts the columns of %s', (_what, text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });

  test('takes a family for one character', () => {
    expect(graphemesOf('a👨‍👩‍👧b').map(({ text }) => text)).toEqual(['a', '👨‍👩‍👧', 'b']);
  });
});
