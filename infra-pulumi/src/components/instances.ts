import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { checkImage, imageParameter } from '../image';
import { architectureOf } from '../instance-type';
import type { Names } from '../names';
import type { Settings } from '../settings/settings';
import { drainSeconds } from './load-balancer';

interface InstancesArgs {
  readonly settings: Settings;
  readonly names: Names;
  readonly subnetIds: pulumi.Input<string[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly profileArn: pulumi.Input<string>;
  readonly targetGroupArn: pulumi.Input<string>;
  /** Base64. */
  readonly userData: pulumi.Input<string>;
  readonly tags: (name: string) => Record<string, string>;
}

/** A boot that takes longer has failed; the hook then gives the instance up. */
const bootTimeoutSeconds = 900;

/** The servers: a template that builds itself at boot, and a group that keeps enough of them. */
export class Instances extends pulumi.ComponentResource {
  readonly group: aws.autoscaling.Group;

  constructor(name: string, args: InstancesArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:Instances', name, {}, { ...opts, dependsOn: [] });
    const template = new aws.ec2.LaunchTemplate('chat', this.template(args), { parent: this });
    this.group = new aws.autoscaling.Group('chat', group(args, template), {
      parent: this,
      // What the first instance needs at once.
      dependsOn: opts.dependsOn ?? [],
    });
    this.registerOutputs();
  }

  private template(args: InstancesArgs): aws.ec2.LaunchTemplateArgs {
    const { settings, tags } = args;
    const image = this.image(settings);
    return {
      imageId: image.id,
      instanceType: settings.instanceType,
      userData: args.userData,
      updateDefaultVersion: true,
      iamInstanceProfile: { arn: args.profileArn },
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
      },
      networkInterfaces: [
        {
          // The way out, for git, npm and packages; the security group lets nobody in by it.
          associatePublicIpAddress: 'true',
          securityGroups: [args.securityGroupId],
          deleteOnTermination: 'true',
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: image.rootDeviceName,
          ebs: {
            volumeType: 'gp3',
            volumeSize: 10,
            encrypted: 'true',
            deleteOnTermination: 'true',
          },
        },
      ],
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags: tags('chat'),
      })),
      tags: tags('chat'),
    };
  }

  /** The image's literal id: a rollback of an instance refresh takes nothing else. */
  private image(settings: Settings): pulumi.Output<aws.ec2.GetAmiResult> {
    const { image, instanceType } = settings;
    const architecture = architectureOf(instanceType) ?? 'x86_64';
    const parameter = imageParameter(image, architecture);
    const parent = { parent: this };
    const id =
      parameter === undefined
        ? pulumi.output(image)
        : aws.ssm.getParameterOutput({ name: parameter }, parent).insecureValue;
    return aws.ec2
      .getAmiOutput({ filters: [{ name: 'image-id', values: [id] }] }, parent)
      .apply((found) => {
        checkImage(found, instanceType, architecture);
        return found;
      });
  }
}

function group(args: InstancesArgs, template: aws.ec2.LaunchTemplate): aws.autoscaling.GroupArgs {
  const { settings, names } = args;
  return {
    name: names.asg,
    minSize: settings.minSize,
    maxSize: settings.maxSize,
    desiredCapacity: settings.desiredSize,
    vpcZoneIdentifiers: args.subnetIds,
    targetGroupArns: [args.targetGroupArn],
    healthCheckType: 'ELB',
    healthCheckGracePeriod: 60,
    defaultInstanceWarmup: 60,
    // `pulumi up` is done when people can log in, and fails when they cannot.
    minElbCapacity: settings.desiredSize,
    waitForCapacityTimeout: '20m',
    // The number: a template named by `$Latest` never starts a refresh and cannot be rolled back.
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    instanceRefresh: {
      strategy: 'Rolling',
      preferences: {
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
        autoRollback: true,
        instanceWarmup: '60',
      },
    },
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    initialLifecycleHooks: [
      {
        name: names.launchHook,
        lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        defaultResult: 'ABANDON',
        heartbeatTimeout: bootTimeoutSeconds,
      },
      {
        name: names.terminateHook,
        lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
        defaultResult: 'CONTINUE',
        heartbeatTimeout: drainSeconds,
      },
    ],
    enabledMetrics: ['GroupInServiceInstances', 'GroupDesiredCapacity'],
    tags: Object.entries(args.tags('chat')).map(([key, value]) => ({
      key,
      value,
      propagateAtLaunch: true,
    })),
  };
}
