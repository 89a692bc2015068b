import { type Props, type Rule, listOf, propsOf, ruleFor } from './rule';

const ingressRule = 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule';
const oldRule = 'aws:ec2/securityGroupRule:SecurityGroupRule';
const group = 'aws:ec2/securityGroup:SecurityGroup';
const defaultGroup = 'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup';

/** Only the chat's ports may be open to the world, each by itself. */
export function worldOpenPort(allowedPorts: readonly number[]): Rule {
  return ruleFor(
    'no-world-open-port',
    "No port but the chat's is open to the world.",
    [ingressRule, oldRule, group, defaultGroup],
    (props, { type }) => {
      if (type === oldRule && props['type'] !== 'ingress') return [];
      const rules = type === group || type === defaultGroup ? listOf(props['ingress']) : [props];
      return rules.flatMap((rule) => openings(propsOf(rule), allowedPorts));
    },
  );
}

function openings(rule: Props, allowedPorts: readonly number[]): readonly string[] {
  const from = Number(rule['fromPort'] ?? 0);
  const to = Number(rule['toPort'] ?? 65_535);
  const protocol = rule['ipProtocol'] ?? rule['protocol'];
  if (protocol === 'tcp' && from === to && allowedPorts.includes(from)) return [];
  return ['cidrIpv4', 'cidrIpv6', 'cidrBlocks', 'ipv6CidrBlocks']
    .flatMap((key) => listOf(rule[key]))
    .filter(isWorld)
    .map((cidr) => `${String(protocol)} ports ${from} to ${to} are open to ${String(cidr)}`);
}

/** A range so wide that it is the world, or a good part of it: two halves are the whole. */
function isWorld(cidr: unknown): boolean {
  const [address, bits] = String(cidr).split('/');
  return Number(bits) < (address?.includes(':') === true ? 16 : 8);
}
