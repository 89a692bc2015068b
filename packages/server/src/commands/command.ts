import type { Accounts } from '../domain/accounts';
import type { DirectoryView } from '../domain/directory';
import type { Limits } from '../domain/limits';
import type { Moderation } from '../domain/server-moderation';
import type { Person } from '../domain/person';
import type { RoomCatalogue } from '../domain/room-catalogue';
import type { RoomRights } from '../domain/room-rights';
import type { TerminalSettings } from '../domain/terminal-settings';
import type { User } from '../domain/user';
import type { Effect } from './effect';

/** Who asks, and what a command may look at. */
export interface Caller {
  readonly user: User;
  readonly person: Person;
  readonly origin: string;
  /** Where their connection comes from. */
  readonly address: string;
  /** The network that they can be held to for what others did who came from it, if any. */
  readonly network?: string | undefined;
  /** Whether nobody on the way can read what they send. */
  readonly isEncrypted: boolean;
  /** Where people connect so that nobody can; undefined where they cannot. */
  readonly tlsPort: number | undefined;
  readonly accounts: Accounts;
  readonly directory: DirectoryView;
  readonly rooms: RoomCatalogue;
  readonly rights: RoomRights;
  readonly moderation: Moderation;
  readonly limits: Limits;
  readonly nowMs: number;
  /** How their terminal is set; undefined for plain lines, which nothing is drawn for. */
  readonly terminal: TerminalSettings | undefined;
  /** Whether a prompt shows them where their lines go. */
  readonly isPrompted: boolean;
  /** Whether `/crash` may be used. */
  readonly faultInjection: boolean;
  /** Resolves when what the caller has said in their room is kept. */
  readonly spoken: () => Promise<void>;
}

/** What the word behind a command may be completed to; a list for one of these. */
export type Completes = 'user' | 'room' | 'command' | readonly string[];

export const groups = [
  'Rooms',
  'Moderation',
  'Talking',
  'People',
  'You',
  'Terminal',
  'Server',
] as const;
export type Group = (typeof groups)[number];

/** One command, with all that there is to know of it: `/help` is made from these. */
export interface Command {
  readonly name: string;
  /** Short forms. */
  readonly aliases?: readonly string[];
  /** What follows the name, as `/help` shows it: `<room>`, `[count]`. */
  readonly args?: string;
  /** What Tab offers for each of the words behind the name; people where nothing is said. */
  readonly completes?: readonly Completes[];
  /** Whether it makes sense only where lines are drawn; others do not see it in `/help`. */
  readonly needsTerminal?: boolean;
  /** Whether a secret may follow it, so that its lines are kept nowhere. */
  readonly takesSecret?: boolean;
  /** Whether guests may not use it where names must be registered. */
  readonly needsRegistration?: boolean;
  /** Whether it is there for operators only; to others, there is no such command. */
  readonly needsOperator?: boolean;
  /** Whether what follows it is heard by others, so that those who are muted may not use it. */
  readonly isHeard?: boolean;
  /** How many lines it counts as where people are kept from flooding; one when not given. */
  readonly cost?: number;
  /** As many, where it is to someone whom they have not written to lately. */
  readonly costToStranger?: number;
  /** Where `/help` lists it; not at all when not given. */
  readonly group?: Group;
  /** A few words. */
  readonly summary: string;
  /** What else there is to know, a sentence a line. */
  readonly details?: readonly string[];
  /**
   * What is to be done for `rest`, the text behind the name. It acts through effects, and changes
   * rooms by rules; the caller's next line is handled when it has answered.
   */
  run(rest: string, caller: Caller): readonly Effect[] | Promise<readonly Effect[]>;
}

/** Whether there is such a command for someone. */
export function isFor({ isOperator }: Pick<User, 'isOperator'>, command: Command): boolean {
  return command.needsOperator !== true || isOperator === true;
}

/** `/join <room>`. */
export function usageOf({ name, args }: Command): string {
  return args === undefined ? `/${name}` : `/${name} ${args}`;
}
