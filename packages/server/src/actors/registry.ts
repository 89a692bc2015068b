import { nameKey, texts } from '@chat-server/protocol';
import type { ActorContext, Behaviour, Settled } from '@chat-server/supervision';
import type { Presence } from '../domain/directory';
import { nodeOf } from '../domain/origin';
import type { Claimed, StoreAnswer } from '../store/store';
import { type ClaimsView, removeUnconfirmed, takeNews } from './claim-news';
import { expel, expelLapsed } from './expulsion';
import type { Claim, RegistryMessage } from './registry-message';
import type { Services } from './services';
import type { Session } from './session';

type Context = ActorContext<RegistryMessage>;

interface Registry extends ClaimsView {
  /** Names, as compared, that are being claimed, and by whom. */
  readonly claiming: Map<string, ReadonlySet<string>>;
  readonly unfollow: () => void;
}

/**
 * Who is online: it gives each name to one connection at a time, or to some of whoever has its
 * password, in the store and in the directory that all others read, takes it back when a connection
 * is over, and keeps the directory true to what other nodes do.
 */
export const registryBehaviour: Behaviour<Services, Registry, RegistryMessage> = {
  init(services, context) {
    const { directory, sessions, identity, store } = services;
    directory.clear();
    expelLapsed(services, context);
    for (const session of sessions.all()) announce(services, session);
    const unfollow = store.followClaims<Presence>((news) => {
      const isOwn =
        (news.kind === 'held' && news.claim.holder.node === identity.current) ||
        (news.kind === 'freed' && news.holder.node === identity.current);
      if (!isOwn) context.self.notify({ type: 'news', news });
    });
    return { services, context, claiming: new Map(), unconfirmed: new Set(), unfollow };
  },
  receive(registry, message, context) {
    switch (message.type) {
      case 'claim':
        claim(registry, message, context);
        return registry;
      case 'claim-settled':
        settleClaim(registry, message.claim, message.outcome);
        return registry;
      case 'release':
        release(registry, message.name, message.origin);
        return registry;
      case 'news':
        takeNews(registry, message.news);
        return registry;
      case 'reclaimed':
        settleReclaim(registry, message.session, message.origin, message.outcome);
        return registry;
      case 'confirm':
        removeUnconfirmed(registry);
        return registry;
      case 'lapsed':
        expelLapsed(registry.services, context);
        return registry;
    }
  },
  terminate: ({ unfollow }) => unfollow(),
};

function claim({ services, claiming }: Registry, message: Claim, context: Context): void {
  const { store, limits } = services;
  const { name, session, origin, isShared, reply } = message;
  const key = nameKey(name);
  if (isHeldHere(services, message)) {
    reply.send('taken');
    return;
  }
  const claimants = claiming.get(key) ?? new Set();
  if (!isShared && [...claimants].some((other) => other !== origin)) {
    reply.send('taken');
    return;
  }
  claiming.set(key, new Set(claimants).add(origin));
  const presence = presenceOf(name, session, isShared);
  const sharing = isShared ? { holdersMax: limits.connectionsPerAccountMax } : undefined;
  const claimed = store.claim(key, { node: nodeOf(origin), origin }, presence, sharing);
  context.pipe(claimed, (outcome) => ({ type: 'claim-settled', claim: message, outcome }));
}

/** Of other nodes the store knows better; its own, before a crash it did not hear the answer to. */
function isHeldHere({ directory, identity }: Services, { name, origin, isShared }: Claim): boolean {
  return directory
    .allOf(name)
    .some(
      (held) =>
        held.origin !== origin &&
        identity.has(held.origin) &&
        !(isShared && held.isRegistered === true),
    );
}

function forgetClaimant({ claiming }: Registry, name: string, origin: string): void {
  const key = nameKey(name);
  const left = new Set(claiming.get(key));
  left.delete(origin);
  if (left.size > 0) claiming.set(key, left);
  else claiming.delete(key);
}

function settleClaim(
  registry: Registry,
  { name, session, origin, isShared, reply }: Claim,
  outcome: Settled<StoreAnswer<Claimed>>,
): void {
  forgetClaimant(registry, name, origin);
  if (!outcome.ok) throw outcome.error;
  const answer = outcome.value;
  if (!answer.ok || answer.value !== 'claimed') {
    reply.send(answer.ok ? answer.value : answer.reason);
    return;
  }
  // It may have given up waiting, and asked for another one, or be somebody else.
  if (session.isGone || session.claim !== name || session.origin !== origin) {
    release(registry, name, origin);
    return;
  }
  registry.services.directory.put(presenceOf(name, session, isShared));
  reply.send('claimed');
}

/** Somebody's name that the store had forgotten is theirs again, or another's by now. */
function settleReclaim(
  { services, context }: Registry,
  session: Session,
  origin: string,
  outcome: Settled<StoreAnswer<Claimed>>,
): void {
  if (!outcome.ok) throw outcome.error;
  if (!outcome.value.ok || outcome.value.value === 'claimed') return;
  if (session.origin !== origin) return;
  expel(services, context, session, texts.nameLost(session.name));
}

function release({ services }: Registry, name: string, origin: string): void {
  services.directory.remove(name, origin);
  void services.store.release(nameKey(name), { node: nodeOf(origin), origin });
}

function presenceOf(name: string, session: Session, isRegistered: boolean): Presence {
  const { origin, claimedAtMs, peer, user } = session;
  const isOperator = user === undefined ? session.isOperatorProven : user.isOperator === true;
  const who = { isRegistered, ...(isOperator && { isOperator }) };
  return { name, origin, sinceMs: claimedAtMs, ...who, address: peer.address };
}

function announce({ directory }: Services, session: Session): void {
  const { user, isGone, shared } = session;
  if (user === undefined || isGone) return;
  const { name, room, away, isRegistered } = user;
  directory.put({
    ...presenceOf(name, session, isRegistered === true),
    ...(isRegistered === true && { shared }),
    ...(room !== undefined && { room }),
    ...(away !== undefined && { away }),
  });
}
