import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { storePort } from '../ports';
import type { StoreChoice } from '../settings/settings';

interface StoreArgs {
  readonly choice: StoreChoice;
  readonly subnetIds: pulumi.Input<string[]>;
  /** The group that lets the instances in; undefined where the store is one's own. */
  readonly securityGroupId: pulumi.Input<string> | undefined;
  readonly tags: (name: string) => Record<string, string>;
}

/** How an instance gets to the store, as the boot script is told. */
interface StoreAccess {
  readonly endpoint: pulumi.Output<string>;
  readonly tls: boolean;
  readonly url: string;
  /** The secret with the password, which is there before it can be read. */
  readonly secretArn: pulumi.Output<string> | undefined;
}

/** What the instances share: ElastiCache for Valkey, or a store of one's own. */
export class Store extends pulumi.ComponentResource {
  readonly access: StoreAccess;
  private readonly args: StoreArgs;

  constructor(name: string, args: StoreArgs, opts: pulumi.ComponentResourceOptions) {
    super('chat:aws:Store', name, {}, opts);
    this.args = args;
    const { choice } = args;
    this.access = choice.kind === 'existing' ? this.existing(choice) : this.made(choice.kind);
    this.registerOutputs();
  }

  private existing(choice: StoreChoice & { kind: 'existing' }): StoreAccess {
    if (choice.access === 'open') {
      return {
        endpoint: pulumi.output(''),
        tls: false,
        url: choice.url,
        secretArn: undefined,
      };
    }
    const version = this.secret(pulumi.secret(choice.password), []);
    return {
      endpoint: pulumi.output(choice.endpoint),
      tls: choice.tls,
      url: '',
      secretArn: version.arn,
    };
  }

  private made(kind: 'replicated' | 'single'): StoreAccess {
    // Secrets Manager thinks up another at each run; the first is kept, and everyone reads it
    // from the version that keeps it. So no other provider is needed to remember it.
    const password = aws.secretsmanager.getRandomPasswordOutput(
      { passwordLength: 64, excludePunctuation: true },
      { parent: this },
    ).randomPassword;
    const version = this.secret(pulumi.secret(password), ['secretString']);
    const authToken = pulumi.secret(version.secretString.apply((kept) => kept ?? ''));
    const group = this.replicationGroup(kind === 'replicated', authToken);
    return {
      endpoint: pulumi.interpolate`${group.primaryEndpointAddress}:${storePort}`,
      tls: true,
      url: '',
      secretArn: version.arn,
    };
  }

  private replicationGroup(
    replicated: boolean,
    authToken: pulumi.Output<string>,
  ): aws.elasticache.ReplicationGroup {
    const { subnetIds, securityGroupId, tags } = this.args;
    const parent = { parent: this };
    const subnetGroup = new aws.elasticache.SubnetGroup(
      'store',
      { subnetIds, tags: tags('store') },
      parent,
    );
    const parameters = new aws.elasticache.ParameterGroup(
      'store',
      {
        family: 'valkey8',
        // Nearly all keys expire: the default would evict names that are held, and lines.
        parameters: [{ name: 'maxmemory-policy', value: 'noeviction' }],
        tags: tags('store'),
      },
      parent,
    );
    return new aws.elasticache.ReplicationGroup(
      'store',
      {
        description: 'What the nodes of the chat share',
        engine: 'valkey',
        engineVersion: '8.2',
        nodeType: 'cache.t4g.micro',
        port: storePort,
        numCacheClusters: replicated ? 2 : 1,
        automaticFailoverEnabled: replicated,
        multiAzEnabled: replicated,
        transitEncryptionEnabled: true,
        transitEncryptionMode: 'required',
        atRestEncryptionEnabled: true,
        authToken,
        authTokenUpdateStrategy: 'ROTATE',
        subnetGroupName: subnetGroup.name,
        parameterGroupName: parameters.name,
        securityGroupIds: securityGroupId === undefined ? [] : [securityGroupId],
        snapshotRetentionLimit: 1,
        applyImmediately: true,
        tags: tags('store'),
      },
      parent,
    );
  }

  private secret(value: pulumi.Output<string>, keep: string[]): aws.secretsmanager.SecretVersion {
    const secret = new aws.secretsmanager.Secret(
      'store-password',
      {
        description: "The password of the chat's store",
        // Without its store it opens nothing: `destroy` leaves nothing behind.
        recoveryWindowInDays: 0,
        tags: this.args.tags('store-password'),
      },
      { parent: this },
    );
    return new aws.secretsmanager.SecretVersion(
      'store-password',
      { secretId: secret.id, secretString: value },
      { parent: this, ignoreChanges: keep },
    );
  }
}
