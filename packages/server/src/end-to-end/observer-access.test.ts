import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.suite';
import { describeInBrowser, Observing } from './observer-browser.suite';
import { ServerProcess } from './server-process.suite';

const folder = mkdtempSync(join(tmpdir(), 'chat-token-'));
const tokenFile = join(folder, 'token');
writeFileSync(tokenFile, 'a-token-of-many-letters\n', { mode: 0o600 });

afterAll(() => rmSync(folder, { recursive: true }));

describeInBrowser('who looks at the observer', () => {
  test('with a token is let in once they have it, and out again', async () => {
    const server = await ServerProcess.start('--http-token-file', tokenFile);
    const observing = await Observing.begin(server, { expected: /status of 401/ });
    const { page } = observing;
    const field = page.getByLabel('Token');
    await field.fill('a-wrong-one');
    await observing.button('Log in').click();
    await page.getByRole('alert').filter({ hasText: 'That is not the token.' }).waitFor();
    await field.fill('a-token-of-many-letters');
    await observing.button('Log in').click();
    await observing.isLive();
    await observing.row('chat/store').click();
    await observing.button('Restart …').click();
    await observing.sees('done by 127.0.0.1 (logged in)', 'dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Restart' }).click();
    await observing.sees('restart by 127.0.0.1 (logged in): done', '#report-list');
    await observing.button('Log out').click();
    await field.waitFor();
    await page.goto(`http://127.0.0.1:${server.httpPort}/observer/`);
    await field.waitFor();
    expect(await server.said('Operator: restart')).toMatchObject([{ target: 'chat/store' }]);
  });

  test('is led to the login where the server knows them no more', async () => {
    const server = await ServerProcess.start('--http-token-file', tokenFile);
    const observing = await Observing.begin(server, { expected: /status of 401|ERR_/ });
    await observing.page.getByLabel('Token').fill('a-token-of-many-letters');
    await observing.button('Log in').click();
    await observing.isLive();
    await observing.context.clearCookies();
    await server.kill();
    await observing.sees('The server does not answer.', '#banner');
    await again(server, '--http-token-file', tokenFile);
    await observing.sees('You are logged out.', '#banner');
    await observing.page.getByRole('link', { name: 'Log in' }).click();
    await observing.page.getByLabel('Token').waitFor();
    expect(observing.page.url()).toMatch(/\/login$/);
  });

  test('without a token is not asked to log out', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server);
    await observing.isLive();
    await observing.sees(/\w+-1/, '#node');
    expect(await observing.button('Log out').count()).toBe(0);
  });

  test('sees at once that the server is gone, how old things are, and what is new when it is back', async () => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server, { expected: /ERR_/ });
    await observing.isLive();
    await observing.number('users', '1');
    await server.kill();
    await observing.sees('Disconnected', '#connection-state');
    await observing.sees(/What you see is \d+ s old/, '#banner');
    await observing.number('users', '1');
    expect(await observing.page.title()).toBe('Disconnected – Chat server');
    await one.closed;
    await again(server);
    await observing.isLive();
    await observing.number('users', '0');
    await observing.page.locator('#banner').waitFor({ state: 'hidden' });
    expect(await observing.page.title()).toBe('Chat server: observer');
  });

  test('is told where too many are watching', async () => {
    const server = await ServerProcess.start();
    const watchers = await Promise.all(Array.from({ length: 16 }, () => watch(server)));
    const observing = await Observing.begin(server, { expected: /status of 503/ });
    await observing.sees('As many are watching as the server allows', '#banner');
    for (const watcher of watchers) watcher.destroy();
    await observing.isLive();
    expect(await observing.page.locator('#banner').isHidden()).toBe(true);
  });

  test('is told that a server is being drained', async () => {
    const server = await ServerProcess.start('--drain-delay', '1h');
    await Client.login(server.port, 'one');
    const observing = await Observing.begin(server, { expected: /ERR_/ });
    await observing.isLive();
    server.signal('SIGTERM');
    await observing.sees('draining', '#server-state');
    expect(await observing.page.locator('#connection-state').textContent()).toBe('Live');
  });
});

/** Someone who watches without a browser; unlike with `fetch`, until they are destroyed. */
async function watch({ httpPort }: ServerProcess): Promise<IncomingMessage> {
  const asked = get({ port: httpPort, host: '127.0.0.1', path: '/observer/api/events' });
  const [events] = (await once(asked, 'response')) as [IncomingMessage];
  // To be destroyed is an error to them.
  events.once('error', () => undefined);
  return events.resume();
}

/** Another server where that one was. */
function again(
  { port, httpPort }: ServerProcess,
  ...args: readonly string[]
): Promise<ServerProcess> {
  return ServerProcess.start('--port', `${port}`, '--http-port', `${httpPort}`, ...args);
}
