import { nameKey } from '@chat-server/protocol';
import { RightsChanger } from '../actors/rights-changer';
import { AccountKeeper } from '../accounts/account-keeper';
import { ScryptPasswords } from '../accounts/scrypt-passwords';
import type { Registration } from '../domain/accounts';
import { Directory } from '../domain/directory';
import { defaultLimits, type Limits } from '../domain/limits';
import { type Holding, holdingKey, holdingOf } from '../domain/holding';
import type { ModerationRecord } from '../domain/moderation-record';
import { personOf } from '../domain/person';
import { ownedBy, type Room, withInvitations } from '../domain/room';
import type { RoomEvent } from '../domain/room-event';
import type { RoomRights } from '../domain/room-rights';
import { defaultTerminalSettings } from '../domain/terminal-settings';
import type { User } from '../domain/user';
import { channelOf } from '../store/keys';
import { ModerationKeeper } from '../moderation/moderation-keeper';
import { ManualClock } from '../manual-clock.suite';
import { MemoryStore } from '../store/memory-store';
import { StoredAccounts } from '../store/account-catalogue';
import { StoredRooms } from '../store/room-catalogue';
import type { Store, StoreAnswer } from '../store/store';
import { findCommand } from './catalogue';
import type { Caller } from './command';
import type { Effect } from './effect';

/** A chat as commands see it, without anything that acts: who is online, and what is kept. */
export class Town {
  nowMs = 1_000_000;
  limits: Limits = defaultLimits;
  faultInjection = false;
  /** Whether everyone has a terminal that the server edits lines for. */
  hasTerminals = false;
  registration: Registration = 'open';
  /** Of everyone's connection. */
  isEncrypted = true;
  tlsPort: number | undefined;
  readonly directory = new Directory();
  readonly memory = new MemoryStore({ now: () => this.nowMs }, 1_000);
  /** Where everyone comes from. */
  address = '127.0.0.1';
  /** What moderators did. */
  recorded: readonly ModerationRecord[] = [];
  readonly #users = new Map<string, User>();
  #store: Store = this.memory;

  /** From now on the store cannot be reached. */
  losesItsStore(): void {
    this.#store = awayStore();
  }

  /** Someone comes online. */
  arrives(name: string, user: Partial<User> = {}): void {
    this.#users.set(name, { name, ignored: new Set(), ...user });
    this.directory.put({
      name,
      origin: `n.${name}`,
      sinceMs: this.nowMs,
      isRegistered: user.isRegistered === true,
      ...(user.room !== undefined && { room: user.room }),
      ...(typeof user.away === 'string' && { away: user.away }),
    });
  }

  /** A room that there is; whom it names has what they have in it as who they are here. */
  async has(named: Partial<Room> & { readonly name: string }): Promise<void> {
    const { owner = 'one', invited = [] } = named;
    const room = { isPrivate: false, createdAtMs: 0, ...named, owner, invited: [] };
    const invitations = invited.map((name) => this.#holdingOf(name));
    await this.rooms.change(named.name, () => ({
      ok: true,
      room: withInvitations(ownedBy(room, this.#holdingOf(owner)), invitations),
    }));
  }

  #holdingOf(name: string): Holding {
    const users = [...this.#users.values()];
    const user = users.find((each) => nameKey(each.name) === nameKey(name));
    const { name: shown, isRegistered = false } = user ?? { name };
    return holdingOf({ name: shown, origin: `n.${shown}`, isRegistered });
  }

  async heard(room: string, ...events: readonly RoomEvent[]): Promise<void> {
    await this.memory.append(channelOf(nameKey(room)), events);
  }

  get rooms(): StoredRooms {
    const clock = { now: () => this.nowMs };
    return new StoredRooms(this.#store, clock, this.limits.historyLinesMax);
  }

  get accounts(): AccountKeeper {
    const catalogue = new StoredAccounts(this.#store);
    return new AccountKeeper(catalogue, cheapPasswords, new ManualClock(), this.registration);
  }

  get rights(): RoomRights {
    const changer = new RightsChanger(
      { catalogue: this.rooms, directory: this.directory, accounts: this.accounts },
      () => this.nowMs,
    );
    const [noMoves, noneEnded] = [new Map<string, Holding>(), new Set<string>()];
    return {
      move: (from, to) =>
        changer.change({ moves: new Map([[holdingKey(from), to]]), ended: noneEnded }, false),
      end: (holding) =>
        changer.change({ moves: noMoves, ended: new Set([holdingKey(holding)]) }, false),
    };
  }

  get moderation(): ModerationKeeper {
    return new ModerationKeeper(this.#store, {
      note: (record) => void (this.recorded = [...this.recorded, record]),
      latest: () => Promise.resolve(this.recorded),
    });
  }

  /** What the document of a room says. */
  room(name: string): Promise<Room | undefined | 'store-away'> {
    return new StoredRooms(this.memory, { now: () => this.nowMs }, 1_000).read(name);
  }

  /** What comes of a line that is a command. */
  async does(name: string, line: string): Promise<readonly Effect[]> {
    const [called = '', ...rest] = line.split(' ');
    const command = findCommand(called.slice(1));
    if (command === undefined) throw new Error(`there is no command ${called}`);
    return command.run(rest.join(' '), this.#caller(name));
  }

  /** The lines that someone reads for a command; it must have no other effect. */
  async tells(name: string, line: string): Promise<readonly string[]> {
    return (await this.does(name, line)).flatMap((effect) => {
      if (effect.do !== 'tell') throw new Error(`${line} has the effect ${effect.do}`);
      return effect.lines;
    });
  }

  #caller(name: string): Caller {
    const user = this.#users.get(name);
    if (user === undefined) throw new Error(`${name} is not online`);
    const { directory, rooms, rights, accounts, moderation, limits, nowMs, faultInjection } = this;
    const { hasTerminals: isPrompted, address, isEncrypted, tlsPort } = this;
    const terminal = isPrompted ? defaultTerminalSettings : undefined;
    const origin = `n.${name}`;
    const stores = { directory, rooms, rights, accounts, moderation };
    const chat = { ...stores, limits, nowMs, faultInjection, isEncrypted, tlsPort };
    const person = personOf(user, origin);
    return { ...chat, user, person, origin, address, terminal, isPrompted, spoken };
  }
}

const away = (): Promise<StoreAnswer<never>> =>
  Promise.resolve({ ok: false, reason: 'store-away' });
/** Real ones, of a cost that tests can pay. */
const cheapPasswords = new ScryptPasswords({ cost: 16, blockSize: 1, parallelization: 1 });
const spoken = (): Promise<void> => Promise.resolve();

/** A store that cannot be reached. */
export function awayStore(): Store {
  return {
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
    beat: away,
    retire: away,
    claim: away,
    describe: away,
    release: away,
    read: away,
    list: away,
    count: away,
    change: away,
    append: away,
    tail: away,
    drop: away,
    follow: () => () => undefined,
    followClaims: () => () => undefined,
    watchAvailability(listener) {
      listener(false);
      return () => undefined;
    },
  };
}
