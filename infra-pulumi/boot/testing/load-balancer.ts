import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { httpPort } from '../../src/ports';
import type { Cleanups } from './cleanups';
import { eventually } from './eventually';
import { hostAddress } from './network';

/** Where people come when there are several instances. */
export const balancedPort = 2323;

const chatPort = 8080;

/**
 * Stands in for the network load balancer: TCP, to those that answer `/readyz`, checked as often
 * as AWS does it at its fastest, or faster.
 */
export class LoadBalancer {
  readonly #socket: string;

  constructor(private readonly folder: string) {
    this.#socket = join(folder, 'haproxy.sock');
  }

  async start(cleanups: Cleanups, addresses: readonly string[]): Promise<void> {
    const file = join(this.folder, 'haproxy.cfg');
    writeFileSync(file, this.#configuration(addresses));
    const proxy = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    cleanups.add(async () => {
      const ended = once(proxy, 'exit');
      if (proxy.kill()) await ended;
    });
    await eventually('the load balancer runs', 10, async () => {
      return (await this.#ask('show info')).includes('Version');
    });
  }

  /** Waits until exactly these instances get new connections. */
  async awaitTargets(addresses: readonly string[], secondsMax = 60): Promise<void> {
    const wanted = addresses.toSorted((a, b) => a.localeCompare(b)).join(' ');
    await eventually(`targets ${wanted}`, secondsMax, async () => {
      const rows = (await this.#ask('show stat')).split('\n').map((line) => line.split(','));
      const up = rows.filter(([proxy, server, ...rest]) => {
        return proxy === 'chat' && server !== 'BACKEND' && rest[15]?.startsWith('UP');
      });
      const names = up.map(([, server = '']) => server);
      return names.toSorted((a, b) => a.localeCompare(b)).join(' ') === wanted;
    });
  }

  /** No new connections for an instance: those that are there stay. */
  async drain(address: string): Promise<void> {
    await this.#ask(`set server chat/${address} state drain`);
  }

  async #ask(command: string): Promise<string> {
    const socket = connect(this.#socket);
    socket.end(`${command}\n`);
    return text(socket);
  }

  #configuration(addresses: readonly string[]): string {
    return `
global
  stats socket ${this.#socket} level admin
defaults
  mode tcp
  timeout connect 3s
  timeout client 350s
  timeout server 350s
listen chat
  bind ${hostAddress}:${balancedPort}
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  default-server check port ${httpPort} inter 500ms fall 2 rise 2 init-addr none
${addresses.map((address) => `  server ${address} ${address}:${chatPort}`).join('\n')}
`;
  }
}
