import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { agentDocument, agentSettings } from '../log-agent';
import type { Names } from '../names';

interface LogShippingArgs {
  readonly names: Names;
  readonly tags: (name: string) => Record<string, string>;
}

/** Brings the instances' journal to the log group, by way of Systems Manager's agent on them. */
export class LogShipping extends pulumi.ComponentResource {
  constructor(name: string, args: LogShippingArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:LogShipping', name, {}, opts);
    const { names, tags } = args;
    const parent = { parent: this };
    const parameter = new aws.ssm.Parameter(
      'log-agent',
      {
        name: names.agentParameter,
        type: 'String',
        insecureValue: agentSettings(names.logGroup),
        tags: tags('log-agent'),
      },
      parent,
    );
    const document = new aws.ssm.Document(
      'log-agent',
      {
        documentType: 'Command',
        documentFormat: 'JSON',
        targetType: '/AWS::EC2::Instance',
        content: parameter.name.apply(agentDocument),
        tags: tags('log-agent'),
      },
      parent,
    );
    new aws.ssm.Association(
      'log-agent',
      {
        name: document.name,
        // AWS' own tag, which nobody can put on another instance. New instances are found by it.
        targets: [{ key: 'tag:aws:autoscaling:groupName', values: [names.asg] }],
        // Again where it failed, and where the settings have changed since.
        scheduleExpression: 'rate(1 day)',
        tags: tags('log-agent'),
      },
      parent,
    );
    this.registerOutputs();
  }
}
