import type { User } from './user';

/** Someone as rules see them: what they may do hangs on who they are, and not on a name alone. */
export interface Person {
  /** As shown. */
  readonly name: string;
  /** Their connection, unique over all nodes and times. */
  readonly origin: string;
  /** Whether the name is theirs by a password; a guest's is theirs while they are here. */
  readonly isRegistered: boolean;
  readonly isOperator: boolean;
}

/** Who a user is to rules. */
export function personOf(
  { name, isRegistered = false, isOperator = false }: User,
  origin: string,
): Person {
  return { name, origin, isRegistered, isOperator };
}
