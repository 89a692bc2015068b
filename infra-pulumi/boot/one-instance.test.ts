import { ChatClient } from './testing/chat-client';
import { eventually } from './testing/eventually';
import type { Machine } from './testing/machine';
import { roleKeys } from './testing/fake-metadata';
import { Stage, awaitLogin, chatPort, openingMsMax } from './testing/stage';

const stage = new Stage();
let userData = '';
let machine: Machine;

beforeAll(async () => {
  await stage.open();
  userData = await stage.userData(await stage.repository.commit('main'));
  machine = await stage.instance(userData);
}, openingMsMax);

afterAll(() => stage.close());

const join = (name: string) => ChatClient.join(name, machine.address, chatPort);
const restarts = async () => Number(await machine.property('NRestarts'));

test('a cold instance asks for a name within two minutes', async () => {
  await machine.start();
  const seconds = await awaitLogin(machine, 120);
  expect(seconds).toBeLessThan(120);
  process.stdout.write(`a cold instance asked for a name after ${seconds.toFixed(1)} s\n`);
});

test('then it says so: to its launch hook, in the journal and in the log group', async () => {
  await eventually('the record of the boot', 30, () => stage.aws.record(machine.id).length > 0);
  const ready = expect.stringMatching(/^boot: ready after \d+ s$/);
  expect(stage.aws.record(machine.id)).toEqual([ready]);
  expect(stage.aws.hookResults(machine.id)).toEqual(['CONTINUE']);
  expect(await machine.bootRecord()).toEqual([ready]);
});

/** `running`, or what failed. */
async function stateOfSystem(): Promise<string> {
  const failed = 'systemctl list-units --failed --plain --no-legend';
  return machine.run('sh', '-c', `systemctl is-system-running --wait || ${failed}`);
}

test('the whole system runs, and the server was started once', async () => {
  expect(await stateOfSystem()).toBe('running');
  expect(await restarts()).toBe(0);
});

test('the server runs as its own user, with as many files as may be open', async () => {
  const pid = await machine.property('MainPID');
  expect(await machine.run('stat', '--format=%U', `/proc/${pid}`)).toBe('chat-server');
  expect(await machine.property('LimitNOFILE')).toBe('65536');
  const hardMax = Number(await machine.run('sh', '-c', 'ulimit -Hn'));
  const limits = await machine.run('cat', `/proc/${pid}/limits`);
  const files = Number(/Max open files\s+(\d+)/.exec(limits)?.[1]);
  expect(files).toBeGreaterThanOrEqual(Math.min(65_536, hardMax));
});

test('two people talk', async () => {
  const [one, two] = await Promise.all([join('one'), join('two')]);
  one.says('/create Planes');
  await one.sees('Room Planes created.');
  for (const person of [one, two]) {
    person.says('/join Planes');
    await person.sees(`User ${person.name} joined Planes.`);
  }
  one.says('Did you see the 747?');
  await expect(two.sees('[one]: Did you see the 747?')).resolves.toBeUndefined();
  one.leave();
  two.leave();
});

test('the secrets are nowhere: not in the journal, in the user-data, or in a file', async () => {
  const secrets = [stage.storePassword, encodeURIComponent(stage.storePassword)];
  const patterns = [...secrets, roleKeys.secret, roleKeys.token].flatMap((one) => ['-e', one]);
  for (const secret of secrets) expect(userData).not.toContain(secret);
  const search = ['--fixed-strings', '--count', ...patterns];
  const journal = `journalctl --no-pager --output=cat | grep "$@" || [ $? = 1 ]`;
  expect(await machine.run('bash', '-c', journal, 'bash', ...search)).toBe('0');
  const files = `grep --recursive --files-with-matches "$@" /etc /opt /var /tmp /run/chat* /usr/local || true`;
  expect(await machine.run('bash', '-c', files, 'bash', '--fixed-strings', ...patterns)).toBe('');
});

test('nothing can be written by everyone, and nothing is left of the build', async () => {
  const writable = `find / -xdev -path /proc -prune -o -perm -0002 ! -type l ! -perm -1000 -print`;
  expect(await machine.run('bash', '-c', writable)).toBe('');
  expect(await machine.run('find', '/var/lib/chat-build', '-mindepth', '1')).toBe('');
});

test('a server that is killed is back within seconds', async () => {
  const before = await restarts();
  await machine.run('systemctl', 'kill', '--signal=KILL', 'chat-server.service');
  await eventually('a restart', 10, async () => (await restarts()) === before + 1);
  expect(await awaitLogin(machine, 10)).toBeLessThan(10);
});

test('a server that hangs is found by the watchdog, and replaced', async () => {
  const before = await restarts();
  const pid = await machine.property('MainPID');
  await machine.run('kill', '-STOP', pid);
  await eventually('a restart', 40, async () => (await restarts()) === before + 1);
  expect(await awaitLogin(machine, 10)).toBeLessThan(10);
});

test('a reload is over when the settings have been read again, and starts nothing anew', async () => {
  const pid = await machine.property('MainPID');
  await machine.run('systemctl', 'reload', 'chat-server.service');
  expect(await machine.property('MainPID')).toBe(pid);
  expect(await machine.property('ActiveState')).toBe('active');
});

test('who asks for a drain has people told, and gets a new server once they are gone', async () => {
  const before = await restarts();
  const one = await join('one');
  const command = '/opt/chat-server/current/packages/server/bin/chat-server.js';
  const drain = `set -a; . /etc/chat-server/environment; exec /opt/chat-server/current/bin/node ${command} drain`;
  expect(await machine.run('sh', '-c', drain)).toBe('The server drains, and then ends.');
  await one.sees('This server is being replaced in 30 s');
  one.leave();
  await eventually('a restart', 20, async () => (await restarts()) === before + 1);
  expect(await awaitLogin(machine, 10)).toBeLessThan(10);
  expect(await machine.property('ActiveState')).toBe('active');
});

test('the server stops in order', async () => {
  await machine.run('systemctl', 'stop', 'chat-server.service');
  expect(await machine.property('Result')).toBe('success');
  await machine.run('systemctl', 'start', 'chat-server.service');
});

test('after a reboot it serves the rooms that it had, and its hook is left alone', async () => {
  await machine.stop();
  await machine.start();
  const seconds = await awaitLogin(machine, 30);
  process.stdout.write(`a rebooted instance asked for a name after ${seconds.toFixed(1)} s\n`);
  const three = await join('three');
  three.says('/rooms');
  await three.sees('Planes');
  expect(await stateOfSystem()).toBe('running');
  expect(stage.aws.hookResults(machine.id)).toEqual(['CONTINUE']);
  three.leave();
});
