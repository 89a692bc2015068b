import { nameKey } from '@chat-server/protocol';
import { maskedTo, parseAddress, parseAddressBlock } from './address-block';
import { isInForce, type Lockdown, noSanctions, type Sanction, type Sanctions } from './sanctions';

/** What is in force, for those who let people in and let them speak. */
export interface SanctionsView {
  readonly lockdown: Lockdown | undefined;
  banOfName(name: string, nowMs: number): Sanction | undefined;
  banOfAddress(address: string, nowMs: number): Sanction | undefined;
  muteOf(name: string, nowMs: number): Sanction | undefined;
}

/**
 * The sanctions as this node knows them: a table in memory that anyone may read at once, and that
 * outlives the moderator actor, which keeps it true to the store. While the store is away, what is
 * in here goes on being enforced.
 */
export class SanctionTable implements SanctionsView {
  /** Up to where the news of moderation has been read; undefined before the first. */
  readUpTo: number | undefined;
  #sanctions = noSanctions;
  #names = new Map<string, Sanction>();
  #mutes = new Map<string, Sanction>();
  /** Blocks by how wide they are, so that an address is looked up once for each width there is. */
  #blocks = new Map<string, Map<bigint, Sanction>>();

  get sanctions(): Sanctions {
    return this.#sanctions;
  }

  set sanctions(sanctions: Sanctions) {
    this.#sanctions = sanctions;
    this.#mutes = byTarget(sanctions.mutes);
    this.#names = byTarget(sanctions.bans);
    this.#blocks = new Map();
    for (const ban of sanctions.bans) this.#addBlock(ban);
  }

  get lockdown(): Lockdown | undefined {
    return this.#sanctions.lockdown;
  }

  banOfName(name: string, nowMs: number): Sanction | undefined {
    return inForce(this.#names.get(nameKey(name)), nowMs);
  }

  banOfAddress(address: string, nowMs: number): Sanction | undefined {
    const parsed = this.#blocks.size > 0 ? parseAddress(address) : undefined;
    if (parsed === undefined) return undefined;
    for (const [width, blocks] of this.#blocks) {
      const [family, bits] = width.split('/');
      if (family !== parsed.family) continue;
      const ban = inForce(blocks.get(maskedTo(Number(bits), parsed)), nowMs);
      if (ban !== undefined) return ban;
    }
    return undefined;
  }

  muteOf(name: string, nowMs: number): Sanction | undefined {
    return inForce(this.#mutes.get(nameKey(name)), nowMs);
  }

  #addBlock(ban: Sanction): void {
    const block = parseAddressBlock(ban.target);
    if (block === undefined) return;
    const width = `${block.family}/${block.bits}`;
    const blocks = this.#blocks.get(width) ?? new Map<bigint, Sanction>();
    this.#blocks.set(width, blocks.set(block.base, ban));
  }
}

function byTarget(sanctions: readonly Sanction[]): Map<string, Sanction> {
  return new Map(sanctions.map((each) => [nameKey(each.target), each]));
}

function inForce(sanction: Sanction | undefined, nowMs: number): Sanction | undefined {
  return sanction !== undefined && isInForce(sanction, nowMs) ? sanction : undefined;
}
