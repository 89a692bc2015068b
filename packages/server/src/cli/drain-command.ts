import { httpAddress } from './http-address';
import type { Settings } from './settings';

export interface DrainAnswer {
  readonly isBegun: boolean;
  /** For whoever asked. */
  readonly line: string;
}

const timeoutMs = 10_000;

/**
 * Asks the server that runs on this machine with these settings to drain itself. It goes by the HTTP
 * port, as what an observer does, so that it needs no process id, and the token where there is one.
 */
export async function askToDrain({ http }: Pick<Settings, 'http'>): Promise<DrainAnswer> {
  if (http === undefined) return refused('It answers no HTTP; send it SIGTERM.');
  if (http.port === 0) return refused('Give its HTTP port with --http-port.');
  const url = `${httpAddress(http)}/drain`;
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Chat-Action': '1',
        ...(http.token !== undefined && { Authorization: `Bearer ${http.token}` }),
      },
      body: '{}',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    return refused(`No server answers at ${url}.`);
  }
  if (response.ok) return { isBegun: true, line: 'The server drains, and then ends.' };
  return refused(`The server answers ${response.status}: ${(await response.text()).trim()}`);
}

function refused(line: string): DrainAnswer {
  return { isBegun: false, line };
}
