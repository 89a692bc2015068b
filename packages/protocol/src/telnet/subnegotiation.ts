import { telnetCode, telnetOption } from './telnet';

const { iac, sb, se } = telnetCode;
const is = 0;
const send = 1;
/** RFC 1091 allows for no longer name. */
const terminalTypeBytesMax = 40;

/** In character cells, each undefined if the client does not know. */
export interface WindowSize {
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** Asks a client that does TERMINAL-TYPE for the next name in its list (RFC 1091). */
export const terminalTypeSend: Uint8Array = Uint8Array.of(
  iac,
  sb,
  telnetOption.terminalType,
  send,
  iac,
  se,
);

/**
 * The window's size that a NAWS subnegotiation tells (RFC 1073): two 16-bit numbers, 0 for what is
 * unknown. Undefined for a payload that is something else.
 */
export function readWindowSize(payload: Uint8Array): WindowSize | undefined {
  if (payload.length !== 4) return undefined;
  const [columnsHigh = 0, columnsLow = 0, rowsHigh = 0, rowsLow = 0] = payload;
  return {
    columns: columnsHigh * 256 + columnsLow || undefined,
    rows: rowsHigh * 256 + rowsLow || undefined,
  };
}

/**
 * The name that a TERMINAL-TYPE subnegotiation tells (RFC 1091), in lower case, since its case means
 * nothing; empty if it is none: too long, or not printable ASCII. Undefined if it tells no name.
 */
export function readTerminalType(payload: Uint8Array): string | undefined {
  if (payload[0] !== is) return undefined;
  const name = payload.subarray(1);
  const isName =
    name.length <= terminalTypeBytesMax && name.every((byte) => byte >= 0x20 && byte <= 0x7e);
  return isName ? String.fromCharCode(...name).toLowerCase() : '';
}
