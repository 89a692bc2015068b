import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { httpPort } from '../ports';

interface LoadBalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<string[]>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly port: number;
  readonly tlsPort: number;
  readonly certificateArn: string | undefined;
  readonly tags: (name: string) => Record<string, string>;
}

/**
 * How long an instance that is taken away goes on with its people while nobody new comes to it;
 * AWS recommends no less, as nodes of the load balancer hear of it late.
 */
const drainSeconds = 120;

/** The one address of the chat, and where it leads. */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly balancer: aws.lb.LoadBalancer;
  readonly targets: aws.lb.TargetGroup;
  readonly listeners: readonly aws.lb.Listener[];

  constructor(name: string, args: LoadBalancerArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:LoadBalancer', name, {}, opts);
    const parent = { parent: this };
    this.balancer = new aws.lb.LoadBalancer(
      'chat',
      {
        loadBalancerType: 'network',
        internal: false,
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        enableCrossZoneLoadBalancing: true,
        tags: args.tags('chat'),
      },
      parent,
    );
    this.targets = new aws.lb.TargetGroup('chat', targetGroup(args), parent);
    this.listeners = [
      this.listener('tcp', args, { port: args.port, protocol: 'TCP' }),
      ...(args.certificateArn === undefined
        ? []
        : [
            this.listener('tls', args, {
              port: args.tlsPort,
              protocol: 'TLS',
              certificateArn: args.certificateArn,
              sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
            }),
          ]),
    ];
    this.registerOutputs();
  }

  private listener(
    name: string,
    args: LoadBalancerArgs,
    how: Pick<aws.lb.ListenerArgs, 'port' | 'protocol' | 'certificateArn' | 'sslPolicy'>,
  ): aws.lb.Listener {
    const defaultActions = [{ type: 'forward', targetGroupArn: this.targets.arn }];
    return new aws.lb.Listener(
      name,
      { loadBalancerArn: this.balancer.arn, ...how, defaultActions, tags: args.tags(name) },
      { parent: this },
    );
  }
}

function targetGroup(args: LoadBalancerArgs): aws.lb.TargetGroupArgs {
  return {
    vpcId: args.vpcId,
    port: args.port,
    protocol: 'TCP',
    targetType: 'instance',
    // The server's limit of connections per address needs the real one.
    preserveClientIp: 'true',
    deregistrationDelay: drainSeconds,
    // It is the server that ends the connections, as it stops, with a word of farewell.
    connectionTermination: false,
    // An instance whose store is away is not ready, but its people stay connected.
    targetHealthStates: [
      { enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 0 },
    ],
    healthCheck: {
      protocol: 'HTTP',
      port: String(httpPort),
      path: '/readyz',
      matcher: '200',
      interval: 10,
      timeout: 5,
      healthyThreshold: 2,
      // Nobody new comes to what is unhealthy, and nothing worse: half a minute is soon enough.
      unhealthyThreshold: 3,
    },
    tags: args.tags('chat'),
  };
}
