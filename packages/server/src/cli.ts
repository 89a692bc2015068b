import { Command } from 'commander';
import { version } from '../package.json';
import { withoutNegatedFlags } from './cli/environment';
import { allOptions } from './cli/options';
import { type CliOptions, run } from './cli/run';

const program = new Command('chat-server')
  .description('A chat server for terminals: start it, then telnet to it and talk.')
  .version(version)
  .addHelpText(
    'after',
    `
Every option can also be given in the environment, as CHAT_ and its name: CHAT_MAX_ROOMS=100.

Examples:
  $ chat-server                              serve on port 8080, then: telnet localhost 8080
  $ chat-server --port 2323 --motd welcome.txt
  $ chat-server --fault-injection            try supervision out with /crash connection
  $ CHAT_LOG_LEVEL=debug chat-server | jq .  records as JSON, one a line`,
  )
  .showHelpAfterError('Try chat-server --help.');

try {
  process.env = withoutNegatedFlags(process.env, ['CHAT_FAULT_INJECTION', 'CHAT_NO_HTTP']);
} catch (error) {
  program.error(`error: ${(error as Error).message}`);
}
for (const option of allOptions()) program.addOption(option);
program.allowExcessArguments(false).action((options: Omit<CliOptions, 'isStoreGiven'>) => {
  const isStoreGiven = program.getOptionValueSource('store') !== 'default';
  return run({ ...options, isStoreGiven } as CliOptions);
});

void program.parseAsync();
