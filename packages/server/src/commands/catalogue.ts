import { parseLine } from '@chat-server/protocol';
import { announce } from './announce';
import { away } from './away';
import { back } from './back';
import { ban } from './ban';
import { bans } from './bans';
import { bell } from './bell';
import { clear } from './clear';
import type { User } from '../domain/user';
import { type Command, isFor } from './command';
import { crash } from './crash';
import { create } from './create';
import { createPrivate } from './create-private';
import { destroy } from './destroy';
import { helpFor } from './help';
import { history } from './history';
import { ignore } from './ignore';
import { invite } from './invite';
import { join } from './join';
import { keys } from './keys';
import { kick } from './kick';
import { leave } from './leave';
import { lockdown } from './lockdown';
import { login } from './login';
import { me } from './me';
import { mute } from './mute';
import { passwd } from './passwd';
import { quit } from './quit';
import { register } from './register';
import { reply } from './reply';
import { rooms } from './rooms';
import { server } from './server';
import { slow } from './slow';
import { theme } from './theme';
import { timestamps } from './timestamps';
import { topic } from './topic';
import { transfer } from './transfer';
import { unban } from './unban';
import { unignore } from './unignore';
import { uninvite } from './uninvite';
import { unmute } from './unmute';
import { unregister } from './unregister';
import { users } from './users';
import { whisper } from './whisper';
import { who } from './who';
import { whois } from './whois';

const others: readonly Command[] = [
  rooms,
  create,
  createPrivate,
  join,
  leave,
  invite,
  destroy,
  who,
  topic,
  history,
  kick,
  ban,
  unban,
  bans,
  mute,
  unmute,
  uninvite,
  transfer,
  slow,
  whisper,
  reply,
  me,
  users,
  whois,
  away,
  back,
  ignore,
  unignore,
  register,
  login,
  passwd,
  unregister,
  quit,
  keys,
  theme,
  timestamps,
  bell,
  clear,
  server,
  announce,
  lockdown,
  crash,
];

/** Every command, in the order in which `/help` lists them. */
export const commands: readonly Command[] = [helpFor(() => commands), ...others];

const byName = new Map(
  commands.flatMap((command) =>
    [command.name, ...(command.aliases ?? [])].map((name) => [name, command] as const),
  ),
);

/** Whether a line that was typed may have a secret in it. */
export function mayHoldSecret(line: string): boolean {
  const request = parseLine(line);
  return request.kind === 'command' && findCommand(request.name)?.takesSecret === true;
}

/** The command of that name or short form. */
export function findCommand(name: string): Command | undefined {
  return byName.get(name);
}

/** The commands that there are for someone. */
export function commandsFor(user: Pick<User, 'isOperator'>): readonly Command[] {
  return commands.filter((command) => isFor(user, command));
}
