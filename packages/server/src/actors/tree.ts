import {
  type AnyActorSpec,
  type ChildSpec,
  dynamicSupervisor,
  type Intensity,
  supervisor,
  worker,
} from '@chat-server/supervision';
import { acceptorBehaviour } from './acceptor';
import { connectionBehaviour } from './connection';
import { giveUp, type WhereIs } from './departure';
import { httpBehaviour } from './http';
import { moderatorBehaviour } from './moderator';
import {
  acceptorOf,
  httpName,
  listenerOf,
  moderatorName,
  postName,
  registryName,
  roomsName,
  storeName,
  successionName,
} from './names';
import { postBehaviour } from './post';
import { registryBehaviour } from './registry';
import { roomBehaviour } from './room-behaviour';
import type { HttpSide } from '../http/http-side';
import type { Observer } from '../observer/observer';
import { observerBehaviour } from '../observer/observer-actor';
import type { Transport } from '../transports/transport';
import type { Services } from './services';
import type { Session } from './session';
import type { ServiceManager } from '../systemd/service-manager';
import { storeKeeperBehaviour } from './store-keeper';
import { successionBehaviour } from './succession';
import { watchdogBehaviour } from './watchdog';

/** How often a part may fail before the one above it gives up. */
const partIntensity: Intensity = { restartsMax: 20, periodMs: 10_000 };
/** How often one connection, or one room, may fail before it is given up alone. */
const childIntensity: Intensity = { restartsMax: 10, periodMs: 10_000 };

/** What a server has beside its chat, where there is someone to ask for it. */
export interface BesideChat {
  readonly http?: HttpSide | undefined;
  readonly manager?: ServiceManager | undefined;
  readonly observer?: Observer | undefined;
}

/**
 * The tree of the chat server.
 *
 * What comes later needs what came before, so a part that fails takes those after it along
 * (rest_for_one). All of them come back from the tables in `services`: sockets stay open, members
 * stay in their rooms, and no line is lost.
 */
export function chatTree(
  services: Services,
  transports: readonly Transport[],
  whereIs: WhereIs,
  { http, manager, observer }: BesideChat = {},
): AnyActorSpec {
  const { limits } = services;
  const { mailboxMax } = limits;
  return supervisor({
    strategy: 'rest_for_one',
    intensity: partIntensity,
    children: [
      { id: 'store', start: worker(storeKeeperBehaviour, services, { name: storeName }) },
      {
        id: 'registry',
        start: worker(registryBehaviour, services, {
          name: registryName,
          mailboxMax: limits.connectionsMax,
        }),
      },
      {
        id: 'rooms',
        start: dynamicSupervisor(
          {
            child: {
              behaviour: roomBehaviour,
              idPrefix: 'room',
              restart: 'transient',
              mailboxMax,
            },
            get childrenMax() {
              return limits.roomsMax;
            },
            childIntensity,
          },
          roomsName,
        ),
      },
      { id: 'post', start: worker(postBehaviour, services, { name: postName, mailboxMax }) },
      successionChild(services),
      // Before anyone is let in, so that it is known who is not to be.
      {
        id: 'moderator',
        start: worker(moderatorBehaviour, services, { name: moderatorName, mailboxMax }),
      },
      {
        id: 'listeners',
        start: supervisor({
          intensity: partIntensity,
          children: transports.map((transport) => ({
            id: transport.name,
            start: listenerTree(services, transport, whereIs),
          })),
        }),
      },
      ...watchdogChild(manager, transports),
      ...(http === undefined ? [] : [httpChild(services, http)]),
      ...(observer === undefined ? [] : [observerChild(observer)]),
    ],
  });
}

/** Given up by itself: rooms of guests who are gone are nobody's then, which harms no one else. */
function successionChild(services: Services): ChildSpec {
  const { connectionsMax: mailboxMax } = services.limits;
  const start = worker(successionBehaviour, services, { name: successionName, mailboxMax });
  const children = [{ id: 'succession', start }];
  return {
    id: 'successions',
    start: supervisor({ intensity: partIntensity, children }),
    restart: 'transient',
  };
}

function httpChild({ store, readiness, log }: Services, http: HttpSide): ChildSpec {
  const args = { http, store, readiness, log };
  return { id: 'http', start: worker(httpBehaviour, args, { name: httpName }) };
}

/** Given up by itself, should it fail again and again: nothing depends on it, and it costs nobody. */
function observerChild(observer: Observer): ChildSpec {
  const children = [{ id: 'ticker', start: worker(observerBehaviour, observer) }];
  const start = supervisor({ intensity: partIntensity, children });
  return { id: 'observer', start, restart: 'transient' };
}

function watchdogChild(
  manager: ServiceManager | undefined,
  transports: readonly Transport[],
): ChildSpec[] {
  if (manager?.aliveEveryMs === undefined) return [];
  const acceptors = transports.map(({ name }) => acceptorOf(name));
  const args = { manager, acceptors, aliveEveryMs: manager.aliveEveryMs };
  return [{ id: 'watchdog', start: worker(watchdogBehaviour, args) }];
}

/** A port: the listener that supervises its connections, and the acceptor that hands it new ones. */
function listenerTree(services: Services, transport: Transport, whereIs: WhereIs): AnyActorSpec {
  return supervisor({
    strategy: 'rest_for_one',
    intensity: partIntensity,
    children: [
      {
        id: 'listener',
        start: dynamicSupervisor(
          {
            child: {
              behaviour: connectionBehaviour(services),
              idPrefix: 'connection',
              restart: 'transient',
              mailboxMax: services.limits.mailboxMax,
            },
            childIntensity,
            onGivenUp: (session: Session) => giveUp(session, services, whereIs),
          },
          listenerOf(transport.name),
        ),
      },
      {
        id: 'acceptor',
        start: worker(
          acceptorBehaviour,
          { transport, services },
          { name: acceptorOf(transport.name), mailboxMax: services.limits.connectionsMax },
        ),
      },
    ],
  });
}
