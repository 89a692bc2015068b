import { expectDrawn, expectPlain } from './harmless';

test.each(['\u001B[2Jx\r\n', 'a\u202Eb\r\n', 'a\u0085\r\n', 'half\n', 'half\r', '\u0000\r\n'])(
  'the text %j is not taken for harmless',
  (text) => expect(() => expectPlain(Buffer.from(text), 'it')).toThrow('it'),
);

test('bytes of telnet are no plain text', () => {
  expect(() => expectPlain(Uint8Array.of(255, 251, 1), 'it')).toThrow('no UTF-8');
});

test('what a line editor draws with is let through, and a title is not', () => {
  expect(() => expectDrawn(Buffer.from('\u001B[1;31m> é\u001B[K\r'), 'it')).not.toThrow();
  expect(() => expectDrawn(Buffer.from('\u001B]0;title\u0007'), 'it')).toThrow('it');
});
