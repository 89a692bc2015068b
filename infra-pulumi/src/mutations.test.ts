import { type Planned, type Props, propsOf } from './rules/rule';
import { violationsOf } from './rules/rules';
import { recordedPlan, sample } from './testing/recorded-plan';

interface Mutation {
  readonly what: string;
  /** The resources that it changes, by type; or the one that is added. */
  readonly type: string;
  readonly name?: string;
  readonly change: (props: Props) => Props;
  /** The rule that has to notice. */
  readonly rule: string;
}

const publicPorts: readonly number[] = [8080];
const ingress = 'SecurityGroupIngressRule';

const mutations: readonly Mutation[] = [
  {
    what: 'port 22 open to the world',
    type: ingress,
    name: 'load-balancer-8080-from-0.0.0.0/0',
    change: (props) => ({ ...props, fromPort: 22, toPort: 22 }),
    rule: 'no-world-open-port',
  },
  {
    what: 'port 22 open to a few',
    type: ingress,
    name: 'instances-8080',
    change: (props) => ({ ...props, fromPort: 22, toPort: 22 }),
    rule: 'no-remote-login-port',
  },
  {
    what: 'port 22 open inside the group itself',
    type: 'SecurityGroup',
    name: 'instances',
    change: (props) => ({
      ...props,
      ingress: [{ protocol: 'tcp', fromPort: 22, toPort: 22, cidrBlocks: ['0.0.0.0/0'] }],
    }),
    rule: 'no-world-open-port',
  },
  {
    what: 'every port open to the world',
    type: ingress,
    name: 'load-balancer-8080-from-0.0.0.0/0',
    change: (props) => ({ ...props, ipProtocol: '-1', fromPort: -1, toPort: -1 }),
    rule: 'no-world-open-port',
  },
  {
    what: 'a range of ports that begins with the right one',
    type: ingress,
    name: 'load-balancer-8080-from-__/0',
    change: (props) => ({ ...props, toPort: 9000 }),
    rule: 'no-world-open-port',
  },
  {
    what: 'the health port open to half of the world',
    type: ingress,
    name: 'instances-8081',
    change: (props) => ({
      ...props,
      referencedSecurityGroupId: undefined,
      cidrIpv4: '128.0.0.0/1',
    }),
    rule: 'no-world-open-port',
  },
  {
    what: 'the store open to the world',
    type: ingress,
    name: 'store',
    change: (props) => ({ ...props, referencedSecurityGroupId: undefined, cidrIpv6: '::/0' }),
    rule: 'no-world-open-port',
  },
  {
    what: 'IMDSv1',
    type: 'LaunchTemplate',
    change: (props) => ({
      ...props,
      metadataOptions: { ...propsOf(props['metadataOptions']), httpTokens: 'optional' },
    }),
    rule: 'no-imds-v1',
  },
  {
    what: 'IMDSv1 by saying nothing',
    type: 'LaunchTemplate',
    change: (props) => without(props, 'metadataOptions'),
    rule: 'no-imds-v1',
  },
  {
    what: 'a second hop to the metadata',
    type: 'LaunchTemplate',
    change: (props) => ({
      ...props,
      metadataOptions: { ...propsOf(props['metadataOptions']), httpPutResponseHopLimit: 2 },
    }),
    rule: 'no-imds-v1',
  },
  {
    what: 'a disk that is not encrypted',
    type: 'LaunchTemplate',
    change: (props) => ({ ...props, blockDeviceMappings: [{ ebs: { encrypted: 'false' } }] }),
    rule: 'no-unencrypted-disk',
  },
  {
    what: 'instances without the tag',
    type: 'LaunchTemplate',
    change: (props) => without(props, 'tagSpecifications'),
    rule: 'no-untagged-resource',
  },
  {
    what: "the store's password in the user-data",
    type: 'LaunchTemplate',
    change: (props) => withUserData(props, `export CHAT_STORE_PASSWORD='${sample.password}'`),
    rule: 'no-secret-in-user-data',
  },
  {
    what: "a URL with someone's password in the user-data",
    type: 'LaunchTemplate',
    change: (props) => withUserData(props, "export CHAT_STORE='rediss://:hunter2@store.example'"),
    rule: 'no-secret-in-user-data',
  },
  {
    what: 'an access key in the user-data',
    type: 'LaunchTemplate',
    change: (props) => withUserData(props, `export AWS_ACCESS_KEY_ID=AKIA${'A'.repeat(16)}`),
    rule: 'no-secret-in-user-data',
  },
  ...groupMutations(),
  ...storeMutations(),
];

