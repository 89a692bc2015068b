import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

interface AlarmsArgs {
  readonly email: string | undefined;
  readonly minSize: number;
  readonly logGroup: pulumi.Input<string>;
  readonly asgName: pulumi.Input<string>;
  readonly loadBalancerSuffix: pulumi.Input<string>;
  readonly targetGroupSuffix: pulumi.Input<string>;
  readonly tags: (name: string) => Record<string, string>;
}

/** What the boot script writes when it gives up; the alarm looks for it. */
export const bootFailedWords = 'boot failed';

const namespace = 'Chat';

/** What is worth waking someone for, and whom. Without an address they only show in the console. */
export class Alarms extends pulumi.ComponentResource {
  private readonly args: AlarmsArgs;
  private readonly actions: pulumi.Output<string>[];

  constructor(name: string, args: AlarmsArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:Alarms', name, {}, opts);
    this.args = args;
    this.actions = args.email === undefined ? [] : [this.topic(args.email)];
    for (const topicArn of this.actions) this.failedLaunches(topicArn);
    const hosts = {
      namespace: 'AWS/NetworkELB',
      metricName: 'HealthyHostCount',
      dimensions: {
        LoadBalancer: args.loadBalancerSuffix,
        TargetGroup: args.targetGroupSuffix,
      },
      comparisonOperator: 'LessThanThreshold',
      period: 60,
      treatMissingData: 'breaching',
    };
    this.alarm('no-healthy-instance', 'Nobody can log in: no instance is ready', {
      ...hosts,
      statistic: 'Maximum',
      threshold: 1,
      evaluationPeriods: 2,
    });
    this.alarm('too-few-instances', 'Fewer instances are ready than the least for 10 minutes', {
      ...hosts,
      statistic: 'Minimum',
      threshold: args.minSize,
      evaluationPeriods: 10,
    });
    this.bootFailures();
    this.registerOutputs();
  }

  private bootFailures(): void {
    const metricName = `BootFailures-${pulumi.getStack()}`;
    new aws.cloudwatch.LogMetricFilter(
      'boot-failures',
      {
        logGroupName: this.args.logGroup,
        pattern: `"${bootFailedWords}"`,
        metricTransformation: { namespace, name: metricName, value: '1', defaultValue: '0' },
      },
      { parent: this },
    );
    this.alarm('boot-failures', 'An instance could not build or start the server', {
      namespace,
      metricName,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      statistic: 'Sum',
      threshold: 1,
      period: 300,
      evaluationPeriods: 1,
      treatMissingData: 'notBreaching',
    });
  }

  /** A boot that fails before it can write, for want of a network say, ends as a failed launch. */
  private failedLaunches(topicArn: pulumi.Output<string>): void {
    new aws.autoscaling.Notification(
      'failed-launches',
      {
        groupNames: [this.args.asgName],
        notifications: ['autoscaling:EC2_INSTANCE_LAUNCH_ERROR'],
        topicArn,
      },
      { parent: this },
    );
  }

  private alarm(
    name: string,
    alarmDescription: string,
    args: aws.cloudwatch.MetricAlarmArgs,
  ): void {
    const alarmActions = this.actions;
    new aws.cloudwatch.MetricAlarm(
      name,
      {
        ...args,
        alarmDescription,
        alarmActions,
        okActions: alarmActions,
        tags: this.args.tags(name),
      },
      { parent: this },
    );
  }

  private topic(email: string): pulumi.Output<string> {
    const topic = new aws.sns.Topic('alarms', { tags: this.args.tags('alarms') }, { parent: this });
    new aws.sns.TopicSubscription(
      'alarms',
      { topic: topic.arn, protocol: 'email', endpoint: email },
      { parent: this },
    );
    return topic.arn;
  }
}
