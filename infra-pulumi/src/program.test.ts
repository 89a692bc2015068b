import type { Planned } from './rules/rule';
import { violationsOf } from './rules/rules';
import { all, markedSecret, only, rulesOf, userDataIn } from './testing/plan-reading';
import { recordedPlan, sample } from './testing/recorded-plan';

describe('with nothing but the repository said', () => {
  let plan: readonly Planned[] = [];
  let recorded: Awaited<ReturnType<typeof recordedPlan>>;

  beforeAll(async () => {
    recorded = await recordedPlan();
    ({ plan } = recorded);
  });

  test('it breaks no rule', () => {
    expect(violationsOf(plan, [8080])).toEqual([]);
  });

  test('it says where to telnet to, and where the logs are', () => {
    expect(recorded.outputs).toEqual({
      nlbDnsName: 'chat.elb.example',
      telnetCommand: 'telnet chat.elb.example 8080',
      asgName: 'chat-test',
      logsUrl: expect.stringContaining('$252Fchat$252Fchat-test') as string,
    });
  });

  test('everything is made through the provider of the region, which tags by itself too', () => {
    expect(only(plan, 'aws')).toMatchObject({
      region: 'eu-central-1',
      defaultTags: '{"tags":{"Project":"service_chat"}}',
    });
    expect(recorded.providers.size).toBe(1);
    expect([...recorded.providers][0]).toMatch(/pulumi:providers:aws::aws::/);
  });

  test('an internet-facing load balancer leads over zones to instances that are ready', () => {
    expect(only(plan, 'LoadBalancer')).toMatchObject({
      loadBalancerType: 'network',
      internal: false,
      enableCrossZoneLoadBalancing: true,
      securityGroups: ['SecurityGroup-load-balancer-id'],
      subnets: ['subnet-0000000a', 'subnet-0000000b', 'subnet-0000000c'],
    });
    expect(only(plan, 'TargetGroup')).toMatchObject({
      vpcId: 'vpc-default0',
      port: 8080,
      protocol: 'TCP',
      targetType: 'instance',
      preserveClientIp: 'true',
      deregistrationDelay: 120,
      connectionTermination: false,
      targetHealthStates: [{ enableUnhealthyConnectionTermination: false }],
      healthCheck: { protocol: 'HTTP', port: '8081', path: '/readyz', matcher: '200' },
    });
    expect(only(plan, 'Listener')).toMatchObject({
      loadBalancerArn: expect.stringContaining('LoadBalancer-chat-id') as string,
      port: 8080,
      protocol: 'TCP',
      defaultActions: [
        {
          type: 'forward',
          targetGroupArn: expect.stringContaining('TargetGroup-chat-id') as string,
        },
      ],
    });
  });

  test('the world reaches the load balancer, it the instances, and they the store: no more', () => {
    expect(rulesOf(plan, 'Ingress')).toEqual([
      'instances 8080 load-balancer',
      'instances 8081 load-balancer',
      'load-balancer 8080 ::/0',
      'load-balancer 8080 0.0.0.0/0',
      'store 6379 instances',
    ]);
    expect(rulesOf(plan, 'Egress')).toEqual([
      'instances 443 0.0.0.0/0',
      'instances 6379 store',
      'instances 80 0.0.0.0/0',
      'load-balancer 8080 instances',
      'load-balancer 8081 instances',
    ]);
    for (const { props } of all(plan, 'SecurityGroup')) {
      expect(props).toMatchObject({ vpcId: 'vpc-default0' });
      expect(props).not.toHaveProperty('ingress');
      expect(props).not.toHaveProperty('egress');
    }
  });

  test('instances are built from a template that asks for a token and encrypts', () => {
    const template = only(plan, 'LaunchTemplate');
    expect(template).toMatchObject({
      imageId: 'ami-00000001',
      instanceType: 't4g.micro',
      iamInstanceProfile: { arn: expect.stringContaining('InstanceProfile-instance-id') as string },
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
      },
      networkInterfaces: [{ securityGroups: ['SecurityGroup-instances-id'] }],
      blockDeviceMappings: [
        { deviceName: '/dev/sda1', ebs: { volumeType: 'gp3', encrypted: 'true' } },
      ],
    });
    expect(template).not.toHaveProperty('keyName');
  });

  test('the group keeps two, and has new ones before it ends old ones', () => {
    expect(only(plan, 'Group')).toMatchObject({
      name: 'chat-test',
      minSize: 2,
      maxSize: 4,
      desiredCapacity: 2,
      healthCheckType: 'EC2',
      minElbCapacity: 2,
      targetGroupArns: [expect.stringContaining('TargetGroup-chat-id') as string],
      vpcZoneIdentifiers: ['subnet-0000000a', 'subnet-0000000b', 'subnet-0000000c'],
      launchTemplate: { id: 'LaunchTemplate-chat-id', version: '7' },
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 150,
          autoRollback: false,
          instanceWarmup: '180',
        },
      },
      initialLifecycleHooks: [
        {
          name: 'chat-test-ready',
          lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          defaultResult: 'ABANDON',
        },
      ],
      tags: expect.arrayContaining([
        { key: 'Project', value: 'service_chat', propagateAtLaunch: true },
      ]) as unknown[],
    });
  });

  test('the boot script is told what it needs, and no secret', () => {
    const userData = userDataIn(plan);
    for (const line of [
      `CHAT_REPOSITORY='${sample.repository}'`,
      `CHAT_COMMIT='${sample.commit}'`,
      "CHAT_STORE_ENDPOINT='master.store.example:6379'",
      "CHAT_STORE_TLS='true'",
      `CHAT_STORE_SECRET_ID='${sample.secretArn}'`,
      "CHAT_STORE_URL=''",
      "CHAT_HOOK_NAME='chat-test-ready'",
      "CHAT_ASG_NAME='chat-test'",
      "CHAT_LOG_GROUP='/chat/chat-test'",
    ]) {
      expect(userData).toContain(`export ${line}\n`);
    }
    expect(userData.endsWith(sample.bootScript)).toBe(true);
    expect(userData).not.toContain(sample.password);
  });

  test('the store has a spare in another zone, encrypts, and asks for the password it was given', () => {
    expect(only(plan, 'ReplicationGroup')).toMatchObject({
      engine: 'valkey',
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      securityGroupIds: ['SecurityGroup-store-id'],
      subnetGroupName: 'store-0123456',
      parameterGroupName: 'store-0123456',
    });
    expect(only(plan, 'ParameterGroup')).toMatchObject({
      parameters: [{ name: 'maxmemory-policy', value: 'noeviction' }],
    });
    expect(only(plan, 'SecretVersion')).toMatchObject({ secretId: sample.secretArn });
  });

  test('the password stands in the secret and the store only, and is secret to Pulumi there', () => {
    const places = plan.filter(({ props }) => JSON.stringify(props).includes(sample.password));
    expect(places.map(({ type }) => type.replace(/^.*:/, '')).toSorted()).toEqual([
      'ReplicationGroup',
      'SecretVersion',
    ]);
    expect(only(plan, 'ReplicationGroup')['authToken']).toEqual(markedSecret(sample.password));
    expect(only(plan, 'SecretVersion')['secretString']).toEqual(markedSecret(sample.password));
  });

  test('an instance has the rights of Session Manager, and its own few', () => {
    expect(only(plan, 'RolePolicyAttachment')).toEqual({
      role: 'instance-0123456',
      policyArn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    });
    const { Statement: statements } = JSON.parse(String(only(plan, 'RolePolicy')['policy']));
    expect(statements).toMatchObject([
      { Resource: expect.stringMatching(/:autoScalingGroupName\/chat-test$/) as string },
      { Resource: expect.stringMatching(/:log-group:\/chat\/chat-test:\*$/) as string },
      { Resource: sample.secretArn },
      {
        Effect: 'Deny',
        NotResource: [
          'arn:aws:ssm:eu-central-1:123456789012:parameter/chat/chat-test/cloudwatch-agent',
          'arn:aws:ssm:eu-central-1::parameter/aws/service/*',
        ],
      },
    ]);
    expect(only(plan, 'InstanceProfile')).toMatchObject({ role: 'instance-0123456' });
  });

  test('the journal is shipped to the log group from the instances of the group', () => {
    const { logs } = JSON.parse(String(only(plan, 'Parameter')['insecureValue']));
    expect(only(plan, 'Parameter')).toMatchObject({
      name: '/chat/chat-test/cloudwatch-agent',
      type: 'String',
    });
    expect(logs.logs_collected.journald.collect_list).toEqual([
      {
        log_group_name: '/chat/chat-test',
        log_stream_name: 'journal/{instance_id}',
        units: ['chat-server.service', 'cloud-final.service'],
      },
    ]);
    const { mainSteps } = JSON.parse(String(only(plan, 'Document')['content']));
    expect(mainSteps).toMatchObject([
      { inputs: { documentPath: 'AWS-ConfigureAWSPackage' } },
      {
        inputs: {
          documentPath: 'AmazonCloudWatch-ManageAgent',
          documentParameters: { optionalConfigurationLocation: '/chat/chat-test/cloudwatch-agent' },
        },
      },
    ]);
    expect(only(plan, 'Association')).toMatchObject({
      name: 'log-agent-0123456',
      targets: [{ key: 'tag:aws:autoscaling:groupName', values: ['chat-test'] }],
    });
  });

  test('logs are kept for 30 days, and three alarms look at what matters', () => {
    expect(only(plan, 'LogGroup')).toMatchObject({ name: '/chat/chat-test', retentionInDays: 30 });
    expect(only(plan, 'LogMetricFilter')).toMatchObject({
      logGroupName: '/chat/chat-test',
      pattern: '"boot failed"',
    });
    const hosts = {
      metricName: 'HealthyHostCount',
      dimensions: { LoadBalancer: 'suffix/chat', TargetGroup: 'suffix/chat' },
      treatMissingData: 'breaching',
      alarmActions: [],
    };
    expect(only(plan, 'MetricAlarm', 'no-healthy-instance')).toMatchObject({
      ...hosts,
      threshold: 1,
    });
    expect(only(plan, 'MetricAlarm', 'too-few-instances')).toMatchObject({
      ...hosts,
      threshold: 2,
    });
    expect(only(plan, 'MetricAlarm', 'boot-failures')).toMatchObject({ threshold: 1 });
    expect(all(plan, 'MetricAlarm')).toHaveLength(3);
    expect(all(plan, 'Topic')).toEqual([]);
    expect(all(plan, 'Notification')).toEqual([]);
  });
});
