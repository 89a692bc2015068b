/**
 * The sizes beyond which nothing of the protocol grows. Each is a whole number, its unit last in
 * its name.
 */
export const protocolLimits = {
  /** In characters, which are ASCII: a prefix like `[name]: ` leaves room for a message on one row. */
  nameLengthMax: 32,
  /**
   * The default for one line without its end: several rows of a terminal, yet 10,000 connections
   * that each stop in the middle of a line pin no more than 10 MiB.
   */
  lineBytesMax: 1024,
  /** A terminal's type or window size takes a few bytes; what is longer is not meant for us. */
  subnegotiationBytesMax: 1024,
} as const;
