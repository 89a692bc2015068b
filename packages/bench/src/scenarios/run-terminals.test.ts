import { noFaults } from '../checking/faults';
import { closedLoop, oneRoom } from './plans';
import type { RunResult } from './run-result';
import { runTerminals, runTerminalsIdle } from './run-terminals';

/** Runs that give these figures, one after another, without running anything. */
function givingInTurn(
  figure: keyof RunResult['metrics'],
  values: readonly (number | undefined)[],
): () => Promise<RunResult[]> {
  let run = 0;
  return async () => {
    const value = values[run++];
    const metrics = value === undefined ? {} : { [figure]: value };
    return [{ label: `run ${run}`, metrics, faults: noFaults }];
  };
}

const plan = oneRoom(2, 1, closedLoop(1));
const variants = ['plain', 'half', 'all'].map((name) => ({ name, plan }));

test('what rooms reach is a share of what the first of them does', async () => {
  const runs = givingInTurn('deliveriesPerCpuSecond', [200, 100, 50]);
  const results = await runTerminals(runs, 'terminals', variants);
  expect(results.map(({ metrics }) => metrics.shareOfPlain)).toEqual([1, 0.5, 0.25]);
});

test('what a terminal weighs is what it has above a plain connection', async () => {
  const runs = givingInTurn('rssKbPerConnection', [6, 16]);
  const results = await runTerminalsIdle(runs, 'terminals-idle', 10, 20);
  expect(results.map(({ metrics }) => metrics.rssKbAbovePlain)).toEqual([0, 10]);
});

test('without figures there is nothing beside them', async () => {
  const runs = givingInTurn('deliveriesPerCpuSecond', [undefined, 100]);
  const results = await runTerminals(runs, 'terminals', variants.slice(0, 2));
  expect(results.map(({ metrics }) => metrics.shareOfPlain)).toEqual([undefined, undefined]);
});
