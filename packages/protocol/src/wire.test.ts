import * as fc from 'fast-check';
import { LineDecoder } from './line-decoder';
import { sanitizeText } from './sanitize';
import { toWire } from './wire';

test('a line is ended with CR LF', () => {
  expect(toWire('Welcome, one.')).toBe('Welcome, one.\r\n');
  expect(toWire('')).toBe('\r\n');
});

test('a line cannot bring along a second one, or an escape sequence', () => {
  expect(toWire('[two]: hi\r\n[*]: x\u001b[2J')).toBe('[two]: hi[*]: x[2J\r\n');
});

test('whatever is sent is one line, without a byte that telnet would act on', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const bytes = new TextEncoder().encode(toWire(text));
      expect(new LineDecoder({ lineBytesMax: 1024 }).decode(bytes)).toEqual([
        { kind: 'line', text: sanitizeText(text), end: 'crlf' },
      ]);
    }),
  );
});
