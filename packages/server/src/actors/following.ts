import { sameName, texts } from '@chat-server/protocol';
import { isSameSaid } from '../domain/shared-state';
import { type Companions, isIn } from './companions';
import type { ConnectionHost } from './connection-host';
import type { EffectRunner } from './effect-runner';

/**
 * Keeps one connection of an account where the others are. Whoever moves by a command says so when
 * they have arrived; a connection that has nothing else to do goes where it was said last.
 */
export class Following {
  constructor(
    private readonly connection: ConnectionHost,
    private readonly companions: Companions,
    private readonly effects: Pick<EffectRunner, 'join' | 'leave' | 'run'>,
  ) {}

  /** Goes where the others are, if one is not there; once more where one could not, if asked. */
  go(isAgain = false): void {
    const { session, isBusy } = this.connection;
    if (isAgain) session.notFollowed = undefined;
    const { user, shared, origin } = session;
    if (isBusy || session.isGone || user?.isRegistered !== true) return;
    const { room: said, isGivenUp } = shared;
    if (isGivenUp?.value === true && isGivenUp.by !== origin) {
      const line = texts.givenUpElsewhere(user.name);
      this.effects.run([{ do: 'log-in-again', line }]);
      return;
    }
    if (said === undefined || isIn(user.room, said.value)) return;
    if (isSameSaid(said, session.notFollowed)) return;
    session.isFollowing = true;
    if (user.room === undefined) this.effects.join(said.value ?? '');
    else {
      const line = texts.leftElsewhere(user.room);
      const next = said.value === undefined ? ({ do: 'tell', lines: [line] } as const) : undefined;
      this.effects.leave({
        room: user.room,
        afterwards: [next ?? { do: 'enter', room: said.value ?? '' }],
      });
    }
  }

  /** One is in a room now. */
  arrived(room: string, isQuiet: boolean): void {
    const { session } = this.connection;
    const { isFollowing } = session;
    session.isFollowing = false;
    session.notFollowed = undefined;
    if (isFollowing || isQuiet) this.connection.tell(texts.joinedElsewhere(room));
    if (!isFollowing) this.companions.say({ room });
  }

  /** One could not get into a room, and is in none. Answers whether that is all told. */
  refused(room: string): boolean {
    const { session } = this.connection;
    if (session.isFollowing) {
      this.gaveUp();
      this.connection.tell(texts.notFollowed(room));
      return true;
    }
    this.out();
    return false;
  }

  /** One could not do as the others, and does not try again until they do something else. */
  gaveUp(): void {
    const { session } = this.connection;
    if (session.isFollowing) session.notFollowed = session.shared.room;
    session.isFollowing = false;
  }

  /** One is in no room, and stays so. */
  out(): void {
    const { session } = this.connection;
    const { isFollowing, shared } = session;
    session.isFollowing = false;
    if (!isFollowing && shared.room?.value !== undefined) this.companions.say({ room: undefined });
  }

  /** One was taken out of a room. */
  removed(room: string): void {
    const { value } = this.connection.session.shared.room ?? {};
    if (value !== undefined && sameName(value, room)) this.companions.say({ room: undefined });
  }
}
