import type { Planned } from '../rules/rule';

/** Everyone, as a peer of a security group. */
export const world = 'world';

interface Reach {
  /** The id of a security group, or the world. */
  readonly from: string;
  readonly to: string;
  readonly ports: readonly number[];
}

/**
 * Who reaches whom on which ports, by the rules of the security groups. Between two of them both
 * have to agree: the one lets out, the other in.
 */
export function reachability(plan: readonly Planned[]): readonly Reach[] {
  const openings = [...openingsOf(plan, 'Ingress'), ...openingsOf(plan, 'Egress')];
  const isAgreed = ({ from, to, port }: Opening) =>
    from === world ||
    to === world ||
    openings.filter((one) => one.from === from && one.to === to && one.port === port).length > 1;
  const ports = new Map<string, Reach>();
  for (const opening of openings.filter(isAgreed)) {
    const { from, to, port } = opening;
    const key = `${from} ${to}`;
    const before = ports.get(key)?.ports ?? [];
    ports.set(key, { from, to, ports: [...new Set([...before, port])].toSorted((a, b) => a - b) });
  }
  return [...ports.values()];
}

interface Opening {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

function openingsOf(plan: readonly Planned[], kind: 'Ingress' | 'Egress'): readonly Opening[] {
  return plan
    .filter(({ type }) => type.endsWith(`:SecurityGroup${kind}Rule`))
    .map(({ props }) => {
      const group = text(props['securityGroupId']) ?? '';
      const peer = text(props['referencedSecurityGroupId']) ?? world;
      const port = Number(props['fromPort']);
      return kind === 'Ingress' ? { from: peer, to: group, port } : { from: group, to: peer, port };
    });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
