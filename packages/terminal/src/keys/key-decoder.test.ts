import * as fc from 'fast-check';
import type { Key, KeyName } from './key';
import { KeyDecoder } from './key-decoder';

const encoder = new TextEncoder();
const family = '👨‍👩‍👧';

function decoder(pasteBytesMax = 100): KeyDecoder {
  return new KeyDecoder({ pasteBytesMax });
}

function decode(...chunks: string[]): Key[] {
  const one = decoder();
  return chunks.flatMap((chunk) => one.decode(encoder.encode(chunk)));
}

function text(typed: string): Key {
  return { kind: 'text', text: typed };
}

function key(name: KeyName): Key {
  return { kind: 'key', name };
}

function paste(pasted: string | undefined): Key {
  return { kind: 'paste', text: pasted };
}

/** How a text is cut into keys depends on the chunks, and only that does. */
function joinTexts(keys: readonly Key[]): Key[] {
  const joined: Key[] = [];
  for (const each of keys) {
    const last = joined.at(-1);
    if (each.kind === 'text' && last?.kind === 'text') {
      joined.splice(-1, 1, text(last.text + each.text));
    } else joined.push(each);
  }
  return joined;
}

/** What a decoder refers to beyond what it always has. */
function held(one: KeyDecoder): string {
  return JSON.stringify(one);
}

// Pieces that mean something to the decoder, so that sequences, texts and pastes collide.
const anyBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom('\u001b', '[', 'O', ']', '\r', '\n', '\0', '\u001b[200~', '\u001b[201~', ';'),
      fc.constantFrom('👨', '\u200d', '👧', '🏽', '\ufe0f', 'é', '\u0301', 'a', '1', 'R', '~', 'M'),
      fc.constantFrom('\u001b[1;5C', '\u001b]0;x\u0007', '\u001b\u001b[D', '\u001b[12;40R', '\b'),
      fc.uint8Array({ minLength: 1, maxLength: 3 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) =>
    Uint8Array.from(
      parts.flatMap((part) => Array.from(typeof part === 'string' ? encoder.encode(part) : part)),
    ),
  );

describe('text', () => {
  test('adjacent characters of one chunk come as one text', () => {
    expect(decode('hé 日本 😀')).toEqual([text('hé 日本 😀')]);
  });

  test('a character that is cut comes when it is whole', () => {
    const one = decoder();
    const bytes = encoder.encode('😀');
    expect(one.decode(bytes.slice(0, 3))).toEqual([]);
    expect(one.decode(bytes.slice(3))).toEqual([text('😀')]);
  });

  test('what is broken becomes a replacement character, before the key that broke it off', () => {
    expect(decoder().decode(Uint8Array.of(0xe2, 0x82, 0x0d))).toEqual([
      text('\uFFFD'),
      key('enter'),
    ]);
  });

  test('a joined emoji stays whole, in one chunk or in several', () => {
    expect(decode(family)).toEqual([text(family)]);
    expect(decode('👨', '\u200d', '👩\u200d', '👧')).toEqual([
      text('👨'),
      text('\u200d👩'),
      text('\u200d👧'),
    ]);
  });

  test('a joiner that joins no emoji is left out', () => {
    expect(decode('a\u200d', 'b')).toEqual([text('a'), text('b')]);
    expect(decode('👨\u200d', '\r', '👩')).toEqual([text('👨'), key('enter'), text('👩')]);
    expect(decode('👨\u001b[D\u200d👩')).toEqual([text('👨'), key('left'), text('👩')]);
  });

  test('what could act on a terminal or hide in a text is left out', () => {
    expect(decode('a\u009bb\u202ec\u200bd\u0000e\u001ff')).toEqual([
      text('abcd'),
      text('e'),
      text('f'),
    ]);
  });
});

describe('Enter', () => {
  test.each([
    ['CR', '\r'],
    ['CR LF', '\r\n'],
    ['CR NUL', '\r\0'],
    ['LF', '\n'],
  ])('%s is one', (_what, bytes) => {
    expect(decode(`a${bytes}b`)).toEqual([text('a'), key('enter'), text('b')]);
    expect(decode(...bytes, 'b')).toEqual([key('enter'), text('b')]);
  });

  test('comes at once with its CR', () => {
    expect(decode('\r')).toEqual([key('enter')]);
  });

  test('pressed twice is two', () => {
    for (const bytes of ['\r\r', '\r\n\r\n', '\r\0\r\0', '\n\n']) {
      expect(decode(bytes)).toEqual([key('enter'), key('enter')]);
    }
  });
});

