import { texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import { numberOf } from '../domain/origin';
import type { ConnectionHost } from './connection-host';
import { postName } from './names';
import { handOver, replace } from './post';
import type { Letter } from './post-message';
import type { Session } from './session';

/** What one connection sends to others, on this node or by the post. */
export class Letters {
  constructor(private readonly connection: ConnectionHost) {}

  /** Hands someone a whisper, or has it brought to them; says so if it cannot be. */
  whisper(fromName: string, to: string, text: string): void {
    const other = this.connection.services.directory.find(to);
    if (other !== undefined && this.#isElsewhere(other)) {
      const { origin: sender } = this.connection.session;
      const { origin, name: toName } = other;
      this.#post({ kind: 'whisper', to: origin, sender, toName, fromName, text });
      return;
    }
    const sent = handOver(this.#sessionOf(other), fromName, text);
    if (sent === 'mailbox-full') this.connection.tell(texts.notKeepingUp(other?.name ?? to));
    else if (sent === 'gone') this.connection.tell(texts.notOnline(to));
  }

  /** Shows a line to someone, if they are online and read. */
  notify(to: string, line: string): void {
    const presence = this.connection.services.directory.find(to);
    if (presence !== undefined && this.#isElsewhere(presence)) {
      this.#post({ kind: 'line', to: presence.origin, line });
      return;
    }
    const other = this.#sessionOf(presence);
    // Nothing piles up for whoever does not read.
    if (other?.peer.isClogged === false) other.connection?.send({ type: 'told', line });
  }

  /** Ends the connection that has a name, for who has proven that it is theirs. */
  replace(name: string): void {
    const presence = this.connection.services.directory.find(name);
    if (presence === undefined) return;
    if (this.#isElsewhere(presence)) this.#post({ kind: 'replaced', to: presence.origin });
    else {
      const session = this.#sessionOf(presence);
      if (session?.origin === presence.origin) replace(session);
    }
  }

  #isElsewhere({ origin }: Presence): boolean {
    return !this.connection.services.identity.has(origin);
  }

  #post(letter: Letter): void {
    const sent = this.connection.context.whereIs(postName)?.send({ type: 'send', letter });
    if (sent !== 'sent') this.connection.tell(texts.tookTooLong);
  }

  #sessionOf(presence: Presence | undefined): Session | undefined {
    if (presence === undefined) return undefined;
    return this.connection.services.sessions.get(numberOf(presence.origin));
  }
}
