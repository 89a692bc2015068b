import { Client } from './client.suite';
import { describeInBrowser, Observing } from './observer-browser.suite';
import { ServerProcess } from './server-process.suite';

const listener = 'chat/listeners/tcp/listener';

describeInBrowser('the observer in a browser', () => {
  test('shows the tree, which server it is, and that nobody is there', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server);
    await observing.isLive();
    await observing.sees(/\w+-1/, '#node');
    await observing.sees(/^\d+\.\d+\.\d+$/, '#version');
    for (const path of ['chat', 'chat/store', 'chat/registry', 'chat/rooms', listener]) {
      await observing.row(path).filter({ hasText: 'running' }).waitFor();
    }
    await observing.number('users', '0');
    await observing.sees('none', `tr[data-path="${listener}"]`);
    await observing.sees('There are no rooms.', '#rooms');
    await observing.sees(/MB/, '[data-number="memoryBytes"]');
    expect(await observing.page.title()).toBe('Chat server: observer');
  });

  test('someone who connects is counted within two seconds, and so is someone who leaves', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server);
    await observing.isLive();
    await observing.number('users', '0');
    const one = await Client.login(server.port, 'one');
    const beganAtMs = Date.now();
    await observing.number('users', '1');
    await observing.row(`${listener}/connection-1`).waitFor();
    expect(Date.now() - beganAtMs).toBeLessThan(2_000);
    await one.does('/create Planes', 'Room Planes created.');
    await one.does('/join Planes', '[*]: User one joined Planes.');
    await observing.sees(/Planes\s*1/, '#room-list tr');
    await one.does('/quit', 'Goodbye.').catch(() => undefined);
    one.socket.destroy();
    await observing.number('users', '0');
    await observing.row(`${listener}/connection-1`).waitFor({ state: 'detached' });
  });

  test('a connection that crashes shows its restart, the crash and its stack', async () => {
    const server = await ServerProcess.start('--fault-injection');
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server);
    await observing.isLive();
    one.types('/crash connection');
    const row = observing.row(`${listener}/connection-1`);
    await row.filter({ hasText: 'crashed' }).waitFor();
    await row.locator('.restarts', { hasText: '1' }).waitFor();
    await observing.sees('crashed in receive: fault injected', '#report-list [data-kind="crash"]');
    await observing.sees('started again (restart 1)', '#report-list [data-kind="progress"]');
    await row.click();
    await observing.sees('fault injected into the connection', '#actor .message');
    await observing.sees(/at .*chat-server/, '#actor pre');
    const stack = observing.page.locator('#report-list [data-kind="crash"] details');
    expect(await stack.locator('pre').isVisible()).toBe(false);
    await stack.locator('summary').click();
    await stack.locator('pre', { hasText: 'fault injected' }).waitFor();
  });

  test('of three hundred connections, those that matter are listed, and search finds any', async () => {
    const server = await ServerProcess.start();
    await Promise.all(Array.from({ length: 300 }, () => Client.connect(server.port)));
    const observing = await Observing.begin(server);
    await observing.isLive();
    const group = observing.row(listener);
    await group.filter({ hasText: '300' }).waitFor();
    expect(await group.getAttribute('aria-expanded')).toBe('false');
    await group.locator('.twisty').click();
    await group.filter({ hasText: '20 shown' }).waitFor();
    expect(await observing.page.locator(`tr[data-path^="${listener}/"]`).count()).toBe(20);
    await observing.page.getByRole('searchbox', { name: /Search all actors/ }).fill('NECTION-257');
    await observing.sees('1 actor', '#found');
    await observing.button(/connection-257/).click();
    await observing.sees(`${listener}/connection-257`, '#actor');
    await observing.page.getByRole('searchbox', { name: /Search all actors/ }).fill('nobody');
    await observing.sees('No actor’s path holds this.', '#found');
    await observing.page.getByRole('searchbox', { name: /Search all actors/ }).fill('');
    await observing.row('chat').waitFor();
  });

  test('reports are filtered by kind, path and text, paused, and shown again', async () => {
    const server = await ServerProcess.start('--fault-injection');
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server);
    await observing.isLive();
    const reports = observing.page.locator('#report-list > li');
    await one.does('/crash registry', '[*]: The registry is being made to fail.');
    await reports.filter({ hasText: 'crashed in receive' }).waitFor();
    await observing.page.getByRole('checkbox', { name: 'Crashes' }).check();
    await reports.filter({ hasText: 'started' }).first().waitFor({ state: 'detached' });
    expect(await reports.count()).toBe(1);
    await observing.page.getByRole('searchbox', { name: 'Reports: Part of a path' }).fill('xyz');
    await observing.sees('No report passes these filters.', '#reports');
    await observing.button('Show all').click();
    await observing.page.getByRole('searchbox', { name: 'Reports: Text' }).fill('RESTART 1');
    await reports.filter({ hasText: 'chat/store' }).first().waitFor({ state: 'detached' });
    await reports.filter({ hasText: 'started again (restart 1)' }).first().waitFor();
    await observing.button('Show all').click();
    await observing.button('Pause').click();
    await one.does('/crash store', '[*]: The store is being made to fail.');
    const resume = observing.button(/Resume \([1-9]\d* new\)/);
    await resume.waitFor();
    expect(await reports.filter({ hasText: 'fault injected into the store' }).count()).toBe(0);
    await resume.click();
    await reports.filter({ hasText: 'fault injected into the store' }).first().waitFor();
  });

  test('charts tell their values to the pointer and to the keyboard', async () => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server);
    await observing.isLive();
    const chart = observing.page.getByRole('slider', { name: 'Users' });
    await observing.sees('Last 2 minutes', '#charts-title');
    await chart.hover();
    await observing.sees(/^\d+ at \d\d:\d\d:\d\d$/, '.told');
    await observing.page.mouse.move(0, 0);
    await chart.focus();
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/^\d+ at \d\d:\d\d:\d\d$/);
    await chart.press('Home');
    expect(await chart.getAttribute('aria-valuenow')).toBe('0');
    expect(one.socket.readyState).toBe('open');
  });
});
