import { texts } from '@chat-server/protocol';
import { lineFormOf } from './line-form';

describe('a line of the chat', () => {
  test.each([
    ['what someone says', texts.said('two', 'hi'), 'said', '[two]', 'hi'],
    ['what someone does', texts.acted('two', 'waves'), 'acted', 'two', 'two waves'],
    ['a whisper', texts.whispered('two', 'psst'), 'whispered', '<<two>>', 'psst'],
    ['a notice', '[*]: All of it.', 'notice', '[*]: All of it.', 'All of it.'],
    ['an answer', 'Online users: one, two', 'plain', '', 'Online users: one, two'],
    ['history', texts.historyLine(0, '[two]: hi'), 'said', '[two]', 'hi'],
    ['an action of the history', '12:34 * two waves', 'acted', 'two', 'two waves'],
    ['an indented text', '[two]:   hi', 'said', '[two]', '  hi'],
    ['a name that would be none', '[t wo]: hi', 'plain', '', '[t wo]: hi'],
    ['a time alone', '12:34 hi', 'plain', '', '12:34 hi'],
  ] as const)('is recognised: %s', (_what, line, kind, coloured, text) => {
    const form = lineFormOf(line);
    expect(form.kind).toBe(kind);
    expect(line.slice(form.colouredFrom, form.colouredTo)).toBe(coloured);
    expect(line.slice(form.textFrom)).toBe(text);
  });

  test.each(['[one]: [two]: hi', '[one]: <<two>>: psst', '[one]: * two waves', '[one]: [*]: no'])(
    'is of who wrote it, whatever it contains: %s',
    (line) => {
      expect(lineFormOf(line)).toMatchObject({ kind: 'said', name: 'one', colouredTo: 5 });
    },
  );
});
