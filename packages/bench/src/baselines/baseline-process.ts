import { startGatheringServer } from './gathering-server';
import { startPlainServer } from './plain-server';

// A process of its own for one baseline: `baseline-process.js plain|gathering [--quiet-joins]`.
const [kind, ...flags] = process.argv.slice(2);

async function main(): Promise<void> {
  const { port } = await (kind === 'gathering'
    ? startGatheringServer()
    : startPlainServer({ quietJoins: flags.includes('--quiet-joins') }));
  console.log(JSON.stringify({ msg: `Chat server listening on port ${port}`, port }));
}

void main();
