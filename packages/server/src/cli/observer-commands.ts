import type { Command } from 'commander';
import type { Asked } from './asking';
import { ObserverClient } from './observer-client';
import type { SettingsResult } from './settings';
import { followTop } from './top-command';
import { topFrame } from './top-frame';
import { treeText } from './tree-text';

const plainSize = { columns: Infinity, rows: Infinity };

/** The commands that look at a server that runs: its supervision tree, once or all the time. */
export function addObserverCommands(program: Command, settings: () => SettingsResult): void {
  program
    .command('tree')
    .description('print the supervision tree of the server that runs here with these settings')
    .action(() => withClient(settings(), printTree));
  program
    .command('top')
    .description('follow its busiest actors live; q ends')
    .action(() => withClient(settings(), showTop));
}

async function withClient(
  result: SettingsResult,
  use: (client: ObserverClient) => Promise<Asked<void>>,
): Promise<void> {
  const used: Asked<void> = result.ok
    ? await use(new ObserverClient(result.settings.http))
    : { ok: false, line: result.problems.join('\n') };
  if (used.ok) return;
  process.stderr.write(`${used.line}\n`);
  process.exitCode = 1;
}

async function printTree(client: ObserverClient): Promise<Asked<void>> {
  const tree = await client.tree();
  if (!tree.ok) return tree;
  print(treeText(tree.value));
  return { ok: true, value: undefined };
}

async function showTop(client: ObserverClient): Promise<Asked<void>> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return printTop(client);
  const stop = new AbortController();
  const end = (): void => stop.abort();
  const onKey = (key: Buffer): void => {
    if (['q', 'Q', '\u0003', '\u0004'].includes(key.toString('latin1'))) end();
  };
  stdin.setRawMode(true).on('data', onKey).resume();
  process.once('SIGTERM', end).once('SIGHUP', end);
  const screen = {
    get size() {
      return { columns: stdout.columns, rows: stdout.rows };
    },
    write: (text: string): void => void stdout.write(text),
  };
  try {
    return await followTop(client, screen, stop.signal);
  } finally {
    stdin.setRawMode(false).off('data', onKey).pause();
  }
}

/** Where there is no terminal: once, all of it. */
async function printTop(client: ObserverClient): Promise<Asked<void>> {
  const [tree, charts] = await Promise.all([client.tree(), client.charts()]);
  if (!tree.ok) return tree;
  if (!charts.ok) return charts;
  print(topFrame({ tree: tree.value, charts: charts.value }, plainSize).slice(0, -1));
  return { ok: true, value: undefined };
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
