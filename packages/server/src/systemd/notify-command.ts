import { execFile } from 'node:child_process';

const helper = 'systemd-notify';
/** It waits until systemd has read what it was told; a systemd that does not is not waited for. */
const timeoutMs = 5_000;

/**
 * Tells systemd by its own helper, since Node has no datagram sockets in the file system. That is
 * another process than the unit's main one, so the unit needs `NotifyAccess=all`.
 */
export function notifyCommand(assignments: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(helper, [...assignments], { timeout: timeoutMs }, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}