function groupMutations(): readonly Mutation[] {
  const changes: readonly [what: string, change: (props: Props) => Props][] = [
    ['a single instance at least', (props) => ({ ...props, minSize: 1 })],
    ['a single subnet', (props) => ({ ...props, vpcZoneIdentifiers: ['subnet-0000000a'] })],
    ['instances that EC2 alone finds healthy', (props) => ({ ...props, healthCheckType: 'EC2' })],
    ['the template by $Latest', (props) => withTemplate(props, '$Latest')],
    ['the template by $Default', (props) => withTemplate(props, '$Default')],
    ['no refresh', (props) => without(props, 'instanceRefresh')],
    ['no launch hook', (props) => without(props, 'initialLifecycleHooks')],
  ];
  return [
    ...changes.map(([what, change]) => ({
      what,
      type: 'Group',
      change,
      rule: 'instance-group-survives',
    })),
    {
      what: 'instances that do not inherit the tag',
      type: 'Group',
      change: (props) => ({ ...props, tags: [{ key: 'Project', value: 'a' }] }),
      rule: 'no-untagged-resource',
    },
  ];
}

function storeMutations(): readonly Mutation[] {
  const changes: readonly [what: string, props: Props][] = [
    ['a store without TLS', { transitEncryptionEnabled: false }],
    ['a store that takes both', { transitEncryptionMode: 'preferred' }],
    ['a store that rests in the clear', { atRestEncryptionEnabled: false }],
    ['a store without a password', { authToken: undefined }],
  ];
  return changes.map(([what, changed]) => ({
    what,
    type: 'ReplicationGroup',
    change: (props) => ({ ...props, ...changed }),
    rule: 'no-unencrypted-store',
  }));
}

function without(props: Props, key: string): Props {
  return Object.fromEntries(Object.entries(props).filter(([one]) => one !== key));
}

function withTemplate(props: Props, version: string): Props {
  return { ...props, launchTemplate: { ...propsOf(props['launchTemplate']), version } };
}

function withUserData(props: Props, line: string): Props {
  const before = Buffer.from(String(props['userData']), 'base64').toString('utf8');
  return { ...props, userData: Buffer.from(`${before}\n${line}\n`).toString('base64') };
}

function mutated(plan: readonly Planned[], { type, name, change }: Mutation): readonly Planned[] {
  return plan.map((resource) =>
    resource.type.endsWith(`:${type}`) && (name === undefined || resource.name.startsWith(name))
      ? { ...resource, props: change(resource.props) }
      : resource,
  );
}

let plan: readonly Planned[] = [];

beforeAll(async () => {
  ({ plan } = await recordedPlan());
});

test('the plan as it is breaks no rule', () => {
  expect(violationsOf(plan, publicPorts)).toEqual([]);
});

test.each(mutations.map((mutation) => [mutation.what, mutation] as const))(
  '%s is noticed',
  (_, mutation) => {
    const found = violationsOf(mutated(plan, mutation), publicPorts);
    expect(found.some((line) => line.startsWith(`${mutation.rule}: `))).toBe(true);
  },
);

test('the tag missing on any one resource is noticed', () => {
  const tagged = plan.filter(({ props }) => 'tags' in props);
  expect(tagged.length).toBeGreaterThan(20);
  for (const target of tagged) {
    const props = without(target.props, 'tags');
    const changed = plan.map((one) => (one === target ? { ...one, props } : one));
    expect(violationsOf(changed, publicPorts)).toEqual([
      `no-untagged-resource: ${target.name}: ${target.type} has no tag Project`,
    ]);
  }
});

test('a store outside of a replication group, and a port of an older kind of rule, are noticed', () => {
  const added: readonly Planned[] = [
    { type: 'aws:elasticache/cluster:Cluster', name: 'bare', props: { tags: { Project: 'a' } } },
    {
      type: 'aws:ec2/securityGroupRule:SecurityGroupRule',
      name: 'old',
      props: { type: 'ingress', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['::/0'] },
    },
  ];
  expect(violationsOf([...plan, ...added], publicPorts)).toEqual([
    'no-world-open-port: old: tcp ports 443 to 443 are open to ::/0',
    'no-untagged-resource: old: aws:ec2/securityGroupRule:SecurityGroupRule has no tag Project',
    'no-unencrypted-store: bare: it is no replication group',
  ]);
});
