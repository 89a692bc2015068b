import { commandOf, deploymentOf, kindsByDefault, serverKinds } from './server-kinds';

const needs = { faultInjection: false, joinNotices: false };

function storeOf(kind: (typeof serverKinds)[number]): string | undefined {
  const { args } = commandOf(kind, needs, 4711);
  return args[args.indexOf('--store') + 1];
}

test('each chat server is told its store, and nodes of one chat the same one', () => {
  expect(storeOf('server')).toBe('memory:');
  expect(storeOf('sqlite')).toBe('sqlite:chat.db');
  for (const kind of ['redis', 'redis-2-nodes', 'redis-3-nodes'] as const) {
    expect(storeOf(kind)).toBe('redis://127.0.0.1:4711');
  }
});

test('only what shares a store has several nodes', () => {
  const several = serverKinds.map((kind) => deploymentOf(kind)).filter(({ nodes }) => nodes > 1);
  expect(new Set(several.map(({ store }) => store))).toEqual(new Set(['redis']));
});

test('most scenarios need nothing but Node', () => {
  expect(kindsByDefault.map((kind) => deploymentOf(kind).store)).toEqual([
    'memory',
    'none',
    'none',
  ]);
});
