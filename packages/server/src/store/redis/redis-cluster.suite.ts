import { RedisServer } from './redis-server.suite';

const slotsCount = 16_384;

/** A real Redis Cluster on this machine, without replicas, ended with the tests that started it. */
export class RedisCluster {
  private constructor(readonly servers: readonly [RedisServer, ...RedisServer[]]) {}

  /** Resolves when each server finds that every slot is served, after about 2 s. */
  static async start(primaries = 3): Promise<RedisCluster> {
    const [first, ...others] = await Promise.all([
      startNode(),
      ...Array.from({ length: primaries - 1 }, startNode),
    ]);
    const servers = [first, ...others] as const;
    const firstSlotOf = (index: number): number => Math.floor((index * slotsCount) / primaries);
    await Promise.all(
      servers.map(async (server, index) => {
        const slots = [firstSlotOf(index), firstSlotOf(index + 1) - 1].map(String);
        await server.command('CLUSTER', 'ADDSLOTSRANGE', ...slots);
      }),
    );
    for (const { port } of others) {
      await first.command('CLUSTER', 'MEET', '127.0.0.1', `${port}`);
    }
    await Promise.all(servers.map(isServed));
    return new RedisCluster(servers);
  }

  /** Of the first of its servers. */
  get url(): string {
    return this.servers[0].url;
  }
}

function startNode(): Promise<RedisServer> {
  return RedisServer.start({
    args: ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'],
  });
}

async function isServed(server: RedisServer): Promise<void> {
  if (!(await server.logs('Cluster state changed: ok'))) {
    throw new Error(`a server of the cluster ended:\n${server.log}`);
  }
}
