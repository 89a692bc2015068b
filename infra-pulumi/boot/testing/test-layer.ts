import {
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
  existsSync,
} from 'node:fs';
import { join } from 'node:path';
import { hostAddress } from './network';

const ownAuthorities = '/usr/local/share/ca-certificates';
const bundle = 'etc/ssl/certs/ca-certificates.crt';

/** What the test image has over the distribution's, and the instance's own user-data has not. */
interface TestLayer {
  readonly folder: string;
  /** The image that it goes over. */
  readonly root: string;
  /** Names that are served by the tests' machine. */
  readonly names: readonly string[];
  readonly authorityFile: string;
}

/** Writes it: how names are found, whom to trust, where cloud-init gets its data. */
export function writeTestLayer({ folder, root, names, authorityFile }: TestLayer): void {
  const write = (path: string, content: string) => {
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  };
  const trusted = [join(root, bundle), authorityFile, ...authoritiesOfThisMachine()];
  write(bundle, trusted.map((file) => readFileSync(file, 'utf8')).join('\n'));
  write('etc/resolv.conf', readFileSync('/etc/resolv.conf', 'utf8'));
  write('etc/hosts', `127.0.0.1 localhost\n${hostAddress} ${names.join(' ')}\n`);
  write(
    'etc/cloud/cloud.cfg.d/99-test.cfg',
    'datasource_list: [NoCloud]\nnetwork: {config: disabled}\napt: {preserve_sources_list: true}\n',
  );
  write(
    'etc/systemd/system.conf.d/test.conf',
    // The pauses between attempts say nothing here, where a second attempt meets the same.
    `[Manager]\nDefaultEnvironment=NODE_EXTRA_CA_CERTS=/${bundle} CHAT_BOOT_PAUSE_SECONDS=0\n`,
  );
  const units = join(folder, 'etc/systemd/system');
  mkdirSync(units, { recursive: true });
  // The network is set up from outside.
  const others = ['systemd-networkd-wait-online', 'systemd-resolved', 'netplan-configure'];
  for (const unit of ['systemd-networkd', ...others]) {
    symlinkSync('/dev/null', join(units, `${unit}.service`));
  }
  symlinkSync('/dev/null', join(units, 'systemd-networkd.socket'));
}

function authoritiesOfThisMachine(): readonly string[] {
  if (!existsSync(ownAuthorities)) return [];
  const files = readdirSync(ownAuthorities).filter((name) => name.endsWith('.crt'));
  return files.map((name) => join(ownAuthorities, name));
}
