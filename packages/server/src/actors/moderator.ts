import { nameKey, sameName, texts } from '@chat-server/protocol';
import { type ActorContext, type Behaviour, StartError } from '@chat-server/supervision';
import type { ModerationNews } from '../domain/server-moderation';
import { restored, type Sanction, type Sanctions, withoutEnded } from '../domain/sanctions';
import { moderationNewsChannel } from '../store/keys';
import type { ModeratorMessage } from './moderator-message';
import { postName } from './names';
import type { Services } from './services';
import type { Session } from './session';

type Context = ActorContext<ModeratorMessage>;

/** How long a node may have missed something that another one could not tell it before it ended. */
const lookEveryMs = 60_000;
const waitMaxMs = 3_600_000;

/**
 * Has what operators decide, on whichever node, done on this one: it keeps the table of sanctions
 * true to the store, ends connections, gives and takes operators' rights, and tells those concerned.
 * It follows a channel; where something may have been missed, it reads again.
 */
class Moderator {
  readonly #stop: readonly (() => void)[];
  #cancelEnd = (): void => undefined;

  constructor(
    private readonly services: Services,
    private readonly context: Context,
    readUpTo: number,
  ) {
    const { store } = services;
    const unfollow = store.follow<ModerationNews>(moderationNewsChannel, readUpTo, (batch) =>
      context.self.notify({ type: 'news', batch }),
    );
    const stopWatching = store.watchAvailability((isAvailable) => {
      if (isAvailable) context.self.notify({ type: 'look' });
    });
    this.#stop = [unfollow, stopWatching];
    context.after(lookEveryMs, { type: 'tick' });
    this.#waitForEnd();
  }

  terminate(): void {
    for (const stop of this.#stop) stop();
  }

  receive(message: ModeratorMessage): void {
    switch (message.type) {
      case 'news': {
        const { firstOffset, entries, gap } = message.batch;
        this.services.sanctions.readUpTo = firstOffset + entries.length - 1;
        if (gap !== undefined) this.#look();
        for (const news of entries) this.#take(news);
        return;
      }
      case 'tick':
        this.context.after(lookEveryMs, { type: 'tick' });
        this.#look();
        return;
      case 'look':
        this.#look();
        return;
      case 'read':
        if (!message.outcome.ok) throw message.outcome.error;
        if (message.outcome.value !== 'store-away') this.#apply(message.outcome.value);
        return;
      case 'ended':
        this.#change(withoutEnded(this.context.now()));
        return;
      case 'changed':
        // What comes of it is news.
        if (!message.outcome.ok) throw message.outcome.error;
        return;
      case 'verify':
        this.#verify(message.session);
        return;
      case 'verified':
        this.#verified(message);
    }
  }

  #take(news: ModerationNews): void {
    switch (news.kind) {
      case 'sanctions':
        this.#read();
        return;
      case 'operator':
        for (const session of this.#sessionsOf(news.name)) this.#verify(session);
        return;
      case 'kick':
        for (const session of this.#sessionsOf(news.name)) {
          end(session, texts.kickedFromServer(news.reason), 'kicked');
        }
        return;
      case 'announcement':
        for (const session of this.services.sessions.all()) {
          if (session.user !== undefined) tell(session, texts.announcement(news.by, news.text));
        }
        return;
      case 'whois':
        for (const session of this.#sessionsOf(news.name)) this.#describe(session, news.asker);
    }
  }

  #look(): void {
    this.#read();
    for (const session of this.services.sessions.all()) {
      if (session.user?.isOperator === true) this.#verify(session);
    }
  }

  #read(): void {
    this.context.pipe(this.services.moderation.read(), (outcome) => ({ type: 'read', outcome }));
  }

