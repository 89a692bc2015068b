import { type Link, linksOf, refersTo } from './links';
import { type Node, type Resource, keyOf, nodesOf } from './nodes';
import { reachability, world } from './reachability';

/** A security group and the boxes in it. */
interface Zone {
  readonly group: Resource;
  readonly members: readonly Node[];
}

/**
 * A plan as a flowchart of Mermaid: boxes for what runs and what is kept, in their security groups;
 * solid arrows for who reaches whom on which ports, dotted ones for what else they have to do with
 * each other. All of it is read from the resources, so that it shows what is made.
 */
export function mermaidOf(resources: readonly Resource[]): string {
  // Pulumi registers them in no certain order.
  const plan = resources.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const nodes = nodesOf(plan);
  const zones = plan
    .filter(({ type }) => type === 'aws:ec2/securityGroup:SecurityGroup')
    .map((group) => ({ group, members: nodes.filter((node) => isIn(plan, node, group)) }));
  const areas = [...new Set(nodes.flatMap(({ area }) => area ?? []))];
  return [
    'flowchart LR',
    '  people(["People, with telnet"])',
    '  outside(["Packages, the repository, AWS"])',
    '  subgraph vpc["VPC, its public subnets"]',
    ...zones.flatMap(({ group, members }) =>
      frame('    ', `${keyOf(group.id)}["Security group: ${group.name}"]`, members),
    ),
    '  end',
    ...areas.flatMap((name) =>
      frame(
        '  ',
        name,
        nodes.filter(({ area }) => area === name),
      ),
    ),
    ...arrows(plan, zones).map((line) => `  ${line}`),
    ...linksOf(plan, nodes).map((link) => `  ${dotted(link)}`),
  ].join('\n');
}

/** An instance is in the group that its launch template names. */
function isIn(plan: readonly Resource[], { resource }: Node, group: Resource): boolean {
  const template = plan.find(
    ({ type, id }) =>
      type === 'aws:ec2/launchTemplate:LaunchTemplate' &&
      JSON.stringify(resource.props['launchTemplate'] ?? '').includes(id),
  );
  return refersTo(resource.props, group) || (template && refersTo(template.props, group)) === true;
}

function frame(indent: string, title: string, nodes: readonly Node[]): readonly string[] {
  const boxes = nodes.map((node) => `${indent}  ${box(node)}`);
  return [`${indent}subgraph ${title}`, ...boxes, `${indent}end`];
}

function box({ key, label }: Node): string {
  return `${key}["${label}"]`;
}

function arrows(plan: readonly Resource[], zones: readonly Zone[]): readonly string[] {
  const ends = (id: string, outside: string) =>
    id === world
      ? [outside]
      : zones
          .filter(({ group }) => group.id === id)
          .flatMap(({ members }) => members.map(({ key }) => key));
  return reachability(plan).flatMap(({ from, to, ports }) =>
    ends(from, 'people').flatMap((start) =>
      ends(to, 'outside').map((end) => `${start} -->|"TCP ${ports.join(', ')}"| ${end}`),
    ),
  );
}

function dotted({ from, to, words }: Link): string {
  return words === '' ? `${from} -.-> ${to}` : `${from} -.->|"${words.replaceAll('"', '')}"| ${to}`;
}
