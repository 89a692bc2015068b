import { httpAddress } from './http-address';
import type { Settings } from './settings';

export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  /** A line for whoever asked. */
  | { readonly ok: false; readonly line: string };

const timeoutMs = 5_000;
const wantsToken =
  'The server wants the token that it was started with: give it as --http-token-file.';

/**
 * Asks the server that runs on this machine with these settings, or at a host, over HTTP, with the
 * token where there is one: for something, or, with a body, to do something. An answer is JSON,
 * whatever its status.
 */
export async function askServer<Value>(
  http: Settings['http'],
  path: string,
  body?: object,
): Promise<Asked<Value>> {
  if (http === undefined) return refused('It answers no HTTP, so it cannot be asked.');
  if (http.port === 0) return refused('Give its HTTP port with --http-port.');
  const at = httpAddress(http);
  const { token } = http;
  const authorization = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const action = { 'Content-Type': 'application/json', 'X-Chat-Action': '1' };
  try {
    const response = await fetch(`${at}${path}`, {
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined
        ? { headers: authorization }
        : {
            method: 'POST',
            headers: { ...authorization, ...action },
            body: JSON.stringify(body),
          }),
    });
    if (response.status === 401) return refused(wantsToken);
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    if (response.ok || isJson) return { ok: true, value: (await response.json()) as Value };
    return refused(`The server answers ${response.status}: ${(await response.text()).trim()}`);
  } catch {
    return refused(`No server answers at ${at}.`);
  }
}

function refused(line: string): { readonly ok: false; readonly line: string } {
  return { ok: false, line };
}
