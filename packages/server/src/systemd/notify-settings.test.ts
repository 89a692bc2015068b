import { notifySettings } from './notify-settings';

const socket = { NOTIFY_SOCKET: '/run/systemd/notify' };

test.each([{}, { NOTIFY_SOCKET: '' }, { WATCHDOG_USEC: '15000000' }])(
  'with %j nobody wants to be told',
  (environment) => expect(notifySettings(environment, 7)).toBeUndefined(),
);

test.each([
  [{ WATCHDOG_USEC: '15000000' }, 7_500],
  [{ WATCHDOG_USEC: '15000000', WATCHDOG_PID: '7' }, 7_500],
  [{ WATCHDOG_USEC: '15000000', WATCHDOG_PID: '8' }, undefined],
  [{ WATCHDOG_USEC: '0' }, undefined],
  [{ WATCHDOG_USEC: 'soon' }, undefined],
  [{}, undefined],
])('process 7 with %j says that it is alive every %s ms', (environment, aliveEveryMs) => {
  expect(notifySettings({ ...socket, ...environment }, 7)).toEqual({ aliveEveryMs });
});
