import * as fc from 'fast-check';
import { utf8Bytes } from './utf8-bytes';

test('a text takes as many bytes as its encoder makes of it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\ud83d', '\ude00') }),
      (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      },
    ),
  );
});
