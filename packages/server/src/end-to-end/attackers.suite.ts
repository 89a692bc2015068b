import { connect, type Socket } from 'node:net';

// A process of its own, so that it does not slow down those who measure. Node runs it as it is.
const [port = 0, connections = 0] = process.argv.slice(2).map(Number);
const addresses = 10;

interface Attack {
  readonly began: (socket: Socket, number: number) => void;
  /** Bytes that are sent as fast as they are taken. */
  readonly floods?: Buffer;
  /** Every so often. */
  readonly drips?: { readonly bytes: string; readonly everyMs: number };
  readonly leavesAfterMs?: number;
}

const nothing = (): void => undefined;
const idle: Attack = { began: nothing };

const attacks: readonly Attack[] = [
  // Never comes to the end of a line.
  { began: nothing, drips: { bytes: 'x', everyMs: 500 } },
  {
    began: (socket, number) => socket.write(`flood${number}\n/create Noise\n/join Noise\n`),
    floods: Buffer.from('the same line over and over\n/users\n/join Noise\n'.repeat(500)),
  },
  {
    began: nothing,
    floods: Buffer.from(Array.from({ length: 16_384 }, (_, at) => (at * 89) % 256)),
  },
  { began: nothing, leavesAfterMs: 5 },
  // IAC DO x, IAC WILL x, over and over.
  {
    began: (socket, number) => socket.write(`options${number}\r\n`),
    floods: Buffer.from(
      Array.from({ length: 8_192 }, (_, at) => [255, at % 2 === 0 ? 253 : 251, at % 40]).flat(),
    ),
  },
  // A subnegotiation without an end.
  {
    began: (socket) => socket.write(Buffer.from([255, 250, 24])),
    floods: Buffer.alloc(16_384, 'A'),
  },
  // Moves by words, back and forth, on the longest line that a terminal may have.
  {
    began: (socket, number) =>
      socket.write(
        Buffer.concat([
          Buffer.from(`keys${number}\r\n`),
          Buffer.from([255, 253, 1, 255, 253, 3]),
          Buffer.from('ab '.repeat(330)),
        ]),
      ),
    floods: Buffer.from('\u001Bb\u001Bb\u001Bf'.repeat(2_000)),
  },
];

function attack(number: number): void {
  const { began, floods, drips, leavesAfterMs } = attacks[number % attacks.length] ?? idle;
  const localAddress = `127.0.1.${(number % addresses) + 1}`;
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', nothing);
  socket.on('data', nothing);
  const timers: NodeJS.Timeout[] = [];
  socket.once('connect', () => {
    began(socket, number);
    if (floods !== undefined) flood(socket, floods);
    if (drips !== undefined) {
      timers.push(setInterval(() => socket.write(drips.bytes), drips.everyMs));
    }
    if (leavesAfterMs !== undefined) {
      timers.push(setTimeout(() => socket.resetAndDestroy(), leavesAfterMs));
    }
  });
  // Whoever is thrown out comes again.
  socket.once('close', () => {
    timers.forEach(clearTimeout);
    setTimeout(attack, 200, number);
  });
}

function flood(socket: Socket, bytes: Buffer): void {
  while (!socket.destroyed && socket.write(bytes));
  socket.once('drain', () => setImmediate(flood, socket, bytes));
}

process.once('disconnect', () => process.exit());
for (let number = 0; number < connections; number++) setTimeout(attack, number, number);
