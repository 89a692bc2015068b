import { nameKey, texts } from '@chat-server/protocol';
import type { ActorContext } from '@chat-server/supervision';
import { mayBothBe, type Presence } from '../domain/directory';
import { nodeOf, numberOf } from '../domain/origin';
import type { Claim, ClaimNews } from '../store/store';
import { wakeCompanions } from './companions';
import { expel } from './expulsion';
import { postName, roomsName, storeName } from './names';
import type { RegistryMessage } from './registry-message';
import { openRoom } from './rooms';
import type { Services } from './services';

/** What the registry knows that keeps the directory true to the store. */
export interface ClaimsView {
  readonly services: Services;
  readonly context: ActorContext<RegistryMessage>;
  /** Names, as compared, that are being claimed, and by whom. */
  readonly claiming: ReadonlyMap<string, ReadonlySet<string>>;
  /** Connections of other nodes that were not among all claims there are. */
  readonly unconfirmed: Set<string>;
}

/** How long a node has to claim again what a store has forgotten that was emptied. */
const confirmMs = 10_000;

/** Who was let in stays, however many have come in the meantime. */
const unbounded = { holdersMax: Number.MAX_SAFE_INTEGER };

/** Takes note of what has become of names on other nodes. */
export function takeNews(view: ClaimsView, news: ClaimNews<Presence>): void {
  const { services } = view;
  switch (news.kind) {
    case 'all':
      takeAll(view, news.claims);
      return;
    case 'held':
      view.unconfirmed.delete(news.claim.holder.origin);
      take(view, news.claim);
      return;
    case 'freed':
      services.directory.remove(news.name, news.holder.origin);
      return;
    case 'gone':
      if (news.node !== services.identity.current) removeNode(view, news.node);
      else view.context.whereIs(storeName)?.notify({ type: 'gone', node: news.node });
  }
}

function take({ services, context }: ClaimsView, { details }: Claim<Presence>): void {
  const { directory, identity, returns, sessions } = services;
  returns.forgetGone(details.name);
  // Nobody has a name twice who may not: the store's word counts.
  for (const present of directory.allOf(details.name)) {
    if (!identity.has(present.origin) || mayBothBe(present, details)) continue;
    const session = sessions.get(numberOf(present.origin));
    if (session !== undefined) expel(services, context, session, texts.nameLost(present.name));
  }
  directory.put(details);
  wakeCompanions(services, details.name);
}

function takeAll(view: ClaimsView, claims: readonly Claim<Presence>[]): void {
  const { directory, identity } = view.services;
  const others = claims.filter(({ holder }) => !identity.has(holder.origin));
  const origins = new Set(others.map(({ holder }) => holder.origin));
  view.unconfirmed.clear();
  for (const { origin } of directory.connections()) {
    if (!identity.has(origin) && !origins.has(origin)) view.unconfirmed.add(origin);
  }
  if (view.unconfirmed.size > 0) view.context.after(confirmMs, { type: 'confirm' });
  for (const claim of others.toSorted(byArrival)) take(view, claim);
  claimMissing(view, claims);
  releaseUnused(view, claims);
}

/** Those who have not been claimed again are not there any more. */
export function removeUnconfirmed(view: ClaimsView): void {
  const { directory } = view.services;
  const missing = [...directory.connections()].filter(({ origin }) => view.unconfirmed.has(origin));
  view.unconfirmed.clear();
  for (const { name, origin } of missing) directory.remove(name, origin);
  for (const [node, gone] of Map.groupBy(missing, ({ origin }) => nodeOf(origin))) {
    leaveRooms(view, `missing:${node}`, gone);
  }
}

function byArrival({ details: one }: Claim<Presence>, { details: other }: Claim<Presence>): number {
  return one.sinceMs - other.sinceMs;
}

/** A store that was emptied is told again who is here. */
function claimMissing(view: ClaimsView, claims: readonly Claim<Presence>[]): void {
  const { services, context } = view;
  const { directory, identity, sessions, store } = services;
  const held = new Set(claims.map(({ holder }) => holder.origin));
  for (const session of sessions.all()) {
    const { origin, user, isGone } = session;
    const presence = user && directory.at(user.name, origin);
    if (isGone || presence === undefined || held.has(origin)) continue;
    const holder = { node: identity.current, origin };
    const sharing = presence.isRegistered === true ? unbounded : undefined;
    const claimed = store.claim(nameKey(presence.name), holder, presence, sharing);
    context.pipe(claimed, (outcome) => ({ type: 'reclaimed', session, origin, outcome }));
  }
}

/** Names that are held for nobody, since a connection ended before a claim was answered. */
function releaseUnused(view: ClaimsView, claims: readonly Claim<Presence>[]): void {
  const { identity, sessions, store } = view.services;
  for (const { name, holder } of claims) {
    if (!identity.has(holder.origin) || view.claiming.get(name)?.has(holder.origin) === true)
      continue;
    const session = sessions.get(numberOf(holder.origin));
    const isUsed =
      session?.origin === holder.origin &&
      !session.hasDeparted &&
      session.claim !== undefined &&
      nameKey(session.claim) === name;
    if (!isUsed) void store.release(name, holder);
  }
}

/** Everyone on a node has left, and the rooms that have members here say so. */
function removeNode(view: ClaimsView, node: string): void {
  const { directory, returns } = view.services;
  view.context.whereIs(postName)?.notify({ type: 'gone', node });
  const gone = directory.removeNode(node);
  returns.rememberGone(gone);
  leaveRooms(view, `gone:${node}`, gone, node);
}

function leaveRooms(
  { services, context }: ClaimsView,
  cause: string,
  gone: readonly Presence[],
  node?: string,
): void {
  const byRoom = Map.groupBy(gone, ({ room = '' }) => nameKey(room));
  for (const room of services.seats.taken()) {
    const members = byRoom.get(room) ?? [];
    if (members.length === 0 && node === undefined) continue;
    const rooms = context.whereIs(roomsName);
    const message = { type: 'gone', cause, members } as const;
    openRoom(rooms, room, services)?.notify(node === undefined ? message : { ...message, node });
  }
}
