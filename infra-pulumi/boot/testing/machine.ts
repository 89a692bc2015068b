import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cleanups } from './cleanups';
import { run } from './commands';
import { eventually } from './eventually';

interface Parts {
  /** Of the instance, in AWS' words. */
  readonly id: string;
  readonly address: string;
  /** Read-only folders, the uppermost first. */
  readonly layers: readonly string[];
  /** Where what it writes goes. */
  readonly folder: string;
  /** Path of its network namespace. */
  readonly network: string;
}

const ownCgroups = `
  if mountpoint --quiet /sys/fs/cgroup; then umount --recursive /sys/fs/cgroup; fi
  mount -t cgroup2 cgroup2 /sys/fs/cgroup`;

/**
 * A machine of its own under systemd. It has a private cgroup2 tree, whatever version the tests' own
 * machine uses; the disk outlives {@link Machine.stop}, as an instance's does a reboot.
 */
export class Machine {
  readonly #disk: string;
  readonly #cgroupPath: string;
  #container: ChildProcess | undefined;
  #init = 0;

  private constructor(private readonly parts: Parts) {
    this.#disk = join(parts.folder, 'disk');
    this.#cgroupPath = `/sys/fs/cgroup/chat-boot-${process.pid}-${parts.id}`;
  }

  /** A machine that has not been started yet; the clean-up stops it and removes its mounts. */
  static async create(cleanups: Cleanups, parts: Parts): Promise<Machine> {
    const machine = new Machine(parts);
    const upper = join(parts.folder, 'written');
    const work = join(parts.folder, 'work');
    for (const folder of [upper, work, machine.#disk]) mkdirSync(folder, { recursive: true });
    const layers = `lowerdir=${parts.layers.join(':')},upperdir=${upper},workdir=${work}`;
    await run('mount', ['-t', 'overlay', 'overlay', '-o', layers, machine.#disk]);
    cleanups.add(() => run('umount', [machine.#disk]));
    cleanups.add(async () => machine.kill());
    return machine;
  }

  get id(): string {
    return this.parts.id;
  }

  get address(): string {
    return this.parts.address;
  }

  /** Puts a file on its disk before it starts. */
  write(path: string, content: string): void {
    const file = join(this.#disk, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }

  /** Switches it on. */
  async start(): Promise<void> {
    const console = openSync(join(this.parts.folder, 'console.log'), 'a');
    this.#container = spawn('unshare', ['--mount', 'sh', '-euc', this.#script()], {
      stdio: ['ignore', console, console],
      env: { PATH: process.env['PATH'], SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' },
    });
    closeSync(console);
    const { pid } = this.#container;
    this.#init = 0;
    this.#init = await eventually(`${this.id} has an init`, 20, () => initOf(Number(pid)));
  }

  /** Shuts it down in order, and waits for that. */
  async stop(): Promise<void> {
    await this.#end(async () => this.run('systemctl', 'poweroff', '--no-block'));
  }

  /** Takes its power: with the first of its processes all of them end. */
  async kill(): Promise<void> {
    // Without an init there is no namespace of processes yet, and the container itself goes.
    await this.#end(() => {
      if (this.#init > 0) process.kill(this.#init, 'SIGKILL');
      else this.#container?.kill('SIGKILL');
    });
  }

  /** Runs a command in there. @returns what it wrote. */
  async run(command: string, ...args: readonly string[]): Promise<string> {
    const inside = [`--target=${this.#init}`, '--all', 'env', '-i', 'LC_ALL=C.UTF-8'];
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin';
    return (await run('nsenter', [...inside, path, command, ...args])).trim();
  }

  /** A property of the chat server's unit. */
  async property(name: string): Promise<string> {
    return this.run('systemctl', 'show', '--value', `--property=${name}`, 'chat-server.service');
  }

  /** What the boot script said to the journal, in the end. */
  async bootRecord(): Promise<readonly string[]> {
    const args = ['--identifier=chat-server-boot', '--output=cat', '--no-pager'];
    return (await this.run('journalctl', ...args)).split('\n').filter((line) => line !== '');
  }

  /** The end of what was shown on its console, for somebody to read. */
  console(): string {
    return readFileSync(join(this.parts.folder, 'console.log'), 'utf8').slice(-4000);
  }

  async #end(order: () => unknown): Promise<void> {
    const container = this.#container;
    if (container === undefined) return;
    const ended = container.exitCode === null ? once(container, 'exit') : undefined;
    await order();
    await ended;
    this.#container = undefined;
    const remove = `find ${this.#cgroupPath} -depth -type d -exec rmdir {} +`;
    await run('unshare', ['--mount', 'sh', '-euc', `${ownCgroups}\n${remove}`]);
  }

  #script(): string {
    const { id, network } = this.parts;
    return `${ownCgroups}
      mkdir -p ${this.#cgroupPath}
      echo $$ >${this.#cgroupPath}/cgroup.procs
      exec systemd-nspawn --quiet --boot --directory='${this.#disk}' --machine=${id} \
        --register=no --keep-unit --link-journal=no --resolv-conf=off --timezone=off \
        --kill-signal=SIGRTMIN+3 --network-namespace-path='${network}' --console=read-only`;
  }
}

/** The first process of a container, once it is systemd. */
function initOf(container: number): number | undefined {
  const children = readFileSync(`/proc/${container}/task/${container}/children`, 'utf8');
  const pids = children.trim().split(' ').map(Number);
  return pids.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'systemd\n');
}
