import * as fc from 'fast-check';
import { parseConfig } from './config-file';

/** With controls, spaces of all kinds, and letters of several alphabets. */
const anyText = fc.string({ unit: fc.nat(0x2100).map((code) => String.fromCharCode(code)) });

test('a file is names with a value each, among comments', () => {
  const { settings, problems } = parseConfig(
    [
      '\uFEFF# Our chat',
      '',
      'max-rooms = 100',
      '  port=2323   # not 23',
      'motd = "/etc/chat #1.txt"',
      "log-level = 'debug'  # for now",
      '  # the end',
    ].join('\r\n'),
  );
  expect(problems).toEqual([]);
  expect(settings).toEqual([
    { name: 'max-rooms', value: '100', line: 3 },
    { name: 'port', value: '2323', line: 4 },
    { name: 'motd', value: '/etc/chat #1.txt', line: 5 },
    { name: 'log-level', value: 'debug', line: 6 },
  ]);
});

test('a # within a value is part of it, and so is an =', () => {
  const { settings } = parseConfig('store = redis://host/0?prefix=a#b');
  expect(settings).toEqual([{ name: 'store', value: 'redis://host/0?prefix=a#b', line: 1 }]);
});

test.each([
  ['max-rooms 100', 'This sets nothing; write name = value, such as max-rooms = 100.'],
  ['= 100', 'This sets nothing; write name = value, such as max-rooms = 100.'],
  ['max rooms = 100', 'This sets nothing; write name = value, such as max-rooms = 100.'],
  ['[limits]', 'There are no sections here; leave [limits] out.'],
  ['motd =', 'motd has no value; give it one, or leave the line out.'],
  ['motd = # none', 'motd has no value; give it one, or leave the line out.'],
  ['motd = ""', 'motd has no value; give it one, or leave the line out.'],
  ['motd = "a', 'The quote of motd is not closed, or something follows it.'],
  ['motd = "a"b', 'The quote of motd is not closed, or something follows it.'],
])('%j is refused, with what to do', (line, text) => {
  expect(parseConfig(`# one\n${line}\n`)).toEqual({ settings: [], problems: [{ line: 2, text }] });
});

test('a name that is set twice is refused, with the line of the first', () => {
  expect(parseConfig('port = 1\n\nport = 2\n')).toEqual({
    settings: [{ name: 'port', value: '1', line: 1 }],
    problems: [{ line: 3, text: 'port is set on line 1 already; leave one out.' }],
  });
});

test('whatever a file holds, each of its lines is a comment, a setting or a problem', () => {
  const line = fc.oneof(
    anyText,
    fc.stringMatching(/^[a-z "'#=[\]]{0,12}$/),
    fc.constantFrom('port = 1', 'port = 2', '# port', '[port]'),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      const { settings, problems } = parseConfig(text);
      const count = text.split(/\r\n|\n|\r/).length;
      const told = [...settings, ...problems].map((each) => each.line);
      expect(new Set(told).size).toBe(told.length);
      for (const each of told) expect(each >= 1 && each <= count).toBe(true);
      expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
    }),
  );
});

test('what is written with a name and a value in quotes is read as it was', () => {
  const name = fc.stringMatching(/^[a-z][a-z-]{0,20}$/);
  const value = fc.stringMatching(/^[^"\r\n]{1,40}$/);
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each }), (all) => {
      const text = all.map(([key, each]) => `${key} = "${each}"`).join('\n');
      const { settings, problems } = parseConfig(text);
      expect(problems).toEqual([]);
      expect(settings.map((each) => [each.name, each.value])).toEqual(all);
    }),
  );
});
