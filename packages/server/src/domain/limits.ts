/**
 * Every limit of the server, its unit last in its name. What happens at each is said where it is
 * kept; all can be set from the command line.
 */
export interface Limits {
  readonly connectionsMax: number;
  readonly connectionsPerAddressMax: number;
  readonly lineBytesMax: number;
  readonly loginTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Idle time after which TCP asks whether the other side is there; it is given 10 s to say so. */
  readonly tcpKeepaliveMs: number;
  readonly roomsMax: number;
  readonly roomMembersMax: number;
  readonly roomInvitationsMax: number;
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
  /** How long a server that is to stop goes on accepting, so that a balancer stops sending people. */
  readonly drainDelayMs: number;
  /** How long users are given to go by themselves, once they are told. */
  readonly drainTimeoutMs: number;
  /** How long users are given to read the farewell when the server stops. */
  readonly shutdownTimeoutMs: number;
}

export const defaultLimits: Limits = {
  connectionsMax: 15_000,
  // Load balancers and offices may stand for many people; flood control is not this limit's work.
  connectionsPerAddressMax: 12_000,
  lineBytesMax: 1_024,
  loginTimeoutMs: 60_000,
  idleTimeoutMs: 24 * 3_600_000,
  // Load balancers forget a silent connection after 350 s.
  tcpKeepaliveMs: 60_000,
  roomsMax: 10_000,
  roomMembersMax: 10_000,
  roomInvitationsMax: 1_000,
  ignoredMax: 100,
  mailboxMax: 10_000,
  ringLinesMax: 4_096,
  historyLinesMax: 4_096,
  historyAgeMaxMs: 30 * 24 * 3_600_000,
  inputLinesMax: 256,
  // At a terminal, Ctrl-C is to end it; who has a balancer in front knows how long that takes.
  drainDelayMs: 0,
  drainTimeoutMs: 0,
  shutdownTimeoutMs: 5_000,
};
