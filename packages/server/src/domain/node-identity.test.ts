import { NodeIdentity, processOf } from './node-identity';
import { nodeOf, numberOf, originOf } from './origin';

test('a connection’s origin tells its node, its process and its number, however often it returned', () => {
  const identity = new NodeIdentity('a1b2');
  for (const returns of [0, 1, 12]) {
    const origin = originOf(identity.current, 34, returns);
    expect([nodeOf(origin), processOf(origin), numberOf(origin)]).toEqual([
      identity.current,
      'a1b2',
      34,
    ]);
    expect(identity.has(origin)).toBe(true);
  }
});

test('a node that goes on as another one has none of the connections of the first', () => {
  const identity = new NodeIdentity('a1b2');
  const before = originOf(identity.current, 1);
  for (let lapse = 0; lapse < 12; lapse++) {
    identity.renew();
    expect(identity.has(before)).toBe(false);
    expect(identity.has(originOf(identity.current, 1))).toBe(true);
  }
});

test('a node has nothing of one whose name begins as its own', () => {
  const identity = new NodeIdentity('a1b2');
  expect(identity.has(originOf(`${identity.current}1`, 1))).toBe(false);
});
