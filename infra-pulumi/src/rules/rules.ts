import { foreignInstances } from './foreign-instances';
import { imdsV1 } from './imds-v1';
import { instanceGroup } from './instance-group';
import { keptConnections } from './kept-connections';
import { remoteLogin } from './remote-login';
import type { Planned, Rule } from './rule';
import { secretInUserData } from './secret-in-user-data';
import { unencryptedDisk, unencryptedStore } from './unencrypted';
import { untagged } from './untagged';
import { foreignParameters, wideRights } from './wide-rights';
import { worldOpenPort } from './world-open-port';

/** Every rule. @param publicPorts the ports that may be open to the world. */
export function rulesFor(publicPorts: readonly number[]): readonly Rule[] {
  return [
    worldOpenPort(publicPorts),
    remoteLogin,
    imdsV1,
    untagged,
    unencryptedStore,
    unencryptedDisk,
    instanceGroup,
    keptConnections,
    secretInUserData,
    wideRights,
    foreignParameters,
    foreignInstances,
  ];
}

/** All that is wrong with a plan, each line with its rule's name. */
export function violationsOf(
  plan: readonly Planned[],
  publicPorts: readonly number[],
): readonly string[] {
  return rulesFor(publicPorts).flatMap(({ name, violations }) =>
    violations(plan).map((problem) => `${name}: ${problem}`),
  );
}
