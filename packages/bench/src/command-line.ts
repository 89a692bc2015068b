import { parseArgs } from 'node:util';
import { serverKinds, type ServerKind } from './processes/server-kinds';
import { catalogue } from './scenarios/catalogue';
import { scenarioGroups, type Scenario } from './scenarios/scenario';

function namesOf(group: Scenario['group']): string {
  return catalogue
    .filter((scenario) => scenario.group === group)
    .map(({ name }) => name)
    .join(', ');
}

/** What a command line asks for. */
export interface Request {
  readonly help: boolean;
  readonly scenarios: readonly Scenario[];
  readonly servers: readonly ServerKind[];
  /** Of the measured window; as each scenario has it if not given. */
  readonly seconds: number | undefined;
  /** One short round. */
  readonly quick: boolean;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  readonly generators: number;
  readonly json: string | undefined;
}

export const usage = `Usage: npm run bench -- [scenario …] [options]

Measures the chat server beside two baselines, all on 127.0.0.1.

  --seconds <n>     measured window of a run (default 3, in some cluster scenarios more)
  --rounds <n>      runs of each scenario and server, in turns (default 3)
  --only <servers>  of ${serverKinds.join(',')} (default all)
  --generators <n>  generator processes that share the traffic (default 1)
  --quick           one round, of 1.5 seconds for most: does it work at all?
  --json <file>     write all results to a file as well
  --help            show this

Scenarios: ${namesOf(undefined)}.
${scenarioGroups.map((group) => `With ${group}: ${namesOf(group)}.`).join('\n')}
With all: all of them.
Exits with 1 if a line was lost, duplicated, reordered or damaged, or a connection closed.`;

function atLeast(least: number, option: string, text: string): number {
  const value = Number(text);
  if (!(value >= least)) throw new Error(`--${option} takes a number of at least ${least}.`);
  return value;
}

function chosen<T>(all: readonly T[], wanted: readonly string[], nameOf: (item: T) => string): T[] {
  if (wanted.length === 0) return [...all];
  const names = all.map(nameOf);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`"${unknown}" is none of ${names.join(', ')}.`);
  return all.filter((item) => wanted.includes(nameOf(item)));
}

/** Those that are named, or whose group is; without a name those that are in no group. */
function chosenScenarios(wanted: readonly string[]): Scenario[] {
  if (wanted.length === 0) return catalogue.filter(({ group }) => group === undefined);
  if (wanted.includes('all')) return [...catalogue];
  const names = wanted.flatMap((word) => {
    const grouped = catalogue.filter(({ group }) => group === word);
    return grouped.length === 0 ? [word] : grouped.map(({ name }) => name);
  });
  return chosen(catalogue, names, ({ name }) => name);
}

/** Reads a command line; throws an Error whose message is for whoever typed it. */
export function parseCommandLine(args: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
      generators: { type: 'string', default: '1' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',').filter((name) => name !== '');
  return {
    help: values.help,
    scenarios: chosenScenarios(positionals),
    servers: chosen(serverKinds, only, (kind) => kind),
    seconds: values.seconds === undefined ? undefined : atLeast(0.1, 'seconds', values.seconds),
    quick: values.quick,
    warmUpSeconds: values.quick ? 0.5 : 1,
    rounds: Math.floor(atLeast(1, 'rounds', values.rounds ?? (values.quick ? '1' : '3'))),
    generators: Math.floor(atLeast(1, 'generators', values.generators)),
    json: values.json,
  };
}
