import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './testing/eventually';
import type { Machine } from './testing/machine';
import { Stage, openingMsMax } from './testing/stage';

const unitPath = 'infra-pulumi/boot/chat-server.service';
const unit = readFileSync(join(__dirname, 'chat-server.service'), 'utf8');
/** As a server that puts itself into the background: its start succeeds, and then it is gone. */
const daemonized = unit
  .replace('Type=notify', 'Type=simple')
  .replace(/^ExecStart=(.*)$/m, "ExecStart=/bin/sh -c '$1 & exit 0'")
  .replace('Restart=always', 'Restart=no');

const stage = new Stage();
const machines = new Map<string, Machine>();

beforeAll(async () => {
  await stage.open();
  const { repository } = stage;
  const good = await repository.commit('main');
  const broken = await repository.commit('broken', {
    'packages/server/src/cli.ts': 'not TypeScript',
  });
  const daemon = await repository.commit('daemon', { [unitPath]: daemonized });
  const boots: readonly (readonly [string, string, boolean])[] = [
    ['absent commit', '0123456789abcdef0123456789abcdef01234567', true],
    ['broken build', broken, true],
    ['daemonized', daemon, true],
    ['no network', good, false],
  ];
  for (const [name, commit, internet] of boots) {
    const machine = await stage.instance(await stage.userData(commit), { internet });
    machines.set(name, machine);
    await machine.start();
  }
}, openingMsMax);

afterAll(() => stage.close());

test.each([
  ['absent commit', /^boot failed: source: .*0123456789abcdef0123456789abcdef01234567/],
  ['broken build', /^boot failed: build: .+/],
  ['daemonized', /^boot failed: readiness: not ready after \d+ s \(inactive\): .+/],
  ['no network', /^boot failed: packages: .+/],
])('a boot with %s ends with one clear record, and gives the instance up', async (name, line) => {
  const machine = machines.get(name);
  if (machine === undefined) throw new Error(`no machine for ${name}`);
  await eventually(`the end of the boot with ${name}`, 230, () => {
    return stage.aws.hookResults(machine.id).length > 0;
  });
  expect(stage.aws.hookResults(machine.id)).toEqual(['ABANDON']);
  expect(await machine.bootRecord()).toEqual([expect.stringMatching(line)]);
  const record = stage.aws.record(machine.id);
  expect(record.at(-1)).toMatch(line);
  expect(record.filter((one) => one.startsWith('boot failed:'))).toHaveLength(1);
  process.stdout.write(`${name}: ${record.at(-1)}\n`);
});
