import type { Room } from '../domain/room';
import type { RoomEvent } from '../domain/room-event';
import { afterModeration, holdNetwork, restored } from '../domain/room-moderation';
import { channelOf, documentOf } from '../store/keys';
import type { Store, StoreAnswer } from '../store/store';
import type { Loaded } from './room-message';

/** A room's document, with what was read of it last, and what the log has told since. */
export class RoomDocument {
  #kept: Room | undefined;

  constructor(
    private readonly store: Pick<Store, 'read' | 'change' | 'tail'>,
    private readonly key: string,
  ) {}

  /** What is known of it without asking. */
  get known(): Room | undefined {
    return this.#kept;
  }

  read(): Promise<StoreAnswer<Room | undefined>> {
    return this.store.read<Room>(documentOf(this.key));
  }

  /** The document with the end of the log; it has all that the log tells of. */
  async readWithLog(linesMax: number): Promise<Loaded> {
    const tail = await this.store.tail<RoomEvent>(channelOf(this.key), linesMax);
    return { tail, room: await this.read() };
  }

  /** Gives a store that came back without it what is known here; answers what it has then. */
  async restore(): Promise<StoreAnswer<Room | undefined>> {
    const kept = this.#kept;
    const answer = await this.store.change<Room, never>(documentOf(this.key), (room) => {
      return { ok: true, document: restored(room, kept) };
    });
    if (!answer.ok) return answer;
    return { ok: true, value: answer.value.ok ? answer.value.document : undefined };
  }

  /** Keeps with a ban where the banned guest came from, as far as the store can be reached. */
  async holdNetwork(target: string, network: string): Promise<void> {
    const rule = holdNetwork(target, network);
    await this.store.change<Room, 'gone'>(documentOf(this.key), (room) => {
      const decision = rule(room);
      return decision.ok ? { ok: true, document: decision.room } : { ok: false, refused: 'gone' };
    });
  }

  /** Remembers what was read, and answers what counts: what the log has told may be newer. */
  note(answer: StoreAnswer<Room | undefined>): StoreAnswer<Room | undefined> {
    if (!answer.ok) return answer;
    const { value: room } = answer;
    const kept = this.#kept;
    const isOlder =
      room?.createdAtMs === kept?.createdAtMs && (room?.revision ?? 0) < (kept?.revision ?? 0);
    if (!isOlder) this.#kept = room;
    return { ok: true, value: this.#kept };
  }

  /** The log has told of a change. */
  noteEvent(event: RoomEvent): void {
    if (this.#kept === undefined) return;
    if (event.kind === 'topic') this.#kept = { ...this.#kept, topic: event.text };
    else if (event.kind === 'moderated') this.#kept = afterModeration(this.#kept, event);
  }
}
