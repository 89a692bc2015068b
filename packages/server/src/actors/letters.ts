import { sameName, texts } from '@chat-server/protocol';
import type { Presence } from '../domain/directory';
import { numberOf } from '../domain/origin';
import type { Companions } from './companions';
import type { ConnectionHost } from './connection-host';
import { postName } from './names';
import { handOver } from './post';
import type { Letter } from '../domain/letter';
import type { Session } from './session';

/** What one connection sends to others, on this node or by the post: to all that someone has. */
export class Letters {
  constructor(
    private readonly connection: ConnectionHost,
    private readonly companions: Pick<Companions, 'others'>,
  ) {}

  /** Hands someone a whisper, or has it brought to them; says so if it cannot be. */
  whisper(fromName: string, to: string, text: string): void {
    const all = this.connection.services.directory.allOf(to);
    const elsewhere = all.filter((each) => this.#isElsewhere(each));
    const isOneOfSome = all.length > 1;
    for (const { origin, name: toName } of elsewhere) {
      const { origin: sender } = this.connection.session;
      const letter = { kind: 'whisper', to: origin, sender, toName, fromName, text } as const;
      this.#post(isOneOfSome ? { ...letter, isOneOfSome } : letter);
    }
    const here = all.filter((each) => !this.#isElsewhere(each));
    const sent = new Set(here.map((each) => handOver(this.#sessionOf(each), fromName, text)));
    const isOnItsWay = elsewhere.length > 0 || sent.has('sent');
    const name = all[0]?.name ?? to;
    if (sent.has('mailbox-full')) {
      this.connection.tell(isOnItsWay ? texts.oneNotKeepingUp(name) : texts.notKeepingUp(name));
    } else if (!isOnItsWay) this.connection.tell(texts.notOnline(to));
    if (isOnItsWay && !sameName(to, fromName)) this.#tellCompanions(texts.youWhispered(name, text));
  }

  /** Shows a line to someone, if they are online and read. */
  notify(to: string, line: string): void {
    for (const each of this.connection.services.directory.allOf(to)) this.#show(each, line);
  }

  /** Shows a line on the other connections of one's account. */
  #tellCompanions(line: string): void {
    for (const each of this.companions.others) this.#show(each, line);
  }

  #show(presence: Presence, line: string): void {
    if (this.#isElsewhere(presence)) {
      this.#post({ kind: 'line', to: presence.origin, line });
      return;
    }
    const session = this.#sessionOf(presence);
    // Nothing piles up for whoever does not read.
    if (session?.peer.isClogged === false) session.connection?.send({ type: 'told', line });
  }

  #isElsewhere({ origin }: Presence): boolean {
    return !this.connection.services.identity.has(origin);
  }

  #post(letter: Letter): void {
    const sent = this.connection.context.whereIs(postName)?.send({ type: 'send', letter });
    if (sent !== 'sent') this.connection.tell(texts.tookTooLong);
  }

  #sessionOf({ origin }: Presence): Session | undefined {
    const session = this.connection.services.sessions.get(numberOf(origin));
    return session?.origin === origin ? session : undefined;
  }
}
