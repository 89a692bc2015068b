/**
 * Makes the picture of a session that the front page shows: `npm run picture`.
 *
 * It needs inetutils' `telnet` and util-linux' `script`. What it draws is what came out of them,
 * and nothing in it depends on the time or on a port, so that it changes only when the server does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recordSession } from './session';
import { renderSvg } from './svg';

async function main(file: string | undefined): Promise<void> {
  if (file === undefined) throw new Error('Give the file to write.');
  const screen = await recordSession();
  const svg = renderSvg(screen, {
    window: 'telnet localhost 8080',
    title: 'Three people in a chat room, seen in a terminal',
    description:
      'Amelia logs in with telnet, creates the room Planes and talks there with Bessie and Yuki. ' +
      'Names have colours, a long line is wrapped below its text, and the line that Amelia is ' +
      'typing stays whole while others talk.',
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, svg);
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
