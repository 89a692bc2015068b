import { nameColour, namePalette, noticeColour, noticePalette } from './palette';
import type { Theme } from './palette';

type Colour = readonly [red: number, green: number, blue: number];

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
const solarizedDark: Colour = [0x00, 0x2b, 0x36];
const solarizedLight: Colour = [0xfd, 0xf6, 0xe3];

function level(step: number): number {
  return step === 0 ? 0 : 55 + step * 40;
}

/** xterm's 256 colours without the first 16: a cube of 6 levels, then 24 greys. */
function xtermColour(index: number): Colour {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const at = index - 16;
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)];
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test('contrast is 21 between black and white', () => {
  expect(contrast(black, white)).toBeCloseTo(21);
});

describe.each([
  ['any', 3, [black, white, solarizedDark, solarizedLight]],
  ['dark', 4.5, [black, solarizedDark]],
  ['light', 4.5, [white, solarizedLight]],
] as const)('on the background %s', (theme, contrastMin, backgrounds) => {
  test(`each colour among 256 has a contrast of ${contrastMin}:1`, () => {
    const unreadable = [...namePalette[theme], noticePalette[theme]].filter((index) =>
      backgrounds.some((each) => contrast(xtermColour(index), each) < contrastMin),
    );
    expect(unreadable).toEqual([]);
  });

  test('there are a dozen colours for names, and the notices have one of their own', () => {
    expect(new Set([...namePalette[theme], noticePalette[theme]]).size).toBe(13);
  });
});

describe('the colour of a name', () => {
  test('is the same for each case of its letters', () => {
    expect(nameColour('Two', 256, 'any')).toBe(nameColour('tWO', 256, 'any'));
  });

  test.each(['any', 'dark', 'light'] as const)(
    'is spread over the palette of %s evenly, even for names that differ by a digit',
    (theme) => {
      const counts = new Map<string, number>();
      for (let index = 0; index < 1_200; index += 1) {
        const colour = nameColour(`user${index}`, 256, theme);
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      expect(counts.size).toBe(12);
      expect(Math.max(...counts.values())).toBeLessThan(160);
    },
  );

  test.each<[Theme, string[]]>([
    ['any', ['33', '34']],
    ['dark', ['34']],
    ['light', ['33']],
  ])('among 16 is none that cannot be read on %s', (theme, unreadable) => {
    const colours = new Set<string>();
    for (let index = 0; index < 100; index += 1) colours.add(nameColour(`u${index}`, 16, theme));
    expect([...colours].filter((colour) => unreadable.includes(colour))).toEqual([]);
    expect([...colours].every((colour) => /^3[1-6]$/.test(colour))).toBe(true);
  });

  test('is none without colours', () => {
    expect([nameColour('two', 0, 'any'), nameColour('two', 256, 'none')]).toEqual(['', '']);
  });
});

test('notices have a colour among 256 only', () => {
  const colours = ([0, 16, 256] as const).map((each) => noticeColour(each, 'any'));
  expect([...colours, noticeColour(256, 'none')]).toEqual(['', '', '38;5;244', '']);
});
