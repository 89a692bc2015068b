import * as fc from 'fast-check';
import type { InputView } from './input-view';
import type { ResizeKind } from './cursor-doubt';
import { ScreenWorld } from './screen-world.suite';
import type { Operation } from './screen-world.suite';
import { graphemesOf } from '../text-width';

/** Operations between two looks at the screen, and such stretches of them in one run. */
const [stretchMax, stretchesMax] = [10, 8];

/** What both come to on average. */
const operationsPerRun = (stretchMax / 2) * (stretchesMax / 2);

/** For a long run, for instance `SCREEN_OPERATIONS=100000`; shared by both kinds of terminals. */
const operations = Number(process.env['SCREEN_OPERATIONS'] ?? 4_000);

const someText = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('abcdefgh .,'),
      '日',
      '本',
      '한',
      '😀',
      '👍',
      'é',
      'e\u0301',
      '\u0301',
    ),
    maxLength,
  });

const texts = fc.oneof(someText(6), someText(40), someText(400));

const views: fc.Arbitrary<InputView> = fc
  .record({ prompt: fc.constantFrom('', '> ', '[Planes] ', '日本> '), text: texts, at: fc.nat() })
  .map(({ prompt, text, at }) => {
    const graphemes = graphemesOf(text).map((each) => each.text);
    const before = at % 2 === 0 ? graphemes.length : at % (graphemes.length + 1);
    return { prompt, text, cursor: graphemes.slice(0, before).join('').length };
  });

// Begins with a letter, since terminals differ on a row that begins with a combining mark.
const rows = someText(12).map((text) => `m${text}`);
const columns = fc.oneof(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 120 }));
const heights = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 50 }));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('show' as const), view: views }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('type' as const), text: someText(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('print' as const, 'fan-out' as const, 'commit-row' as const),
      row: rows,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('resize' as const), columns, rows: heights }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['settle', 'answer', 'answer', 'clear', 'commit', 'discard'] as const),
      ),
    }),
  },
);

const operationsOfStretch = fc.array(operation, { maxLength: stretchMax, size: 'max' });

describe.each<ResizeKind>(['reflow', 'keep'])('on a terminal of the kind %s', (kind) => {
  test('whatever happens, printed rows are followed by the input area and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        columns,
        heights,
        fc.boolean(),
        fc.array(operationsOfStretch, { minLength: 1, maxLength: stretchesMax, size: 'max' }),
        async (width, height, isTaught, stretches) => {
          const world = new ScreenWorld(width, height, kind);
          if (isTaught || kind === 'keep') await world.teach();
          for (const stretch of stretches) {
            for (const step of stretch) await world.run(step);
            await world.settled();
            expect(world.seen()).toEqual(world.expected());
            expect(world.isWaiting).toBe(false);
          }
          world.dispose();
        },
      ),
      { numRuns: Math.ceil(operations / operationsPerRun / 2) },
    );
  }, 600_000);
});
