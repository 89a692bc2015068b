/**
 * Makes the picture of the observer that the front page shows: `npm run picture:observer`.
 *
 * It needs Debian's `chromium`. What it shows is the built server with people who talk, one of whom
 * has just crashed; it takes two minutes, since that is what the charts show.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ObservedServer } from './observed-server';
import { palettePng } from './palette-png';
import { readPng } from './png-pixels';
import { Talk } from './talk';

const peopleCount = 200;
const talkMs = 75_000;
const afterCrashMs = 6_000;
const bytesMax = 150_000;

async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('Give the file to write.');
  const server = await ObservedServer.start();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  try {
    const talk = await Talk.begin(server.port, peopleCount);
    await wait(talkMs);
    talk.crash();
    await wait(afterCrashMs);
    const picture = palettePng(readPng(await screenshot(browser, server)));
    await talk.end();
    if (picture.length > bytesMax) throw new Error(`The picture has ${picture.length} bytes.`);
    writeFileSync(file, picture);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function screenshot(browser: Browser, server: ObservedServer): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  await hideFolder(page, server.folder);
  await page.goto(server.observerUrl);
  const listener = page.locator('tr[data-kind="dynamic"]', { hasText: '1 crashed' });
  await listener.waitFor();
  await page.locator('#report-list [data-kind="crash"] .path').click();
  await page.locator('#actor pre').waitFor();
  // The rates of messages are those of two looks.
  await wait(3_000);
  await page.mouse.move(0, 0);
  return page.screenshot();
}

/** A stack tells where the server was built, and the picture is of any. */
async function hideFolder(page: Page, folder: string): Promise<void> {
  await page.route('**/api/actors*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(folder, '/opt/chat-server');
    await route.fulfill({ response, body });
  });
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
