interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: string;
  readonly NotResource?: readonly string[];
}

interface InstanceRights {
  readonly region: string;
  readonly accountId: string;
  readonly asgName: string;
  readonly logGroup: string;
  /** The one secret to be read, if there is one. */
  readonly secretArn: string | undefined;
  /** The one parameter to be read, where Systems Manager has its agent on the instances. */
  readonly agentParameter: string | undefined;
}

/** AWS has three worlds whose ARNs differ. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Lets EC2 instances take a role. */
export function assumeByInstances(): string {
  return document([
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'ec2.amazonaws.com' },
    },
  ]);
}

/** What an instance may do: no more than the boot and the logs need, each on its own resource. */
export function instancePolicy(rights: InstanceRights): string {
  const { region, accountId, asgName, logGroup, secretArn, agentParameter } = rights;
  const arn = `arn:${partitionOf(region)}`;
  const statements: Statement[] = [
    {
      Sid: 'FinishOwnLaunch',
      Effect: 'Allow',
      Action: ['autoscaling:CompleteLifecycleAction'],
      Resource: `${arn}:autoscaling:${region}:${accountId}:autoScalingGroup:*:autoScalingGroupName/${asgName}`,
    },
    {
      Sid: 'WriteOwnLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${arn}:logs:${region}:${accountId}:log-group:${logGroup}:*`,
    },
  ];
  if (secretArn !== undefined) {
    statements.push({
      Sid: 'ReadStorePassword',
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: secretArn,
    });
  }
  if (agentParameter !== undefined) {
    statements.push({
      // Session Manager's policy lets an instance read every parameter of the account.
      Sid: 'ReadThisParameterOnly',
      Effect: 'Deny',
      Action: ['ssm:GetParameter', 'ssm:GetParameters'],
      NotResource: [
        `${arn}:ssm:${region}:${accountId}:parameter${agentParameter}`,
        `${arn}:ssm:${region}::parameter/aws/service/*`,
      ],
    });
  }
  return document(statements);
}

function document(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
