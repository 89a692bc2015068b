import { Directory } from '../domain/directory';
import { commands } from './catalogue';
import { completionsOf, type Vocabulary } from './completion';
import { isListed } from './help';

const directory = new Directory();
for (const name of ['two', 'Twain', 'one', 'me']) {
  directory.put({ name, origin: `n.${name}`, sinceMs: 0 });
}
directory.hear('Twain', 5);
directory.hear('one', 9);

const words: Vocabulary = {
  commands: commands.filter(isListed),
  people: [...directory.all()],
  heardAtMs: (name) => directory.heardAtMs(name),
  rooms: ['Planes', 'Plants', 'Trains'],
  ownName: 'me',
};

function candidates(line: string, cursor = line.length): readonly string[] {
  return completionsOf(line, cursor, words).candidates;
}

test.each([
  ['the start of a command', '/who', ['/who', '/whois']],
  ['a command in another case', '/WHOI', ['/whois']],
  ['a command behind white space', '  /whoi', ['/whois']],
  ['a room behind /join', '/join pla', ['Planes', 'Plants']],
  ['a room behind the short form of /join', '/j t', ['Trains']],
  ['a person behind /whisper', '/w tw', ['Twain', 'two']],
  ['the second word of /invite', '/invite two tr', ['Trains']],
  ['an option', '/theme d', ['dark']],
  ['a command behind /help', '/help whoi', ['whois']],
  ['a person at the start of what is said', 'tw', ['Twain:', 'two:']],
  ['a person within what is said', 'hi tw', ['Twain', 'two']],
  ['a person in a line that begins with two slashes', '//x tw', ['Twain', 'two']],
  ['nothing that there is', '/join x', []],
])('Tab completes %s', (_what, line, expected) => {
  expect(candidates(line)).toEqual(expected);
});

test('of people, those are first who were heard last, and never oneself', () => {
  expect(candidates('hi ')).toEqual(['one', 'Twain', 'two']);
});

test('only the word in front of the cursor counts', () => {
  expect(completionsOf('/join plane to', 11, words)).toEqual({ start: 6, candidates: ['Planes'] });
});

test('commands that are not listed are not offered', () => {
  expect(candidates('/cra')).toEqual([]);
});
