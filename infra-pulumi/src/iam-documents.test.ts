import { instancePolicy, partitionOf } from './iam-documents';

const rights = {
  region: 'eu-central-1',
  accountId: '123456789012',
  asgName: 'chat-prod',
  logGroup: '/chat/chat-prod',
  secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:store-AbCdEf',
  agentParameter: '/chat/chat-prod/cloudwatch-agent',
};

test('an instance may finish its launch, write its logs and read its one secret, no more', () => {
  const { Statement: statements } = JSON.parse(instancePolicy(rights));
  expect(statements).toEqual([
    {
      Sid: 'FinishOwnLaunch',
      Effect: 'Allow',
      Action: ['autoscaling:CompleteLifecycleAction'],
      Resource:
        'arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/chat-prod',
    },
    {
      Sid: 'WriteOwnLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: 'arn:aws:logs:eu-central-1:123456789012:log-group:/chat/chat-prod:*',
    },
    {
      Sid: 'ReadStorePassword',
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: rights.secretArn,
    },
    {
      Sid: 'ReadThisParameterOnly',
      Effect: 'Deny',
      Action: ['ssm:GetParameter', 'ssm:GetParameters'],
      NotResource: [
        'arn:aws:ssm:eu-central-1:123456789012:parameter/chat/chat-prod/cloudwatch-agent',
        'arn:aws:ssm:eu-central-1::parameter/aws/service/*',
      ],
    },
  ]);
});

test('where there is no secret there is no right to read one', () => {
  expect(instancePolicy({ ...rights, secretArn: undefined })).not.toContain('secretsmanager');
});

test('where Systems Manager has no agent there is nothing to deny it', () => {
  expect(instancePolicy({ ...rights, agentParameter: undefined })).not.toContain('ssm:');
});

test('ARNs are of the world that the region is in', () => {
  expect(partitionOf('eu-central-1')).toBe('aws');
  expect(partitionOf('us-gov-west-1')).toBe('aws-us-gov');
  expect(partitionOf('cn-north-1')).toBe('aws-cn');
});
