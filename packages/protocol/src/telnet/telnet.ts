/** The bytes that telnet commands are made of (RFC 854, RFC 885 for `eor`, RFC 1184 for `eof` to `abort`). */
export const telnetCode = {
  eof: 236,
  susp: 237,
  abort: 238,
  eor: 239,
  se: 240,
  nop: 241,
  dm: 242,
  brk: 243,
  ip: 244,
  ao: 245,
  ayt: 246,
  ec: 247,
  el: 248,
  ga: 249,
  sb: 250,
  will: 251,
  wont: 252,
  do: 253,
  dont: 254,
  iac: 255,
} as const;

/** The telnet options that a chat has a use for, by their IANA numbers. */
export const telnetOption = {
  binary: 0,
  echo: 1,
  suppressGoAhead: 3,
  timingMark: 6,
  terminalType: 24,
  endOfRecord: 25,
  windowSize: 31,
  linemode: 34,
  newEnvironment: 39,
  charset: 42,
} as const;

const negotiationVerbs = ['will', 'wont', 'do', 'dont'] as const;
const plainVerbs = [
  'eof',
  'susp',
  'abort',
  'eor',
  'nop',
  'dm',
  'brk',
  'ip',
  'ao',
  'ayt',
  'ec',
  'el',
  'ga',
] as const;

export type NegotiationVerb = (typeof negotiationVerbs)[number];
type PlainVerb = (typeof plainVerbs)[number];

/**
 * One telnet command as it was received. The payload of an `sb` is what stood between the option
 * and IAC SE, with doubled IACs made single.
 */
export type TelnetCommand =
  | { verb: NegotiationVerb; option: number }
  | { verb: 'sb'; option: number; payload: Uint8Array }
  | { verb: PlainVerb };

/** The negotiation that a byte after IAC starts, if it starts one. */
export function negotiationVerb(code: number): NegotiationVerb | undefined {
  return negotiationVerbs.find((verb) => telnetCode[verb] === code);
}

/** The command that a byte after IAC is by itself, if it is one. */
export function plainVerb(code: number): PlainVerb | undefined {
  return plainVerbs.find((verb) => telnetCode[verb] === code);
}