  #change(rule: Parameters<Services['moderation']['change']>[0]): void {
    const changed = this.services.moderation.change(rule);
    this.context.pipe(changed, (outcome) => ({ type: 'changed', outcome }));
  }

  /** From now on these are in force. */
  #apply(sanctions: Sanctions): void {
    const { sanctions: table } = this.services;
    const before = table.sanctions;
    if (sanctions.version < before.version) {
      // A store that has forgotten is told again; where it is only an older answer, nothing changes.
      this.#change(restored(before));
      return;
    }
    table.sanctions = sanctions;
    this.#waitForEnd();
    this.#endBanned();
    this.#tellMuted(before.mutes, sanctions.mutes);
  }

  #endBanned(): void {
    const { sessions, sanctions } = this.services;
    const now = this.context.now();
    for (const session of sessions.all()) {
      const ban =
        sanctions.banOfAddress(session.peer.address, now) ??
        (session.user && sanctions.banOfName(session.user.name, now));
      if (ban !== undefined) end(session, texts.bannedFromServer(ban, now), 'banned');
    }
  }

  #tellMuted(before: readonly Sanction[], after: readonly Sanction[]): void {
    const now = this.context.now();
    for (const mute of after) {
      if (before.some((each) => isSame(each, mute))) continue;
      for (const session of this.#sessionsOf(mute.target)) {
        tell(session, texts.mutedOnServer(mute, now));
      }
    }
    for (const { target } of before) {
      if (after.some((each) => sameName(each.target, target))) continue;
      for (const session of this.#sessionsOf(target)) tell(session, texts.unmutedOnServer);
    }
  }

  /** Those that end are removed from the store, by whichever node is the first. */
  #waitForEnd(): void {
    this.#cancelEnd();
    const { bans, mutes } = this.services.sanctions.sanctions;
    const ends = [...bans, ...mutes].map(({ untilMs = Infinity }) => untilMs);
    const nextMs = ends.reduce((first, each) => Math.min(first, each), Infinity);
    if (nextMs === Infinity) return;
    const waitMs = Math.min(Math.max(nextMs - this.context.now(), 0), waitMaxMs);
    this.#cancelEnd = this.context.after(waitMs, { type: 'ended' });
  }

  #verify(session: Session): void {
    const { user, origin } = session;
    if (user === undefined) return;
    this.context.pipe(this.services.accounts.find(user.name), (outcome) => ({
      type: 'verified',
      session,
      origin,
      outcome,
    }));
  }

  /** Rights are those of the account that was proven, as it is now. */
  #verified({ session, origin, outcome }: ModeratorMessage & { type: 'verified' }): void {
    if (!outcome.ok) throw outcome.error;
    const account = outcome.value;
    const { user } = session;
    if (account === 'store-away' || user === undefined || session.origin !== origin) return;
    const { isOperator: wasOperator = false } = user;
    // What was proven is worth nothing once the account is gone, whoever has that name next.
    const isRegistered = user.isRegistered === true && account !== undefined;
    const isOperator = isRegistered && account.isOperator === true;
    session.user = { ...user, isRegistered, isOperator };
    const { announcer } = this.services;
    announcer.setStanding(user.name, origin, { isRegistered, isOperator });
    if (isOperator === wasOperator) return;
    tell(session, isOperator ? texts.nowOperator : texts.noLongerOperator);
    const { number: connection } = session;
    const became = isOperator ? 'is an operator' : 'is no operator any more';
    this.services.log.info({ connection, name: user.name }, `User ${user.name} ${became}`);
  }

  #describe({ name, peer }: Session, asker: string): void {
    const { identity } = this.services;
    const line = texts.connectedFrom(name, peer.address, identity.current);
    const letter = { kind: 'line', to: asker, line } as const;
    this.context.whereIs(postName)?.notify({ type: 'send', letter });
  }

  *#sessionsOf(name: string): Iterable<Session> {
    const key = nameKey(name);
    for (const session of this.services.sessions.all()) {
      if (session.user !== undefined && nameKey(session.user.name) === key) yield session;
    }
  }
}

function isSame(one: Sanction, other: Sanction): boolean {
  return sameName(one.target, other.target) && one.atMs === other.atMs;
}

function tell({ connection }: Session, line: string): void {
  connection?.notify({ type: 'told', line });
}

function end({ connection, peer, isGone }: Session, line: string, reason: string): void {
  if (isGone) return;
  // Its actor may be between two lives.
  if (connection?.notify({ type: 'end', line, reason }) !== 'sent') peer.destroy();
}

export const moderatorBehaviour: Behaviour<Services, Moderator, ModeratorMessage> = {
  async init(services, context) {
    const { store, sanctions: table, moderation } = services;
    if (table.readUpTo === undefined) {
      // Nobody is let in before it is known who is not to be.
      const tail = await store.tail<ModerationNews>(moderationNewsChannel, 1);
      const sanctions = await moderation.read();
      if (!tail.ok || sanctions === 'store-away') {
        throw new StartError('The store cannot say who is banned.');
      }
      table.readUpTo = tail.value.head;
      table.sanctions = sanctions;
    }
    return new Moderator(services, context, table.readUpTo);
  },
  receive(moderator, message) {
    moderator.receive(message);
    return moderator;
  },
  terminate: (moderator) => moderator.terminate(),
};
