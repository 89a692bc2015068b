import type { Log } from '../log/log';
import { notifyCommand } from '../systemd/notify-command';
import { notifySettings } from '../systemd/notify-settings';
import type { ServiceManager } from '../systemd/service-manager';
import { SystemdNotifier } from '../systemd/systemd-notifier';

/** Who started this process and wants to know how it does; undefined where nobody does. */
export function serviceManager(log: Log): ServiceManager | undefined {
  const settings = notifySettings(process.env, process.pid);
  return (
    settings &&
    new SystemdNotifier(settings, notifyCommand, (err) =>
      log.warn({ err }, 'Cannot tell systemd how the server does; it is not logged again'),
    )
  );
}
