import { actorName, type DynamicSupervisorMessage } from '@chat-server/supervision';
import type { AcceptorMessage } from './acceptor-message';
import type { ConnectionMessage } from './connection-message';
import type { HttpMessage } from './http';
import type { PostMessage } from './post-message';
import type { RegistryMessage } from './registry-message';
import type { RoomArgs } from './room';
import type { RoomMessage } from './room-message';
import type { Session } from './session';
import type { StoreKeeperMessage } from './store-keeper-message';

/** Under which names the tree's parts find each other. */
export const storeName = actorName<StoreKeeperMessage>('store');
export const registryName = actorName<RegistryMessage>('registry');
export const postName = actorName<PostMessage>('post');
export const roomsName = actorName<DynamicSupervisorMessage<RoomArgs, RoomMessage>>('rooms');
export const listenerName =
  actorName<DynamicSupervisorMessage<Session, ConnectionMessage>>('listener');
export const acceptorName = actorName<AcceptorMessage>('acceptor');
export const httpName = actorName<HttpMessage>('http');
