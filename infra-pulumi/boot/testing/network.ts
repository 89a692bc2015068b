import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Cleanups } from './cleanups';
import { run } from './commands';

/** Where the machine that runs the tests is in the test network. */
export const hostAddress = '10.209.0.1';
/** Where instances ask for what they know of themselves. */
export const metadataAddress = '169.254.169.254';

const bridge = 'chat-boot';
const subnet = '10.209.0.0/24';
const forwarding = '/proc/sys/net/ipv4/ip_forward';

/** A bridge with a network namespace for each instance, and a way out for those that get one. */
export async function openNetwork(cleanups: Cleanups): Promise<void> {
  await removeLeftovers();
  cleanups.add(() => run('ip', ['link', 'del', bridge]));
  await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
  await run('ip', ['addr', 'add', `${hostAddress}/24`, 'dev', bridge]);
  await run('ip', ['addr', 'add', `${metadataAddress}/32`, 'dev', bridge]);
  await run('ip', ['link', 'set', bridge, 'mtu', await mtu(), 'up']);

  const before = readFileSync(forwarding, 'utf8');
  cleanups.add(() => writeFileSync(forwarding, before));
  writeFileSync(forwarding, '1\n');
  cleanups.add(() => run('nft', ['delete', 'table', 'ip', bridge]));
  await run('nft', ['--file', '-'], { input: rules() });
}

/** The namespace of an instance. @returns its path. */
export async function attach(
  cleanups: Cleanups,
  name: string,
  address: string,
  { internet }: { readonly internet: boolean },
): Promise<string> {
  const link = `v-${name}`;
  const inside = (...args: string[]) => run('ip', ['-n', name, ...args]);
  const remove = async () => {
    // The link by its own name: the namespace keeps it for as long as a process is in there.
    if (existsSync(`/sys/class/net/${link}`)) await run('ip', ['link', 'del', link]);
    if (existsSync(`/run/netns/${name}`)) await run('ip', ['netns', 'del', name]);
  };
  await remove();
  cleanups.add(remove);
  await run('ip', ['netns', 'add', name]);
  const ends = ['mtu', await mtu(), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name];
  await run('ip', ['link', 'add', link, 'master', bridge, ...ends]);
  await run('ip', ['link', 'set', link, 'up']);
  await inside('link', 'set', 'lo', 'up');
  await inside('addr', 'add', `${address}/24`, 'dev', 'eth0');
  await inside('link', 'set', 'eth0', 'mtu', await mtu(), 'up');
  const reached = internet ? 'default' : metadataAddress;
  await inside('route', 'add', reached, 'via', hostAddress);
  return `/run/netns/${name}`;
}

/** Of a run that was killed, and so could not clean up. */
async function removeLeftovers(): Promise<void> {
  if (!existsSync(`/sys/class/net/${bridge}`)) return;
  await run('ip', ['link', 'del', bridge]);
  await run('nft', ['--file', '-'], { input: `add table ip ${bridge}\ndelete table ip ${bridge}` });
}

function rules(): string {
  return `table ip ${bridge} {
    chain out {
      type nat hook postrouting priority srcnat;
      ip saddr ${subnet} oifname != "${bridge}" masquerade
    }
  }`;
}

/** That of the way out, so that nothing is sent that does not fit through it. */
async function mtu(): Promise<string> {
  const route = await run('ip', ['route', 'show', 'default']);
  const file = `/sys/class/net/${/ dev (\S+)/.exec(route)?.[1]}/mtu`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '1500';
}
