import { suggest, texts } from '@chat-server/protocol';
import { type Command, groups, isFor, usageOf } from './command';
import { tell } from './effect';

/** `/help`, which explains the other commands, made from what they say of themselves. */
export function helpFor(commands: () => readonly Command[]): Command {
  return {
    name: 'help',
    aliases: ['h', '?'],
    args: '[command]',
    group: 'You',
    summary: 'lists the commands, or explains one',
    completes: ['command'],
    run(rest, { terminal, user }) {
      const usable = commands()
        .filter((each) => isFor(user, each))
        .filter((each) => terminal !== undefined || !each.needsTerminal);
      if (rest === '') return tell(...overview(usable));
      const name = rest.replace(/^\//, '').toLowerCase();
      const command = usable.find((each) => isCalled(each, name));
      return tell(...(command === undefined ? [unknownCommand(name, usable)] : explain(command)));
    },
  };
}

/** What to say to a command that there is not, with the one that was meant, if that can be told. */
export function unknownCommand(name: string, commands: readonly Command[]): string {
  const listed = commands.filter(isListed).map((command) => command.name);
  const near = suggest(name, listed);
  return near === undefined ? texts.unknownCommand : texts.didYouMean(near);
}

function isCalled({ name, aliases = [] }: Command, called: string): boolean {
  return name === called || aliases.includes(called);
}

function overview(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.filter(isListed).map((command) => usageOf(command).length));
  const used = groups.filter((group) => commands.some((command) => command.group === group));
  return used.flatMap((group) => {
    const members = commands.filter((command) => command.group === group);
    const lines = members.map((each) => `  ${usageOf(each).padEnd(width)}  ${each.summary}`);
    return [`${group}:`].concat(lines);
  });
}

/** Whether `/help` tells of it. */
export function isListed({ group }: Command): boolean {
  return group !== undefined;
}

function explain(command: Command): string[] {
  const { aliases = [], summary, details = [] } = command;
  const short = aliases.length === 0 ? [] : [`  short: ${aliases.map((a) => `/${a}`).join(', ')}`];
  return [`${usageOf(command)}  ${summary}`, ...details.map((line) => `  ${line}`), ...short];
}
