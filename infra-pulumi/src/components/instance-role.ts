import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { assumeByInstances, instancePolicy, partitionOf } from '../iam-documents';

interface InstanceRoleArgs {
  readonly region: string;
  readonly asgName: string;
  readonly logGroup: string;
  readonly secretArn: pulumi.Output<string> | undefined;
  /** The parameter of the agent that ships the journal; undefined without Systems Manager. */
  readonly agentParameter: string | undefined;
  readonly tags: (name: string) => Record<string, string>;
}

/** Who an instance is to AWS. */
export class InstanceRole extends pulumi.ComponentResource {
  readonly profile: aws.iam.InstanceProfile;
  /** What has to be in place before the first instance asks for anything. */
  readonly rights: readonly pulumi.Resource[];

  constructor(name: string, args: InstanceRoleArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:InstanceRole', name, {}, opts);
    const { region, asgName, logGroup, agentParameter, tags } = args;
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
        instancePolicy({
          region,
          accountId: account,
          asgName,
          logGroup,
          secretArn,
          agentParameter,
        }),
      );
    this.rights = [
      new aws.iam.RolePolicy('instance', { role: role.name, policy }, parent),
      ...(agentParameter === undefined ? [] : [systemsManager(role, region, parent)]),
    ];
    this.profile = new aws.iam.InstanceProfile(
      'instance',
      { role: role.name, tags: tags('instance') },
      parent,
    );
    this.registerOutputs();
  }
}

/** A shell on an instance, and the agent that ships its journal. */
function systemsManager(
  role: aws.iam.Role,
  region: string,
  opts: pulumi.CustomResourceOptions,
): aws.iam.RolePolicyAttachment {
  const policyArn = `arn:${partitionOf(region)}:iam::aws:policy/AmazonSSMManagedInstanceCore`;
  return new aws.iam.RolePolicyAttachment('session-manager', { role: role.name, policyArn }, opts);
}
