import { FloodGate, InputBuckets } from './flood-gate';
import { floodRatesOf, type FloodRates } from './flood-rates';
import type { Limits } from './limits';
import { heldNetworkOf, networkOf } from './network';
import { Overload } from './overload';
import { TokenBucket } from './token-bucket';
import { Turns } from './turns';

export interface FloodOptions {
  readonly isOn: boolean;
  /** Addresses that stand for many people, so that nothing is counted by them. */
  readonly isExempt?: (address: string) => boolean;
}

/** What is known of an address. */
class AddressRecord {
  readonly connections = new TokenBucket();
  readonly welcomes = new TokenBucket();
  readonly logins = new TokenBucket();
  readonly input = new InputBuckets();
}

/** Addresses that are kept in mind; whoever has more can begin anew with the first. */
const addressesMax = 10_000;

/**
 * What the server lets connections and addresses do, of IPv6 whole /64 networks. Where flood control
 * is off, it lets all of them do anything. It holds so many addresses and forgets first whichever has
 * not connected for longest.
 */
export class FloodControl {
  readonly isOn: boolean;
  readonly overload: Overload;
  readonly #isExempt: (address: string) => boolean;
  readonly #addresses = new Map<string, AddressRecord>();
  readonly #rates: FloodRates;
  readonly #turns = new Turns();
  readonly #crowdWelcomes = new TokenBucket();

  constructor(limits: Limits, { isOn, isExempt = () => false }: FloodOptions) {
    this.isOn = isOn;
    this.overload = new Overload(limits);
    this.#isExempt = isExempt;
    this.#rates = floodRatesOf(limits);
  }

  /** Whether nothing is counted by this address. */
  isExempt(address: string): boolean {
    return this.#isExempt(address);
  }

  /** The network that all who come from this address can be held to, if any. */
  heldNetwork(address: string): string | undefined {
    return heldNetworkOf(address, this.#isExempt);
  }

  /** For a new connection. */
  gate(address: string): FloodGate {
    if (!this.isOn) return new FloodGate(undefined, undefined, this.#turns);
    return new FloodGate(this.#rates, this.#recordOf(address)?.input, this.#turns);
  }

  /** Whether this address may connect once more. */
  mayConnect(address: string, nowMs: number): boolean {
    const record = this.#recordOf(address);
    return record === undefined || record.connections.take(1, this.#rates.connections, nowMs);
  }

  /** Whether who comes from this address has a prompt at once, and not at the pace of crowds. */
  mayBeWelcomed(address: string, nowMs: number): boolean {
    const record = this.#recordOf(address);
    return record === undefined || record.welcomes.take(1, this.#rates.welcomes, nowMs);
  }

  /** Whether it is time for the next of those who may not. */
  mayWelcomeOfCrowd(nowMs: number): boolean {
    return this.#crowdWelcomes.take(1, this.#rates.crowdWelcomes, nowMs);
  }

  /** Whether someone at this address may try once more to log in. */
  mayLogIn(address: string, nowMs: number): boolean {
    const record = this.#recordOf(address);
    return record === undefined || record.logins.take(1, this.#rates.logins, nowMs);
  }

  #recordOf(address: string): AddressRecord | undefined {
    if (!this.isOn || this.#isExempt(address)) return undefined;
    const network = networkOf(address);
    const record = this.#addresses.get(network) ?? new AddressRecord();
    this.#addresses.delete(network);
    this.#addresses.set(network, record);
    const [oldest] = this.#addresses.keys();
    if (this.#addresses.size > addressesMax && oldest !== undefined) this.#addresses.delete(oldest);
    return record;
  }
}