test.each<[KeyName, string[]]>([
  ['home', ['\u0001', '\u001b[H', '\u001b[1~', '\u001b[7~', '\u001bOH', '\u001b[1;5H']],
  ['end', ['\u0005', '\u001b[F', '\u001b[4~', '\u001b[8~', '\u001bOF', '\u001b[1;2F']],
  ['left', ['\u0002', '\u001b[D', '\u001bOD', '\u001b[1;2D']],
  ['right', ['\u0006', '\u001b[C', '\u001bOC', '\u001b[1C']],
  ['up', ['\u0010', '\u001b[A', '\u001bOA', '\u001b[1;5A']],
  ['down', ['\u000e', '\u001b[B', '\u001bOB']],
  ['word-left', ['\u001bb', '\u001bB', '\u001b[1;5D', '\u001b[1;3D', '\u001b[5D', '\u001bOd']],
  ['word-right', ['\u001bf', '\u001b[1;5C', '\u001b[1;3C', '\u001b[5C', '\u001bOc']],
  ['backspace', ['\b', '\u007f']],
  ['delete', ['\u001b[3~']],
  ['delete-word-left', ['\u001b\u007f', '\u001b\b']],
  ['delete-word-right', ['\u001bd', '\u001b[3;5~', '\u001b[3;3~']],
  ['rubout-word', ['\u0017']],
  ['delete-to-start', ['\u0015']],
  ['delete-to-end', ['\u000b']],
  ['yank', ['\u0019']],
  ['transpose', ['\u0014']],
  ['search-history', ['\u0012']],
  ['clear-screen', ['\u000c']],
  ['tab', ['\t']],
  ['shift-tab', ['\u001b[Z']],
  ['enter', ['\u001bOM']],
  ['interrupt', ['\u0003']],
  ['end-of-input', ['\u0004']],
  ['cancel', ['\u0007']],
  ['escape', ['\u001b\u001b']],
])('%s is told from its bytes', (name, forms) => {
  for (const form of forms) expect(decode(`a${form}b`)).toEqual([text('a'), key(name), text('b')]);
});

describe('ESC', () => {
  test('twice comes at once, and what is typed next is text', () => {
    expect(decode('\u001b\u001b')).toEqual([key('escape')]);
    expect(decode('\u001b', '\u001b', 'Ok')).toEqual([key('escape'), text('Ok')]);
  });

  test('before an arrow is Alt, or an ESC by itself: both are told', () => {
    expect(decode('\u001b\u001b[C')).toEqual([key('escape'), key('word-right')]);
    expect(decode('\u001b\u001b[A')).toEqual([key('escape'), key('up')]);
    expect(decode('\u001b\u001b[3~')).toEqual([key('escape'), key('delete-word-right')]);
  });

  test('before a control is forgotten, and the control is read', () => {
    expect(decode('\u001b\r', '\u001b\u0003')).toEqual([key('enter'), key('interrupt')]);
  });

  test('before a character that means nothing with Alt takes it away', () => {
    expect(decode('a\u001bxb')).toEqual([text('a'), text('b')]);
    expect(decode('a\u001béb')).toEqual([text('a'), text('éb')]);
  });
});

