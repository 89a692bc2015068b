import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { Alarms } from './components/alarms';
import { InstanceRole } from './components/instance-role';
import { Instances } from './components/instances';
import { LoadBalancer } from './components/load-balancer';
import { LogShipping } from './components/log-shipping';
import { Logs } from './components/logs';
import { Network } from './components/network';
import { SecurityGroups } from './components/security-groups';
import { Store } from './components/store';
import { hasSystemsManager } from './image';
import { type Names, logsUrl, namesOf } from './names';
import { httpPort } from './ports';
import type { Settings } from './settings/settings';
import { encodedUserDataOf } from './user-data';

interface Deployment {
  readonly settings: Settings;
  /** The commit that every instance builds, 40 hexadecimal digits. */
  readonly commit: string;
  readonly bootScript: string;
}

interface Outputs {
  /** Public access DNS. */
  readonly nlbDnsName: pulumi.Output<string>;
  readonly telnetCommand: pulumi.Output<string>;
  readonly asgName: pulumi.Output<string>;
  readonly logsUrl: string;
}

/** All of the stack's resources. @returns what someone wants to know after `pulumi up`. */
export function deploy(deployment: Deployment): Outputs {
  const { settings } = deployment;
  const { region, port, certificateArn, projectTag, store: choice } = settings;
  const names = namesOf(pulumi.getStack());
  const tags = (name: string) => ({ Project: projectTag, Name: `${names.asg}-${name}` });
  const opts = { providers: { aws: providerOf(settings) } };

  const { vpcId, subnetIds } = new Network('network', settings, opts);
  const groups = new SecurityGroups(
    'security-groups',
    {
      vpcId,
      port,
      publicPorts: certificateArn === undefined ? [port] : [port, settings.tlsPort],
      allowedCidrs: settings.allowedCidrs,
      existingStorePort: choice.kind === 'existing' ? choice.port : undefined,
      tags,
    },
    opts,
  );
  const logs = new Logs(
    'logs',
    { name: names.logGroup, retentionDays: settings.logRetentionDays, tags },
    opts,
  );
  const store = new Store(
    'store',
    { choice, subnetIds, securityGroupId: groups.store?.id, tags },
    opts,
  );
  const loadBalancer = new LoadBalancer(
    'load-balancer',
    { ...settings, vpcId, subnetIds, securityGroupId: groups.loadBalancer.id, tags },
    opts,
  );
  const { secretArn } = store.access;
  const agentParameter = hasSystemsManager(settings.image) ? names.agentParameter : undefined;
  const role = new InstanceRole(
    'role',
    { region, asgName: names.asg, logGroup: names.logGroup, secretArn, agentParameter, tags },
    opts,
  );
  const instances = new Instances(
    'instances',
    {
      settings,
      names,
      subnetIds,
      securityGroupId: groups.instances.id,
      profileArn: role.profile.arn,
      targetGroupArn: loadBalancer.targets.arn,
      userData: userDataOutput(deployment, names, store),
      tags,
    },
    { ...opts, dependsOn: [groups, ...role.rights, ...loadBalancer.listeners, logs.group] },
  );
  if (agentParameter !== undefined) new LogShipping('log-shipping', { names, tags }, opts);
  alarms(settings, { logs, loadBalancer, instances }, tags, opts);
  return outputsOf(settings, names, loadBalancer, instances);
}

/** The tags stand on each resource too: these are for what someone adds and forgets to tag. */
function providerOf({ region, projectTag }: Settings): aws.Provider {
  return new aws.Provider('aws', {
    region: region as aws.Region,
    defaultTags: { tags: { Project: projectTag } },
  });
}

function alarms(
  settings: Settings,
  watched: { logs: Logs; loadBalancer: LoadBalancer; instances: Instances },
  tags: (name: string) => Record<string, string>,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { balancer, targets } = watched.loadBalancer;
  new Alarms(
    'alarms',
    {
      email: settings.alarmEmail,
      minSize: settings.minSize,
      logGroup: watched.logs.group.name,
      asgName: watched.instances.group.name,
      loadBalancerSuffix: balancer.arnSuffix,
      targetGroupSuffix: targets.arnSuffix,
      tags,
    },
    opts,
  );
}

function outputsOf(
  { region, port }: Settings,
  names: Names,
  { balancer }: LoadBalancer,
  { group }: Instances,
): Outputs {
  return {
    nlbDnsName: balancer.dnsName,
    telnetCommand: pulumi.interpolate`telnet ${balancer.dnsName} ${port}`,
    asgName: group.name,
    logsUrl: logsUrl(region, names.logGroup),
  };
}

function userDataOutput(
  { settings, commit, bootScript }: Deployment,
  names: Names,
  store: Store,
): pulumi.Output<string> {
  const { endpoint, tls, url, secretArn } = store.access;
  return pulumi
    .all([endpoint, secretArn ?? pulumi.output('')])
    .apply(([storeEndpoint, storeSecretId]) =>
      encodedUserDataOf(
        {
          repository: settings.repository,
          commit,
          port: settings.port,
          httpPort,
          storeEndpoint,
          storeTls: tls,
          storeSecretId,
          storeUrl: url,
          region: settings.region,
          hookName: names.launchHook,
          asgName: names.asg,
          logGroup: names.logGroup,
        },
        bootScript,
      ),
    );
}
