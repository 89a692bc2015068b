import { type Planned, type Props, listOf } from '../rules/rule';

/** What is drawn of a resource. */
interface Kind {
  readonly type: string;
  readonly title: string;
  /** Where it is, if that is no security group. */
  readonly area?: string;
  /** More about it, from its own settings. */
  readonly detail: (props: Props, plan: readonly Planned[]) => string;
}

/** A plan's resource, with the id by which others refer to it. */
export interface Resource extends Planned {
  readonly id: string;
}

export interface Node {
  /** Its name in the diagram. */
  readonly key: string;
  readonly label: string;
  readonly area: string | undefined;
  readonly resource: Resource;
}

/** The resources worth a box; the others are how these are made. */
const kinds: readonly Kind[] = [
  {
    type: 'aws:lb/loadBalancer:LoadBalancer',
    title: 'Network load balancer',
    detail: ({ subnets }) => `in ${listOf(subnets).length} zones`,
  },
  {
    type: 'aws:autoscaling/group:Group',
    title: 'Auto Scaling group',
    detail: ({ minSize, maxSize }, plan) =>
      `${String(minSize)} to ${String(maxSize)} × ${instanceType(plan)}`,
  },
  {
    type: 'aws:elasticache/replicationGroup:ReplicationGroup',
    title: 'ElastiCache for Valkey',
    detail: ({ numCacheClusters }) => `${String(numCacheClusters)} nodes, TLS`,
  },
  {
    type: 'aws:secretsmanager/secret:Secret',
    title: 'Secrets Manager',
    area: 'Settings',
    detail: ({ description }) => String(description),
  },
  {
    type: 'aws:ssm/parameter:Parameter',
    title: 'Parameter Store',
    area: 'Settings',
    detail: () => 'what to read of the journal',
  },
  {
    type: 'aws:ssm/association:Association',
    title: 'State Manager',
    area: 'Settings',
    detail: () => 'CloudWatch agent',
  },
  {
    type: 'aws:cloudwatch/logGroup:LogGroup',
    title: 'Log group',
    area: 'Observability',
    detail: ({ retentionInDays }) => `kept for ${String(retentionInDays)} days`,
  },
  {
    type: 'aws:cloudwatch/metricAlarm:MetricAlarm',
    title: 'Alarm',
    area: 'Observability',
    detail: ({ alarmDescription }) => String(alarmDescription),
  },
  {
    type: 'aws:sns/topic:Topic',
    title: 'Topic',
    area: 'Observability',
    detail: () => 'mail to alarmEmail',
  },
];

/** The boxes of a plan, in the order of the kinds. */
export function nodesOf(plan: readonly Resource[]): readonly Node[] {
  return kinds.flatMap(({ type, title, area, detail }) =>
    plan
      .filter((resource) => resource.type === type)
      .map((resource) => ({
        key: keyOf(resource.id.startsWith('arn:') ? resource.name : resource.id),
        label: `<b>${title}</b><br>${detail(resource.props, plan)}`,
        area,
        resource,
      })),
  );
}

/** A word of Mermaid's for something. */
export function keyOf(text: string): string {
  return text.replaceAll(/\W+/g, '_');
}

function instanceType(plan: readonly Planned[]): string {
  const template = plan.find(({ type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate');
  return String(template?.props['instanceType']);
}
