import { ChatServer } from './chat-server';
import { PlainClient } from './plain-client';
import type { Screen } from './screen';
import { TelnetWindow } from './telnet-window';

const columns = 76;
const rows = 20;

/**
 * The screen of someone on telnet at the end of a conversation of three, on a server of their own.
 *
 * Each waits until what was said before is on that screen, so it is the same every time.
 */
export async function recordSession(): Promise<Screen> {
  const server = await ChatServer.start();
  try {
    const window = new TelnetWindow(server.port, columns, rows);
    await comeIn(window);
    const bessie = await join(window, server.port, 'bessie');
    const yuki = await join(window, server.port, 'yuki');
    await talk(window, bessie, yuki);
    return window.screen();
  } finally {
    // Everyone is sent away by the server, so nothing else has to be ended.
    await server.stop();
  }
}

async function comeIn(window: TelnetWindow): Promise<void> {
  await window.shows('Login:');
  window.enters('amelia');
  await window.shows('lobby> ');
  window.enters('/theme dark');
  await window.shows('Colours for', 'lobby> ');
  window.enters('/create Planes');
  await window.shows('Room Planes created.', 'lobby> ');
  window.enters('/join Planes');
  await window.shows('[*]: User amelia joined Planes.', '#Planes> ');
}

async function join(window: TelnetWindow, port: number, name: string): Promise<PlainClient> {
  const client = await PlainClient.login(port, name);
  client.enters('/join Planes');
  await window.shows(`[*]: User ${name} joined Planes.`, '#Planes> ');
  return client;
}

async function talk(window: TelnetWindow, bessie: PlainClient, yuki: PlainClient): Promise<void> {
  bessie.enters('Did you see the 747 this morning?');
  await window.shows('[bessie]: Did you see', '#Planes> ');
  window.enters('It was mine.');
  await window.shows('[amelia]: It was mine.', '#Planes> ');
  yuki.enters('すごい! 飛行機が大好きです 🛫✨');
  await window.shows('[yuki]: すごい!', '#Planes> ');
  bessie.enters(
    'Then tell us all about it: how does she climb with a full load, and is it true that you ' +
      'can see the earth curve from up there?',
  );
  await window.shows('earth curve from up there?', '#Planes> ');
  yuki.enters('/me waves from the tower');
  await window.shows('* yuki waves', '#Planes> ');
  bessie.enters('/whisper amelia Will you take me along next time?');
  await window.shows('<<bessie>>: Will you', '#Planes> ');
  window.types('She climbs like a lark, and as for the');
  await window.shows('#Planes> She climbs like a lark, and as for the');
  yuki.enters('And the curve? 🌍');
  await window.shows('[yuki]: And the curve?', '#Planes> She climbs like a lark, and as for the');
}
