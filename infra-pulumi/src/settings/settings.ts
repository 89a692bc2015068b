import { isIPv4, isIPv6 } from 'node:net';
import { imageNames, isImage } from '../image';
import { architectureOf } from '../instance-type';
import { httpPort } from '../ports';
import { type Raw, SettingsReader } from './reader';
import { type ExistingStore, existingStore } from './store-url';

export type StoreChoice =
  { readonly kind: 'replicated' | 'single' } | ({ readonly kind: 'existing' } & ExistingStore);

/** Everything a stack can choose, valid. */
export interface Settings {
  readonly region: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly certificateArn: string | undefined;
  readonly instanceType: string;
  readonly image: string;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
  readonly repository: string;
  readonly ref: string;
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  readonly allowedCidrs: readonly string[];
  readonly projectTag: string;
  readonly store: StoreChoice;
  readonly logRetentionDays: number;
  readonly alarmEmail: string | undefined;
}

const keys: readonly string[] = [
  'region',
  'port',
  'tlsPort',
  'certificateArn',
  'instanceType',
  'image',
  'minSize',
  'maxSize',
  'desiredSize',
  'repository',
  'ref',
  'vpcId',
  'subnetIds',
  'allowedCidrs',
  'projectTag',
  'store',
  'storeUrl',
  'logRetentionDays',
  'alarmEmail',
];

/** What CloudWatch takes for a retention. */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/**
 * The settings, or every refusal, one line each that names the key and the fix.
 * @param origin where this working copy came from: the repository if none is given.
 */
export function settingsFrom(
  raw: Raw,
  origin: string | undefined,
): { readonly settings: Settings } | { readonly refusals: readonly string[] } {
  const read = new SettingsReader(raw);
  for (const key of Object.keys(raw)) {
    if (!keys.includes(key)) {
      read.refuse(key, 'it is not a setting', `remove it, or choose one of ${keys.join(', ')}`);
    }
  }
  const settings: Settings = {
    region: read.text('region', 'eu-central-1', /^[a-z]{2}(-[a-z]+)+-\d$/, 'try eu-central-1'),
    ...ports(read),
    ...instances(read),
    ...source(read, origin),
    ...network(read),
    projectTag: read.text(
      'projectTag',
      'service_chat',
      /^[\w.:/=+@-]{1,256}$/,
      'use 1 to 256 letters, digits or . : / = + @ _ -',
    ),
    store: store(read),
    logRetentionDays: retention(read),
    alarmEmail: read.matching('alarmEmail', /^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'try ops@example.com'),
  };
  return read.refusals.length > 0 ? { refusals: read.refusals } : { settings };
}

function ports(read: SettingsReader): Pick<Settings, 'port' | 'tlsPort' | 'certificateArn'> {
  const port = read.integer('port', 8080, 1024, 65_535);
  const tlsPort = read.integer('tlsPort', 8443, 1, 65_535);
  const certificateArn = read.matching(
    'certificateArn',
    /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/,
    'copy the ARN that ACM shows, arn:aws:acm:…',
  );
  if (port === httpPort) {
    read.refuse('port', `${httpPort} is the health checks'`, 'choose another');
  }
  if (certificateArn !== undefined && tlsPort === port) {
    read.refuse('tlsPort', `${port} is the port without TLS`, 'choose another');
  }
  for (const [key, value] of [['port', port] as const, ['tlsPort', tlsPort] as const]) {
    if (value === 22) read.refuse(key, '22 is for SSH', 'choose another');
  }
  return { port, tlsPort, certificateArn };
}

