import { setTimeout } from 'node:timers/promises';
import type { TreeView } from '../observer/watched-tree';
import type { Asked } from './asking';
import type { ObserverClient } from './observer-client';
import { type ScreenSize, topFrame } from './top-frame';

/** A terminal that can be drawn on. */
export interface Screen {
  readonly size: ScreenSize;
  write(text: string): void;
}

const everyMs = 1_000;
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/**
 * Shows the busiest actors, once a second, until `stop`; then the screen is as it was before. A
 * server that does not answer is waited for; one that never did is an error.
 */
export async function followTop(
  client: Pick<ObserverClient, 'tree' | 'charts'>,
  screen: Screen,
  stop: AbortSignal,
): Promise<Asked<void>> {
  const first = await client.tree();
  if (!first.ok) return first;
  screen.write(enter);
  try {
    await drawUntil(client, screen, stop, first.value);
  } finally {
    screen.write(leave);
  }
  return { ok: true, value: undefined };
}

async function drawUntil(
  client: Pick<ObserverClient, 'tree' | 'charts'>,
  screen: Screen,
  stop: AbortSignal,
  first: TreeView,
): Promise<void> {
  let [before, tree]: [TreeView | undefined, TreeView] = [undefined, first];
  while (!stop.aborted) {
    const charts = await client.charts();
    const trouble = charts.ok ? undefined : charts.line;
    const seen = { tree, before, charts: charts.ok ? charts.value : undefined, trouble };
    if (!stop.aborted) screen.write(drawn(topFrame(seen, screen.size)));
    await setTimeout(everyMs, undefined, { signal: stop }).catch(() => undefined);
    const next = stop.aborted ? undefined : await client.tree();
    if (next?.ok && next.value.atMs !== tree.atMs) [before, tree] = [tree, next.value];
  }
}

/** In place, so that nothing flickers, and without a line end that would scroll. */
function drawn(lines: readonly string[]): string {
  return home + lines.map((line) => line + clearLine).join('\r\n') + clearBelow;
}
