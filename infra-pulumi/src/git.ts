import { execFileSync } from 'node:child_process';
import { RunError } from '@pulumi/pulumi/errors';

const timeoutMs = 30_000;

function git(parameters: readonly string[], cwd?: string): string {
  return execFileSync('git', parameters, {
    cwd,
    encoding: 'utf8',
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Asking for a password would wait for ever.
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
}

/** What the repository has under these names. @throws with one line when it cannot be asked. */
export function lsRemote(repository: string, patterns: readonly string[]): string {
  try {
    return git(['ls-remote', '--', repository, ...patterns]);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error)
      .split('\n')
      .slice(-2);
    throw new RunError(
      `repository: git cannot list it (${reason?.trim()}); check the URL and that anyone can clone it`,
    );
  }
}

/** Where the working copy was cloned from, if that is an https URL. */
export function originOf(folder: string): string | undefined {
  try {
    const url = git(['remote', 'get-url', 'origin'], folder).trim();
    return url.startsWith('https://') ? url : undefined;
  } catch {
    return undefined;
  }
}
