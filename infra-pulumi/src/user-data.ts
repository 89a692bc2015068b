import { RunError } from '@pulumi/pulumi/errors';

/** What the boot script is told. Everyone who may describe instances can read it: no secrets. */
export interface BootSettings {
  readonly repository: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  readonly port: number;
  readonly httpPort: number;
  /** `host:port`, or empty where there is a URL. */
  readonly storeEndpoint: string;
  readonly storeTls: boolean;
  /** The ARN of the secret that holds the store's password, or empty. */
  readonly storeSecretId: string;
  /** The URL of a store that needs no password, or empty. */
  readonly storeUrl: string;
  readonly region: string;
  readonly hookName: string;
  readonly asgName: string;
  /** Where the boot script keeps its record, so that a boot that failed is noticed. */
  readonly logGroup: string;
}

/** EC2's limit, which counts before the base64. */
const userDataBytesMax = 16 * 1024;

/** The user-data: a bash script that exports the settings and then is the boot script. */
export function userDataOf(boot: BootSettings, bootScript: string): string {
  if (!/^[0-9a-f]{40}$/.test(boot.commit)) {
    throw new RunError(`ref: "${boot.commit}" is not a commit; give one of 40 hexadecimal digits`);
  }
  const variables: Readonly<Record<string, string>> = {
    CHAT_REPOSITORY: boot.repository,
    CHAT_COMMIT: boot.commit,
    CHAT_PORT: String(boot.port),
    CHAT_HTTP_PORT: String(boot.httpPort),
    CHAT_STORE_ENDPOINT: boot.storeEndpoint,
    CHAT_STORE_TLS: String(boot.storeTls),
    CHAT_STORE_SECRET_ID: boot.storeSecretId,
    CHAT_STORE_URL: boot.storeUrl,
    AWS_REGION: boot.region,
    CHAT_HOOK_NAME: boot.hookName,
    CHAT_ASG_NAME: boot.asgName,
    CHAT_LOG_GROUP: boot.logGroup,
  };
  const exports = Object.entries(variables).map(
    ([name, value]) => `export ${name}=${quoted(value)}`,
  );
  return `#!/bin/bash\n${exports.join('\n')}\n${bootScript}`;
}

/** The user-data as a launch template takes it. @throws when EC2 would refuse it for its size. */
export function encodedUserDataOf(boot: BootSettings, bootScript: string): string {
  const userData = Buffer.from(userDataOf(boot, bootScript), 'utf8');
  if (userData.length > userDataBytesMax) {
    throw new RunError(
      `boot.sh: the user-data has ${userData.length} bytes, ${userDataBytesMax} are allowed; shorten boot.sh`,
    );
  }
  return userData.toString('base64');
}

/** A word that bash reads as exactly this text, whatever is in it. */
function quoted(value: string): string {
  if (value.includes('\0')) throw new RunError('user-data: a setting has a NUL in it; remove it');
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
