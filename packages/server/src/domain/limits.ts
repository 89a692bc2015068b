/**
 * Every limit of the server, its unit last in its name. What happens at each is said where it is
 * kept; all can be set from the command line.
 */
export interface Limits {
  readonly connectionsMax: number;
  /** From one address, of IPv6 one /64 network; of some that `--flood-exempt` names, as many as come. */
  readonly connectionsPerAddressMax: number;
  readonly connectionsPerAddressMinuteMax: number;
  /** Of all who come in numbers from the same addresses; more wait for a prompt. */
  readonly crowdWelcomesPerSecondMax: number;
  /** Names that may be given, whether good or not. */
  readonly loginsPerAddressMinuteMax: number;
  /** By which somebody is here at once whose name is registered; one more is refused. */
  readonly connectionsPerAccountMax: number;
  readonly lineBytesMax: number;
  readonly loginTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Idle time after which TCP asks whether the other side is there; it is given 10 s to say so. */
  readonly tcpKeepaliveMs: number;
  readonly accountsMax: number;
  readonly roomsMax: number;
  readonly roomMembersMax: number;
  readonly roomInvitationsMax: number;
  /** Bans of one room that are in force; ended ones do not count. */
  readonly roomBansMax: number;
  /** As many mutes. */
  readonly roomMutesMax: number;
  readonly ignoredMax: number;
  /** Messages that may wait for one actor. */
  readonly mailboxMax: number;
  /** A room's recent lines, from which those who read slowly are served. */
  readonly ringLinesMax: number;
  /** A room's lines that /history can show. */
  readonly historyLinesMax: number;
  /** How long a store that outlives the process keeps a room's lines. */
  readonly historyAgeMaxMs: number;
  /** Lines of one user that may wait before the server stops reading from them. */
  readonly inputLinesMax: number;
  /** Lines of one user at once; what costs more than a line counts as several. */
  readonly lineBurstMax: number;
  /** Lines of one user for good; more are delayed, then refused, then the connection is closed. */
  readonly linesPerSecondMax: number;
  readonly linesPerAddressSecondMax: number;
  readonly inputBurstBytesMax: number;
  readonly inputBytesPerSecondMax: number;
  readonly inputBytesPerAddressSecondMax: number;
  /** Milliseconds that the server works each second for what one connection sends. */
  readonly workMsPerSecondMax: number;
  /** As many for all connections from one address. */
  readonly workMsPerAddressSecondMax: number;
  /** As many for all together who need much of it, so that they take nothing from those who talk. */
  readonly workMsPerSecondForFloodsMax: number;
  /** How long one's input is delayed before lines are refused, and then as long before it is over. */
  readonly floodPatienceMs: number;
  /** How late the server may be with what it does before it lets nobody else in. */
  readonly latenessMaxMs: number;
  /** How long a server that is to stop goes on accepting, so that a balancer stops sending people. */
  readonly drainDelayMs: number;
  /** How long users are given to go by themselves, once they are told. */
  readonly drainTimeoutMs: number;
  /** How long users are given to read the farewell when the server stops. */
  readonly shutdownTimeoutMs: number;
}

export const defaultLimits: Limits = {
  connectionsMax: 15_000,
  // An office of some hundred people has one address, and one address may not fill the server.
  connectionsPerAddressMax: 1_000,
  // That office is back within seconds of a restart.
  connectionsPerAddressMinuteMax: 600,
  // The six hundred have a prompt after six seconds, where nobody else comes like that.
  crowdWelcomesPerSecondMax: 100,
  loginsPerAddressMinuteMax: 600,
  // A desktop, a telephone, and some that hang.
  connectionsPerAccountMax: 5,
  lineBytesMax: 1_024,
  loginTimeoutMs: 60_000,
  idleTimeoutMs: 24 * 3_600_000,
  // Load balancers forget a silent connection after 350 s.
  tcpKeepaliveMs: 60_000,
  accountsMax: 100_000,
  roomsMax: 10_000,
  roomMembersMax: 10_000,
  roomInvitationsMax: 1_000,
  // All of them are read whenever someone enters.
  roomBansMax: 200,
  roomMutesMax: 200,
  ignoredMax: 100,
  mailboxMax: 10_000,
  ringLinesMax: 4_096,
  historyLinesMax: 4_096,
  historyAgeMaxMs: 30 * 24 * 3_600_000,
  inputLinesMax: 256,
  // Nobody types or reads faster; a paste of a hundred lines arrives whole within 8 s.
  lineBurstMax: 60,
  linesPerSecondMax: 5,
  linesPerAddressSecondMax: 100,
  // A hundred of the longest lines, then more than five of them a second.
  inputBurstBytesMax: 128 * 1_024,
  inputBytesPerSecondMax: 16 * 1_024,
  inputBytesPerAddressSecondMax: 512 * 1_024,
  // A line takes about 0.02 ms, and a key on the longest of lines 1 ms: who holds one down is not
  // delayed for a quarter of a minute.
  workMsPerSecondMax: 20,
  // A thousand people who talk need less.
  workMsPerAddressSecondMax: 200,
  // Beside rooms in which hundreds talk.
  workMsPerSecondForFloodsMax: 50,
  floodPatienceMs: 30_000,
  // Those who talk notice a second, and nobody a tenth of one.
  latenessMaxMs: 200,
  // At a terminal, Ctrl-C is to end it; who has a balancer in front knows how long that takes.
  drainDelayMs: 0,
  drainTimeoutMs: 0,
  shutdownTimeoutMs: 5_000,
};
