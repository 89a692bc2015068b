import { join } from 'node:path';
import { Client } from './client.suite';
import { describeWith } from './real-client.suite';
import { packageFolder } from './server-process.suite';
import { TmuxWindow } from './tmux.suite';

jest.setTimeout(60_000);

describeWith('tmux')('the terminal that a server was started at', () => {
  test('is closed, and the server says goodbye', async () => {
    const binary = join(packageFolder, 'bin/chat-server.js');
    const options = '--host 127.0.0.1 --port 0 --no-http --store memory:';
    const window = new TmuxWindow(`exec ${process.execPath} ${binary} ${options}`, 200);
    const listening = /Chat server listening on port (\d+)/;
    await window.until(() => listening.test(window.history.join('\n')), 'a port');
    const [, port] = listening.exec(window.history.join('\n')) ?? [];
    const one = await Client.login(Number(port), 'one');
    window.close();
    await one.sees('[*]: The server is stopping. Bye.');
    expect(await one.closed).toBeUndefined();
  });
});
