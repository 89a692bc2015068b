import { readFile } from 'node:fs/promises';
import { SocketAddress } from 'node:net';

/** Linux' tables of TCP sockets, for IPv4 and IPv6 (proc(5)). */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * The other ends, as `address:port`, of those established connections of a local port to which
 * something is being sent again and again without an answer.
 *
 * TCP's keepalive does not see these: it asks only where nothing is on its way, and the kernel goes
 * on for a quarter of an hour before it gives up. Empty on systems that do not tell.
 */
export async function unansweredPeers(localPort: number): Promise<ReadonlySet<string>> {
  const texts = await Promise.all(tables.map(readOrNothing));
  return new Set(texts.flatMap((text) => unansweredIn(text, localPort)));
}

/** The same, of the text of one table. */
export function unansweredIn(table: string, localPort: number): string[] {
  // Columns: entry, local end, remote end, state 01 (established), queues, timer, retransmissions.
  const sentAgain = new RegExp(
    `^ *\\d+: [0-9A-F]+:${hexPort(localPort)} ([0-9A-F]+):([0-9A-F]{4}) 01 \\S+ \\S+ (?!0{8})[0-9A-F]{8} `,
    'gm',
  );
  return Array.from(
    table.matchAll(sentAgain),
    ([, address = '', remotePort = '']) => `${addressOf(address)}:${parseInt(remotePort, 16)}`,
  );
}

/**
 * Which of these other ends, as `address:port`, a local port has no connection to any more: whoever is
 * not read from closes unseen. A connection may be passed over while the kernel's table changes, so that
 * one answer alone proves nothing. None on systems that do not tell.
 */
export async function gonePeers(
  localPort: number,
  ends: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (ends.size === 0) return new Set();
  const texts = (await Promise.all(tables.map(readOrNothing))).filter((text) => text !== '');
  if (texts.length === 0) return new Set();
  const connected = new Set(texts.flatMap((text) => connectedIn(text, localPort, ends)));
  return new Set([...ends].filter((end) => !connected.has(end)));
}

/** Those of these other ends that are connected, by the text of one table. */
export function connectedIn(table: string, localPort: number, ends: ReadonlySet<string>): string[] {
  const ports = new Set(
    Array.from(ends, (end) => hexPort(Number(end.slice(end.lastIndexOf(':') + 1)))),
  );
  // All states but 06 (time-wait) and 07 (closed): whoever has ended may still be sent something.
  const connected = new RegExp(
    `^ *\\d+: [0-9A-F]+:${hexPort(localPort)} ([0-9A-F]+):([0-9A-F]{4}) (?!06|07)`,
    'gm',
  );
  return Array.from(table.matchAll(connected))
    .filter(([, , port = '']) => ports.has(port))
    .map(([, address = '', port = '']) => `${addressOf(address)}:${parseInt(port, 16)}`);
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** An address from its 32-bit words, each in the machine's byte order. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).toReversed());
  if (bytes.length === 4) return dotted(bytes);
  if (/^0{20}FFFF/.test(bytes.join(''))) return dotted(bytes.slice(12));
  const groups = bytes.join('').match(/.{4}/g) ?? [];
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}

function dotted(bytes: readonly string[]): string {
  return bytes.map((byte) => parseInt(byte, 16)).join('.');
}

async function readOrNothing(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // Only Linux has these tables; elsewhere the kernel's own patience holds.
    return '';
  }
}
