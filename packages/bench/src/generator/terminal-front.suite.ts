import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { RunningBaseline } from '../baselines/baseline-server';
import { telnet } from '../wire/terminal-stream';

const { iac, will } = telnet;
const takesOver = Buffer.of(iac, will, 1, iac, will, 3);
const prompt = '#r00000> half a line';

/** How rows that have come are shown to someone who is typing. */
export type Draw = (rows: string) => string;

/** As it should be: what is being typed is erased before, and drawn again behind. */
export const drawAround: Draw = (rows) => `\r\x1b[J${rows}${prompt}`;

function coloured(line: string): string {
  return line.replace(/^\[\w+\]/, '\x1b[38;5;33m$&\x1b[m');
}

function serve(client: Socket, port: number, draw: Draw): void {
  const server = connect({ port, host: '127.0.0.1' });
  let isTerminal = false;
  let rest = '';
  client.on('data', (chunk: Buffer) => {
    // What it agrees to is not looked at; its lines end in CR LF or CR NUL.
    const typed = chunk.toString('latin1').replace(/\xff../gs, '');
    server.write(typed.replaceAll(/\r[\n\0]/g, '\n'), 'latin1');
    if (!isTerminal) client.write(takesOver);
    isTerminal = true;
  });
  server.on('data', (chunk: Buffer) => {
    if (!isTerminal) return client.write(chunk);
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    const rows = lines.map((line) => `${coloured(line)}\n`).join('');
    return client.write(draw(rows), 'latin1');
  });
  for (const socket of [client, server]) {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      client.destroy();
      server.destroy();
    });
  }
}

/** Has those who connect see the plain lines of a server as a terminal does. */
export async function startTerminalFront(
  behind: RunningBaseline,
  draw: Draw,
): Promise<RunningBaseline> {
  const front = createServer((client) => serve(client, behind.port, draw));
  await new Promise<void>((resolve) => {
    front.listen({ port: 0, host: '127.0.0.1' }, resolve);
  });
  return {
    port: (front.address() as AddressInfo).port,
    close: async () => {
      await behind.close();
      await new Promise((resolve) => {
        front.close(resolve);
      });
    },
  };
}
