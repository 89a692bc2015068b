import { RunError } from '@pulumi/pulumi/errors';

export interface Subnet {
  readonly id: string;
  readonly zone: string;
  readonly vpcId: string;
}

/**
 * The subnets to use: one a zone, as a network load balancer takes no more, and at least two
 * zones. Those that were chosen by hand are all used or refused.
 * @throws with one line that names the key and the fix.
 */
export function subnetsToUse(
  subnets: readonly Subnet[],
  vpcId: string,
  chosen: boolean,
): readonly Subnet[] {
  const stray = subnets.find((subnet) => subnet.vpcId !== vpcId);
  if (stray !== undefined) {
    throw new RunError(`subnetIds: ${stray.id} is not in ${vpcId}; give subnets of the VPC`);
  }
  const byZone = new Map<string, Subnet>();
  for (const subnet of subnets.toSorted((a, b) => compare(a.id, b.id))) {
    const other = byZone.get(subnet.zone);
    if (other === undefined) byZone.set(subnet.zone, subnet);
    else if (chosen) {
      throw new RunError(
        `subnetIds: ${other.id} and ${subnet.id} are both in ${subnet.zone}; give one a zone`,
      );
    }
  }
  if (byZone.size < 2) {
    throw new RunError(
      `subnetIds: ${byZone.size} zone(s) with a public subnet are too few; give subnets in two zones`,
    );
  }
  return [...byZone.values()].toSorted((a, b) => compare(a.zone, b.zone));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
