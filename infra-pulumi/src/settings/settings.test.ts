import type { Raw } from './reader';
import { type Settings, settingsFrom } from './settings';

const repository = 'https://git.example/chat.git';

function accepted(raw: Raw): Settings {
  const read = settingsFrom({ repository, ...raw }, undefined);
  if ('refusals' in read) throw new Error(read.refusals.join('\n'));
  return read.settings;
}

function refusals(raw: Raw): readonly string[] {
  const read = settingsFrom({ repository, ...raw }, undefined);
  return 'refusals' in read ? read.refusals : [];
}

test('nothing needs to be said but the repository', () => {
  expect(accepted({})).toEqual({
    region: 'eu-central-1',
    port: 8080,
    tlsPort: 8443,
    certificateArn: undefined,
    instanceType: 't4g.micro',
    image: 'ubuntu-26.04',
    minSize: 2,
    maxSize: 4,
    desiredSize: 2,
    repository,
    ref: 'HEAD',
    vpcId: undefined,
    subnetIds: [],
    allowedCidrs: ['0.0.0.0/0', '::/0'],
    projectTag: 'service_chat',
    store: { kind: 'replicated' },
    logRetentionDays: 30,
    alarmEmail: undefined,
  });
});

test('the repository is where the working copy came from, unless another is given', () => {
  const origin = 'https://git.example/origin.git';
  expect(settingsFrom({}, origin)).toMatchObject({ settings: { repository: origin } });
  expect(settingsFrom({ repository }, origin)).toMatchObject({ settings: { repository } });
});

test('a list is JSON or separated by commas', () => {
  const expected = ['203.0.113.0/24', '2001:db8::/32'];
  expect(accepted({ allowedCidrs: '203.0.113.0/24, 2001:db8::/32' }).allowedCidrs).toEqual(
    expected,
  );
  expect(accepted({ allowedCidrs: JSON.stringify(expected) }).allowedCidrs).toEqual(expected);
});

test('sizes follow minSize where they are not given', () => {
  expect(accepted({ minSize: '6' })).toMatchObject({ minSize: 6, maxSize: 6, desiredSize: 6 });
});

test('an own store is taken as it is, or with its password apart', () => {
  expect(accepted({ store: 'existing', storeUrl: 'rediss://store.example:6380/1' }).store).toEqual({
    kind: 'existing',
    access: 'open',
    url: 'rediss://store.example:6380/1',
    port: 6380,
  });
  expect(
    accepted({ store: 'existing', storeUrl: 'redis://:p%2Fw@store.example' }).store,
  ).toMatchObject({
    access: 'password',
    endpoint: 'store.example:6379',
    tls: false,
    password: 'p/w',
  });
});

