import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { describeWith } from './real-client.suite';
import type { ServerProcess } from './server-process.suite';

const executablePath = '/usr/bin/chromium';
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const waitMaxMs = 15_000;

/** `describe` for tests that need a browser. */
export const describeInBrowser = describeWith('chromium');

let browser: Browser | undefined;
const open = new Set<Observing>();

beforeAll(async () => {
  browser = await chromium.launch({ executablePath, args });
});

afterAll(async () => {
  await browser?.close();
});

// What no page may do in any test: throw, complain, or ask anyone but its server.
afterEach(async () => {
  const watching = [...open];
  open.clear();
  await Promise.all(watching.map(({ context }) => context.close()));
  const faults = watching.flatMap((each) => each.faults);
  if (faults.length > 0) throw new Error(`The page is at fault:\n${faults.join('\n')}`);
});

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** Complaints of the browser that belong to what is tried. */
  readonly expected?: RegExp;
  /** Called before the page is asked for. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Someone who looks at a server's observer, in a browser of their own. */
export class Observing {
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async begin(server: Pick<ServerProcess, 'httpPort'>, look: Look = {}): Promise<Observing> {
    if (browser === undefined) throw new Error('no browser');
    const { width = 1_280, height = 900, colorScheme = 'light' } = look;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(waitMaxMs);
    const observing = new Observing(context, page);
    open.add(observing);
    const origin = `http://127.0.0.1:${server.httpPort}/`;
    observing.#listen(origin, look.expected);
    await look.prepare?.(page);
    await page.goto(`${origin}observer/`);
    return observing;
  }

  /** Waits for that text anywhere in an element. */
  async sees(text: string | RegExp, within = 'body'): Promise<void> {
    await this.page.locator(within).filter({ hasText: text }).first().waitFor();
  }

  /** Waits until the stream is there. */
  async isLive(): Promise<void> {
    await this.sees('Live', '#connection-state');
    await this.page.getByRole('treegrid').waitFor();
  }

  /** What the page says now of users, rooms and the like. */
  async number(name: string, value: string): Promise<void> {
    await this.sees(new RegExp(`^${value}$`), `[data-number="${name}"]`);
  }

  row(path: string) {
    return this.page.locator(`tr[data-path="${path}"]`);
  }

  /** The button of that name. */
  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  #listen(origin: string, expected: RegExp = /^$/): void {
    const note = (fault: string): void => {
      if (!expected.test(fault)) this.faults.push(fault);
    };
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) note(`console: ${message.text()}`);
    });
    this.page.on('pageerror', (error) => note(`thrown: ${error.message}`));
    this.context.on('request', (request) => {
      if (!request.url().startsWith(origin)) note(`asked elsewhere: ${request.url()}`);
    });
  }
}
