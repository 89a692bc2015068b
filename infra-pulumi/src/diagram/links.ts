import { type Planned, type Props, listOf, propsOf } from '../rules/rule';
import type { Node, Resource } from './nodes';

/** Something that one box does with another, other than reaching it through a security group. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly words: string;
}

/** What the instances may do, what is watched, and who is told. */
export function linksOf(plan: readonly Resource[], nodes: readonly Node[]): readonly Link[] {
  const group = nodes.find(({ resource }) => resource.type.endsWith(':Group'));
  return [
    ...(group === undefined ? [] : [...rights(plan, nodes, group), ...agents(nodes, group)]),
    ...watched(plan, nodes),
    ...told(plan, nodes),
  ];
}

/** A statement of the role's policy says by its name what is done to the boxes that it names. */
function rights(plan: readonly Planned[], nodes: readonly Node[], group: Node): readonly Link[] {
  return plan
    .filter(({ type }) => type.endsWith(':RolePolicy'))
    .flatMap(({ props }) =>
      listOf(propsOf(JSON.parse(String(props['policy'])))['Statement']).map(propsOf),
    )
    .flatMap((statement) =>
      nodes
        .filter((node) => node !== group && isNamedBy(statement, node))
        .map(({ key }) => ({ from: group.key, to: key, words: inWords(statement['Sid']) })),
    );
}

function isNamedBy(statement: Props, { resource }: Node): boolean {
  const arns = [...listOf(statement['Resource']), ...listOf(statement['NotResource'])].map(String);
  const name = resource.props['name'];
  const ends = [resource.id, ...(typeof name === 'string' ? [name, `${name}:*`] : [])];
  return arns.some((arn) => ends.some((end) => arn.endsWith(end)));
}

function agents(nodes: readonly Node[], group: Node): readonly Link[] {
  const name = String(group.resource.props['name']);
  return nodes
    .filter(({ resource }) => resource.type.endsWith(':Association'))
    .filter(({ resource }) => JSON.stringify(resource.props['targets']).includes(name))
    .map(({ key }) => ({ from: key, to: group.key, words: 'installs, configures' }));
}

/** An alarm looks at the load balancer that its dimensions name, or at a group of logs. */
function watched(plan: readonly Resource[], nodes: readonly Node[]): readonly Link[] {
  const filters = plan.filter(({ type }) => type.endsWith(':LogMetricFilter'));
  return alarmsOf(nodes).flatMap((alarm) => {
    const { metricName, dimensions } = alarm.resource.props;
    const filter = filters.find(
      ({ props }) => propsOf(props['metricTransformation'])['name'] === metricName,
    );
    return nodes
      .filter(({ resource }) =>
        filter === undefined
          ? resource.type.endsWith(':LoadBalancer') && propsOf(dimensions)['LoadBalancer']
          : resource.props['name'] === filter.props['logGroupName'],
      )
      .map(({ key }) => ({
        from: key,
        to: alarm.key,
        words: filter === undefined ? String(metricName) : String(filter.props['pattern']),
      }));
  });
}

function told(plan: readonly Resource[], nodes: readonly Node[]): readonly Link[] {
  const topics = nodes.filter(({ resource }) => resource.type.endsWith(':Topic'));
  const launches = plan.filter(({ type }) => type.endsWith(':Notification'));
  return topics.flatMap((topic) => {
    const alarms = alarmsOf(nodes).filter(({ resource }) =>
      refersTo(resource.props, topic.resource),
    );
    const groups = new Set(
      launches
        .filter(({ props }) => refersTo(props, topic.resource))
        .flatMap(({ props }) => listOf(props['groupNames'])),
    );
    return [
      alarms.map(({ key }) => ({ from: key, to: topic.key, words: '' })),
      nodes
        .filter(({ resource }) => groups.has(resource.props['name']))
        .map(({ key }) => ({ from: key, to: topic.key, words: 'launches that fail' })),
    ].flat();
  });
}

function alarmsOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(({ resource }) => resource.type.endsWith(':MetricAlarm'));
}

/** Whether a resource's settings have another one's id in them, which may be the end of an ARN. */
export function refersTo(props: Props, { id }: Resource): boolean {
  return new RegExp(`(?<!\\w)${id}(?!\\w)`).test(JSON.stringify(props));
}

function inWords(sid: unknown): string {
  return String(sid)
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}
