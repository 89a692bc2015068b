import { texts } from '@chat-server/protocol';
import { Client } from './client.suite';
import { describeInBrowser, Observing } from './observer-browser.suite';
import { ServerProcess } from './server-process.suite';
import { httpAnswer } from '../http/http-client.suite';

const headers = { 'X-Chat-Action': '1', 'Content-Type': 'application/json' };

describeInBrowser('moderation at the observer', () => {
  test('shows what operators did as text, also after a reload', async () => {
    const server = await ServerProcess.start();
    const observing = await Observing.begin(server);
    await observing.isLive();
    await observing.sees('Nobody has been banned, muted or kicked.', '#moderation');
    const op = await Client.login(server.port, 'op');
    await op.does('/register correct horse', texts.registered('op'));
    const path = '/api/operators/add';
    await httpAnswer(server.httpPort, path, { method: 'POST', headers }, '{"name":"op"}');
    await op.sees(texts.nowOperator);
    const reason = '<img src=x onerror=alert(1)> & "spam"';
    op.types(`/server ban one 1h ${reason}`, `/server mute two`, '/lockdown guests a raid');
    await op.transcript.until(texts.lockdownIs('guests', 'a raid'));
    const isShown = async (): Promise<void> => {
      await observing.sees(reason, '#moderation .moderation td');
      await observing.sees('1 operator, 1 ban, 1 mute', '#moderation-count');
      await observing.sees('Only registered users may log in, says op: a raid', '#lockdown');
      await observing.sees('operator add op', '#moderation td');
    };
    await isShown();
    await observing.page.reload();
    await isShown();
    expect(await observing.page.locator('#moderation img').count()).toBe(0);
    await op.does('/lockdown off', texts.lockdownIs('off'));
    await observing.page.locator('#lockdown').waitFor({ state: 'hidden' });
  });
});
