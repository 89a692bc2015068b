import { ServerProcess } from './server-process.suite';
import { TmuxWindow } from './tmux.suite';
import { describeWith, RealClient } from './real-client.suite';

const greeting = (name: string): string =>
  `Welcome, ${name}.\r\nType /help to see available commands.\r\n`;

type Start = (name: string, port: number) => RealClient;

/** The conversation of two people with clients that show what the server sends, and no more. */
async function talk(start: Start): Promise<void> {
  const { port } = await ServerProcess.start();
  const one = start('one', port);
  const two = start('two', port);
  for (const person of [one, two]) {
    await person.screen.reads('Login:');
    person.types(person.name);
    await person.screen.reads(greeting(person.name));
  }
  one.types('/root');
  await one.screen.sees('Command not known, type /help to see available commands.');
  one.types('/users');
  await one.screen.sees('Online users: one, two');
  one.types('/create Planes');
  await one.screen.sees('Room Planes created.');
  two.types('/join Planes');
  await two.screen.sees('[*]: User two joined Planes.');
  one.types('/join Planes');
  for (const person of [one, two]) await person.screen.sees('[*]: User one joined Planes.');
  two.types('hi \u{1F600} ünï');
  await one.screen.sees('[two]: hi \u{1F600} ünï');
  two.types('/whisper one psst');
  await one.screen.sees('<<two>>: psst');
  one.types('/leave');
  await one.screen.sees('You left room Planes.');
  await two.screen.sees('[*]: User one left Planes.');
  for (const person of [one, two]) {
    person.types('/quit');
    await person.screen.sees('Bye.');
    // nc shows what comes as long as it is typed into.
    person.endsInput();
    expect(await person.screen.toTheEnd()).toEqual([]);
  }
}

/** Two people in windows of real terminals who log in, talk, whisper and quit. */
async function talkInWindows(commandOf: (port: number) => string): Promise<TmuxWindow[]> {
  const { port } = await ServerProcess.start();
  const windows = ['one', 'two'].map((name) => ({ name, window: new TmuxWindow(commandOf(port)) }));
  for (const { name, window } of windows) {
    await window.until(() => window.rows.some((row) => row.includes('Login:')), 'Login:');
    window.enters(name);
    await window.sees('Type /help to see available commands.');
  }
  const [one, two] = windows.map(({ window }) => window);
  if (one === undefined || two === undefined) throw new Error('there are two windows');
  one.enters('/create Planes');
  await one.sees('Room Planes created.');
  one.enters('/join Planes');
  await one.sees('[*]: User one joined Planes.');
  two.enters('/join Planes');
  for (const window of [one, two]) await window.sees('[*]: User two joined Planes.');
  two.enters('hi ünï 😀');
  await one.sees('[two]: hi ünï 😀');
  one.enters('/whisper two psst');
  await two.sees('<<one>>: psst');
  for (const window of [one, two]) {
    window.enters('/quit');
    await window.sees('Bye.');
  }
  return [one, two];
}

/** What of a screen is none of what is typed or said: signs of bytes that are not for people. */
const rubbish = /[^\x20-\x7e\u00ef\u00fc\u{1F600}\u2192]/u;

describeWith('nc')('nc', () => {
  test('two people talk, and read nothing but what the wire promises', async () => {
    expect.hasAssertions();
    await talk((name, port) => new RealClient(name, 'nc', ['127.0.0.1', `${port}`]));
  });

  test('with -C, which ends lines as telnet does, there is one question, and the next line goes over it', async () => {
    const { port } = await ServerProcess.start();
    const one = new RealClient('one', 'nc', ['-C', '127.0.0.1', `${port}`]);
    await one.screen.reads('Login:');
    one.types('one');
    await one.screen.shows('\r\0Welcome, one.');
    one.types('/users');
    await one.screen.shows('Online users: one');
    expect(one.screen.all).toBe(
      'Login:\uFFFD\uFFFD\u0018\r\0Welcome, one.\r\nType /help to see available commands.\r\nOnline users: one\r\n',
    );
  });

  test('what is piped in is answered to its end', async () => {
    const { port } = await ServerProcess.start();
    const pipe = new RealClient('pipe', 'nc', ['-N', '127.0.0.1', `${port}`]);
    pipe.types('one', '/users', '/quit');
    pipe.endsInput();
    await pipe.screen.reads('Login:');
    expect(await pipe.screen.toTheEnd()).toEqual([
      'Welcome, one.',
      'Type /help to see available commands.',
      'Online users: one',
      'Bye.',
    ]);
    expect(await pipe.exit).toBe(0);
  });

  test('what is piped in is answered also without a goodbye', async () => {
    const { port } = await ServerProcess.start();
    const pipe = new RealClient('pipe', 'nc', ['-N', '127.0.0.1', `${port}`]);
    pipe.types('one', '/create Planes', '/join Planes', 'hi', '/history');
    pipe.endsInput();
    await pipe.screen.reads('Login:');
    const lines = await pipe.screen.toTheEnd();
    expect(lines.slice(2)).toEqual([
      'Room Planes created.',
      '[*]: User one joined Planes.',
      'The last line of Planes, times in UTC:',
      expect.stringMatching(/^\d\d:\d\d \[one\]: hi$/),
    ]);
  });
});

describeWith('plink')('plink', () => {
  test('two people talk with -raw', async () => {
    expect.hasAssertions();
    await talk(
      (name, port) =>
        new RealClient(name, 'plink', ['-batch', '-raw', '-P', `${port}`, '127.0.0.1']),
    );
  });
});

describeWith(
  'tmux',
  'nc',
  'plink',
  'socat',
  'telnet',
  'tt++',
)('in a window of a terminal', () => {
  test.each([
    ['telnet', (port: number) => `telnet 127.0.0.1 ${port}`],
    ['plink -telnet', (port: number) => `plink -telnet -P ${port} 127.0.0.1`],
    ['plink -raw', (port: number) => `plink -raw -P ${port} 127.0.0.1`],
    ['nc', (port: number) => `nc 127.0.0.1 ${port}`],
    ['nc -C', (port: number) => `nc -C 127.0.0.1 ${port}`],
    ['socat', (port: number) => `socat - TCP:127.0.0.1:${port}`],
    ['tintin++', (port: number) => `tt++ -G -e "#session chat 127.0.0.1 ${port}"`],
  ])(
    'two people talk with %s, and see nothing but what is for people',
    async (_name, commandOf) => {
      const windows = await talkInWindows(commandOf);
      const rows = windows.flatMap(({ history }) => history);
      expect(rows.filter((row) => rubbish.test(row))).toEqual([]);
    },
  );
});
