import { nameKey } from '@chat-server/protocol';
import type { Clock } from '@chat-server/supervision';
import { readLog, toLog } from '../domain/log-reader';
import type { Room, RoomDecision, RoomRule } from '../domain/room';
import type { RoomCatalogue } from '../domain/room-catalogue';
import { isOwnWords, type RoomEvent } from '../domain/room-event';
import { channelOf, documentOf, roomsCollection } from './keys';
import type { Store } from './store';

type Refused = RoomDecision & { readonly ok: false };

/** The rooms as the store keeps them: a document and a channel each. */
export class StoredRooms implements RoomCatalogue {
  constructor(
    private readonly store: Store,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly historyLinesMax: number,
  ) {}

  async read(name: string): Promise<Room | undefined | 'store-away'> {
    const answer = await this.store.read<Room>(documentOf(nameKey(name)));
    return answer.ok ? answer.value : answer.reason;
  }

  async list(): Promise<readonly Room[] | 'store-away'> {
    const answer = await this.store.list<Room>(roomsCollection);
    return answer.ok ? answer.value : answer.reason;
  }

  async count(): Promise<number | 'store-away'> {
    const answer = await this.store.count(roomsCollection);
    return answer.ok ? answer.value : answer.reason;
  }

  async change(name: string, rule: RoomRule): Promise<RoomDecision | 'store-away'> {
    const answer = await this.store.change<Room, Refused>(documentOf(nameKey(name)), (room) => {
      const decision = rule(room);
      return decision.ok ? { ok: true, document: decision.room } : { ok: false, refused: decision };
    });
    if (!answer.ok) return answer.reason;
    const changed = answer.value;
    return changed.ok ? { ok: true, room: changed.document } : changed.refused;
  }

  async history(name: string, countMax: number): Promise<readonly RoomEvent[] | 'store-away'> {
    const channel = channelOf(nameKey(name));
    const answer = await this.store.tail<RoomEvent>(channel, this.historyLinesMax);
    if (!answer.ok) return answer.reason;
    return readLog(answer.value.entries).filter(isOwnWords).slice(-countMax);
  }

  async happen(name: string, event: RoomEvent): Promise<'kept' | 'store-away'> {
    const answer = await this.store.append(channelOf(nameKey(name)), [toLog(event)]);
    return answer.ok ? 'kept' : answer.reason;
  }

  async bury(name: string, by: string, origin: string): Promise<void> {
    const channel = channelOf(nameKey(name));
    const end: RoomEvent = { kind: 'destroyed', atMs: this.clock.now(), by, origin, text: '' };
    await this.store.append(channel, [end]);
    await this.store.drop(channel);
  }
}
