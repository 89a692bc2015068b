type Environment = Readonly<Record<string, string | undefined>>;

/** What systemd wants to be told by this process. */
export interface NotifySettings {
  /** Half of the unit's `WatchdogSec=`; undefined where it has none, or means another process. */
  readonly aliveEveryMs: number | undefined;
}

/**
 * Reads the environment as sd_notify(3) and sd_watchdog_enabled(3) do; undefined where nobody wants
 * to be told.
 */
export function notifySettings(environment: Environment, pid: number): NotifySettings | undefined {
  const { NOTIFY_SOCKET = '', WATCHDOG_USEC = '', WATCHDOG_PID = `${pid}` } = environment;
  if (NOTIFY_SOCKET === '') return undefined;
  const isAsked = /^[1-9]\d*$/.test(WATCHDOG_USEC) && WATCHDOG_PID === `${pid}`;
  return { aliveEveryMs: isAsked ? Number(WATCHDOG_USEC) / 1_000 / 2 : undefined };
}
