import { spawn } from 'node:child_process';

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** Runs a command to its end. @returns what it wrote. @throws with that, when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  { env = {}, input = '' }: Options = {},
): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  // One that ends without reading its input is judged by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const written = Buffer.concat(output).toString();
  if (code === 0) return written;
  const said = Buffer.concat(errors).toString();
  throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${written}${said}`);
}
