import { nameKey } from '@chat-server/protocol';
import type { Person } from './person';

/**
 * Whose something is. An account's is whoever's proves its password, whenever they come; a guest's is
 * theirs for as long as they are connected, and never whoever's who has their name next.
 */
export interface Holding {
  /** As shown. */
  readonly name: string;
  /** A guest's connection; the account of that name has it where this is not given. */
  readonly origin?: string;
}

type Holder = Pick<Person, 'name' | 'origin'> & { readonly isRegistered?: boolean };

/** What someone who gets something now has it as. */
export function holdingOf({ name, origin, isRegistered = false }: Holder): Holding {
  return isRegistered ? { name } : { name, origin };
}

/** Whether something that is held so is theirs. */
export function holds(person: Person, { name, origin }: Holding): boolean {
  if (nameKey(person.name) !== nameKey(name)) return false;
  return origin === undefined ? person.isRegistered : person.origin === origin;
}

/** The same for holdings that are the same, and for no others: a name has no blank in it. */
export function holdingKey({ name, origin }: Holding): string {
  return origin === undefined ? nameKey(name) : `${nameKey(name)} ${origin}`;
}
