import { readFile } from 'node:fs/promises';
import { SocketAddress } from 'node:net';
import type { Probed } from './transport';

/** Linux' tables of TCP sockets, for IPv4 and IPv6 (proc(5)). */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * What Linux knows of the connections of a local port, in one look at all of them.
 *
 * TCP's keepalive does not see who does not answer while something is on its way to them, and the
 * kernel goes on for a quarter of an hour before it gives up; whoever of `unread` is not read from
 * closes unseen. A connection may be passed over while the table changes, so that one answer alone
 * proves of nobody that they are gone. Nothing is seen on systems that do not tell.
 */
export async function probePeers(localPort: number, unread: ReadonlySet<string>): Promise<Probed> {
  const texts = (await Promise.all(tables.map(readOrNothing))).filter((text) => text !== '');
  return probedIn(texts, localPort, unread);
}

/** The same, of the texts of tables. */
export function probedIn(
  texts: readonly string[],
  localPort: number,
  unread: ReadonlySet<string>,
): Probed {
  const unanswered = new Set<string>();
  const gone = new Set(texts.length === 0 ? [] : unread);
  const unreadPorts = new Set(Array.from(gone, portOf));
  for (const [, address = '', port = '', state, sentAgain] of rowsOf(texts, localPort)) {
    const isUnanswered = state === established && sentAgain !== never;
    // Of ten thousand, few are asked for.
    if (!isUnanswered && !unreadPorts.has(port)) continue;
    const end = `${addressOf(address)}:${parseInt(port, 16)}`;
    if (isUnanswered) unanswered.add(end);
    gone.delete(end);
  }
  return { unanswered, gone };
}

const established = '01';
const never = '00000000';

function* rowsOf(texts: readonly string[], localPort: number): Iterable<RegExpExecArray> {
  // Columns: entry, local end, remote end, state, queues, timer, retransmissions. All states but
  // 06 (time-wait) and 07 (closed): whoever has ended may still be sent something.
  const row = new RegExp(
    `^ *\\d+: [0-9A-F]+:${hexPort(localPort)} ([0-9A-F]+):([0-9A-F]{4}) (?!06|07)(\\S+) \\S+ \\S+ (\\S+) `,
    'gm',
  );
  for (const text of texts) yield* text.matchAll(row);
}

/** As the table has it. */
function portOf(end: string): string {
  return hexPort(Number(end.slice(end.lastIndexOf(':') + 1)));
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** Of an IPv4 address, the beginning of the IPv6 one that stands for it. */
const mapped = '0000000000000000FFFF0000';

/** An address from its 32-bit words, each in the machine's byte order. */
function addressOf(hex: string): string {
  if (hex.length === 8) return dotted(hex);
  if (hex.startsWith(mapped)) return dotted(hex.slice(mapped.length));
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).toReversed());
  const groups = bytes.join('').match(/.{4}/g) ?? [];
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}

function dotted(hex: string): string {
  const word = parseInt(hex, 16);
  return `${word & 255}.${(word >>> 8) & 255}.${(word >>> 16) & 255}.${word >>> 24}`;
}

async function readOrNothing(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // Only Linux has these tables; elsewhere the kernel's own patience holds.
    return '';
  }
}
