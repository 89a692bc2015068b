import { type Rule, listOf, ruleFor } from './rule';

/** Nobody logs in over SSH or RDP, from wherever: Session Manager needs no port. */
export const remoteLogin: Rule = ruleFor(
  'no-remote-login-port',
  'No security group lets in SSH or RDP, not even from few.',
  [
    'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
    'aws:ec2/securityGroupRule:SecurityGroupRule',
    'aws:ec2/securityGroup:SecurityGroup',
  ],
  (props, { type }) => {
    const rules =
      type === 'aws:ec2/securityGroup:SecurityGroup' ? listOf(props['ingress']) : [props];
    return rules.filter(letsIn).map(() => 'port 22 or 3389 is open');
  },
);

function letsIn(rule: unknown): boolean {
  const { fromPort, toPort, type } = rule as Record<string, unknown>;
  if (type === 'egress') return false;
  const from = Number(fromPort ?? 0);
  const to = Number(toPort ?? 65_535);
  return [22, 3389].some((port) => from <= port && port <= to) || from < 0;
}
