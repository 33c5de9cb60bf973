/**
 * A picture of few colours as PNG within a drawing: an address that holds its own bytes.
 *
 *     pngAddress({ width: 2, height: 1, pixels: Uint8Array.of(0, 1), palette: [[0, 0, 0, 0], [31, 98, 93, 255]] })
 *
 * PNG (W3C, third edition): colour type 3, 8 bits, deflated. The same picture gives the same bytes on every machine.
 */
import { zlibSync } from 'fflate';

/** Red, green, blue, opacity, 0-255. */
export type PaletteColor = readonly [red: number, green: number, blue: number, alpha: number];

export interface IndexedPicture {
  width: number;
  height: number;
  /** A place of the palette for each pixel, row by row. */
  pixels: Uint8Array;
  /** At most 256 colours. */
  palette: readonly PaletteColor[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Rows as they are, and rows as what differs from the row above: the latter is shorter where rows repeat. */
const [AS_IS, UP] = [0, 2] as const;

/** A `data:` address. */
export function pngAddress(picture: IndexedPicture): string {
  const bytes = png(picture);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return `data:image/png;base64,${btoa(text)}`;
}

/** The bytes of a PNG file. */
export function png({ width, height, pixels, palette }: IndexedPicture): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  const [plain, above] = [AS_IS, UP].map((filter) => zlibSync(filtered(pixels, width, height, filter), { level: 6 })) as [
    Uint8Array,
    Uint8Array,
  ];
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(palette.flatMap((color) => color.slice(0, 3)))),
    chunk(
      'tRNS',
      Uint8Array.from(palette, ([, , , alpha]) => alpha),
    ),
    chunk('IDAT', above.length < plain.length ? above : plain),
    chunk('IEND', new Uint8Array(0)),
  ];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

function filtered(pixels: Uint8Array, width: number, height: number, filter: typeof AS_IS | typeof UP): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++) {
    const [from, to] = [row * width, row * (width + 1)];
    rows[to] = filter;
    for (let i = 0; i < width; i++) {
      const above = filter === UP && row > 0 ? (pixels[from - width + i] as number) : 0;
      rows[to + 1 + i] = (pixels[from + i] as number) - above;
    }
  }
  return rows;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** The check sum of PNG, annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
