import { Readiness } from './readiness';

function ready(): Readiness {
  return Object.assign(new Readiness(), { isListening: true, isStoreAvailable: true });
}

test('a server is ready when it listens and the store can be reached', () => {
  expect(ready().check()).toEqual({ ready: true });
});

test('nothing is taken for granted at the start', () => {
  expect(new Readiness().check()).toMatchObject({ ready: false });
});

test.each([
  [{ isListening: false }, 'not listening'],
  [{ isStoreAvailable: false }, 'store-away'],
  [{ isStoreAvailable: false, isListening: false }, 'store-away'],
  [{ isDraining: true }, 'draining'],
  [{ isOverloaded: true }, 'overloaded'],
  [{ isStopping: true }, 'stopping'],
  [{ isStopping: true, isDraining: true }, 'stopping'],
  [{ isStopping: true, isStoreAvailable: false, isListening: false }, 'stopping'],
])('with %j it is not, for one reason', (change, reason) => {
  expect(Object.assign(ready(), change).check()).toEqual({ ready: false, reason });
});

test('it is ready again when the reason is gone', () => {
  const state = ready();
  state.isStoreAvailable = false;
  state.isStoreAvailable = true;
  expect(state.check()).toEqual({ ready: true });
});
