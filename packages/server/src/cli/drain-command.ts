import { type Asked, askServer } from './asking';
import type { Settings } from './settings';

/**
 * Asks the server that runs on this machine with these settings to drain itself; answers what to say.
 * It goes by the HTTP port, as what an observer does, so that it needs no process id.
 */
export async function askToDrain({ http }: Pick<Settings, 'http'>): Promise<Asked<string>> {
  const asked = await askServer(http, '/drain', {});
  if (!asked.ok && http === undefined) {
    return { ok: false, line: `${asked.line} Send it SIGTERM.` };
  }
  return asked.ok ? { ok: true, value: 'The server drains, and then ends.' } : asked;
}
