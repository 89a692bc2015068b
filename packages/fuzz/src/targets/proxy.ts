import { parseProxyHeader, proxyHeaderBytesMax } from 'chat-server/src/transports/proxy-header';
import { isIP } from 'node:net';
import { anyBytes, bytesOf, mutated } from '../material/bytes';
import type { Random } from '../random';
import { holds, type Target, trialOf } from '../target';

const signature = '\r\n\r\n\0\r\nQUIT\n';
const addresses = [
  '192.0.2.1',
  '0.0.0.0',
  '256.1.1.1',
  '::1',
  '2001:db8::1',
  '::ffff:192.0.2.1',
  '%',
  '',
] as const;
const ports = ['0', '80', '65535', '65536', '-1', '080', '', '1e3'] as const;
const families = ['TCP4', 'TCP6', 'UNKNOWN', 'UDP4', ''] as const;

/** The first bytes of a connection from a load balancer. */
export const proxy: Target<string> = {
  name: 'proxy',
  what: 'PROXY headers of both versions, whole and broken',
  batch: 500,
  share: 3_000,
  generate(random) {
    const header = random.once(2) ? textHeader(random) : binaryHeader(random);
    return mutated(random, header) + anyBytes(random, 10);
  },
  open: () => Promise.resolve(trialOf(check)),
};

function textHeader(random: Random): string {
  const [from, to] = [random.pick(addresses), random.pick(addresses)];
  const words = ['PROXY', random.pick(families), from, to, random.pick(ports), random.pick(ports)];
  return `${words.join(random.once(20) ? '  ' : ' ')}${random.once(10) ? '\n' : '\r\n'}`;
}

function binaryHeader(random: Random): string {
  const kind = String.fromCharCode(
    random.pick([0x20, 0x21, 0x22, 0x11]),
    random.pick([0, 0x11, 0x21, 0x31, 0xff]),
  );
  const body = anyBytes(random, random.once(30) ? 3_000 : 60);
  const length = random.once(8) ? random.below(65_536) : body.length;
  return `${signature}${kind}${String.fromCharCode(length >> 8, length & 255)}${body}`;
}

function check(input: string): void {
  const bytes = bytesOf(input);
  const header = parseProxyHeader(bytes);
  if (header.type === 'incomplete') {
    holds(bytes.length < proxyHeaderBytesMax, 'a header is waited for without an end', input);
  }
  if (header.type !== 'header') return;
  holds(header.byteLength <= bytes.length, 'a header is longer than what there is', input);
  const { client } = header;
  if (client === undefined) return;
  holds(isIP(client.address) !== 0, 'an address is none', input, client);
  holds(client.port >= 0 && client.port <= 65_535, 'a port is none', input, client);
  const again = parseProxyHeader(bytes.subarray(0, header.byteLength));
  holds(JSON.stringify(again) === JSON.stringify(header), 'what follows counts', input);
}
