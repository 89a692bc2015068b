import { markdownTable } from './markdown-table';

test('columns line up, labels on the left and figures on the right', () => {
  expect(
    markdownTable(
      ['scenario', 'n'],
      [
        ['a', '1,000'],
        ['room', '7'],
      ],
      1,
    ),
  ).toBe(
    [
      '| scenario |     n |',
      '| -------- | ----: |',
      '| a        | 1,000 |',
      '| room     |     7 |',
    ].join('\n'),
  );
});
