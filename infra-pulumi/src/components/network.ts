import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { subnetsToUse } from '../subnets';

interface NetworkArgs {
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
}

/**
 * The VPC and its subnets, one a zone: those of the configuration, else the public ones of the
 * VPC, else those of the default VPC. It makes nothing.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly subnetIds: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:Network', name, {}, opts);
    const parent = { parent: this };
    this.vpcId =
      args.vpcId === undefined
        ? aws.ec2.getVpcOutput({ default: true }, parent).id
        : pulumi.output(args.vpcId);
    const ids =
      args.subnetIds.length > 0
        ? pulumi.output([...args.subnetIds])
        : aws.ec2.getSubnetsOutput(
            {
              filters: [
                { name: 'vpc-id', values: [this.vpcId] },
                // The load balancer faces the internet, and the instances fetch from it.
                { name: 'map-public-ip-on-launch', values: ['true'] },
              ],
            },
            parent,
          ).ids;
    const subnets = ids.apply((all) =>
      pulumi.all(all.map((id) => aws.ec2.getSubnetOutput({ id }, parent))),
    );
    this.subnetIds = pulumi.all([subnets, this.vpcId]).apply(([all, vpcId]) => {
      const found = all.map((one) => ({ ...one, zone: one.availabilityZone }));
      return subnetsToUse(found, vpcId, args.subnetIds.length > 0).map(({ id }) => id);
    });
    this.registerOutputs();
  }
}
