import { Client } from './client.suite';
import { describeInBrowser, Observing } from './observer-browser.suite';
import { ServerProcess } from './server-process.suite';

const connection = 'chat/listeners/tcp/listener/connection-1';

describeInBrowser('an operator at the observer', () => {
  test('restarts an actor once it is confirmed, and that is on record', async () => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server);
    await observing.isLive();
    await observing.row('chat/registry').click();
    await observing.button('Restart …').click();
    const dialog = observing.page.getByRole('dialog', { name: 'Restart this actor?' });
    await dialog.filter({ hasText: 'its supervisor starts it again' }).waitFor();
    await dialog.filter({ hasText: 'done by 127.0.0.1 (this machine)' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(server.saidByNow('Operator: restart')).toEqual([]);
    await observing.button('Restart …').click();
    await dialog.getByRole('button', { name: 'Restart' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await observing.sees(
      'restart by 127.0.0.1 (this machine): done',
      '#report-list [data-kind="action"]',
    );
    await observing.sees(/[1-9]/, 'tr[data-path="chat/registry"] .restarts');
    expect(await server.said('Operator: restart')).toMatchObject([
      { target: 'chat/registry', by: '127.0.0.1 (this machine)', outcome: 'done' },
    ]);
    await one.does('/users', 'Online users: one');
  });

  test('disconnects someone, who is told and is not there any more', async () => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server, { expected: /404/ });
    await observing.isLive();
    await observing.row(connection).click();
    await observing.button('Disconnect …').click();
    const dialog = observing.page.getByRole('dialog', { name: 'Disconnect this person?' });
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    expect(await one.transcript.toTheEnd()).toContain('An operator has disconnected you.');
    await one.closed;
    await observing.sees('This actor has ended.', '#actor .gone');
    expect(await observing.button('Disconnect …').count()).toBe(0);
    await observing.number('users', '0');
    await observing.sees('disconnect by', '#report-list [data-kind="action"]');
  });

  test('is told why something cannot be done', async () => {
    const server = await ServerProcess.start();
    const one = await Client.login(server.port, 'one');
    const observing = await Observing.begin(server, { expected: /404/ });
    await observing.isLive();
    await observing.row(connection).click();
    await observing.button('Disconnect …').click();
    one.socket.destroy();
    await observing.number('users', '0');
    const dialog = observing.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'It is not there any more.' }).waitFor();
    expect(await server.said('Operator: disconnect')).toMatchObject([{ outcome: 'not-found' }]);
  });

  test('is offered only what makes sense: no restart of the root, and a goodbye for people only', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server);
    await observing.isLive();
    await observing.row('chat').click();
    await observing.button('Its reports').waitFor();
    expect(await observing.button('Restart …').count()).toBe(0);
    await observing.row('chat/store').click();
    await observing.button('Restart …').waitFor();
    expect(await observing.button('Disconnect …').count()).toBe(0);
  });

  test('gets everywhere with the keyboard: to a row, its details, the dialog, and back', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server);
    await observing.isLive();
    const { keyboard } = observing.page;
    const focused = observing.page.locator(':focus');
    await keyboard.press('Tab');
    await focused.filter({ hasText: 'Skip to the supervision tree' }).waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await focused.getAttribute('data-path')).toBe('chat');
    await keyboard.press('ArrowDown');
    expect(await focused.getAttribute('data-path')).toBe('chat/store');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowLeft');
    expect(await focused.getAttribute('aria-expanded')).toBe('false');
    await observing.row('chat/store').waitFor({ state: 'detached' });
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await observing.sees('chat/store', '#actor .path');
    expect(await focused.getAttribute('id')).toBe('actor-title');
    await observing.button('Restart …').focus();
    await keyboard.press('Enter');
    await focused.filter({ hasText: 'Cancel' }).waitFor();
    await keyboard.press('Escape');
    await focused.filter({ hasText: 'Restart …' }).waitFor();
    await keyboard.press('Escape');
    expect(await focused.getAttribute('data-path')).toBe('chat/store');
  });
});
