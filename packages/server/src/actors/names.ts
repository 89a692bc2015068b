import { type ActorName, actorName, type DynamicSupervisorMessage } from '@chat-server/supervision';
import type { AcceptorMessage } from './acceptor-message';
import type { ConnectionMessage } from './connection-message';
import type { HttpMessage } from './http';
import type { ModeratorMessage } from './moderator-message';
import type { PostMessage } from './post-message';
import type { RegistryMessage } from './registry-message';
import type { RoomArgs } from './room-args';
import type { RoomMessage } from './room-message';
import type { Session } from './session';
import type { StoreKeeperMessage } from './store-keeper-message';
import type { SuccessionMessage } from './succession-message';

/** Under which names the tree's parts find each other. */
export const storeName = actorName<StoreKeeperMessage>('store');
export const registryName = actorName<RegistryMessage>('registry');
export const postName = actorName<PostMessage>('post');
export const moderatorName = actorName<ModeratorMessage>('moderator');
export const roomsName = actorName<DynamicSupervisorMessage<RoomArgs, RoomMessage>>('rooms');
export const successionName = actorName<SuccessionMessage>('succession');
export const httpName = actorName<HttpMessage>('http');

type ListenerName = ActorName<DynamicSupervisorMessage<Session, ConnectionMessage>>;

/** The supervisor of those who came by a transport. */
export function listenerOf(transport: string): ListenerName {
  return actorName(`listener ${transport}`);
}

/** Who owns a transport's port. */
export function acceptorOf(transport: string): ActorName<AcceptorMessage> {
  return actorName(`acceptor ${transport}`);
}
