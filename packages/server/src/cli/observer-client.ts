import type { ChartView } from '../observer/chart';
import type { TreeView } from '../observer/watched-tree';
import { httpAddress } from './http-address';
import type { Settings } from './settings';

export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  /** A line for whoever asked. */
  | { readonly ok: false; readonly line: string };

const timeoutMs = 5_000;
const wantsToken =
  'The server wants the token that it was started with: give it as --http-token-file.';

/** Asks the observer of the server that runs on this machine with these settings, or at a host. */
export class ObserverClient {
  constructor(private readonly http: Settings['http']) {}

  tree(): Promise<Asked<TreeView>> {
    return this.#get('/tree');
  }

  /** The latest sample of the charts. */
  charts(): Promise<Asked<ChartView>> {
    return this.#get('/charts?limit=1');
  }

  async #get<Value>(path: string): Promise<Asked<Value>> {
    const { http } = this;
    if (http === undefined) return refused('It answers no HTTP, so it has no observer.');
    if (http.port === 0) return refused('Give its HTTP port with --http-port.');
    const at = httpAddress(http);
    const { token } = http;
    try {
      const response = await fetch(`${at}/observer/api${path}`, {
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.status === 401) return refused(wantsToken);
      if (response.ok) return { ok: true, value: (await response.json()) as Value };
      return refused(`The server answers ${response.status}: ${(await response.text()).trim()}`);
    } catch {
      return refused(`No server answers at ${at}.`);
    }
  }
}

function refused(line: string): { readonly ok: false; readonly line: string } {
  return { ok: false, line };
}
