import { texts, toWire } from '@chat-server/protocol';
import {
  type ActorContext,
  type ActorRef,
  type Behaviour,
  dynamicChildren,
  type DynamicSupervisorMessage,
  startDynamicChild,
  StartError,
} from '@chat-server/supervision';
import type { Peer } from '../transports/peer';
import type { OpenTransport, Transport } from '../transports/transport';
import type { AcceptorMessage } from './acceptor-message';
import type { ConnectionMessage } from './connection-message';
import { listenerName } from './names';
import type { Services } from './services';
import { Session } from './session';

export interface AcceptorArgs {
  readonly transport: Transport;
  readonly services: Services;
}

const sweepMs = 1_000;

type ListenerRef = ActorRef<DynamicSupervisorMessage<Session, ConnectionMessage>>;

interface Acceptor {
  readonly args: AcceptorArgs;
  readonly open: OpenTransport;
  /** Remote ends that do not answer, since when. */
  unansweredSinceMs: ReadonlyMap<string, number>;
}

/**
 * Owns a port, and hands each connection to its listener, the supervisor of connection actors. When
 * it starts again, or its listener has, the connections that are still open get an actor again.
 */
export const acceptorBehaviour: Behaviour<AcceptorArgs, Acceptor, AcceptorMessage> = {
  async init(args, context) {
    const { services, transport } = args;
    const open = await transport.open({
      onPeer(peer) {
        if (context.self.send({ type: 'accepted', peer }) === 'sent') return;
        services.metrics.refused('acceptor-busy');
        peer.destroy();
      },
      onError: (error) => context.self.notify({ type: 'failed', error }),
    });
    adopt(services, context);
    services.log.info(
      { port: open.port, transport: transport.name },
      `Chat server listening on port ${open.port}`,
    );
    const acceptor = { args, open, unansweredSinceMs: new Map() };
    context.after(sweepMs, { type: 'sweep' });
    probe(acceptor, context);
    services.readiness.isListening = true;
    return acceptor;
  },
  receive(acceptor, message, context) {
    switch (message.type) {
      case 'accepted':
        accept(acceptor.args.services, message.peer, context);
        return acceptor;
      case 'failed':
        // Out of open files, say: those who are in stay, and others may get in later.
        acceptor.args.services.log.error({ err: message.error }, 'Cannot accept connections');
        return acceptor;
      case 'sweep':
        sweep(acceptor.args.services, context.now());
        context.after(sweepMs, { type: 'sweep' });
        return acceptor;
      case 'ping':
        message.reply.send('alive');
        return acceptor;
      case 'probe':
        probe(acceptor, context);
        return acceptor;
      case 'unanswered':
        if (!message.outcome.ok) throw message.outcome.error;
        cutOff(acceptor, message.outcome.value, context.now());
        return acceptor;
      case 'announce':
        acceptor.args.transport.close();
        announce(acceptor.args.services, message.leftMs, message.isReplaced);
        return acceptor;
      case 'farewell':
        acceptor.args.transport.close();
        for (const { connection } of acceptor.args.services.sessions.all()) {
          connection?.notify({ type: 'end', line: texts.serverStopping, reason: 'shutdown' });
        }
        return acceptor;
    }
  },
  failed(_acceptor, message) {
    if (message.type === 'accepted') message.peer.destroy();
  },
  terminate({ args, open }) {
    args.services.readiness.isListening = false;
    open.release();
  },
};

/** Connections whose actors went down with their listener, or came while it was down. */
function adopt(services: Services, context: ActorContext<AcceptorMessage>): void {
  const listener = context.whereIs(listenerName);
  if (listener === undefined) throw new StartError('there is no listener to accept for');
  const served = new Set<unknown>(dynamicChildren(listener));
  for (const session of services.sessions.all()) {
    if (session.connection === undefined || !served.has(session.connection)) {
      serve(listener, session);
    }
  }
}

function accept(services: Services, peer: Peer, context: ActorContext<AcceptorMessage>): void {
  const { identity, sessions, decoding } = services;
  const refusal = refusalOf(services, peer.address);
  if (refusal !== undefined) {
    const { reason, line } = refusal;
    services.log.warn({ address: peer.address, reason }, 'Connection refused');
    services.metrics.refused(reason);
    peer.write(toWire(line));
    peer.end();
    return;
  }
  const session = new Session(identity.current, peer, () => context.now(), decoding);
  sessions.add(session);
  const listener = context.whereIs(listenerName);
  if (listener !== undefined) serve(listener, session);
}

function serve(listener: ListenerRef, session: Session): void {
  void startDynamicChild(listener, session, `connection-${session.number}`);
}

interface Refusal {
  readonly reason: string;
  readonly line: string;
}

function refusalOf({ sessions, limits }: Services, address: string): Refusal | undefined {
  if (sessions.size >= limits.connectionsMax) {
    return { reason: 'server-full', line: texts.serverFull };
  }
  if (sessions.countFrom(address) >= limits.connectionsPerAddressMax) {
    return { reason: 'address-full', line: texts.addressFull };
  }
  return undefined;
}

/** Tells everyone that the server ends soon, and those whom another one awaits where they will be. */
function announce({ sessions }: Services, leftMs: number, isReplaced: boolean): void {
  for (const { connection, user } of sessions.all()) {
    const line = isReplaced
      ? texts.serverBeingReplaced(leftMs, user?.room)
      : texts.serverStoppingIn(leftMs);
    connection?.notify({ type: 'told', line });
  }
}

/** Asks, four times in a keepalive, who does not answer. */
function probe({ args, open }: Acceptor, context: ActorContext<AcceptorMessage>): void {
  context.pipe(open.unanswered(), (outcome) => ({ type: 'unanswered', outcome }));
  context.after(args.services.limits.tcpKeepaliveMs / 4, { type: 'probe' });
}

/** Cuts off those who have not answered for a keepalive, so that their names are free again. */
function cutOff(acceptor: Acceptor, unanswered: ReadonlySet<string>, now: number): void {
  const { sessions, limits } = acceptor.args.services;
  const before = acceptor.unansweredSinceMs;
  const since = new Map([...unanswered].map((end) => [end, before.get(end) ?? now]));
  acceptor.unansweredSinceMs = since;
  if (since.size === 0) return;
  for (const { peer } of sessions.all()) {
    const sinceMs = since.get(peer.remoteEnd);
    if (sinceMs !== undefined && now - sinceMs >= limits.tcpKeepaliveMs * 0.75) {
      peer.destroy('timeout');
    }
  }
}

/** Ends connections that gave no name in time, or have said nothing for long. */
function sweep({ sessions, limits, metrics }: Services, now: number): void {
  for (const session of sessions.all()) {
    const { user, connection, namelessSinceMs, lastInputAtMs } = session;
    if (user === undefined && now - namelessSinceMs > limits.loginTimeoutMs) {
      metrics.refused('login-timeout');
      connection?.notify({ type: 'end', line: texts.loginTimedOut, reason: 'login timeout' });
    } else if (user !== undefined && now - lastInputAtMs > limits.idleTimeoutMs) {
      metrics.refused('idle-timeout');
      connection?.notify({ type: 'end', line: texts.idleTimedOut, reason: 'idle timeout' });
    } else {
      session.keepAlive(now, limits.tcpKeepaliveMs);
    }
  }
}