describe('what is no key', () => {
  test.each([
    ['F1', '\u001bOP'],
    ['F5', '\u001b[15~'],
    ['F5 with Shift', '\u001b[15;2~'],
    ['F1 of the Linux console', '\u001b[[A'],
    ['Page Up', '\u001b[5~'],
    ['Insert', '\u001b[2~'],
    ['focus gained', '\u001b[I'],
    ['focus lost', '\u001b[O'],
    ['the mouse', '\u001b[<0;12;40M'],
    ['the mouse of old', '\u001b[M !!'],
    ['the kind of terminal', '\u001b[?62;22c'],
    ['a private cursor report', '\u001b[?12;40;1R'],
    ['a colour', '\u001b]11;rgb:0000/0000/0000\u001b\\'],
    ['a title that ends in BEL', '\u001b]0;a title\u0007'],
    ['a version', '\u001bP>|XTerm(390)\u001b\\'],
    ['a key as CSI u', '\u001b[97;5u'],
    ['the end of no paste', '\u001b[201~'],
    ['parameters without an end to them', `\u001b[${'1;'.repeat(5000)}C`],
    ['a number without an end to it', `\u001b[${'9'.repeat(16)}C`],
  ])('%s leaves nothing in the line', (_what, bytes) => {
    expect(decode(`a${bytes}b`)).toEqual([text('a'), text('b')]);
  });

  test('a sequence is broken off by a control, which is read', () => {
    for (const begun of ['\u001b[12', '\u001bO', '\u001b]0;title', '\u001bPq', '\u001b[M!']) {
      expect(decode(`${begun}\r`)).toEqual([key('enter')]);
      expect(decode(`${begun}\u001b[C`)).toEqual([key('right')]);
    }
  });

  test('a sequence without an end holds a few characters only', () => {
    for (const begun of ['\u001b[', '\u001bO', '\u001b]', '\u001bP']) {
      const one = decoder();
      one.decode(encoder.encode(begun + '1'.repeat(10_000)));
      expect(held(one).length).toBeLessThan(300);
    }
  });
});

describe('a cursor report', () => {
  test('tells the row and the column, and never leaks into the line', () => {
    expect(decode('a\u001b[12;4', '0Rb')).toEqual([
      text('a'),
      { kind: 'cursor-report', row: 12, column: 40 },
      text('b'),
    ]);
  });

  test('without two numbers from 1 is none', () => {
    expect(decode('\u001b[R\u001b[5R\u001b[0;3R\u001b[1;2;3R\u001b[70000;1R')).toEqual([]);
  });
});

describe('a bracketed paste', () => {
  test('comes as a whole, whatever its chunks', () => {
    expect(decode('a\u001b[20', '0~one ', 'two\u001b', '[201', '~b')).toEqual([
      text('a'),
      paste('one two'),
      text('b'),
    ]);
  });

  test('has its lines ended with LF', () => {
    expect(decode('\u001b[200~a\rb\r\nc\r\0d\ne\r\u001b[201~')).toEqual([paste('a\nb\nc\nd\ne\n')]);
  });

  test('loses what could act on a terminal, and keeps joined emoji', () => {
    expect(decode(`\u001b[200~a\tb\u0003\u001b[A${family}\u001b[201~`)).toEqual([
      paste(`a b[A${family}`),
    ]);
  });

  test('may contain what its end begins with', () => {
    expect(decode('\u001b[200~\u001b[20\u001b\u001b[201~')).toEqual([paste('[20')]);
  });

  test('of the most bytes allowed is taken, and one byte more is told once, at its end', () => {
    const longest = 'x'.repeat(100);
    expect(decode(`\u001b[200~${longest}\u001b[201~`)).toEqual([paste(longest)]);
    expect(decode(`\u001b[200~${longest}y`, 'z\r\r', '\u001b[201~ok')).toEqual([
      paste(undefined),
      text('ok'),
    ]);
  });

  test('never holds more than it may, and nothing when it is over', () => {
    const one = decoder(1000);
    const idle = held(one).length;
    one.decode(encoder.encode(`\u001b[200~${'x'.repeat(10_000)}`));
    expect(held(one).length).toBeLessThan(idle + 300);
    one.decode(encoder.encode('\u001b[201~'));
    expect(held(one).length).toBe(idle);
  });
});

test('any bytes, cut anywhere, give the same keys as uncut', () => {
  fc.assert(
    fc.property(anyBytes, fc.array(fc.nat(), { maxLength: 8 }), (bytes, cuts) => {
      const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
      bounds.sort((a, b) => a - b);
      const one = decoder(20);
      const keys = bounds.flatMap((bound, index) =>
        one.decode(bytes.slice(bound, bounds[index + 1] ?? bytes.length)),
      );
      expect(joinTexts(keys)).toEqual(joinTexts(decoder(20).decode(bytes)));
    }),
    { numRuns: 1500 },
  );
});

test('no bytes give a control, but for the LF of a paste', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const controls = decoder()
        .decode(bytes)
        .filter(
          (each) =>
            (each.kind === 'text' && /[\p{Cc}\p{Cs}\u202e]|^$/u.test(each.text)) ||
            (each.kind === 'paste' && /[[\p{Cc}--\n]\p{Cs}\u202e]/v.test(each.text ?? '')),
        );
      expect(controls).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