const cases: readonly [what: string, raw: Raw, refusal: string][] = [
  [
    'a key that is none',
    { prot: '8080' },
    'prot: it is not a setting; remove it, or choose one of',
  ],
  ['a region that is none', { region: 'Frankfurt' }, 'region: "Frankfurt" is not one; try'],
  ['a port that is no number', { port: 'http' }, 'port: "http" is out of range; give a whole'],
  ['a port that needs rights', { port: '23' }, 'port: "23" is out of range; give a whole number'],
  ['the port of the health checks', { port: '8081' }, "port: 8081 is the health checks'; choose"],
  ['a TLS port out of range', { tlsPort: '70000' }, 'tlsPort: "70000" is out of range; give'],
  ['the TLS port of SSH', { tlsPort: '22' }, 'tlsPort: 22 is for SSH; choose another'],
  [
    'one port for both',
    { tlsPort: '8080', certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/ab-12' },
    'tlsPort: 8080 is the port without TLS; choose another',
  ],
  ['a certificate that is none', { certificateArn: 'mine' }, 'certificateArn: "mine" is not one'],
  ['an instance type that is none', { instanceType: 'big' }, 'instanceType: "big" is not one; try'],
  ['too small a type', { instanceType: 't4g.nano' }, 'instanceType: nano has too little memory'],
  ['an image that is none', { image: 'windows' }, 'image: "windows" is not one; choose ubuntu'],
  [
    'a single instance',
    { minSize: '1' },
    'minSize: "1" is out of range; give a whole number from 2',
  ],
  ['a negative size', { maxSize: '-4' }, 'maxSize: "-4" is out of range; give'],
  ['a maximum below', { minSize: '5', maxSize: '3' }, 'maxSize: 3 is less than minSize; give at'],
  ['a size out of it', { desiredSize: '9' }, 'desiredSize: 9 is out; give from 2 to 4'],
  ['no repository', { repository: '' }, 'repository: there is none; give the https URL'],
  ['a local repository', { repository: '/srv/chat' }, 'repository: it is not an https URL'],
  ['SSH', { repository: 'git@git.example:chat.git' }, 'repository: it is not an https URL'],
  ['an option as a ref', { ref: '--upload-pack=x' }, 'ref: "--upload-pack=x" is not one; give'],
  ['a range as a ref', { ref: 'a..b' }, 'ref: "a..b" is not one; give a branch, a tag or a commit'],
  ['a VPC that is none', { vpcId: 'default' }, 'vpcId: "default" is not one; copy the id'],
  [
    'one subnet',
    { vpcId: 'vpc-0123456789', subnetIds: 'subnet-0123456789' },
    'subnetIds: one is too few; give at least two, in different zones',
  ],
  [
    'a subnet twice',
    { vpcId: 'vpc-0123456789', subnetIds: 'subnet-0123456789,subnet-0123456789' },
    'subnetIds: something is listed twice; list each once',
  ],
  [
    'subnets of no VPC',
    { subnetIds: 'subnet-0123456789,subnet-0123456780' },
    "vpcId: subnetIds need it; give the subnets' VPC",
  ],
  ['no list', { allowedCidrs: '[1]' }, 'allowedCidrs: "[1]" is not a list; list ranges'],
  ['broken JSON', { allowedCidrs: '["' }, 'allowedCidrs: "["" is not a list; list ranges'],
  ['no range', { allowedCidrs: '10.0.0.1' }, 'allowedCidrs: "10.0.0.1" is not one; list ranges'],
  ['too long a prefix', { allowedCidrs: '10.0.0.0/33' }, 'allowedCidrs: "10.0.0.0/33" is not one'],
  [
    'an octet too big',
    { allowedCidrs: '10.0.0.256/32' },
    'allowedCidrs: "10.0.0.256/32" is not one',
  ],
  ['half an IPv6 range', { allowedCidrs: ':::/8' }, 'allowedCidrs: ":::/8" is not one'],
  ['a tag with a quote', { projectTag: "it's" }, 'projectTag: "it\'s" is not one; use 1 to 256'],
  ['a store that is none', { store: 'mysql' }, 'store: "mysql" is unknown; choose one of'],
  ['no URL of an own store', { store: 'existing' }, 'storeUrl: store is existing; give its URL'],
  ['a URL for nothing', { storeUrl: 'redis://a' }, 'storeUrl: store is replicated; remove it, or'],
  ['a retention of its own', { logRetentionDays: '31' }, 'logRetentionDays: CloudWatch does not'],
  ['an address that is none', { alarmEmail: 'me' }, 'alarmEmail: "me" is not one; try'],
];

test.each(cases)(
  '%s is refused with one line that names the key and the fix',
  (_, raw, refusal) => {
    const [line, ...more] = refusals(raw);
    expect(more).toEqual([]);
    expect(line).toContain(refusal);
    expect(line).not.toContain('\n');
  },
);

test.each([
  'https://user:hunter2@git.example/chat.git',
  'https://git.example/chat.git?token=hunter2',
  'https://hunter2@git.example/chat.git',
])('a repository with a secret is refused, and the secret not repeated: %s', (url) => {
  const [line] = refusals({ repository: url });
  expect(line).toContain('repository: it is not an https URL without user and password');
  expect(line).not.toContain('hunter2');
});

test.each([
  ['http://store.example', 'it is not a Redis URL'],
  ['redis://', 'it is not a Redis URL'],
  ['redis://user:hunter2@store.example', 'a named user cannot be handed to the instances'],
  ['redis://default@store.example', 'its user has no password'],
  ['redis://:hunter2@store.example/3', 'with a password only the host and the port can be chosen'],
  ['redis://:hunter%zz2@store.example', 'its password is not escaped as in a URL'],
])('a store %s is refused, and its password not repeated', (storeUrl, problem) => {
  const [line, ...more] = refusals({ store: 'existing', storeUrl });
  expect(more).toEqual([]);
  expect(line).toContain(`storeUrl: ${problem};`);
  expect(line).not.toContain('hunter');
});

test('all that is wrong is told at once', () => {
  expect(refusals({ port: '1', minSize: '1', store: 'x' })).toHaveLength(3);
});
