import * as fc from 'fast-check';
import { parseLine, splitWord } from './grammar';

test('a line is said, as it stands but for white space at its end', () => {
  expect(parseLine('  hi,  all \t')).toEqual({ kind: 'say', text: '  hi,  all' });
  expect(parseLine('1/2')).toEqual({ kind: 'say', text: '1/2' });
});

test.each(['', ' ', ' \t '])('%j is an empty line', (text) => {
  expect(parseLine(text)).toEqual({ kind: 'empty' });
});

test('a line that begins with a slash is a command', () => {
  expect(parseLine('/users')).toEqual({ kind: 'command', name: 'users', rest: '' });
  expect(parseLine('/Whisper  one  psst,  you ')).toEqual({
    kind: 'command',
    name: 'whisper',
    rest: 'one  psst,  you',
  });
});

test('a slip of the space bar before a command does not say it to the room', () => {
  expect(parseLine(' /whisper one psst')).toEqual({
    kind: 'command',
    name: 'whisper',
    rest: 'one psst',
  });
});

test('a lone slash is the command without a name', () => {
  expect(parseLine('/')).toEqual({ kind: 'command', name: '', rest: '' });
  expect(parseLine('/ join')).toEqual({ kind: 'command', name: '', rest: 'join' });
});

test('two slashes say one', () => {
  expect(parseLine('//join is a command')).toEqual({ kind: 'say', text: '/join is a command' });
  expect(parseLine('//')).toEqual({ kind: 'say', text: '/' });
});

test('the first word is split from what follows it', () => {
  expect(splitWord('one psst,  you')).toEqual(['one', 'psst,  you']);
  expect(splitWord('  one\t two ')).toEqual(['one', 'two']);
  expect(splitWord('one')).toEqual(['one', '']);
  expect(splitWord(' ')).toEqual(['', '']);
});

test('anything can be said, by doubling its slash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (any) => {
      const said = any.trimEnd();
      fc.pre(said !== '');
      const isCommand = said.trimStart().startsWith('/');
      const line = isCommand ? `/${said.trimStart()}` : said;
      const text = isCommand ? said.trimStart() : said;
      expect(parseLine(line)).toEqual({ kind: 'say', text });
    }),
  );
});

test('a word that was split off holds no white space, and nothing else is lost', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const [word, rest] = splitWord(text);
      expect(word).not.toMatch(/\s/);
      expect((word + rest).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});
