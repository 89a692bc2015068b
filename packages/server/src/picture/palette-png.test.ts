import { deflateSync } from 'node:zlib';
import { palettePng } from './palette-png';
import { readPng } from './png-pixels';

function part(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}

/** A PNG of two columns in colour, of rows that begin with their filter. */
function png(colourType: number, rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(2, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([Buffer.alloc(8), part('IHDR', header), part('IDAT', data)]);
}

test('rows are read through each of their filters', () => {
  const rows = [
    [0, 10, 20, 30, 11, 21, 31],
    [1, 10, 20, 30, 1, 1, 1],
    [2, 0, 0, 0, 0, 0, 0],
    [3, 5, 10, 15, 0, 0, 0],
    [4, 0, 0, 0, 1, 1, 1],
  ];
  const { width, height, rgb } = readPng(png(2, rows));
  expect({ width, height }).toEqual({ width: 2, height: 5 });
  expect(Array.from({ length: 5 }, (_, row) => [...rgb.subarray(row * 6, row * 6 + 6)])).toEqual([
    [10, 20, 30, 11, 21, 31],
    [10, 20, 30, 11, 21, 31],
    [10, 20, 30, 11, 21, 31],
    [10, 20, 30, 10, 20, 30],
    [10, 20, 30, 11, 21, 31],
  ]);
});

test('what is not seen through is read without that', () => {
  const { rgb } = readPng(png(6, [[0, 1, 2, 3, 255, 4, 5, 6, 255]]));
  expect([...rgb]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a picture of few colours has a palette of them, and says so', () => {
  const written = palettePng({ width: 2, height: 1, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  const palette = written.indexOf('PLTE');
  expect([...written.subarray(palette + 4, palette + 10)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect(written.readUInt8(25)).toBe(3);
  expect(() => readPng(written)).toThrow('not a PNG of colours');
});

test('of more than 256 colours, the rarest are as the nearest of the others', () => {
  const often = Array.from({ length: 256 }, (_, n) => [n, 0, 0]);
  const rgb = Uint8Array.from([...often, ...often, [7, 1, 0]].flat());
  const written = palettePng({ width: 513, height: 1, rgb });
  const palette = written.indexOf('PLTE');
  expect(written.readUInt32BE(palette - 4)).toBe(256 * 3);
});
