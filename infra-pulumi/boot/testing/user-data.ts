import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploy } from '../../src/program';
import { settingsFrom } from '../../src/settings/settings';
import { userDataIn } from '../../src/testing/plan-reading';
import { useMocks, valuesOf } from '../../src/testing/recorded-plan';
import * as pulumi from '@pulumi/pulumi';

const bootScript = readFileSync(join(__dirname, '..', 'boot.sh'), 'utf8');

/** What the program gives its launch template for a commit of this repository, byte for byte. */
export async function userDataFor(repository: string, commit: string): Promise<string> {
  const read = settingsFrom({ repository }, undefined);
  if ('refusals' in read) throw new Error(read.refusals.join('\n'));
  const { plan } = await useMocks(read.settings.instanceType);
  await valuesOf(deploy({ settings: read.settings, commit, bootScript }));
  await pulumi.runtime.disconnect();
  return userDataIn(plan);
}
