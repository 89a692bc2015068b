import * as pulumi from '@pulumi/pulumi';
import { deploy } from '../program';
import { type Planned, type Props, propsOf } from '../rules/rule';
import type { Raw } from '../settings/reader';
import { settingsFrom } from '../settings/settings';

/** A commit, a password and a boot script that tests recognise. */
export const sample = {
  commit: '0123456789abcdef0123456789abcdef01234567',
  password: 'the-password-that-nobody-may-see',
  secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:store-password-AbCdEf',
  bootScript: '#!/usr/bin/env bash\nset -euo pipefail\necho "it\'s $CHAT_COMMIT"\n',
  repository: 'https://git.example/chat.git',
} as const;

/** A resource, and the id by which others refer to it. */
interface RecordedResource extends Planned {
  readonly id: string;
}

interface Recorded {
  /** Resources of AWS and their provider, with the inputs that the program gave them. */
  readonly plan: readonly RecordedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The providers that made them. */
  readonly providers: ReadonlySet<string>;
  readonly calls: readonly { readonly token: string; readonly inputs: Props }[];
}

/** What the account has, where a test wants it otherwise than usual. */
export interface Account {
  readonly zones?: Readonly<Record<string, string>>;
}

const zonesByDefault = {
  'subnet-0000000a': 'eu-central-1a',
  'subnet-0000000b': 'eu-central-1b',
  'subnet-0000000c': 'eu-central-1c',
};

/** Stands in for AWS from now on; what the program then makes and asks is recorded. */
export async function useMocks(
  instanceType: string,
  account: Account = {},
): Promise<Omit<Recorded, 'outputs'>> {
  const plan: RecordedResource[] = [];
  const providers = new Set<string>();
  const calls: { token: string; inputs: Props }[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        const props = propsOf(inputs);
        const id = idOf(type, name);
        if (type.startsWith('aws:')) providers.add(provider ?? '');
        if (type.startsWith('aws:') || type.startsWith('pulumi:providers')) {
          plan.push({ type, name, props, id });
        }
        return { id, state: { ...props, ...computed(type, name, props) } };
      },
      call: ({ token, inputs }) => {
        calls.push({ token, inputs: propsOf(inputs) });
        return answer(token, propsOf(inputs), instanceType, account);
      },
    },
    'chat-server',
    'test',
    false,
  );
  return { plan, providers, calls };
}

/** Runs the program against mocks, and records every resource and call. */
export async function recordedPlan(raw: Raw = {}, account: Account = {}): Promise<Recorded> {
  const read = settingsFrom({ repository: sample.repository, ...raw }, undefined);
  if ('refusals' in read) throw new Error(read.refusals.join('\n'));
  const { settings } = read;
  const recorded = await useMocks(settings.instanceType, account);
  const { commit, bootScript } = sample;
  const { stackTraceLimit } = Error;
  // Pulumi takes a stack for each promise, and jest maps each of its lines: half of the time.
  Error.stackTraceLimit = 0;
  try {
    const outputs = await valuesOf(deploy({ settings, commit, bootScript }));
    // Every resource has been registered when nothing is under way any more.
    await pulumi.runtime.disconnect();
    return { ...recorded, outputs };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

export async function valuesOf(outputs: object): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve) => {
    pulumi.output(outputs).apply((all) => {
      resolve({ ...all });
    });
  });
}

function idOf(type: string, name: string): string {
  // The id of a secret is its ARN.
  if (type.endsWith(':Secret')) return sample.secretArn;
  const short = /:(\w+)$/.exec(type)?.[1] ?? type;
  return `${short}-${name}-id`;
}

function arnOf(type: string, name: string): string {
  return `arn:aws:test:eu-central-1:123456789012:${idOf(type, name)}`;
}

function computed(type: string, name: string, props: Props): Props {
  return {
    arn: type.endsWith(':SecretVersion') ? props['secretId'] : arnOf(type, name),
    arnSuffix: `suffix/${name}`,
    name: props['name'] ?? `${name}-0123456`,
    ...(type.endsWith(':LoadBalancer') ? { dnsName: 'chat.elb.example' } : {}),
    ...(type.endsWith(':LaunchTemplate') ? { latestVersion: 7 } : {}),
    ...(type.endsWith(':ReplicationGroup')
      ? { primaryEndpointAddress: 'master.store.example' }
      : {}),
  };
}

function answer(token: string, inputs: Props, instanceType: string, account: Account): Props {
  const zones: Readonly<Record<string, string>> = account.zones ?? zonesByDefault;
  switch (token) {
    case 'aws:ec2/getVpc:getVpc':
      return { id: 'vpc-default0' };
    case 'aws:ec2/getSubnets:getSubnets':
      return { ids: Object.keys(zones) };
    case 'aws:ec2/getSubnet:getSubnet': {
      const vpcId = account.zones === undefined ? 'vpc-default0' : 'vpc-0000000f';
      return { id: inputs['id'], availabilityZone: zones[String(inputs['id'])], vpcId };
    }
    case 'aws:ssm/getParameter:getParameter':
      return { insecureValue: 'ami-00000001', value: 'ami-00000001' };
    case 'aws:ec2/getAmi:getAmi': {
      const [filter] = inputs['filters'] as [{ values: [string] }];
      const architecture = /^\w\dg/.test(instanceType) ? 'arm64' : 'x86_64';
      return { id: filter.values[0], architecture, rootDeviceName: '/dev/sda1' };
    }
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { accountId: '123456789012' };
    case 'aws:secretsmanager/getRandomPassword:getRandomPassword':
      return { randomPassword: sample.password };
    default:
      throw new Error(`The mocks know no ${token}.`);
  }
}
