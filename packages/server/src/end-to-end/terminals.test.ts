import { Client } from './client.suite';
import { describeWith } from './real-client.suite';
import { ServerProcess } from './server-process.suite';
import { TmuxWindow } from './tmux.suite';

/** Someone in a window with telnet, and someone with plain lines, both in Planes. */
async function inPlanes(columns = 80, rows = 24): Promise<{ window: TmuxWindow; two: Client }> {
  const { port } = await ServerProcess.start();
  const two = await Client.login(port, 'two');
  two.types('/create Planes', '/join Planes');
  await two.sees('Room Planes created.', '[*]: User two joined Planes.');
  const window = new TmuxWindow(`telnet 127.0.0.1 ${port}`, columns, rows);
  await window.until(() => window.rows.some((row) => row.startsWith('Login:')), 'Login:');
  window.enters('one');
  await window.showsTyped('lobby> ');
  window.enters('/join Planes');
  await window.showsTyped('#Planes> ');
  await two.sees('[*]: User one joined Planes.');
  return { window, two };
}

describeWith('telnet', 'tmux')('telnet in a real terminal', () => {
  test('a message that arrives while a line is typed does not tear it apart', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    window.types('half a li');
    await window.showsTyped('#Planes> half a li');
    two.types('hello there', 'and more');
    await window.showsTyped('[two]: hello there', '[two]: and more', '#Planes> half a li');
    window.enters('ne');
    await two.sees('[one]: half a line');
    await window.showsTyped('[two]: and more', '[one]: half a line', '#Planes> ');
    expect(window.history.join('\n')).not.toContain('#Planes> half');
  });

  test.each([
    [40, 10],
    [80, 24],
    [200, 50],
  ])('what is said is whole at %i x %i, whatever it is written in', async (columns, rows) => {
    expect.hasAssertions();
    const { window, two } = await inPlanes(columns, rows);
    for (const text of ['a 😀 b', '日本語', 'e\u0301te\u0301', 'سلام']) {
      window.types(text);
      await window.showsTyped(`#Planes> ${text}`);
      window.presses('Enter');
      await two.sees(`[one]: ${text}`);
      await window.showsTyped(`[one]: ${text}`, '#Planes> ');
    }
  });

  test('a line longer than the window is wrapped, and follows when the window changes', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes(40, 10);
    const line = 'one two three four five six seven eight nine ten eleven twelve';
    window.types(line);
    await window.showsTyped(
      '#Planes> one two three four five six sev',
      'en eight nine ten eleven twelve',
    );
    await window.resize(60, 10);
    await window.showsTyped(
      '#Planes> one two three four five six seven eight nine ten el',
      'even twelve',
    );
    two.types('hi');
    await window.showsTyped(
      '[two]: hi',
      '#Planes> one two three four five six seven eight nine ten el',
      'even twelve',
    );
    await window.resize(30, 10);
    await window.showsTyped(
      '#Planes> one two three four fi',
      've six seven eight nine ten el',
      'even twelve',
    );
    window.presses('Enter');
    await two.sees(`[one]: ${line}`);
    await window.showsTyped('#Planes> ');
    expect(window.history.filter((row) => row.includes('#Planes> one'))).toEqual([]);
  });

  test('long messages wrap at words, below what was said and not below the name', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes(40, 10);
    two.types('the quick brown fox jumps over the lazy dog');
    await window.showsTyped(
      '[two]: the quick brown fox jumps over',
      '       the lazy dog',
      '#Planes> ',
    );
  });

  test('keys edit the line, and Up brings back what was entered', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    window.types('helo');
    window.presses('Left');
    window.types('l');
    await window.shows('#Planes> hello');
    window.presses('C-a');
    window.types('oh ');
    window.presses('C-e', 'Enter');
    await two.sees('[one]: oh hello');
    window.presses('Up');
    await window.showsTyped('#Planes> oh hello');
    window.presses('C-c');
    await window.showsTyped('#Planes> ');
  });

  test('Tab completes commands, people and rooms', async () => {
    expect.hasAssertions();
    const { window } = await inPlanes();
    window.types('/whi');
    window.presses('Tab');
    await window.showsTyped('#Planes> /whisper ');
    window.types('tw');
    window.presses('Tab');
    await window.showsTyped('#Planes> /whisper two ');
    window.presses('C-u');
    window.types('tw');
    window.presses('Tab');
    await window.showsTyped('#Planes> two: ');
  });

  test('a pasted text of many lines is sent only when it is wanted', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    window.pastes('first\nsecond\nthird');
    await window.showsTyped('Send 3 lines? [y/N] ');
    window.presses('n');
    await window.showsTyped('#Planes> ');
    window.pastes('first\nsecond');
    await window.showsTyped('Send 2 lines? [y/N] ');
    window.presses('y');
    await two.sees('[one]: first', '[one]: second');
    await window.showsTyped('[one]: first', '[one]: second', '#Planes> ');
  });

  test('the prompt says that lines go to one person', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    two.types('/whisper one psst');
    await window.showsTyped('<<two>>: psst', '#Planes> ');
    window.enters('/reply');
    await window.showsTyped('→ two> ');
    window.enters('yes?');
    await two.sees('<<one>>: yes?');
    window.presses('Enter');
    await window.showsTyped('#Planes> ');
  });

  test('what others type can neither move the cursor, nor colour the text, nor name the window', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    window.types('mine');
    await window.showsTyped('#Planes> mine');
    two.types('\u001B[2J\u001B[31mred\u001B]0;title\u0007 \u009B5A\u202Etxt');
    await window.showsTyped('[two]: [2J[31mred]0;title 5Atxt', '#Planes> mine');
  });

  test('names have colours, and lines have times, as one likes', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    two.types('hi');
    await window.showsTyped('[two]: hi', '#Planes> ');
    expect(window.drawn).toContain('\u001B[38;5;');
    window.enters('/theme none');
    window.enters('/timestamps UTC');
    await window.until(() => window.rows.at(-2)?.includes('UTC') === true, 'the time zone');
    window.enters('/clear');
    await window.showsTyped('#Planes> ');
    two.types('ho');
    await window.until(() => /^\d\d:\d\d \[two\]: ho$/.test(window.rows.at(-2) ?? ''), 'a time');
    expect(window.drawn).not.toContain('\u001B[38;5;');
  });

  test('^D on an empty line quits', async () => {
    expect.hasAssertions();
    const { window, two } = await inPlanes();
    window.presses('C-d');
    await two.sees('[*]: User one left Planes.');
    await window.sees('Bye.');
  });
});
