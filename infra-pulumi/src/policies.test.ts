import type { StackValidationArgs } from '@pulumi/policy';
import { policies } from './policies';
import type { Planned } from './rules/rule';
import { recordedPlan } from './testing/recorded-plan';

/** What the policies report of a stack, asked as the policy engine asks them. */
async function reported(plan: readonly Planned[], config: object = {}): Promise<readonly string[]> {
  const reports: string[] = [];
  const stack = { resources: plan, getConfig: () => config } as unknown as StackValidationArgs;
  for (const { name, validateStack } of policies) {
    await validateStack(stack, (message) => reports.push(`${name}: ${message}`));
  }
  return reports;
}

test('every policy is mandatory and has a name of its own', () => {
  expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  expect(policies.every(({ enforcementLevel }) => enforcementLevel === 'mandatory')).toBe(true);
});

test('the program passes its policies', async () => {
  const { plan } = await recordedPlan();
  expect(await reported(plan)).toEqual([]);
});

test('ports that are not the default are told to the policies', async () => {
  const { plan } = await recordedPlan({ port: '2323' });
  expect(await reported(plan)).toEqual([
    'no-world-open-port: load-balancer-2323-from-0.0.0.0/0: tcp ports 2323 to 2323 are open to 0.0.0.0/0',
    'no-world-open-port: load-balancer-2323-from-__/0: tcp ports 2323 to 2323 are open to ::/0',
  ]);
  expect(await reported(plan, { publicPorts: [2323] })).toEqual([]);
});
