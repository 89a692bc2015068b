import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Planned } from '../rules/rule';
import { recordedPlan } from '../testing/recorded-plan';
import { mermaidOf } from './mermaid';
import { reachability } from './reachability';
import { withDiagram } from './readme';

const rule = (kind: string, port: number, group: string, peer?: string): Planned => ({
  type: `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`,
  name: `${group}-${port}`,
  props: { securityGroupId: group, referencedSecurityGroupId: peer, fromPort: port },
});

test('the diagram in the README is of what the program makes now', async () => {
  const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
  expect(await withDiagram(readme)).toBe(readme);
});

test('a README without a place for the diagram is refused', async () => {
  await expect(withDiagram('# Nothing')).rejects.toThrow('no place for the diagram');
});

test("a store of one's own is no box, but the way to it is drawn", async () => {
  const { plan } = await recordedPlan({ store: 'existing', storeUrl: 'redis://s.example:6380' });
  const drawn = mermaidOf(plan);
  expect(drawn).not.toContain('Valkey');
  expect(drawn).toContain('Group_chat_id -->|"TCP 80, 443, 6380"| outside');
});

test('one group reaches another where the one lets out and the other in, and the world needs no leave', () => {
  expect(
    reachability([
      rule('Ingress', 80, 'b', 'a'),
      rule('Egress', 80, 'a', 'b'),
      rule('Ingress', 81, 'b', 'a'),
      rule('Egress', 82, 'a', 'b'),
      rule('Ingress', 83, 'b'),
    ]),
  ).toEqual([
    { from: 'a', to: 'b', ports: [80] },
    { from: 'world', to: 'b', ports: [83] },
  ]);
});
