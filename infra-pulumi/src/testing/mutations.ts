import { type Props, propsOf } from '../rules/rule';
import { type Mutation, without } from './mutation';
import { sample } from './recorded-plan';
import { connectionMutations, rightsMutations } from './rights-mutations';

const ingress = 'SecurityGroupIngressRule';

/** One bad change each, and the rule that has to notice it. */
export const mutations: readonly Mutation[] = [
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
  ...connectionMutations(),
  ...rightsMutations(),
];

function groupMutations(): readonly Mutation[] {
  const changes: readonly [what: string, change: (props: Props) => Props][] = [
    ['a single instance at least', (props) => ({ ...props, minSize: 1 })],
    ['a single subnet', (props) => ({ ...props, vpcZoneIdentifiers: ['subnet-0000000a'] })],
    ['instances ended while the store is away', (p) => ({ ...p, healthCheckType: 'ELB' })],
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

function withTemplate(props: Props, version: string): Props {
  return { ...props, launchTemplate: { ...propsOf(props['launchTemplate']), version } };
}

function withUserData(props: Props, line: string): Props {
  const before = Buffer.from(String(props['userData']), 'base64').toString('utf8');
  return { ...props, userData: Buffer.from(`${before}\n${line}\n`).toString('base64') };
}
