import type { Planned } from './rules/rule';
import { violationsOf } from './rules/rules';
import type { Raw } from './settings/reader';
import { all, markedSecret, only, rulesOf, userDataIn } from './testing/plan-reading';
import { type Account, recordedPlan } from './testing/recorded-plan';

async function planOf(raw: Raw = {}, account: Account = {}): Promise<readonly Planned[]> {
  return (await recordedPlan(raw, account)).plan;
}

test('a port is the same in every place', async () => {
  const plan = await planOf({ port: '2323' });
  expect(only(plan, 'Listener')).toMatchObject({ port: 2323 });
  expect(only(plan, 'TargetGroup')).toMatchObject({ port: 2323 });
  expect(rulesOf(plan, 'Ingress').filter((rule) => rule.includes(' 2323 '))).toHaveLength(3);
  expect(userDataIn(plan)).toContain("export CHAT_PORT='2323'\n");
});

test('a certificate adds a TLS listener and opens its port', async () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/ab-12';
  const plan = await planOf({ certificateArn, tlsPort: '992' });
  expect(only(plan, 'Listener', 'tls')).toMatchObject({
    port: 992,
    protocol: 'TLS',
    certificateArn,
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  });
  expect(only(plan, 'Listener', 'tcp')).toMatchObject({ port: 8080, protocol: 'TCP' });
  expect(rulesOf(plan, 'Ingress')).toContain('load-balancer 992 0.0.0.0/0');
  expect(violationsOf(plan, [8080, 992])).toEqual([]);
});

test('only whom it is told is let in', async () => {
  const plan = await planOf({ allowedCidrs: '203.0.113.0/24,2001:db8::/32' });
  expect(rulesOf(plan, 'Ingress').filter((rule) => rule.startsWith('load-balancer'))).toEqual([
    'load-balancer 8080 2001:db8::/32',
    'load-balancer 8080 203.0.113.0/24',
  ]);
});

const ubuntu = '/aws/service/canonical/ubuntu/server/26.04/stable/current';

test.each([
  ['ubuntu-26.04', 't4g.small', `${ubuntu}/arm64/hvm/ebs-gp3/ami-id`],
  ['ubuntu-26.04', 't3.small', `${ubuntu}/amd64/hvm/ebs-gp3/ami-id`],
  ['debian-13', 't3.small', '/aws/service/debian/release/13/latest/amd64'],
])('%s for a %s is the newest of its architecture', async (image, instanceType, parameter) => {
  const { plan, calls } = await recordedPlan({ image, instanceType });
  expect(only(plan, 'LaunchTemplate')).toMatchObject({ instanceType, imageId: 'ami-00000001' });
  expect(calls).toContainEqual({
    token: 'aws:ssm/getParameter:getParameter',
    inputs: { name: parameter },
  });
});

test('an image that is pinned is taken as it is, however old', async () => {
  const { plan, calls } = await recordedPlan({ image: 'ami-0123456789abcdef0' });
  expect(only(plan, 'LaunchTemplate')).toMatchObject({ imageId: 'ami-0123456789abcdef0' });
  expect(calls.map(({ token }) => token)).not.toContain('aws:ssm/getParameter:getParameter');
  expect(calls.find(({ token }) => token === 'aws:ec2/getAmi:getAmi')?.inputs).toEqual({
    filters: [{ name: 'image-id', values: ['ami-0123456789abcdef0'] }],
    includeDeprecated: true,
  });
});

test('Debian, without the agent of Systems Manager, gets neither its rights nor its work', async () => {
  const plan = await planOf({ image: 'debian-13' });
  for (const type of ['RolePolicyAttachment', 'Association', 'Document', 'Parameter']) {
    expect(all(plan, type)).toEqual([]);
  }
  expect(String(only(plan, 'RolePolicy')['policy'])).not.toContain('ssm:');
  expect(violationsOf(plan, [8080])).toEqual([]);
});

test("an image of one's own is taken to have the agent of Systems Manager", async () => {
  const plan = await planOf({ image: 'ami-0123456789abcdef0' });
  expect(all(plan, 'RolePolicyAttachment')).toHaveLength(1);
  expect(all(plan, 'Association')).toHaveLength(1);
});

