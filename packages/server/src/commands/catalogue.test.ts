import { texts } from '@chat-server/protocol';
import { Town } from './caller.suite';
import { commands, commandsFor, findCommand } from './catalogue';
import { usageOf } from './command';
import { unknownCommand } from './help';

const listed = commands.filter(({ group }) => group !== undefined);

async function help(
  rest = '',
  { hasTerminals = true, isOperator = true } = {},
): Promise<readonly string[]> {
  const town = new Town();
  town.hasTerminals = hasTerminals;
  town.arrives('one', { isOperator });
  return town.tells('one', `/help${rest === '' ? '' : ` ${rest}`}`);
}

test('no two commands share a name or a short form, and all are written as they are compared', () => {
  const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(name).toBe(name.toLowerCase());
    expect(findCommand(name)?.name).toBeDefined();
  }
});

test('/help lists every command of a group, once, with how it is used', async () => {
  const lines = await help();
  for (const command of listed) {
    const usage = usageOf(command);
    expect(lines.filter((line) => line.trim().startsWith(`${usage}  `))).toHaveLength(1);
  }
  expect(lines.filter((line) => line.endsWith(':'))).toEqual([
    'Rooms:',
    'Moderation:',
    'Talking:',
    'People:',
    'You:',
    'Terminal:',
    'Server:',
  ]);
  expect(lines).toHaveLength(listed.length + 7);
  expect(lines.join('\n')).not.toContain('/crash');
});

test('/help does not list to plain clients what only a terminal can do', async () => {
  const lines = (await help('', { hasTerminals: false })).join('\n');
  expect(lines).toContain('/whisper');
  expect(lines).not.toMatch(/Terminal|\/theme|\/clear/);
  expect(await help('theme', { hasTerminals: false })).toEqual([texts.unknownCommand]);
});

test('to who is no operator, there are no commands for operators', async () => {
  const lines = (await help('', { isOperator: false })).join('\n');
  expect(lines).toContain('/whisper');
  expect(lines).not.toMatch(/Server:|\/server|\/announce|\/lockdown/);
  for (const name of ['server', 'announce', 'lockdown']) {
    expect(await help(name, { isOperator: false })).toEqual([texts.unknownCommand]);
    expect(unknownCommand(name.slice(0, -1), commandsFor({}))).not.toContain(name);
    expect(commandsFor({ isOperator: true })).toContain(findCommand(name));
  }
});

test('the lines of /help line up', async () => {
  const starts = (await help())
    .filter((line) => line.startsWith('  /'))
    .map((line) => /^ {2}\/.*? {2,}(?=\S)/.exec(line)?.[0].length);
  expect(new Set(starts).size).toBe(1);
});

test.each(commands.map((command) => [command.name, command] as const))(
  '/help %s explains it',
  async (name, command) => {
    const [first, ...more] = await help(name);
    expect(first).toBe(`${usageOf(command)}  ${command.summary}`);
    expect(await help(`/${name.toUpperCase()}`)).toEqual([first, ...more]);
    for (const alias of command.aliases ?? []) {
      expect(await help(alias)).toEqual([first, ...more]);
      expect(more.at(-1)).toContain(`/${alias}`);
    }
  },
);

test.each([
  ['w', 'whisper'],
  ['msg', 'whisper'],
  ['r', 'reply'],
  ['h', 'help'],
  ['j', 'join'],
])('/%s is short for /%s', (alias, name) => {
  expect(findCommand(alias)?.name).toBe(name);
});

test.each(['root', 'xyzzy', '', 'sudo', 'constructor', '__proto__'])(
  '/%s is plainly not known',
  (name) => {
    expect(findCommand(name)).toBeUndefined();
    expect(unknownCommand(name, commands)).toBe(
      'Command not known, type /help to see available commands.',
    );
  },
);

test.each([
  ['user', 'users'],
  ['jion', 'join'],
  ['whsiper', 'whisper'],
  ['hist', 'history'],
  ['creat', 'create'],
  ['quiit', 'quit'],
])('/%s is told of /%s', async (name, meant) => {
  expect(unknownCommand(name, commands)).toBe(texts.didYouMean(meant));
  expect(await help(name)).toEqual([texts.didYouMean(meant)]);
});

test('what is not listed is not suggested', () => {
  expect(unknownCommand('crsh', commands)).toBe(texts.unknownCommand);
});
