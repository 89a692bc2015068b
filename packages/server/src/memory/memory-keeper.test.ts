import { MemoryKeeper } from './memory-keeper';

afterEach(() => {
  jest.useRealTimers();
});

test('when a crowd has gone, memory is given back, and the log says what came of it', async () => {
  jest.useFakeTimers();
  let count = 1_000;
  const told = Promise.withResolvers<readonly [fields: object, message: string]>();
  const tell = (fields: object, message: string): void => told.resolve([fields, message]);
  const log = { debug: tell, info: tell, warn: tell, error: tell, fatal: tell };
  const keeper = new MemoryKeeper(() => count, log);
  jest.advanceTimersByTime(5_000);
  count = 0;
  jest.advanceTimersByTime(20_000);
  jest.useRealTimers();
  const [fields, message] = await told.promise;
  keeper.close();
  expect(message).toBe('Memory given back');
  expect(fields).toEqual({
    tookMs: expect.any(Number) as number,
    rssBefore: expect.any(Number) as number,
    rssAfter: expect.any(Number) as number,
  });
});
