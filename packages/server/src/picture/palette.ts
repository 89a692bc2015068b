/** The first sixteen, which are up to each terminal: here as those of xterm. */
const named = [
  ['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5'],
  ['#7f7f7f', '#ff0000', '#00ff00', '#ffff00', '#5c5cff', '#ff00ff', '#00ffff', '#ffffff'],
].flat();

const cubeFrom = 16;
const greysFrom = 232;
const cubeLevels = [0, 95, 135, 175, 215, 255];

/** The colour that xterm has under that number, of 256, as `#rrggbb`. */
export function paletteColour(index: number): string {
  if (index < cubeFrom) return named[index] ?? '#000000';
  if (index >= greysFrom) {
    const grey = 8 + 10 * (index - greysFrom);
    return hex([grey, grey, grey]);
  }
  const at = index - cubeFrom;
  return hex([at / 36, at / 6, at].map((digit) => cubeLevels[Math.floor(digit) % 6] ?? 0));
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
