import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { httpPort, storePort } from '../ports';

interface SecurityGroupsArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly port: number;
  /** The ports that the load balancer listens on. */
  readonly publicPorts: readonly number[];
  readonly allowedCidrs: readonly string[];
  /** Where the store of one's own listens; undefined when the program makes one. */
  readonly existingStorePort: number | undefined;
  readonly tags: (name: string) => Record<string, string>;
}

/**
 * Who may talk to whom: the world to the load balancer, the load balancer to the instances, the
 * instances to the store. There is no way in for SSH.
 */
export class SecurityGroups extends pulumi.ComponentResource {
  readonly loadBalancer: aws.ec2.SecurityGroup;
  readonly instances: aws.ec2.SecurityGroup;
  readonly store: aws.ec2.SecurityGroup | undefined;
  private readonly args: SecurityGroupsArgs;

  constructor(name: string, args: SecurityGroupsArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:SecurityGroups', name, {}, opts);
    this.args = args;
    this.loadBalancer = this.group('load-balancer', 'The chat ports, from where it is allowed');
    this.instances = this.group('instances', 'From the load balancer only');
    for (const port of args.publicPorts) {
      for (const cidr of args.allowedCidrs) {
        // Two colons would end a name in Pulumi.
        const label = `load-balancer-${port}-from-${cidr.replaceAll(':', '_')}`;
        this.ingress(label, this.loadBalancer, port, cidrOf(cidr));
      }
    }
    for (const port of [args.port, httpPort]) {
      const from = { referencedSecurityGroupId: this.loadBalancer.id };
      this.ingress(`instances-${port}`, this.instances, port, from);
      const to = { referencedSecurityGroupId: this.instances.id };
      this.egress(`load-balancer-${port}`, this.loadBalancer, port, to);
    }
    // Packages come over http (signed) and https; the repository, npm and AWS over https.
    for (const port of [80, 443]) {
      this.egress(`instances-${port}`, this.instances, port, cidrOf('0.0.0.0/0'));
    }
    this.store = this.wayToStore();
    this.registerOutputs();
  }

  private wayToStore(): aws.ec2.SecurityGroup | undefined {
    const { existingStorePort } = this.args;
    if (existingStorePort !== undefined) {
      if (![80, 443].includes(existingStorePort)) {
        this.egress('instances-store', this.instances, existingStorePort, cidrOf('0.0.0.0/0'));
      }
      return undefined;
    }
    const store = this.group('store', 'From the instances only');
    const instances = { referencedSecurityGroupId: this.instances.id };
    this.ingress('store', store, storePort, instances);
    this.egress('instances-store', this.instances, storePort, {
      referencedSecurityGroupId: store.id,
    });
    return store;
  }

  private group(name: string, description: string): aws.ec2.SecurityGroup {
    const { vpcId, tags } = this.args;
    return new aws.ec2.SecurityGroup(
      name,
      { vpcId, description, tags: tags(name) },
      { parent: this },
    );
  }

  private ingress(name: string, group: aws.ec2.SecurityGroup, port: number, from: Peer): void {
    new aws.vpc.SecurityGroupIngressRule(name, this.rule(name, group, port, from), {
      parent: this,
    });
  }

  private egress(name: string, group: aws.ec2.SecurityGroup, port: number, to: Peer): void {
    new aws.vpc.SecurityGroupEgressRule(name, this.rule(name, group, port, to), { parent: this });
  }

  private rule(
    name: string,
    group: aws.ec2.SecurityGroup,
    port: number,
    peer: Peer,
  ): aws.vpc.SecurityGroupIngressRuleArgs {
    return {
      securityGroupId: group.id,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      ...peer,
      tags: this.args.tags(name),
    };
  }
}

type Peer = Pick<
  aws.vpc.SecurityGroupIngressRuleArgs,
  'cidrIpv4' | 'cidrIpv6' | 'referencedSecurityGroupId'
>;

function cidrOf(cidr: string): Peer {
  return cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr };
}
