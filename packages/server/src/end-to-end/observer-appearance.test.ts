import type { Page, Route } from 'playwright-core';
import { describeInBrowser, type Look, Observing } from './observer-browser.suite';
import { ServerProcess } from './server-process.suite';

const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
const atMs = 1_795_568_513_123;

const crash = { atMs, message: hostile, during: 'receive' };

function actor(path: string, more: object = {}): object {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const id = path.slice(path.lastIndexOf('/') + 1);
  const numbers = { mailbox: 0, messages: 0, restarts: 0, startedAtMs: atMs };
  return { path, parent, id, role: id, kind: 'worker', status: 'running', ...numbers, ...more };
}

const crowd = {
  count: 9_999,
  statuses: { running: 9_990, restarting: 9 },
  mailbox: 1_234,
  mailboxLongest: 99,
  messages: 48_211,
  restarts: 12,
  crashed: 12,
};

const actors = [
  actor('chat', { kind: 'supervisor' }),
  actor(`chat/${hostile.replaceAll('/', '')}`, { crash }),
  actor('chat/listener', { kind: 'dynamic', group: crowd }),
  ...Array.from({ length: 20 }, (_, n) => actor(`chat/listener/connection-${n}`, { mailbox: n })),
];

const report = { number: 1, atMs, kind: 'crash', path: hostile, role: hostile, summary: hostile };

const told = {
  tree: { atMs, actors },
  reports: { reports: [{ ...report, stack: hostile }], skipped: 7 },
  rooms: { rooms: [{ name: hostile, size: 3 }], publicCount: 250, privateCount: 1 },
};

/** Answers for the server with what it would never say. */
async function answerForIt(page: Page): Promise<void> {
  const events = Object.entries(told).map(
    ([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`,
  );
  const body = events.join('');
  await page.route('**/api/events*', (route: Route) =>
    route.fulfill({ contentType: 'text/event-stream', body }),
  );
  await page.route('**/api/actors*', (route: Route) =>
    route.fulfill({ json: { ...actor(`chat/${hostile}`, { crash }), stack: hostile } }),
  );
}

/** The page asks for all of these in one go, in the browser: contrast of what can be read. */
const lowContrasts = `(() => {
  const rgb = (color) => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const backdrop = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return rgb('white');
  };
  const low = [];
  for (const node of document.querySelectorAll('body *')) {
    const hasText = [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    if (!hasText || node.closest('.unseen, .skip') || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const color = node instanceof SVGElement ? style.fill : style.color;
    const [one, other] = [light(rgb(color)), light(backdrop(node))].toSorted((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) low.push(node.className + ' ' + node.textContent.slice(0, 30) + ' ' + ratio);
  }
  return low;
})()`;

/** Controls that a screen reader has no name for. */
const nameless = `[...document.querySelectorAll('button, input, a, [tabindex="0"], dialog[open]')]
  .filter((node) => {
    const by = (node.getAttribute('aria-labelledby') ?? '').split(' ');
    const named = by.map((id) => document.getElementById(id)?.textContent ?? '').join('');
    const own = node.matches('input') ? (node.closest('label')?.textContent ?? '') : node.textContent;
    return !(node.getAttribute('aria-label') || named || own).trim();
  })
  .map((node) => node.outerHTML)`;

async function withCrash(server: ServerProcess, look: Look): Promise<Observing> {
  const observing = await Observing.begin(server, { ...look, prepare: answerForIt });
  await observing.row('chat/listener').waitFor();
  await observing.page.locator('.mark:visible', { hasText: /^crashed$/ }).click();
  await observing.sees('Last crash', '#actor');
  return observing;
}

describeInBrowser('the observer’s page', () => {
  test('shows what people typed as they typed it, and never as HTML', async () => {
    const server = await ServerProcess.start();
    const observing = await withCrash(server, {});
    const { page } = observing;
    for (const within of ['#tree', '#actor .message', '#actor pre', '#reports', '#rooms']) {
      await observing.sees('<img src=x onerror=alert(1)>', within);
    }
    expect(await page.locator('img').count()).toBe(1);
    expect(await page.locator('script').count()).toBe(1);
  });

  test('groups thousands of actors, counts them, and says how they are', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server, { prepare: answerForIt });
    const group = observing.row('chat/listener');
    await group.filter({ hasText: '9,999 · 9 restarting' }).waitFor();
    await group.filter({ hasText: '12 crashed' }).waitFor();
    await group.locator('.mailbox', { hasText: '1.2K (99 max)' }).waitFor();
    await observing.sees('10,002 actors', '#tree-count');
    expect(await observing.page.locator('tbody tr[data-path]').count()).toBe(3);
    await observing.sees('7 more were too fast to show', '#reports-count');
    await observing.sees('and 249 more rooms', '#rooms');
  });

  test.each(['light', 'dark'] as const)(
    'has enough contrast when it is %s, and a name for every control',
    async (colorScheme) => {
      const server = await ServerProcess.start();
      const observing = await withCrash(server, { colorScheme });
      expect(await observing.page.evaluate(lowContrasts)).toEqual([]);
      expect(await observing.page.evaluate(nameless)).toEqual([]);
    },
  );

  test('fits a phone, where details cover the tree until they are closed', async () => {
    const server = await ServerProcess.start();
    const observing = await withCrash(server, { width: 360, height: 740 });
    const { page } = observing;
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(360);
    const details = await page.locator('#actor').boundingBox();
    expect((details?.y ?? 0) + (details?.height ?? 0)).toBe(740);
    await observing.button('Close details').click();
    await page.locator('#actor').waitFor({ state: 'hidden' });
    await observing.row('chat/listener').click();
    await page.locator('#actor').waitFor();
  });
});
