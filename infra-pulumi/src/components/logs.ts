import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

interface LogsArgs {
  readonly name: string;
  readonly retentionDays: number;
  readonly tags: (name: string) => Record<string, string>;
}

/** Where the instances write, and for how long it is kept. */
export class Logs extends pulumi.ComponentResource {
  readonly group: aws.cloudwatch.LogGroup;

  constructor(name: string, args: LogsArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:Logs', name, {}, opts);
    this.group = new aws.cloudwatch.LogGroup(
      'logs',
      { name: args.name, retentionInDays: args.retentionDays, tags: args.tags('logs') },
      { parent: this },
    );
    this.registerOutputs();
  }
}
