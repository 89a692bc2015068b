import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { checkImage, imageParameter } from '../image';
import { architectureOf } from '../instance-type';
import type { Names } from '../names';
import type { Settings } from '../settings/settings';

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

/** How long the load balancer may take until it lets people in to a new instance. */
const warmupSeconds = 180;

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
          deviceIndex: 0,
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

  /** The image's literal id, so that a newer build is a new version of the template. */
  private image(settings: Settings): pulumi.Output<aws.ec2.GetAmiResult> {
    const { image, instanceType } = settings;
    const architecture = architectureOf(instanceType) ?? 'x86_64';
    const parameter = imageParameter(image, architecture);
    const parent = { parent: this };
    const id =
      parameter === undefined
        ? pulumi.output(image)
        : aws.ssm.getParameterOutput({ name: parameter }, parent).insecureValue;
    const filters = [{ name: 'image-id', values: [id] }];
    // One that was pinned may have grown old.
    const found = aws.ec2.getAmiOutput({ filters, includeDeprecated: true }, parent);
    return found.apply((ami) => {
      checkImage(ami, instanceType, architecture);
      return ami;
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
    // Not by the load balancer: with the store away no instance is ready, and ending them all would
    // only send everyone away. A server that hangs is restarted by systemd, on its instance.
    healthCheckType: 'EC2',
    healthCheckGracePeriod: 60,
    defaultInstanceWarmup: warmupSeconds,
    // `pulumi up` is done when people can log in, and fails when they cannot.
    minElbCapacity: settings.desiredSize,
    waitForCapacityTimeout: '20m',
    // The number: a template named by `$Latest` never starts a refresh.
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    instanceRefresh: {
      strategy: 'Rolling',
      preferences: {
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
        // AWS would go back to the template that the group has, and the provider has given it the new
        // one before it starts the refresh. So one that fails is a failure, and the old ones stay.
        autoRollback: false,
        instanceWarmup: String(warmupSeconds),
      },
    },
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 150 },
    // None for the end: the group waits for the load balancer to drain an instance anyway.
    initialLifecycleHooks: [
      {
        name: names.launchHook,
        lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
        defaultResult: 'ABANDON',
        heartbeatTimeout: bootTimeoutSeconds,
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
