import { subnetsToUse } from './subnets';

const a1 = { id: 'subnet-1', zone: 'a', vpcId: 'vpc-1' };
const a2 = { id: 'subnet-2', zone: 'a', vpcId: 'vpc-1' };
const b3 = { id: 'subnet-3', zone: 'b', vpcId: 'vpc-1' };

test('of what was found, one subnet a zone is used, in a lasting order', () => {
  expect(subnetsToUse([b3, a2, a1], 'vpc-1', false)).toEqual([a1, b3]);
});

test('two subnets in one zone that were chosen by hand are refused', () => {
  expect(() => subnetsToUse([a1, a2, b3], 'vpc-1', true)).toThrow(
    'subnetIds: subnet-1 and subnet-2 are both in a; give one a zone',
  );
});

test.each([[[]], [[a1]], [[a1, a2]]])('fewer than two zones are refused', (subnets) => {
  expect(() => subnetsToUse(subnets, 'vpc-1', false)).toThrow(
    /^subnetIds: [01] zone\(s\).*; give subnets in two/,
  );
});

test('a subnet of another VPC is refused', () => {
  expect(() => subnetsToUse([a1, b3], 'vpc-2', true)).toThrow(
    'subnetIds: subnet-1 is not in vpc-2; give subnets of the VPC',
  );
});
