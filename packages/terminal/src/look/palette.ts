import { nameKey } from '@chat-server/protocol';

/** How many colours a terminal has. */
export type Colours = 0 | 16 | 256;

/** What is behind the text: `any` when it is not known, `none` for whoever wants no colours. */
export type Theme = 'any' | 'dark' | 'light' | 'none';

type ColouredTheme = Exclude<Theme, 'none'>;

/**
 * The colours of names among 256, as far apart as twelve can be (CIELAB) with a contrast (WCAG) of
 * 3:1 on black, white and both backgrounds of Solarized, or of 4.5:1 on the two that are dark or
 * light. The first 16 are left out: what they look like is up to each terminal.
 */
export const namePalette: Readonly<Record<ColouredTheme, readonly number[]>> = {
  any: [28, 29, 31, 33, 129, 134, 136, 166, 167, 196, 198, 200],
  dark: [35, 46, 51, 69, 74, 179, 192, 201, 202, 210, 213, 220],
  light: [18, 21, 22, 23, 25, 27, 52, 53, 94, 128, 160, 162],
};

/** The colour among 256 of what the server says, a grey, to the same contrasts. */
export const noticePalette: Readonly<Record<ColouredTheme, number>> = {
  any: 244,
  dark: 247,
  light: 240,
};

/**
 * The colours of names among 16: no bright ones, no yellow where it may be on white, and no blue
 * where it may be on black.
 */
const nameParameters16: Readonly<Record<ColouredTheme, readonly number[]>> = {
  any: [31, 32, 35, 36],
  dark: [31, 32, 33, 35, 36],
  light: [31, 32, 34, 35, 36],
};

/** The SGR parameters of a name's colour, the same for each case of its letters; '' without colours. */
export function nameColour(name: string, colours: Colours, theme: Theme): string {
  if (colours === 0 || theme === 'none') return '';
  const palette = colours === 16 ? nameParameters16[theme] : namePalette[theme];
  const colour = palette[hashOf(nameKey(name)) % palette.length];
  return colours === 16 ? `${colour}` : `38;5;${colour}`;
}

/**
 * The SGR parameters of what the server says; '' for the terminal's own colour. That is all there
 * is among 16: no grey of theirs, and no faint text, can be read on every background.
 */
export function noticeColour(colours: Colours, theme: Theme): string {
  return colours === 256 && theme !== 'none' ? `38;5;${noticePalette[theme]}` : '';
}

/** FNV-1a, folded, since its low bits alone tell short names apart badly. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
