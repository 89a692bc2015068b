import type { Log } from '../log/log';
import { logLevels } from '../log/logger';
import type { LiveSettings } from '../live-settings';
import type { Limits } from '../domain/limits';
import { isSameCertificate, shownCertificate } from './certificate-files';
import { appliesOf, changeableLimits } from './options';
import type { Settings, SettingsResult } from './settings';

export interface Reloaded {
  readonly read: () => SettingsResult;
  readonly live: LiveSettings;
  readonly log: Log & { level: string };
  /** Lowers limits to what the system allows. */
  readonly allowed: (limits: Limits) => Limits;
}

/**
 * Has a server that runs do with other settings: what can be changed is, each change is logged, and
 * so is what waits for a restart. Settings that are not fine change nothing.
 */
export class Reload {
  constructor(
    /** What the server does with. */
    private running: Settings,
    private readonly server: Reloaded,
  ) {}

  /** Reads the settings again. */
  now(): void {
    const { log, read } = this.server;
    const result = read();
    if (result.ok) {
      this.#apply(result.settings);
      return;
    }
    for (const problem of result.problems) log.error({}, problem);
    log.error({ problems: result.problems.length }, 'Settings not reloaded: nothing has changed');
  }

  #apply(next: Settings): void {
    const { log, live, allowed } = this.server;
    const { limits } = next;
    const merged = allowed({ ...live.limits, ...changeableOf(limits) });
    const isSame = isSameCertificate(this.running.certificate, next.certificate);
    const certificate = isSame ? undefined : next.certificate;
    live.change({ limits: changeableOf(merged), motd: next.motd, certificate });
    // What is logged of it is to be seen by whoever wants one of the two levels.
    const levels = new Set([this.running.logLevel, next.logLevel]);
    log.level = logLevels.find((level) => levels.has(level)) ?? next.logLevel;
    this.#tell(next);
    log.level = next.logLevel;
  }

  #tell(next: Settings): void {
    const { log } = this.server;
    let changed = 0;
    let waiting = 0;
    for (const { name, from, to } of this.#changes(next)) {
      const applies = appliesOf(name);
      if (applies === 'after a restart') {
        waiting++;
        log.warn({ setting: name, from, to }, `Setting ${name} is changed by a restart only`);
      } else {
        changed++;
        log.info({ setting: name, from, to, applies }, `Setting ${name} changed`);
      }
    }
    this.running = runningWith(this.running, next);
    log.info({ changed, waiting }, 'Settings reloaded');
  }

  /** Settings that are not as the server has them. */
  #changes(next: Settings): { name: string; from: string; to: string }[] {
    const before = new Map(this.running.given.map((each) => [each.name, each]));
    const changes = next.given
      .filter(({ name, value }) => before.get(name)?.value !== value)
      .map(({ name, shown }) => ({ name, from: before.get(name)?.shown ?? '', to: shown }));
    const isNamed = (name: string): boolean => changes.some((each) => each.name === name);
    if (!isNamed('motd') && next.motd.join('\n') !== this.running.motd.join('\n')) {
      changes.push({ name: 'motd', from: linesOf(this.running), to: linesOf(next) });
    }
    const [shown, another] = [this.running.certificate, next.certificate];
    const isCertificateNamed = isNamed('tls-cert') || isNamed('tls-key');
    if (!isCertificateNamed && another !== undefined && !isSameCertificate(shown, another)) {
      const [from, to] = [shownCertificate(shown), shownCertificate(another)];
      changes.push({ name: 'tls-cert', from, to });
    }
    const isTokenNamed = isNamed('http-token') || isNamed('http-token-file');
    if (!isTokenNamed && next.http?.token !== this.running.http?.token) {
      changes.push({ name: 'http-token-file', from: '***', to: '***' });
    }
    return changes;
  }
}

function changeableOf(limits: Limits): Partial<Limits> {
  return Object.fromEntries(changeableLimits.map((name) => [name, limits[name]]));
}

function linesOf({ motd }: Settings): string {
  return motd.length === 1 ? '1 line' : `${motd.length} lines`;
}

/** What waits for a restart stays, so that it is told again next time. */
function runningWith(running: Settings, next: Settings): Settings {
  const kept = new Map(running.given.map((each) => [each.name, each]));
  const given = next.given.map((each) =>
    appliesOf(each.name) === 'after a restart' ? (kept.get(each.name) ?? each) : each,
  );
  const certificate = next.certificate ?? running.certificate;
  return { ...next, certificate, store: running.store, http: running.http, given };
}
