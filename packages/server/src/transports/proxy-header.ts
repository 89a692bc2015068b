import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** One end of a connection. */
export interface RemoteEnd {
  /** IPv6 in its short form, and IPv4 as such, also where it is written as IPv6. */
  readonly address: string;
  readonly port: number;
}

/** What the first bytes of a connection say about a PROXY header. */
export type ProxyHeader =
  | { readonly type: 'incomplete' }
  | { readonly type: 'invalid' }
  | {
      readonly type: 'header';
      /** How long it is; what follows it is the client's. */
      readonly byteLength: number;
      /** Whom the proxy speaks for; itself when not given, as in its own health checks. */
      readonly client?: RemoteEnd;
    };

/** `PROXY UNKNOWN` with the longest addresses there are, and CR LF. */
const textBytesMax = 107;
const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n');
const fixedBytes = 16;
/** Addresses take 216 bytes at most; the rest is for fields that load balancers add. */
const variableBytesMax = 2_048;

/** The longest header that is read. */
export const proxyHeaderBytesMax = fixedBytes + variableBytesMax;

const textStart = Buffer.from('PROXY ');
const incomplete: ProxyHeader = { type: 'incomplete' };
const invalid: ProxyHeader = { type: 'invalid' };

/**
 * Reads the header that a proxy sends before what its client says, in its first or second version
 * (HAProxy's "The PROXY protocol, versions 1 & 2"). Give it all that has come, from the first byte
 * on. It never throws, looks at nothing behind the header, and is `incomplete` only below
 * {@link proxyHeaderBytesMax} bytes.
 */
export function parseProxyHeader(bytes: Uint8Array): ProxyHeader {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsAs(all, textStart)) return parseText(all);
  return startsAs(all, signature) ? parseBinary(all) : invalid;
}

/** Whether as much of it as there is begins like that. */
function startsAs(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).equals(start.subarray(0, length));
}

function parseText(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, textBytesMax).indexOf('\r\n');
  if (end === -1) return bytes.length < textBytesMax ? incomplete : invalid;
  const byteLength = end + 2;
  const [, family, ...ends] = bytes.toString('latin1', 0, end).split(' ');
  if (family === 'UNKNOWN') return { type: 'header', byteLength };
  if (family !== 'TCP4' && family !== 'TCP6') return invalid;
  if (ends.length !== 4) return invalid;
  const [source = '', destination = '', sourcePort = '', destinationPort = ''] = ends;
  const isAddress = family === 'TCP4' ? isIPv4 : isPlainIPv6;
  const areFine =
    isAddress(source) && isAddress(destination) && isPort(sourcePort) && isPort(destinationPort);
  if (!areFine) return invalid;
  const client = { address: shortAddress(source), port: Number(sourcePort) };
  return { type: 'header', byteLength, client };
}

/** A zone is this machine's own, so nobody else's address has one. */
function isPlainIPv6(text: string): boolean {
  return isIPv6(text) && !text.includes('%');
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

function parseBinary(bytes: Buffer): ProxyHeader {
  if (bytes.length < fixedBytes) return incomplete;
  const versionAndCommand = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const variableBytes = bytes.readUInt16BE(14);
  const isLocal = versionAndCommand === 0x20;
  if (!isLocal && versionAndCommand !== 0x21) return invalid;
  if (variableBytes > variableBytesMax) return invalid;
  const byteLength = fixedBytes + variableBytes;
  if (bytes.length < byteLength) return incomplete;
  if (isLocal) return { type: 'header', byteLength };
  const variable = bytes.subarray(fixedBytes, byteLength);
  switch (family) {
    case 0x11:
      return variableBytes < 12 ? invalid : { type: 'header', byteLength, client: ipv4(variable) };
    case 0x21:
      return variableBytes < 36 ? invalid : { type: 'header', byteLength, client: ipv6(variable) };
    // Unspecified, datagrams and Unix sockets: the connection's own end has to do.
    case 0x00:
    case 0x12:
    case 0x22:
    case 0x31:
    case 0x32:
      return { type: 'header', byteLength };
    default:
      return invalid;
  }
}

/** Two addresses of 4 bytes, then two ports. */
function ipv4(variable: Buffer): RemoteEnd {
  return { address: variable.subarray(0, 4).join('.'), port: variable.readUInt16BE(8) };
}

/** Two addresses of 16 bytes, then two ports. */
function ipv6(variable: Buffer): RemoteEnd {
  const groups = variable.toString('hex', 0, 16).match(/.{4}/g) ?? [];
  return { address: shortAddress(groups.join(':')), port: variable.readUInt16BE(32) };
}

/** One way to write an address, so that all connections from it count together. */
function shortAddress(address: string): string {
  if (isIPv4(address)) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}
