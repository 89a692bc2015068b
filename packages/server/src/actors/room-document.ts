import type { Room } from '../domain/room';
import { documentOf } from '../store/keys';
import type { Store, StoreAnswer } from '../store/store';

/** A room's document, with what was read of it last. */
export class RoomDocument {
  #kept: Room | undefined;

  constructor(
    private readonly store: Pick<Store, 'read' | 'change'>,
    private readonly key: string,
  ) {}

  read(): Promise<StoreAnswer<Room | undefined>> {
    return this.store.read<Room>(documentOf(this.key));
  }

  /** Gives a store that came back empty what is known here; answers what it has then. */
  async restore(): Promise<StoreAnswer<Room | undefined>> {
    const kept = this.#kept;
    const answer = await this.store.change<Room, never>(documentOf(this.key), (room) => {
      return { ok: true, document: room ?? kept };
    });
    if (!answer.ok) return answer;
    return { ok: true, value: answer.value.ok ? answer.value.document : undefined };
  }

  /** Remembers what was read. */
  note(answer: StoreAnswer<Room | undefined>): void {
    if (answer.ok) this.#kept = answer.value;
  }

  noteTopic(topic: string): void {
    if (this.#kept !== undefined) this.#kept = { ...this.#kept, topic };
  }
}
