import { crc32, deflateSync } from 'node:zlib';
import type { Pixels } from './png-pixels';

const coloursMax = 256;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A PNG of the 256 colours that are there most, each other one as the nearest of them: a third of
 * the size for a picture of text on plain ground, and no difference to the eye.
 */
export function palettePng({ width, height, rgb }: Pixels): Buffer {
  const colours = coloursOf(rgb);
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const most = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, coloursMax);
  const palette = most.map(([colour]) => colour);
  const places = new Map(Array.from(counts.keys(), (each) => [each, nearestIn(palette, each)]));
  // Each row begins with its filter, which is none: it is what plain ground is smallest with.
  const rows = Buffer.alloc(height * (width + 1));
  for (const [at, colour] of colours.entries()) {
    rows[at + Math.floor(at / width) + 1] = places.get(colour) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, which are places in the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const plte = Buffer.from(palette.flatMap((colour) => channelsOf(colour)));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', plte),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function coloursOf(rgb: Uint8Array): readonly number[] {
  const count = rgb.length / 3;
  return Array.from({ length: count }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(pixel * 3, pixel * 3 + 3);
    return (red << 16) | (green << 8) | blue;
  });
}

function channelsOf(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

function nearestIn(palette: readonly number[], colour: number): number {
  let [nearest, least] = [0, Infinity];
  for (const [at, each] of palette.entries()) {
    const distance = distanceBetween(each, colour);
    if (distance < least) [nearest, least] = [at, distance];
  }
  return nearest;
}

function distanceBetween(one: number, other: number): number {
  const others = channelsOf(other);
  return channelsOf(one).reduce((sum, each, at) => sum + (each - (others[at] ?? 0)) ** 2, 0);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
