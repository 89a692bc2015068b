import type { TerminalSettings } from '../domain/terminal-settings';
import type { ModerationRecord } from '../domain/moderation-record';
import type { User } from '../domain/user';

/** What a command has its connection do, in this order. */
export type Effect =
  /** Shows lines to the one who asked. */
  | { readonly do: 'tell'; readonly lines: readonly string[] }
  /** Says something in the room one is in. */
  | { readonly do: 'speak'; readonly kind: 'said' | 'acted' | 'topic'; readonly text: string }
  | { readonly do: 'whisper'; readonly to: string; readonly text: string }
  /** Shows a line to someone else, who need not be online. */
  | { readonly do: 'notify'; readonly to: string; readonly line: string }
  /** Leaves the room one is in, if any, and enters another. */
  | { readonly do: 'enter'; readonly room: string }
  /** Leaves the room one is in, and shows a line. */
  | { readonly do: 'leave'; readonly line: string }
  | {
      readonly do: 'change';
      readonly user: Partial<Pick<User, 'away' | 'ignored' | 'isRegistered'>> & {
        /** Rights are only given to who has proven an account. */
        readonly isOperator?: false;
      };
    }
  /** Has the lines that follow whispered to someone, until an empty one. */
  | { readonly do: 'converse'; readonly with: string }
  | { readonly do: 'draw'; readonly settings: Partial<TerminalSettings> }
  /** Clears the screen. */
  | { readonly do: 'clear' }
  | { readonly do: 'quit' }
  | ({ readonly do: 'ask' } & SecretQuestion)
  /** Gives back the name one has, and takes this one, which is proven to be theirs. */
  | { readonly do: 'become'; readonly name: string; readonly isOperator: boolean }
  /** Gives back the name one has, and asks for one, with a line that says why. */
  | { readonly do: 'log-in-again'; readonly line: string }
  /** Keeps for operators what was done about somebody. */
  | { readonly do: 'record'; readonly record: ModerationRecord }
  /** Has a part of the server fail; only with --fault-injection. */
  | { readonly do: 'fault'; readonly target: FaultTarget };

/** A question whose answer nobody else is to see: it is shown nowhere and kept nowhere. */
export interface SecretQuestion {
  readonly prompt: string;
  /** What comes of the answer; of an empty one, nothing does. */
  readonly answered: (secret: string) => readonly Effect[] | Promise<readonly Effect[]>;
}

export const faultTargets = ['connection', 'room', 'registry', 'listener', 'store'] as const;
export type FaultTarget = (typeof faultTargets)[number];

/** Shows lines to the one who asked. */
export function tell(...lines: string[]): Effect[] {
  return [{ do: 'tell', lines }];
}
