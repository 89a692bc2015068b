import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './readme.suite';

const text = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

test('the example of the README runs as it says', async () => {
  const said = await run();
  expect(said).toEqual(['crash chat/counter: 13 is no number of mine', 3]);
});

test('the example of the README is the one that runs', () => {
  const [, example = ''] = /```ts\n([^]*?)```/.exec(text('../README.md')) ?? [];
  const source = text('readme.suite.ts').replace("'./index'", "'@chat-server/supervision'");
  expect(source).toBe(example);
});
