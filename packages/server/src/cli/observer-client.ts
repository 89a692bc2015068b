import type { ChartView } from '../observer/chart';
import type { TreeView } from '../observer/watched-tree';
import { type Asked, askServer } from './asking';
import type { Settings } from './settings';

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

  #get<Value>(path: string): Promise<Asked<Value>> {
    return askServer(this.http, `/observer/api${path}`);
  }
}
