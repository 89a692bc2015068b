import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './commands';

export type Distribution = 'debian' | 'ubuntu';

const recipes: Readonly<Record<Distribution, { suite: string; components: string }>> = {
  debian: { suite: 'trixie', components: 'main' },
  ubuntu: { suite: 'resolute', components: 'main,universe' },
};

/** What a cloud image has, as far as the boot can tell: no git, no Node, no npm. */
const packages = [
  'apt-utils',
  'ca-certificates',
  'cloud-init',
  'curl',
  'dbus',
  'iproute2',
  'libpam-systemd',
  'locales',
  'lsb-release',
  'netbase',
  'procps',
  'python3',
  'sudo',
  'systemd-sysv',
  'systemd-resolved',
  'tzdata',
  'udev',
];

/** A root made of the distribution's packages only. Made once, then found in the user's cache. */
export async function rootImage(distribution: Distribution): Promise<string> {
  const { suite, components } = recipes[distribution];
  const args = [
    '--variant=minbase',
    `--components=${components}`,
    `--include=${packages.join(',')}`,
    // As on an image: what the packages' index says is to be asked for.
    '--customize-hook=rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin',
    suite,
  ];
  const recipe = createHash('sha256').update(JSON.stringify(args)).digest('hex').slice(0, 12);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'chat-boot');
  const root = join(cache, `${suite}-${recipe}`);
  if (existsSync(root)) return root;
  mkdirSync(cache, { recursive: true });
  const unfinished = `${root}.${process.pid}`;
  try {
    await run('mmdebstrap', ['--format=directory', ...args, unfinished]);
    renameSync(unfinished, root);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return root;
}
