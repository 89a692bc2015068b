import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { assumeByInstances, instancePolicy, partitionOf } from '../iam-documents';

interface InstanceRoleArgs {
  readonly region: string;
  readonly asgName: string;
  readonly logGroup: string;
  readonly secretArn: pulumi.Output<string> | undefined;
  readonly tags: (name: string) => Record<string, string>;
}

/** Who an instance is to AWS. */
export class InstanceRole extends pulumi.ComponentResource {
  readonly profile: aws.iam.InstanceProfile;
  /** What has to be in place before the first instance asks for anything. */
  readonly rights: readonly pulumi.Resource[];

  constructor(name: string, args: InstanceRoleArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:InstanceRole', name, {}, opts);
    const { region, asgName, logGroup, tags } = args;
    const parent = { parent: this };
    const role = new aws.iam.Role(
      'instance',
      { assumeRolePolicy: assumeByInstances(), tags: tags('instance') },
      parent,
    );
    const { accountId } = aws.getCallerIdentityOutput({}, parent);
    const policy = pulumi
      .all([accountId, args.secretArn ?? pulumi.output(undefined)])
      .apply(([account, secretArn]) =>
        instancePolicy({ region, accountId: account, asgName, logGroup, secretArn }),
      );
    this.rights = [
      new aws.iam.RolePolicy('instance', { role: role.name, policy }, parent),
      new aws.iam.RolePolicyAttachment(
        'session-manager',
        {
          role: role.name,
          policyArn: `arn:${partitionOf(region)}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
        },
        parent,
      ),
    ];
    this.profile = new aws.iam.InstanceProfile(
      'instance',
      { role: role.name, tags: tags('instance') },
      parent,
    );
    this.registerOutputs();
  }
}
