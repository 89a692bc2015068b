import { nameKey } from '@chat-server/protocol';
import { Absences } from '../domain/absences';
import { type Holding, holdingKey, holdingOf } from '../domain/holding';
import { returnMs } from '../domain/return';
import { invitationsOf, ownerOf, type Room } from '../domain/room';
import { changeRights, concerns, heirAmong, type RightsChange } from '../domain/succession';
import type { Services } from './services';
import type { RightsAnswer } from './succession-message';

/** How many are taken for gone at a sweep; the others at the next ones. */
const goneMax = 1_000;
/** How many names are looked up at a sweep, whether they are somebody's. */
const lookupsMax = 100;

type Needed = Pick<Services, 'catalogue' | 'directory' | 'accounts'>;

/** Looks at all rooms, and changes what people have in them. */
export class RightsChanger {
  readonly #absences = new Absences();
  /** The name that was looked up last. */
  #lookedUp = '';

  constructor(
    private readonly services: Needed,
    private readonly now: () => number,
  ) {}

  /**
   * Changes rooms; at a sweep, also those of guests who have been nowhere for so long that they are
   * not expected back. Where the store is away, some may be done.
   */
  async change({ moves, ended }: RightsChange, isSweep: boolean): Promise<RightsAnswer> {
    const rooms = await this.services.catalogue.list();
    if (rooms === 'store-away') return rooms;
    const overdue = isSweep ? await this.#overdue(rooms) : [];
    const change = { moves, ended: new Set([...ended, ...overdue]) };
    for (const room of rooms) {
      const isThere = isSweep && this.services.directory.countInRoom(room.name) > 0;
      if (!concerns(room, change, isThere)) continue;
      if ((await this.#changeRoom(room.name, change)) === 'store-away') return 'store-away';
    }
    return 'done';
  }

  async #changeRoom(name: string, change: RightsChange): Promise<RightsAnswer> {
    const { catalogue } = this.services;
    const heir = this.#heirOf(name, change);
    let before: Room | undefined;
    const rule = changeRights(change, heir);
    const decision = await catalogue.change(name, (room) => {
      before = room;
      return rule(room);
    });
    if (decision === 'store-away') return decision;
    if (!decision.ok || before === undefined) return 'done';
    const { owner: by, ownerOrigin: origin = '' } = before;
    const after = decision.room;
    if (after === undefined) await catalogue.bury(name, by, origin);
    else if (heir !== undefined && isOwner(after, heir) && !isOwner(before, heir)) {
      const atMs = this.now();
      await catalogue.happen(name, { kind: 'inherited', atMs, by, origin, text: heir.name });
    }
    return 'done';
  }

  /** Where only registered users may have rooms, guests inherit none. */
  #heirOf(name: string, { ended }: RightsChange): Holding | undefined {
    const { directory, accounts } = this.services;
    const members = directory.inRoom(name).filter((member) => {
      if (accounts.registration === 'required' && member.isRegistered !== true) return false;
      return !ended.has(holdingKey(holdingOf(member)));
    });
    return heirAmong(members);
  }

  /** Those who have something in rooms and are nowhere, long enough. */
  async #overdue(rooms: readonly Room[]): Promise<readonly string[]> {
    const { directory } = this.services;
    const gone = new Set<string>();
    const unsure = new Set<string>();
    for (const room of rooms) {
      const owner = ownerOf(room);
      // Nobody is taken for its owner while a namesake is here, whom an older node may let rule it.
      if (owner !== undefined && owner.origin === undefined && !directory.find(owner.name)) {
        unsure.add(nameKey(owner.name));
      }
      for (const held of [...(owner === undefined ? [] : [owner]), ...invitationsOf(room)]) {
        const { name, origin } = held;
        if (origin !== undefined && directory.find(name)?.origin !== origin) {
          gone.add(holdingKey(held));
        }
      }
    }
    for (const key of await this.#nobodys(unsure)) gone.add(key);
    return this.#absences.note(gone, this.now(), returnMs, goneMax);
  }

  /** Those of these names that are no account's, as far as that was looked up now or before. */
  async #nobodys(names: ReadonlySet<string>): Promise<readonly string[]> {
    const sorted = [...names].toSorted();
    const next = sorted.findIndex((name) => name > this.#lookedUp);
    const turned = next === -1 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)];
    const looked = turned.slice(0, lookupsMax);
    this.#lookedUp = looked.at(-1) ?? '';
    const accounts = await Promise.all(looked.map((name) => this.services.accounts.find(name)));
    const nobodys = looked.filter((_name, index) => accounts[index] === undefined);
    return [...nobodys, ...turned.slice(lookupsMax).filter((name) => this.#absences.has(name))];
  }
}

function isOwner(room: Room, { name, origin }: Holding): boolean {
  return room.owner === name && room.ownerOrigin === origin;
}
