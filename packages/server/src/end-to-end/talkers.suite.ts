import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Heard, TalkOrder } from './attack.suite';

// A process of its own: what Jest takes of the time would be measured as well. Node runs it as it is.
const [port = 0, people = 0] = process.argv.slice(2).map(Number);

const sockets: Socket[] = [];
let latencies: number[] = [];
let disconnected = 0;

async function join(number: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const joined = Promise.withResolvers<void>();
  const own = `[*]: User m${number} joined Planes.`;
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === own) joined.resolve();
      else hear(line);
    }
  });
  socket.on('error', () => undefined);
  socket.once('close', () => {
    disconnected++;
    joined.reject(new Error(`m${number} was disconnected`));
  });
  sockets.push(socket);
  socket.write(`m${number}\n${number === 0 ? '/create Planes\n' : ''}/join Planes\n`);
  await joined.promise;
}

function hear(line: string): void {
  const at = /^\[m\d+\]: at ([\d.]+)$/.exec(line)?.[1];
  if (at !== undefined) latencies.push(performance.now() - Number(at));
}

async function talk({ forMs, everyMs }: TalkOrder): Promise<Heard> {
  let said = 0;
  latencies = [];
  const endMs = performance.now() + forMs;
  for (let turn = 0; performance.now() < endMs; turn++) {
    sockets[turn % sockets.length]?.write(`at ${performance.now()}\n`);
    said++;
    await pause(everyMs);
  }
  const expected = said * (sockets.length - 1);
  for (let waits = 0; waits < 100 && latencies.length < expected; waits++) await pause(50);
  const sorted = Float64Array.from(latencies).toSorted();
  return {
    lines: said,
    missing: expected - sorted.length,
    disconnected,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Infinity,
  };
}

async function main(): Promise<void> {
  for (let number = 0; number < people; number++) await join(number);
  process.on(
    'message',
    (order: TalkOrder) => void talk(order).then((heard) => process.send?.(heard)),
  );
  process.send?.('gathered');
}

process.once('disconnect', () => process.exit());
void main();
