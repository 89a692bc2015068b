import { type Planned, type Rule, listOf, propsOf } from './rule';

/** What AWS has no tags for. Whatever is not here needs the tag, so that a new type is noticed. */
const untaggable: ReadonlySet<string> = new Set([
  'aws:autoscaling/notification:Notification',
  'aws:cloudwatch/logMetricFilter:LogMetricFilter',
  'aws:iam/rolePolicy:RolePolicy',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
  'aws:secretsmanager/secretVersion:SecretVersion',
  'aws:sns/topicSubscription:TopicSubscription',
]);

/** Everything that can be tagged says whose it is, also what an instance brings with it. */
export const untagged: Rule = {
  name: 'no-untagged-resource',
  description: 'Every resource that can be tagged has the tag Project.',
  violations: (plan) =>
    plan
      .filter(({ type }) => type.startsWith('aws:') && !untaggable.has(type))
      .flatMap((resource) => missing(resource).map((where) => `${resource.name}: ${where}`)),
};

function missing({ type, props }: Planned): readonly string[] {
  const tagged =
    type === 'aws:autoscaling/group:Group'
      ? listOf(props['tags']).some((tag) => isPropagatedProject(propsOf(tag)))
      : hasProject(props['tags']) || hasProject(props['tagsAll']);
  const problems = tagged ? [] : [`${type} has no tag Project`];
  if (type !== 'aws:ec2/launchTemplate:LaunchTemplate') return problems;
  const specified = listOf(props['tagSpecifications']).map((one) => propsOf(one));
  const bare = ['instance', 'volume'].filter(
    (kind) => !specified.some((one) => one['resourceType'] === kind && hasProject(one['tags'])),
  );
  return [...problems, ...bare.map((kind) => `its ${kind} has no tag Project`)];
}

function isPropagatedProject(tag: ReturnType<typeof propsOf>): boolean {
  return tag['key'] === 'Project' && Boolean(tag['value']) && tag['propagateAtLaunch'] === true;
}

function hasProject(tags: unknown): boolean {
  return Boolean(propsOf(tags)['Project']);
}
