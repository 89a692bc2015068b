import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { Transcript } from '../transcript.suite';

const running = new Set<RealClient>();

afterEach(async () => {
  await Promise.all(Array.from(running, (client) => client.kill()));
});

/** Whether a program is installed. Where it must be, that it is not is an error. */
export function isInstalled(program: string): boolean {
  const { PATH = '' } = process.env;
  const isThere =
    spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH: `${PATH}:/usr/games` } })
      .status === 0;
  if (!isThere && process.env['CI'] !== undefined) {
    throw new Error(`${program} is not installed, and CI must try it`);
  }
  return isThere;
}

/** `describe`, or `describe.skip` with a word about what is missing. */
export function describeWith(...programs: readonly string[]): typeof describe {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length === 0) return describe;
  process.stderr.write(`Not tried, since not installed: ${missing.join(', ')}\n`);
  return describe.skip;
}

/** A program that people connect with, and its screen. */
export class RealClient {
  readonly screen: Transcript;
  readonly exit: Promise<number | null>;
  readonly #child: ChildProcess;

  /** `lineEnd` is what Enter sends to the program. */
  constructor(
    readonly name: string,
    program: string,
    args: readonly string[],
    private readonly lineEnd = '\n',
  ) {
    this.screen = new Transcript(name);
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(this);
    const { promise, resolve } = Promise.withResolvers<number | null>();
    this.exit = promise;
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.screen.feed(chunk));
    }
    this.#child.stdin?.on('error', () => undefined);
    this.#child.once('close', (code) => {
      running.delete(this);
      this.screen.end();
      resolve(code);
    });
  }

  types(...lines: readonly string[]): void {
    this.#child.stdin?.write(lines.map((line) => `${line}${this.lineEnd}`).join(''));
  }

  /** Presses the keys, without Enter. */
  presses(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** What is piped in ends here. */
  endsInput(): void {
    this.#child.stdin?.end();
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exit;
  }
}
