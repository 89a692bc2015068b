import { texts } from '@chat-server/protocol';
import type { ActorContext, Behaviour } from '@chat-server/supervision';
import type { Peer } from '../transports/peer';
import type { OpenTransport, Transport } from '../transports/transport';
import type { AcceptorMessage } from './acceptor-message';
import { admits, noteLateness } from './admission';
import { Arrivals } from './arrivals';
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

interface Acceptor {
  readonly args: AcceptorArgs;
  readonly open: OpenTransport;
  readonly refusals: Refusals;
  readonly arrivals: Arrivals;
  /** Remote ends that do not answer, since when. */
  unansweredSinceMs: ReadonlyMap<string, number>;
  /** Remote ends that are not read from, and seemed to be gone when it last looked. */
  seeminglyGone: ReadonlySet<string>;
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
    const arrivals = new Arrivals(transport.name, services, context);
    arrivals.adopt(sessionsOf(args));
    services.log.info(
      { port: open.port, transport: transport.name },
      `Chat server listening on port ${open.port}`,
    );
    const acceptor: Acceptor = {
      args,
      open,
      refusals,
      arrivals,
      unansweredSinceMs: new Map(),
      seeminglyGone: new Set(),
    };
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
      case 'welcome':
        acceptor.arrivals.welcome();
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
      case 'probed':
        if (!message.outcome.ok) throw message.outcome.error;
        cutOff(acceptor, message.outcome.value.unanswered, context.now());
        endGone(acceptor, message.outcome.value.gone);
        return acceptor;
      case 'announce':
        acceptor.args.transport.close();
        acceptor.arrivals.hurry();
        announce(acceptor.args, message.leftMs, message.isReplaced);
        return acceptor;
      case 'farewell':
        acceptor.args.transport.close();
        acceptor.arrivals.hurry();
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

function accept(
  { args, refusals, arrivals }: Acceptor,
  peer: Peer,
  context: ActorContext<AcceptorMessage>,
): void {
  const { services } = args;
  if (!admits(services, refusals, peer, context.now())) return;
  const { identity, decoding, flood } = services;
  const gate = flood.gate(peer.address);
  arrivals.add(new Session(identity.current, peer, () => context.now(), decoding, gate));
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

/** Asks, four times in a keepalive, who does not answer, and who of those not read from is gone. */
function probe({ args, open }: Acceptor, context: ActorContext<AcceptorMessage>): void {
  const unread = new Set<string>();
  for (const { isPaused, peer } of sessionsOf(args)) if (isPaused) unread.add(peer.socketEnd);
  context.pipe(open.probe(unread), (outcome) => ({ type: 'probed', outcome }));
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

/** Closes those who went while they were not read from, and who would be kept until they are. */
function endGone(acceptor: Acceptor, seeminglyGone: ReadonlySet<string>): void {
  const before = acceptor.seeminglyGone;
  acceptor.seeminglyGone = seeminglyGone;
  if (seeminglyGone.size === 0) return;
  for (const { isPaused, peer } of sessionsOf(acceptor.args)) {
    const end = peer.socketEnd;
    if (isPaused && seeminglyGone.has(end) && before.has(end)) peer.destroy();
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
    // Whoever waits to be welcomed has not been asked yet.
    if (connection === undefined) continue;
    if (user === undefined && now - namelessSinceMs > limits.loginTimeoutMs) {
      metrics.refused('login-timeout');
      connection.notify({ type: 'end', line: texts.loginTimedOut, reason: 'login timeout' });
    } else if (user !== undefined && now - lastInputAtMs > limits.idleTimeoutMs) {
      metrics.refused('idle-timeout');
      connection.notify({ type: 'end', line: texts.idleTimedOut, reason: 'idle timeout' });
    } else {
      session.keepAlive(now, limits.tcpKeepaliveMs);
    }
  }
}