function instances(
  read: SettingsReader,
): Pick<Settings, 'instanceType' | 'image' | 'minSize' | 'maxSize' | 'desiredSize'> {
  const instanceType = read.optional('instanceType') ?? 't4g.micro';
  if (architectureOf(instanceType) === undefined) {
    read.refuse('instanceType', `"${instanceType}" is not one`, 'try t4g.micro or t3.micro');
  } else if (instanceType.endsWith('.nano')) {
    read.refuse('instanceType', 'nano has too little memory to build', 'try t4g.micro');
  }
  const image = read.optional('image') ?? imageNames[0];
  if (!isImage(image)) {
    read.refuse(
      'image',
      `"${image}" is not one`,
      `choose ${imageNames.join(', ')} or an AMI id (ami-…)`,
    );
  }
  const minSize = read.integer('minSize', 2, 2, 100);
  const maxSize = read.integer('maxSize', Math.max(4, minSize), 2, 200);
  const desiredSize = read.integer('desiredSize', minSize, 2, 200);
  if (maxSize < minSize) {
    read.refuse('maxSize', `${maxSize} is less than minSize`, `give at least ${minSize}`);
  } else if (desiredSize < minSize || desiredSize > maxSize) {
    read.refuse('desiredSize', `${desiredSize} is out`, `give from ${minSize} to ${maxSize}`);
  }
  return { instanceType, image, minSize, maxSize, desiredSize };
}

function source(
  read: SettingsReader,
  origin: string | undefined,
): Pick<Settings, 'repository' | 'ref'> {
  const repository = read.optional('repository') ?? origin ?? '';
  if (repository === '') {
    read.refuse('repository', 'there is none', 'give the https URL that the instances clone');
  } else if (!/^https:\/\/[^\s'"\\@?#]+$/.test(repository)) {
    // Not repeated: it may hold a password.
    read.refuse(
      'repository',
      'it is not an https URL without user and password',
      'give one that anyone can clone, https://host/path.git',
    );
  }
  const ref = read.text(
    'ref',
    'HEAD',
    /^(?!.*(\.\.|\/\/|\.lock$|\/$))[A-Za-z0-9][\w./-]{0,199}$/,
    'give a branch, a tag or a commit',
  );
  return { repository, ref };
}

function network(read: SettingsReader): Pick<Settings, 'vpcId' | 'subnetIds' | 'allowedCidrs'> {
  const vpcId = read.matching('vpcId', /^vpc-[0-9a-f]{8,17}$/, 'copy the id, vpc-…');
  const subnetIds = read.list('subnetIds', [], isSubnetId, 'list ids, subnet-…');
  if (subnetIds.length === 1) {
    read.refuse('subnetIds', 'one is too few', 'give at least two, in different zones');
  }
  if (subnetIds.length > 0 && vpcId === undefined) {
    read.refuse('vpcId', 'subnetIds need it', "give the subnets' VPC");
  }
  const allowedCidrs = read.list(
    'allowedCidrs',
    ['0.0.0.0/0', '::/0'],
    isCidr,
    'list ranges, like 203.0.113.0/24 or 2001:db8::/32',
  );
  return { vpcId, subnetIds, allowedCidrs };
}

function store(read: SettingsReader): StoreChoice {
  const kind = read.choice('store', 'replicated', ['replicated', 'single', 'existing']);
  const url = read.optional('storeUrl');
  if (kind !== 'existing') {
    if (url !== undefined) {
      read.refuse('storeUrl', `store is ${kind}`, 'remove it, or set store to existing');
    }
    return { kind };
  }
  if (url === undefined) {
    read.refuse('storeUrl', 'store is existing', 'give its URL, rediss://host:6379');
    return { kind: 'single' };
  }
  const existing = existingStore(url);
  if ('access' in existing) return { kind, ...existing };
  read.refuse('storeUrl', existing.problem, existing.fix);
  return { kind: 'single' };
}

function retention(read: SettingsReader): number {
  const days = read.integer('logRetentionDays', 30, 1, 3653);
  if (!retentionDays.includes(days)) {
    const fix = `choose one of ${retentionDays.join(', ')}`;
    read.refuse('logRetentionDays', `CloudWatch does not keep ${days} days`, fix);
  }
  return days;
}

function isSubnetId(text: string): boolean {
  return /^subnet-[0-9a-f]{8,17}$/.test(text);
}

function isCidr(text: string): boolean {
  const [, address, bits] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined) return false;
  return (isIPv4(address) && Number(bits) <= 32) || (isIPv6(address) && Number(bits) <= 128);
}
