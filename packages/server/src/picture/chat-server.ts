import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const binary = join(__dirname, '../../bin/chat-server.js');
const startMaxMs = 20_000;

/** The built server as an operator runs it, with a store that ends with it. */
export class ChatServer {
  private constructor(
    readonly port: number,
    readonly child: ChildProcess,
  ) {}

  /** Starts one on a free port of this machine. Rejects when it does not listen soon. */
  static async start(): Promise<ChatServer> {
    const here = ['--host', '127.0.0.1', '--port', '0', '--no-http', '--store', 'memory:'];
    const child = spawn(process.execPath, [binary, ...here], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    try {
      const listening = once(lines, 'line', { signal: AbortSignal.timeout(startMaxMs) });
      const ended = once(child, 'exit').then(() => ['']);
      const [line] = await Promise.race([listening, ended]);
      const port = /"port":(\d+)/.exec(String(line))?.[1];
      if (port === undefined) throw new Error(`The server does not listen: ${line}`);
      return new ChatServer(Number(port), child);
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  /** Ends it as an operator does, and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}
