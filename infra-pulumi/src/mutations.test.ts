import type { Planned } from './rules/rule';
import { violationsOf } from './rules/rules';
import { mutated, without } from './testing/mutation';
import { mutations } from './testing/mutations';
import { recordedPlan } from './testing/recorded-plan';

const publicPorts: readonly number[] = [8080];

let plan: readonly Planned[] = [];

beforeAll(async () => {
  ({ plan } = await recordedPlan());
});

test('the plan as it is breaks no rule', () => {
  expect(violationsOf(plan, publicPorts)).toEqual([]);
});

test.each(mutations.map((mutation) => [mutation.what, mutation] as const))(
  '%s is noticed',
  (_, mutation) => {
    const found = violationsOf(mutated(plan, mutation), publicPorts);
    expect(found.some((line) => line.startsWith(`${mutation.rule}: `))).toBe(true);
  },
);

test('the tag missing on any one resource is noticed', () => {
  const tagged = plan.filter(({ props }) => 'tags' in props);
  expect(tagged.length).toBeGreaterThan(20);
  for (const target of tagged) {
    const props = without(target.props, 'tags');
    const changed = plan.map((one) => (one === target ? { ...one, props } : one));
    expect(violationsOf(changed, publicPorts)).toEqual([
      `no-untagged-resource: ${target.name}: ${target.type} has no tag Project`,
    ]);
  }
});

test('a store outside of a replication group, and a port of an older kind of rule, are noticed', () => {
  const added: readonly Planned[] = [
    { type: 'aws:elasticache/cluster:Cluster', name: 'bare', props: { tags: { Project: 'a' } } },
    {
      type: 'aws:ec2/securityGroupRule:SecurityGroupRule',
      name: 'old',
      props: { type: 'ingress', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['::/0'] },
    },
  ];
  expect(violationsOf([...plan, ...added], publicPorts)).toEqual([
    'no-world-open-port: old: tcp ports 443 to 443 are open to ::/0',
    'no-untagged-resource: old: aws:ec2/securityGroupRule:SecurityGroupRule has no tag Project',
    'no-unencrypted-store: bare: it is no replication group',
  ]);
});
