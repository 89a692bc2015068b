import { redisBinaries } from './redis-binaries.suite';

/** `describe` where a Redis server is installed; elsewhere skips it, or fails in CI. */
export function describeWithRedis(name: string, body: () => void): void {
  if (redisBinaries !== undefined) {
    describe(name, body);
  } else if (process.env['CI'] === undefined) {
    const skipped = `${name} (not tried, since no redis-server or valkey-server is installed)`;
    // Jest does not print the names of what it skips, unless asked to.
    process.stderr.write(`${skipped}\n`);
    describe.skip(skipped, body);
  } else {
    describe(name, () => {
      test('is tried against a real Redis server', () => {
        throw new Error(
          'CI must try it: install redis-server and redis-cli, or valkey-server and valkey-cli',
        );
      });
    });
  }
}
