import type { Limits } from './limits';
import type { Rate } from './token-bucket';

/** What is metered: lines by what they cost, bytes, and milliseconds that the server works for them. */
export interface InputRates {
  readonly lines: Rate;
  readonly bytes: Rate;
  readonly work: Rate;
}

/** The rates that the limits say, as they are at the time that they are read. */
export interface FloodRates {
  readonly limits: Limits;
  /** Of one connection. */
  readonly own: InputRates;
  /** Of all connections from one address together. */
  readonly shared: InputRates;
  /** Work for all together who must wait, or need much of it. */
  readonly floods: Rate;
  readonly connections: Rate;
  /** Of these, as many as are welcomed at once: what an address may do for good. */
  readonly welcomes: Rate;
  /** Welcomes of all together who come faster than that. */
  readonly crowdWelcomes: Rate;
  readonly logins: Rate;
}

/** What an address may send at once, in seconds of what it may send for good. */
const burstSeconds = 10;
/** The same of work, which others wait for: a line takes a twentieth of a millisecond. */
const workBurstSeconds = 1;
/** And of a crowd's welcomes: what they do first is to be spread. */
const crowdBurstSeconds = 0.1;

export function floodRatesOf(limits: Limits): FloodRates {
  return {
    limits,
    own: {
      lines: rate(
        () => limits.lineBurstMax,
        () => limits.linesPerSecondMax,
      ),
      bytes: rate(
        () => limits.inputBurstBytesMax,
        () => limits.inputBytesPerSecondMax,
      ),
      work: bursting(() => limits.workMsPerSecondMax, workBurstSeconds),
    },
    shared: {
      lines: bursting(() => limits.linesPerAddressSecondMax),
      bytes: bursting(() => limits.inputBytesPerAddressSecondMax),
      work: bursting(() => limits.workMsPerAddressSecondMax, workBurstSeconds),
    },
    floods: bursting(() => limits.workMsPerSecondForFloodsMax, workBurstSeconds),
    connections: perMinute(() => limits.connectionsPerAddressMinuteMax),
    welcomes: steady(() => limits.connectionsPerAddressMinuteMax / 60, 1),
    crowdWelcomes: steady(() => limits.crowdWelcomesPerSecondMax, crowdBurstSeconds),
    logins: perMinute(() => limits.loginsPerAddressMinuteMax),
  };
}

function rate(burst: () => number, perSecond: () => number): Rate {
  return {
    get burst() {
      return burst();
    },
    get perSecond() {
      return perSecond();
    },
  };
}

function bursting(perSecond: () => number, seconds = burstSeconds): Rate {
  return rate(() => perSecond() * seconds, perSecond);
}

/** At least one at once. */
function steady(perSecond: () => number, seconds: number): Rate {
  return rate(() => Math.max(1, perSecond() * seconds), perSecond);
}

function perMinute(count: () => number): Rate {
  return rate(count, () => count() / 60);
}
