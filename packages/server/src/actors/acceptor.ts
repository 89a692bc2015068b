import { texts } from '@chat-server/protocol';
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
import { admits, noteLateness } from './admission';
import type { ConnectionMessage } from './connection-message';
import { listenerOf } from './names';
import { Refusals } from './refusals';
import type { Services } from './services';
import { Session } from './session';

export interface AcceptorArgs {
  readonly transport: Transport;
  readonly services: Services;
}

const sweepMs = 1_000;
/** How often it looks whether it comes to what it does in time. */
const pulseMs = 250;

type ListenerRef = ActorRef<DynamicSupervisorMessage<Session, ConnectionMessage>>;

interface Acceptor {
  readonly args: AcceptorArgs;
  readonly open: OpenTransport;
  readonly refusals: Refusals;
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
    const refusals = new Refusals(services);
    const open = await transport.open({
      onPeer(peer) {
        if (context.self.send({ type: 'accepted', peer }) === 'sent') return;
        services.metrics.refused('acceptor-busy');
        peer.destroy();
      },
      onError: (error) => context.self.notify({ type: 'failed', error }),
      onRefused: (refused) => refusals.note(refused, context.now()),
    });
    adopt(args, context);
    services.log.info(
      { port: open.port, transport: transport.name },
      `Chat server listening on port ${open.port}`,
    );
    const acceptor = { args, open, refusals, unansweredSinceMs: new Map() };
    context.after(sweepMs, { type: 'sweep' });
    probe(acceptor, context);
    if (services.flood.isOn) pulse(context);
    services.readiness.isListening = true;
    return acceptor;
  },
  receive(acceptor, message, context) {
    switch (message.type) {
      case 'accepted':
        accept(acceptor, message.peer, context);
        return acceptor;
      case 'failed':
        // Out of open files, say: those who are in stay, and others may get in later.
        acceptor.args.services.log.error({ err: message.error }, 'Cannot accept connections');
        return acceptor;
      case 'sweep':
        sweep(acceptor.args, context.now());
        context.after(sweepMs, { type: 'sweep' });
        return acceptor;
      case 'pulse':
        noteLateness(acceptor.args.services, context.now() - message.dueAtMs, context.now());
        pulse(context);
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
        announce(acceptor.args, message.leftMs, message.isReplaced);
        return acceptor;
      case 'farewell':
        acceptor.args.transport.close();
        for (const { connection } of sessionsOf(acceptor.args)) {
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

/** Those who came by its transport. */
function* sessionsOf({ services, transport }: AcceptorArgs): Iterable<Session> {
  for (const session of services.sessions.all()) {
    if (session.peer.transport === transport.name) yield session;
  }
}

/** Connections whose actors went down with their listener, or came while it was down. */
function adopt(args: AcceptorArgs, context: ActorContext<AcceptorMessage>): void {
  const listener = context.whereIs(listenerOf(args.transport.name));
  if (listener === undefined) throw new StartError('there is no listener to accept for');
  const served = new Set<unknown>(dynamicChildren(listener));
  for (const session of sessionsOf(args)) {
    if (session.connection === undefined || !served.has(session.connection)) {
      serve(listener, session);
    }
  }
}

function accept(
  { args, refusals }: Acceptor,
  peer: Peer,
  context: ActorContext<AcceptorMessage>,
): void {
  const { services, transport } = args;
  if (!admits(services, refusals, peer, context.now())) return;
  const { identity, sessions, decoding, flood } = services;
  const gate = flood.gate(peer.address);
  const session = new Session(identity.current, peer, () => context.now(), decoding, gate);
  sessions.add(session);
  const listener = context.whereIs(listenerOf(transport.name));
  if (listener !== undefined) serve(listener, session);
}

function serve(listener: ListenerRef, session: Session): void {
  void startDynamicChild(listener, session, `connection-${session.number}`);
}

/** Tells everyone that the server ends soon, and those whom another one awaits where they will be. */
function announce(args: AcceptorArgs, leftMs: number, isReplaced: boolean): void {
  for (const { connection, user } of sessionsOf(args)) {
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
  const { limits } = acceptor.args.services;
  const before = acceptor.unansweredSinceMs;
  const since = new Map([...unanswered].map((end) => [end, before.get(end) ?? now]));
  acceptor.unansweredSinceMs = since;
  if (since.size === 0) return;
  for (const { peer } of sessionsOf(acceptor.args)) {
    const sinceMs = since.get(peer.socketEnd);
    if (sinceMs !== undefined && now - sinceMs >= limits.tcpKeepaliveMs * 0.75) {
      peer.destroy('timeout');
    }
  }
}

function pulse(context: ActorContext<AcceptorMessage>): void {
  context.after(pulseMs, { type: 'pulse', dueAtMs: context.now() + pulseMs });
}

/** Ends connections that gave no name in time, or have said nothing for long. */
function sweep(args: AcceptorArgs, now: number): void {
  const { limits, metrics } = args.services;
  for (const session of sessionsOf(args)) {
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
