import { texts } from '@chat-server/protocol';
import type { ActorContext, Behaviour } from '@chat-server/supervision';
import { processOf } from '../domain/node-identity';
import { numberOf } from '../domain/origin';
import { inboxOf } from '../store/keys';
import type { Letter } from '../domain/letter';
import type { PostMessage } from './post-message';
import { SentWhispers } from './sent-whispers';
import type { Services } from './services';
import type { Session } from './session';

interface Post {
  readonly services: Services;
  readonly sent: SentWhispers;
  readonly unfollow: () => void;
}

/**
 * Brings whispers and invitations to people on other nodes, and what comes from there to people
 * here: each node has an inbox, a channel that it follows. A letter arrives once, and whoever wrote
 * one that cannot be kept, cannot be handed over, or may have been lost with a node, is told.
 */
export const postBehaviour: Behaviour<Services, Post, PostMessage> = {
  init(services, context) {
    const { store, identity, inbox } = services;
    const channel = inboxOf(identity.process);
    const unfollow = store.follow<Letter>(channel, inbox.readUpTo, (batch) =>
      context.self.notify({ type: 'arrived', batch }),
    );
    return { services, sent: new SentWhispers(), unfollow };
  },
  receive(post, message, context) {
    const { services } = post;
    switch (message.type) {
      case 'send':
        if (message.letter.kind === 'whisper') post.sent.add(message.letter, context.now());
        send(services, message.letter, context);
        return post;
      case 'gone':
        for (const { sender, toName } of post.sent.lostWith(message.node, context.now())) {
          if (!isStillHere(services, toName)) tell(services, sender, texts.whisperLost(toName));
        }
        return post;
      case 'posted':
        if (!message.outcome.ok) throw message.outcome.error;
        if (!message.outcome.value.ok) refuse(services, message.letter);
        return post;
      case 'arrived':
        services.inbox.readUpTo = message.batch.firstOffset + message.batch.entries.length - 1;
        for (const letter of message.batch.entries) deliver(services, letter, context);
        return post;
    }
  },
  terminate: ({ unfollow }) => unfollow(),
};

function send({ store }: Services, letter: Letter, context: ActorContext<PostMessage>): void {
  const posted = store.append(inboxOf(processOf(letter.to)), [letter], { briefly: true });
  context.pipe(posted, (outcome) => ({ type: 'posted', letter, outcome }));
}

function refuse(services: Services, letter: Letter): void {
  services.metrics.refused('letter-undelivered');
  if (letter.kind === 'whisper') tell(services, letter.sender, texts.storeAway);
}

function tell(services: Services, origin: string, line: string): void {
  sessionOf(services, origin)?.connection?.notify({ type: 'told', line });
}

function deliver(services: Services, letter: Letter, context: ActorContext<PostMessage>): void {
  switch (letter.kind) {
    case 'line': {
      const session = sessionOf(services, letter.to);
      // Nothing piles up for whoever does not read.
      if (session?.peer.isClogged === false) {
        session.connection?.send({ type: 'told', line: letter.line });
      }
      return;
    }
    case 'whisper': {
      const { to, sender, fromName, text } = letter;
      const sent = handOver(sessionOf(services, to), fromName, text);
      const line = undelivered(services, letter, sent);
      if (line !== undefined) send(services, { kind: 'line', to: sender, line }, context);
    }
    // Nodes of another version may send what this one does not know.
  }
}

/** What whoever sent a whisper is told of how it went. */
function undelivered(
  services: Services,
  { toName, isOneOfSome }: Letter & { kind: 'whisper' },
  sent: ReturnType<typeof handOver>,
): string | undefined {
  if (sent === 'sent') return undefined;
  if (isOneOfSome !== true)
    return sent === 'gone' ? texts.notOnline(toName) : texts.notKeepingUp(toName);
  if (sent === 'mailbox-full') return texts.oneNotKeepingUp(toName);
  return isStillHere(services, toName) ? undefined : texts.notOnline(toName);
}

/** Whether someone is here by another connection of their account. */
function isStillHere({ directory }: Services, name: string): boolean {
  return directory.find(name)?.isRegistered === true;
}

/** Hands someone on this node a whisper, unless they are gone or do not read. */
export function handOver(
  session: Session | undefined,
  from: string,
  text: string,
): 'sent' | 'gone' | 'mailbox-full' {
  if (session?.connection === undefined) return 'gone';
  if (session.peer.isClogged) return 'mailbox-full';
  return session.connection.send({ type: 'whispered', from, text });
}

function sessionOf({ sessions }: Services, origin: string): Session | undefined {
  const session = sessions.get(numberOf(origin));
  return session?.origin === origin ? session : undefined;
}
