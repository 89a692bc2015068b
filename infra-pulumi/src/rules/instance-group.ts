import { type Rule, listOf, propsOf, ruleFor } from './rule';

/** One instance is none: it is replaced while people talk. And `$Latest` is never rolled out. */
export const instanceGroup: Rule = ruleFor(
  'instance-group-survives',
  'At least two instances in the subnets, of a numbered template, and none ended for its store.',
  ['aws:autoscaling/group:Group'],
  (props) => {
    const problems: string[] = [];
    if (!(Number(props['minSize']) >= 2)) problems.push('minSize is less than 2');
    if (listOf(props['vpcZoneIdentifiers']).length < 2) problems.push('it is in one subnet');
    if ((props['healthCheckType'] ?? 'EC2') !== 'EC2') {
      problems.push('instances that are not ready are ended, with everyone on them');
    }
    const { version } = propsOf(props['launchTemplate']);
    if (!/^\d+$/.test(String(version))) {
      problems.push(`the launch template's version is ${String(version)}, not a number`);
    }
    const { minHealthyPercentage } = propsOf(propsOf(props['instanceRefresh'])['preferences']);
    if (minHealthyPercentage !== 100) problems.push('a refresh ends old instances before new ones');
    const launching = listOf(props['initialLifecycleHooks'])
      .map((hook) => propsOf(hook))
      .find((hook) => hook['lifecycleTransition'] === 'autoscaling:EC2_INSTANCE_LAUNCHING');
    if (launching?.['defaultResult'] !== 'ABANDON') {
      problems.push('an instance that does not say it is ready goes into service');
    }
    return problems;
  },
);
