import type { Planned, Props } from '../rules/rule';

/** The inputs of the one resource of this type, or of the one with this name. */
export function only(plan: readonly Planned[], type: string, name?: string): Props {
  const found = plan.filter(
    (one) => one.type.endsWith(`:${type}`) && (name === undefined || one.name === name),
  );
  expect(found).toHaveLength(1);
  return found[0]?.props ?? {};
}

/** Every resource of a type. */
export function all(plan: readonly Planned[], type: string): readonly Planned[] {
  return plan.filter((one) => one.type.endsWith(`:${type}`));
}

/** What the launch template's instances run. */
export function userDataIn(plan: readonly Planned[]): string {
  return Buffer.from(String(only(plan, 'LaunchTemplate')['userData']), 'base64').toString('utf8');
}

/** Rules of a kind: which group, its port, and who is at the other end. */
export function rulesOf(plan: readonly Planned[], kind: 'Ingress' | 'Egress'): readonly string[] {
  return all(plan, `SecurityGroup${kind}Rule`)
    .map(({ props }) => {
      expect(props).toMatchObject({ ipProtocol: 'tcp', toPort: props['fromPort'] });
      const peer = props['cidrIpv4'] ?? props['cidrIpv6'] ?? props['referencedSecurityGroupId'];
      return [props['securityGroupId'], props['fromPort'], peer].map(short).join(' ');
    })
    .toSorted((a, b) => a.localeCompare(b));
}

const short = (value: unknown) => String(value).replace(/^SecurityGroup-(.*)-id$/, '$1');

/** As Pulumi marks a secret on its way to a provider. */
export function markedSecret(value: string): object {
  return { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value };
}
