import { type Rule, isOn, listOf, propsOf, ruleFor } from './rule';

const cluster = 'aws:elasticache/cluster:Cluster';

/** What people say to each other travels and rests encrypted, and a password is asked for it. */
export const unencryptedStore: Rule = ruleFor(
  'no-unencrypted-store',
  'The store is encrypted in transit and at rest, and needs a password.',
  ['aws:elasticache/replicationGroup:ReplicationGroup', cluster],
  (props, { type }) => {
    // A member of a group is as the group is; by itself it cannot be encrypted at rest.
    if (type === cluster) {
      return props['replicationGroupId'] === undefined ? ['it is no replication group'] : [];
    }
    const off = ['transitEncryptionEnabled', 'atRestEncryptionEnabled'].filter(
      (key) => !isOn(props[key]),
    );
    const problems = off.map((key) => `${key} is off`);
    if ((props['transitEncryptionMode'] ?? 'required') !== 'required') {
      problems.push('transitEncryptionMode lets in who does not encrypt');
    }
    const guards = [props['authToken'], props['authTokenWo'], ...listOf(props['userGroupIds'])];
    if (!guards.some(Boolean)) problems.push('it has neither authToken nor userGroupIds');
    return problems;
  },
);

/** The instances' disks hold the working copy and the logs. */
export const unencryptedDisk: Rule = ruleFor(
  'no-unencrypted-disk',
  'The disks of instances are encrypted.',
  ['aws:ec2/launchTemplate:LaunchTemplate'],
  (props) => {
    const disks = listOf(props['blockDeviceMappings']).map((one) => propsOf(propsOf(one)['ebs']));
    if (disks.length === 0) return ['blockDeviceMappings says nothing of the disk'];
    return disks.some((disk) => !isOn(disk['encrypted'])) ? ['a disk is not encrypted'] : [];
  },
);
