import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchmark } from './benchmark';
import { parseCommandLine, usage, type Request } from './command-line';
import { readCpuSeconds } from './processes/proc-files';
import { showReport } from './report/report';
import { endAllProcesses } from './scenarios/running';

const say = (line: string): void => console.log(line);

async function run(request: Request): Promise<boolean> {
  say(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}.`);
  if (readCpuSeconds(process.pid) === undefined) {
    say('There is no /proc here: figures per second of CPU and of memory are not available.');
  }
  const { results, sound } = await benchmark({
    scenarios: request.scenarios,
    servers: request.servers,
    rounds: request.rounds,
    generators: request.generators,
    warmUpSeconds: request.warmUpSeconds,
    seconds: request.seconds,
    quick: request.quick,
    say,
  });
  say(`\n${showReport(results)}\n`);
  if (request.json !== undefined) writeFileSync(request.json, JSON.stringify(results, null, 2));
  say(
    sound
      ? 'No line was lost, duplicated, reordered or damaged, and no connection closed.'
      : 'Something failed or went wrong, see above.',
  );
  return sound;
}

async function stop(exitCode: number): Promise<never> {
  await endAllProcesses();
  process.exit(exitCode);
}

async function main(): Promise<void> {
  // 128 and the signal's number, as shells have it.
  process.once('SIGINT', () => void stop(130));
  process.once('SIGTERM', () => void stop(143));
  let request: Request;
  try {
    request = parseCommandLine(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (request.help) return say(usage);
  process.exitCode = (await run(request)) ? 0 : 1;
}

main().catch(async (error: unknown) => {
  console.error(error);
  await stop(1);
});
