import { parseCommandLine, usage, type Request } from './command-line';
import { keepFixture } from './fixtures';
import { type Finding, fuzz, inputOf, replay } from './run';
import type { Target } from './target';

const say = (line: string): void => console.log(line);

function tell(target: Target, { seed, keep }: Request, finding: Finding): void {
  const { numbers, inputs, error } = finding;
  const [first = 0] = numbers;
  say(`${target.name}: input ${numbers.join(', ')} of seed ${seed} does not hold:`);
  for (let each = error; each instanceof Error; each = each.cause) say(each.stack ?? each.message);
  if (numbers.length === 1) {
    say(`Again: npm run fuzz -- --target ${target.name} --seed ${seed} --replay ${first}`);
  } else say('None of these alone shows it.');
  if (keep === undefined) return;
  const why = error instanceof Error ? error.message : String(error);
  say(`Kept as ${keepFixture(keep, target.name, `seed-${seed}-${first}`, { why, inputs })}`);
}

/** Feeds one target; resolves with whether all held. */
async function feedOne(
  target: Target,
  request: Request,
  inputs: number,
  untilMs: number,
): Promise<boolean> {
  const missing = target.missing?.();
  if (missing !== undefined) {
    say(`${target.name}: NOT FED, since ${missing}`);
    return process.env['CI'] === undefined;
  }
  const outcome = await fuzz(target, { seed: request.seed, first: 0, inputs, untilMs });
  const seconds = outcome.ms / 1_000;
  const rate = Math.round(outcome.inputs / seconds);
  say(`${target.name}: ${outcome.inputs} inputs in ${seconds.toFixed(1)} s (${rate} a second)`);
  if (outcome.finding !== undefined) tell(target, request, outcome.finding);
  return outcome.finding === undefined;
}

async function again(target: Target, request: Request, number: number): Promise<boolean> {
  const input = inputOf(target, request.seed, number);
  say(`${target.name}: ${JSON.stringify(input)}`);
  const error = await replay(target, [input]);
  if (error !== undefined) tell(target, request, { numbers: [number], inputs: [input], error });
  else say('It holds.');
  return error === undefined;
}

async function run(request: Request): Promise<boolean> {
  const { seed, targets } = request;
  if (request.replay !== undefined) {
    return (
      await Promise.all(targets.map((each) => again(each, request, request.replay ?? 0)))
    ).every(Boolean);
  }
  say(`Seed ${seed}, Node ${process.versions.node}.`);
  const untilMs = performance.now() + request.seconds * 1_000;
  const shares = targets.reduce((sum, { share }) => sum + share, 0);
  let isSound = true;
  for (const target of targets) {
    const inputs = Math.ceil((request.inputs * target.share) / shares);
    isSound = (await feedOne(target, request, inputs, untilMs)) && isSound;
  }
  say(isSound ? 'All of it held.' : 'Something did not hold, see above.');
  return isSound;
}

async function main(): Promise<void> {
  let request: Request;
  try {
    request = parseCommandLine(process.argv.slice(2), Date.now());
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (request.help) return say(usage);
  process.exitCode = (await run(request)) ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
