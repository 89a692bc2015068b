import { Bystanders } from '../chat/bystanders';
import { anEpisode, type Episode, play } from '../chat/episode';
import { ServerProcess } from '../chat/server-process';
import { connectTo } from '../chat/socket-link';
import type { Connect } from '../chat/link';
import type { Target, Trial } from '../target';

/** The server as it is started, in a process of its own, over its real port. */
export const port: Target<Episode> = {
  name: 'port',
  what: 'the same conversations over the real port of a server in a process of its own',
  batch: 20,
  share: 1_000,
  generate: anEpisode,
  open: () => PortTrial.open(),
};

class PortTrial implements Trial<Episode> {
  private constructor(
    private readonly server: ServerProcess,
    private readonly bystanders: Bystanders,
    private readonly connect: Connect,
  ) {}

  static async open(): Promise<PortTrial> {
    // Where names are registered, wrong passwords wait, for half a minute in the end.
    const args = ['--no-flood-control', '--max-rooms', '50', '--registration', 'closed'];
    const server = await ServerProcess.start(...args);
    const at = await server.port;
    const connect: Connect = () => connectTo(at);
    return new PortTrial(server, await Bystanders.gather(connect), connect);
  }

  async feed(episodes: readonly Episode[]): Promise<void> {
    await Promise.all(episodes.map((episode) => play(episode, this.connect)));
    await this.bystanders.check();
    this.server.check();
  }

  async close(): Promise<void> {
    await this.bystanders.leave();
    await this.server.stop();
  }
}
