import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storePort } from '../../src/ports';
import { certificateFor } from './authority';
import { asksForName, ChatClient } from './chat-client';
import { Cleanups } from './cleanups';
import { eventually } from './eventually';
import { FakeAws } from './fake-aws';
import { startFakeMetadata } from './fake-metadata';
import { GitRepository } from './git-repository';
import { LoadBalancer } from './load-balancer';
import { Machine } from './machine';
import { attach, openNetwork } from './network';
import { startRedis } from './redis';
import { type Distribution, rootImage } from './root-image';
import { writeTestLayer } from './test-layer';
import { userDataFor } from './user-data';
import { type Site, startWebServer } from './web-server';

export const chatPort = 8080;
/** The image is made when it is not in the cache yet. */
export const openingMsMax = 600_000;

const gitHost = 'git.example';
const repositoryUrl = `https://${gitHost}/chat.git`;
/** The name that the mocks give the store. */
const storeHost = 'master.store.example';

/** All that an instance meets: a network, AWS, a git server, a store and a load balancer. */
export class Stage {
  readonly storePassword = 'a pass/word: with "all" & sorts%20of';
  readonly aws = new FakeAws('eu-central-1', this.storePassword);
  readonly repository: GitRepository;
  readonly loadBalancer: LoadBalancer;
  readonly #cleanups = new Cleanups();
  readonly #folder = mkdtempSync(join(tmpdir(), 'chat-boot-'));
  #root = '';
  #machines = 0;

  constructor(
    private readonly distribution: Distribution = process.env['CHAT_BOOT_IMAGE'] === 'ubuntu'
      ? 'ubuntu'
      : 'debian',
  ) {
    this.repository = new GitRepository(this.#path('git', 'chat.git'));
    this.loadBalancer = new LoadBalancer(this.#path('load-balancer'));
  }

  async open(): Promise<void> {
    this.#cleanups.add(() => rmSync(this.#folder, { recursive: true, force: true }));
    this.#root = await rootImage(this.distribution);
    const names = [gitHost, storeHost, ...this.aws.services];
    const certificate = await certificateFor(names, this.#path('certificates'));
    const layer = { folder: this.#path('layer'), root: this.#root, names };
    writeTestLayer({ ...layer, authorityFile: certificate.authorityFile });
    await this.repository.create();
    await openNetwork(this.#cleanups);
    await startFakeMetadata(this.#cleanups);
    const sites = new Map<string, Site>([
      [gitHost, async (request) => this.repository.answer(request)],
      ...this.aws.services.map((name): [string, Site] => [name, (one) => this.aws.answer(one)]),
    ]);
    await startWebServer(this.#cleanups, certificate, sites);
    const data = this.#path('redis');
    await startRedis(this.#cleanups, certificate, data, storePort, this.storePassword);
  }

  /** Undoes all of it. */
  async close(): Promise<void> {
    ChatClient.allLeave();
    await this.#cleanups.run();
  }

  async startLoadBalancer(machines: readonly { readonly address: string }[]): Promise<void> {
    await this.loadBalancer.start(
      this.#cleanups,
      machines.map(({ address }) => address),
    );
  }

  /** The user-data that the program makes for a commit. */
  async userData(commit: string): Promise<string> {
    return userDataFor(repositoryUrl, commit);
  }

  /** An instance that boots this user-data when it is started. */
  async instance(userData: string, { internet = true } = {}): Promise<Machine> {
    const number = ++this.#machines;
    const id = `i-${String(number).padStart(4, '0')}`;
    const address = `10.209.0.${10 + number}`;
    const network = await attach(this.#cleanups, `chat-${number}`, address, { internet });
    const layers = [this.#path('layer'), this.#root];
    const folder = this.#path(id);
    const machine = await Machine.create(this.#cleanups, { id, address, layers, folder, network });
    const seed = '/var/lib/cloud/seed/nocloud';
    machine.write(`${seed}/meta-data`, `instance-id: ${id}\nlocal-hostname: ${id}\n`);
    machine.write(`${seed}/user-data`, userData);
    return machine;
  }

  #path(...names: readonly string[]): string {
    const path = join(this.#folder, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  }
}

/** Waits until people can come in. @returns the seconds that took. */
export async function awaitLogin(machine: Machine, secondsMax: number): Promise<number> {
  const { address, id } = machine;
  const started = performance.now();
  try {
    await eventually(`${id} asks for a name`, secondsMax, () => asksForName(address, chatPort));
  } catch (error) {
    throw new Error(`${String(error)}\n${machine.console()}`, { cause: error });
  }
  return (performance.now() - started) / 1000;
}
