import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = join(__dirname, '../..');
const startMaxMs = 20_000;

/** The built server with its observer, on free ports of this machine, which may be made to crash. */
export class ObservedServer {
  /** Where it was built. */
  readonly folder = folder;

  private constructor(
    readonly port: number,
    readonly httpPort: number,
    private readonly child: ChildProcess,
  ) {}

  get observerUrl(): string {
    return `http://127.0.0.1:${this.httpPort}/observer/`;
  }

  /** Rejects when it does not listen soon. */
  static async start(): Promise<ObservedServer> {
    const chat = [
      '--host',
      '127.0.0.1',
      '--port',
      '0',
      '--store',
      'memory:',
      '--fault-injection',
      '--no-flood-control',
    ];
    const http = ['--http-host', '127.0.0.1', '--http-port', '0'];
    const binary = join(folder, 'bin/chat-server.js');
    const child = spawn(process.execPath, [binary, ...chat, ...http], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const timer = setTimeout(() => child.kill(), startMaxMs);
    const ports = new Map<string, number>();
    // Nobody reads what comes later, and it is not to stop for that.
    for await (const line of createInterface({ input: child.stdout })) {
      const [, name = '', port] = /"(port|httpPort)":(\d+)/.exec(line) ?? [];
      if (port !== undefined) ports.set(name, Number(port));
      if (ports.size === 2) break;
    }
    clearTimeout(timer);
    child.stdout.resume();
    const [port, httpPort] = [ports.get('port'), ports.get('httpPort')];
    if (port === undefined || httpPort === undefined)
      throw new Error('The server does not listen.');
    return new ObservedServer(port, httpPort, child);
  }

  /** Ends it, and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }
}