test('sizes, retention, tag and region are what was said', async () => {
  const plan = await planOf({
    minSize: '3',
    maxSize: '9',
    desiredSize: '5',
    logRetentionDays: '7',
    projectTag: 'other',
    region: 'eu-west-1',
  });
  expect(only(plan, 'Group')).toMatchObject({ minSize: 3, maxSize: 9, desiredCapacity: 5 });
  expect(only(plan, 'MetricAlarm', 'too-few-instances')).toMatchObject({ threshold: 3 });
  expect(only(plan, 'LogGroup')).toMatchObject({ retentionInDays: 7 });
  expect(only(plan, 'LoadBalancer')).toMatchObject({ tags: { Project: 'other' } });
  expect(only(plan, 'aws')).toMatchObject({ region: 'eu-west-1' });
  expect(userDataIn(plan)).toContain("export AWS_REGION='eu-west-1'\n");
});

test('a given VPC is searched for public subnets', async () => {
  const { calls } = await recordedPlan(
    { vpcId: 'vpc-0000000f' },
    { zones: { 'subnet-00000001': 'a', 'subnet-00000002': 'b' } },
  );
  expect(calls.map(({ token }) => token)).not.toContain('aws:ec2/getVpc:getVpc');
  expect(calls).toContainEqual({
    token: 'aws:ec2/getSubnets:getSubnets',
    inputs: {
      filters: [
        { name: 'vpc-id', values: ['vpc-0000000f'] },
        { name: 'map-public-ip-on-launch', values: ['true'] },
      ],
    },
  });
});

test('given subnets are used, and no others', async () => {
  const zones = { 'subnet-00000001': 'a', 'subnet-00000002': 'b' };
  const plan = await planOf(
    { vpcId: 'vpc-0000000f', subnetIds: 'subnet-00000001,subnet-00000002' },
    { zones },
  );
  const subnets = Object.keys(zones);
  expect(only(plan, 'LoadBalancer')).toMatchObject({ subnets });
  expect(only(plan, 'Group')).toMatchObject({ vpcZoneIdentifiers: subnets });
  expect(only(plan, 'SubnetGroup')).toMatchObject({ subnetIds: subnets });
  expect(only(plan, 'SecurityGroup', 'store')).toMatchObject({ vpcId: 'vpc-0000000f' });
});

test('a single store costs half, and is as closed', async () => {
  const plan = await planOf({ store: 'single' });
  expect(only(plan, 'ReplicationGroup')).toMatchObject({
    numCacheClusters: 1,
    automaticFailoverEnabled: false,
    multiAzEnabled: false,
  });
  expect(violationsOf(plan, [8080])).toEqual([]);
});

test('an own store without a password is a URL, and nothing is made for it', async () => {
  const plan = await planOf({ store: 'existing', storeUrl: 'rediss://store.example:6380/1' });
  expect(all(plan, 'ReplicationGroup')).toEqual([]);
  expect(all(plan, 'Secret')).toEqual([]);
  expect(all(plan, 'SecurityGroup').map(({ name }) => name)).not.toContain('store');
  expect(rulesOf(plan, 'Egress')).toContain('instances 6380 0.0.0.0/0');
  expect(String(only(plan, 'RolePolicy')['policy'])).not.toContain('secretsmanager');
  const userData = userDataIn(plan);
  expect(userData).toContain("export CHAT_STORE_URL='rediss://store.example:6380/1'\n");
  expect(userData).toContain("export CHAT_STORE_SECRET_ID=''\n");
});

test('the password of an own store goes into a secret, and not into the user-data', async () => {
  const plan = await planOf({ store: 'existing', storeUrl: 'rediss://:hunter%2F2@store.example' });
  expect(only(plan, 'SecretVersion')['secretString']).toEqual(markedSecret('hunter/2'));
  const userData = userDataIn(plan);
  expect(userData).toContain("export CHAT_STORE_ENDPOINT='store.example:6379'\n");
  expect(userData).toContain("export CHAT_STORE_SECRET_ID='arn:");
  expect(userData).not.toContain('hunter');
  expect(violationsOf(plan, [8080])).toEqual([]);
});

test('an address is told of alarms, of their end, and of launches that fail', async () => {
  const plan = await planOf({ alarmEmail: 'ops@chat.example' });
  expect(only(plan, 'TopicSubscription')).toMatchObject({
    protocol: 'email',
    endpoint: 'ops@chat.example',
  });
  const topic = expect.stringContaining('Topic-alarms-id') as string;
  for (const { props } of all(plan, 'MetricAlarm')) {
    expect(props).toMatchObject({ alarmActions: [topic], okActions: [topic] });
  }
  expect(only(plan, 'Notification')).toMatchObject({
    groupNames: ['chat-test'],
    notifications: ['autoscaling:EC2_INSTANCE_LAUNCH_ERROR'],
    topicArn: topic,
  });
  expect(violationsOf(plan, [8080])).toEqual([]);
});
