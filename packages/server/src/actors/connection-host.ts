import type { ActorContext, ActorRef } from '@chat-server/supervision';
import type { Effect, SecretQuestion } from '../commands/effect';
import type { ConnectionMessage } from './connection-message';
import type { RoomMessage } from './room-message';
import type { Services } from './services';
import type { Session } from './session';

/** A connection, as the parts of it see it that log in and carry out commands. */
export interface ConnectionHost {
  readonly session: Session;
  readonly services: Services;
  readonly context: ActorContext<ConnectionMessage>;
  /** Whether the next line must wait for an answer. */
  isBusy: boolean;
  /** Handles no other line until what is to be done is known. */
  await(answer: Promise<readonly Effect[]>): void;
  /** Asks for a secret; the next line is its answer, and nothing else. */
  ask(question: SecretQuestion): void;
  /** Becomes someone else, whose name is proven to be theirs. */
  become(name: string, isOperator: boolean): void;
  /** Gives back its name, and is asked for one. */
  logInAgain(line: string): void;
  tell(...lines: readonly string[]): void;
  /** Says a last line and closes. */
  end(line: string, reason: string): void;
  /** The actor of a room, started if it does not run. */
  room(name: string): ActorRef<RoomMessage> | undefined;
}
