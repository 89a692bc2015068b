import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { commitOf } from './commit';
import { lsRemote, originOf } from './git';
import { deploy } from './program';
import { settingsFrom } from './settings/settings';

function main(): ReturnType<typeof deploy> {
  const prefix = `${pulumi.getProject()}:`;
  const raw = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
  const read = settingsFrom(raw, originOf(__dirname));
  if ('refusals' in read) throw new pulumi.RunError(read.refusals.join('\n'));
  const { settings } = read;
  return deploy({
    settings,
    commit: commitOf(settings.repository, settings.ref, lsRemote),
    bootScript: readFileSync(join(__dirname, '..', 'boot', 'boot.sh'), 'utf8'),
  });
}

export const { nlbDnsName, telnetCommand, asgName, logsUrl } = main();
