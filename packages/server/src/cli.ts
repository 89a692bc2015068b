import { Command } from 'commander';
import { version } from '../package.json';
import { checkConfig } from './cli/config-check';
import { askToDrain } from './cli/drain-command';
import { takeVariables } from './cli/environment';
import type { Sources } from './cli/given';
import { addObserverCommands } from './cli/observer-commands';
import { addOperatorCommands } from './cli/operator-commands';
import { allOptions, configOption } from './cli/options';
import { run } from './cli/run';
import { readSettings } from './cli/settings';

const program = new Command('chat-server')
  .description('A chat server for terminals: start it, then telnet to it and talk.')
  .version(version)
  .addHelpText(
    'after',
    `
Every option can also be given in the environment, as CHAT_ and its name: CHAT_MAX_ROOMS=100, and in
a file that --config names, as in max-rooms = 100. Flags count for more than the environment, and that
for more than the file. At SIGHUP the file is read again.

Examples:
  $ chat-server                              serve on port 8080, then: telnet localhost 8080
  $ chat-server --port 2323 --motd welcome.txt
  $ chat-server --config chat.conf           with the settings in that file
  $ chat-server config check --config chat.conf
  $ chat-server drain                        have it end, its users told and given time
  $ chat-server top                          follow its busiest actors live
  $ chat-server operator add amelia          have her ban, mute and announce in the chat
  $ chat-server --fault-injection            try supervision out with /crash connection
  $ CHAT_LOG_LEVEL=debug chat-server | jq .  records as JSON, one a line`,
  )
  .showHelpAfterError('Try chat-server --help.');

const options = [configOption(), ...allOptions()];
for (const option of options) program.addOption(option);
// Read where files are as well, so that all that is wrong can be told at once.
const environment = takeVariables(
  process.env,
  options.map(({ envVar }) => envVar),
);

/** What the command was told; all options belong to the program, and go with its commands too. */
function sources(): Sources {
  const given = options
    .map((option) => option.attributeName())
    .filter((name) => program.getOptionValueSource(name) === 'cli')
    .map((name) => [name, program.getOptionValue(name)] as const);
  return { flags: Object.fromEntries(given), environment };
}

program.allowExcessArguments(false).action(() => run(sources()));

program
  .command('config')
  .description('settings, without a server')
  .command('check')
  .description('say whether the settings are fine, and where each of them comes from')
  .action(() => {
    const { isFine, lines } = checkConfig(sources());
    const output = isFine ? process.stdout : process.stderr;
    output.write(lines.map((line) => `${line}\n`).join(''));
    process.exitCode = isFine ? 0 : 1;
  });

program
  .command('drain')
  .description('have the server that runs here with these settings drain itself, and end')
  .action(async () => {
    const result = readSettings(sources(), 'ask');
    const asked = result.ok
      ? await askToDrain(result.settings)
      : ({ ok: false, line: result.problems.join('\n') } as const);
    if (asked.ok) process.stdout.write(`${asked.value}\n`);
    else process.stderr.write(`${asked.line}\n`);
    process.exitCode = asked.ok ? 0 : 1;
  });

addObserverCommands(program, () => readSettings(sources(), 'ask'));
addOperatorCommands(program, () => readSettings(sources(), 'ask'));

void program.parseAsync();
