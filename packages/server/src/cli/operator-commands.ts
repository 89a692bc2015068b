import type { Command } from 'commander';
import type { Asked } from './asking';
import { OperatorClient } from './operator-client';
import type { SettingsResult } from './settings';

/** The commands that say who the server's operators are, and what they have done. */
export function addOperatorCommands(program: Command, settings: () => SettingsResult): void {
  const operator = program
    .command('operator')
    .description('who may ban, mute and announce in the chat that runs here with these settings');
  operator
    .command('add')
    .argument('<name>', 'a registered name')
    .description('make whoever has a registered name an operator')
    .action((name: string) => say(settings(), (client) => client.add(name)));
  operator
    .command('remove')
    .argument('<name>', 'a registered name')
    .description('take that from them, at once')
    .action((name: string) => say(settings(), (client) => client.remove(name)));
  operator
    .command('list')
    .description('list them')
    .action(() => say(settings(), (client) => client.list()));
  program
    .command('moderation')
    .description('print who is banned and muted, and what operators and room owners have done')
    .action(() => say(settings(), (client) => client.moderation()));
}

async function say(
  result: SettingsResult,
  ask: (client: OperatorClient) => Promise<Asked<string | readonly string[]>>,
): Promise<void> {
  const asked: Asked<string | readonly string[]> = result.ok
    ? await ask(new OperatorClient(result.settings.http))
    : { ok: false, line: result.problems.join('\n') };
  if (asked.ok) {
    process.stdout.write(
      [asked.value]
        .flat()
        .map((line) => `${line}\n`)
        .join(''),
    );
    return;
  }
  process.stderr.write(`${asked.line}\n`);
  process.exitCode = 1;
}
