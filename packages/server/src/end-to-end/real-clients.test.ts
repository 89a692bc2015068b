import { ServerProcess } from './server-process.suite';
import { onTerminal, RealClient, describeWith } from './real-client.suite';

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

/** The same on a terminal, where what is typed is seen as well. */
async function talkOnTerminals(commandOf: (port: number) => string): Promise<void> {
  const { port } = await ServerProcess.start();
  const one = onTerminal('one', commandOf(port));
  const two = onTerminal('two', commandOf(port));
  for (const person of [one, two]) {
    await person.screen.shows('Login:');
    person.types(person.name);
    await person.screen.shows(`Welcome, ${person.name}.`);
    await person.screen.shows('Type /help to see available commands.');
  }
  one.types('/root');
  await one.screen.shows('Command not known, type /help to see available commands.');
  one.types('/create Planes');
  await one.screen.shows('Room Planes created.');
  two.types('/join Planes');
  await two.screen.shows('[*]: User two joined Planes.');
  one.types('/join Planes');
  for (const person of [one, two]) await person.screen.shows('[*]: User one joined Planes.');
  two.types('hi ünï');
  await one.screen.shows('[two]: hi ünï');
  two.types('/whisper one psst');
  await one.screen.shows('<<two>>: psst');
  one.types('/leave');
  await one.screen.shows('You left room Planes.');
  await two.screen.shows('[*]: User one left Planes.');
  for (const person of [one, two]) {
    person.types('/quit');
    await person.screen.shows('Bye.');
    await person.exit;
    expect(person.screen.unread).not.toMatch(/\[(?:one|two)\]:/);
  }
}

describeWith('nc')('nc', () => {
  test('two people talk, and read nothing but what the wire promises', async () => {
    expect.hasAssertions();
    await talk((name, port) => new RealClient(name, 'nc', ['127.0.0.1', `${port}`]));
  });

  test('two people talk with -C, which ends lines as telnet does', async () => {
    expect.hasAssertions();
    await talk((name, port) => new RealClient(name, 'nc', ['-C', '127.0.0.1', `${port}`]));
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

describeWith('plink', 'script')('plink', () => {
  test('two people talk with -raw', async () => {
    expect.hasAssertions();
    await talk(
      (name, port) =>
        new RealClient(name, 'plink', ['-batch', '-raw', '-P', `${port}`, '127.0.0.1']),
    );
  });

  test('two people talk with -telnet, which negotiates at once', async () => {
    expect.hasAssertions();
    await talkOnTerminals((port) => `plink -telnet -P ${port} 127.0.0.1`);
  });
});

describeWith('telnet', 'script')('telnet', () => {
  test('two people talk', async () => {
    expect.hasAssertions();
    await talkOnTerminals((port) => `telnet 127.0.0.1 ${port}`);
  });
});
