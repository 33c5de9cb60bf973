/**
 * Codes on longitudes and latitudes as an image in the projection of a map: every dot of the image takes the cell it lies in.
 */
import { type Frame, isInFrame } from './map-frame.ts';
import { type PaletteColor, pngAddress } from './raster-map-png.ts';
import { channels, isMark, type RasterStyle } from './raster-map-style.ts';

/** Codes in rows from the north and columns from the west; 0 is nothing. */
export interface CodeLayer {
  width: number;
  height: number;
  /** Outer edges [deg]. */
  west: number;
  south: number;
  east: number;
  north: number;
  codes: Uint8Array;
}

/** Part of a drawing [px]. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Dots of the image for one pixel of the drawing: first what prints sharp, then what is small enough. */
const DENSITIES = [2, 1.5, 1] as const;
/** An image longer than this is made coarser [characters]. */
const LONGEST = 380_000;
/** Longitudes and latitudes are taken at every so many dots, and are straight between. */
const LATTICE = 16;

/** @param styles of code 1, 2, … */
export function rasterImage(layer: CodeLayer, frame: Frame, box: Box, styles: readonly RasterStyle[]): string {
  const filled = { ...layer, codes: grown(layer) };
  const palette: PaletteColor[] = [
    [0, 0, 0, 0],
    ...styles.flatMap(({ color, ink }): PaletteColor[] => [
      [...channels(color), 255],
      [...channels(ink), 255],
    ]),
  ];
  let address = '';
  for (const density of DENSITIES) {
    const [width, height] = [Math.max(1, Math.round(box.width * density)), Math.max(1, Math.round(box.height * density))];
    const pixels = dots(filled, frame, { box, width, height }, styles);
    address = pngAddress({ width, height, pixels, palette });
    if (address.length <= LONGEST) break;
  }
  const place = `x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"`;
  return `<image ${place} preserveAspectRatio="none" image-rendering="optimizeSpeed" href="${address}"/>`;
}

function dots(
  layer: CodeLayer,
  frame: Frame,
  { box, width, height }: { box: Box; width: number; height: number },
  styles: readonly RasterStyle[],
): Uint8Array {
  const [stepX, stepY] = [box.width / width, box.height / height];
  const across = Math.ceil(width / LATTICE) + 1;
  const down = Math.ceil(height / LATTICE) + 1;
  const middle = (layer.west + layer.east) / 2;
  const lons = new Float64Array(across * down);
  const lats = new Float64Array(across * down);
  for (let i = 0; i < lons.length; i++) {
    const [x, y] = [box.left + (i % across) * LATTICE * stepX, box.top + Math.floor(i / across) * LATTICE * stepY];
    const [lon, lat] = frame.toPosition(x, y);
    lons[i] = lon - 360 * Math.round((lon - middle) / 360);
    lats[i] = lat;
  }
  const columnScale = layer.width / (layer.east - layer.west);
  const rowScale = layer.height / (layer.north - layer.south);
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const [latticeRow, v] = [Math.floor((row + 0.5) / LATTICE), ((row + 0.5) / LATTICE) % 1];
    const y = box.top + (row + 0.5) * stepY;
    for (let column = 0; column < width; column++) {
      const [latticeColumn, u] = [Math.floor((column + 0.5) / LATTICE), ((column + 0.5) / LATTICE) % 1];
      const at = latticeRow * across + latticeColumn;
      const lon = between(lons, at, across, u, v);
      const lat = between(lats, at, across, u, v);
      const [cellColumn, cellRow] = [Math.floor((lon - layer.west) * columnScale), Math.floor((layer.north - lat) * rowScale)];
      if (cellColumn < 0 || cellColumn >= layer.width || cellRow < 0 || cellRow >= layer.height) continue;
      const code = layer.codes[cellRow * layer.width + cellColumn] as number;
      const style = styles[code - 1];
      if (style === undefined) continue;
      pixels[row * width + column] = 2 * code - (isMark(style.pattern, box.left + (column + 0.5) * stepX, y) ? 0 : 1);
    }
  }
  return pixels;
}

function between(of: Float64Array, at: number, across: number, u: number, v: number): number {
  const [a, b] = [of[at] as number, of[at + 1] as number];
  const [c, d] = [of[at + across] as number, of[at + across + 1] as number];
  return (a * (1 - u) + b * u) * (1 - v) + (c * (1 - u) + d * u) * v;
}

/** Codes with one more cell to all sides: half cells along the edge of a zone are then no gaps; what lies outside is cut off anyway. */
function grown({ width, height, codes }: CodeLayer): Uint8Array {
  const result = codes.slice();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      if (codes[at] !== 0) continue;
      for (const [dx, dy] of AROUND) {
        const [x, y] = [column + dx, row + dy];
        const code = x >= 0 && x < width && y >= 0 && y < height ? (codes[y * width + x] as number) : 0;
        if (code === 0) continue;
        result[at] = code;
        break;
      }
    }
  }
  return result;
}

const AROUND = [
  [0, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

/** What positions in pixels span within a frame, in whole pixels; `null` for none. */
export function boxAround(places: Iterable<readonly [number, number]>, frame: Frame): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const place of places) {
    if (!isInFrame(frame, place, -frame.width)) continue;
    left = Math.min(left, place[0]);
    right = Math.max(right, place[0]);
    top = Math.min(top, place[1]);
    bottom = Math.max(bottom, place[1]);
  }
  if (left > right) return null;
  [left, top] = [Math.floor(Math.max(left, frame.left)), Math.floor(Math.max(top, frame.top))];
  const width = Math.ceil(Math.min(right, frame.left + frame.width)) - left;
  const height = Math.ceil(Math.min(bottom, frame.top + frame.height)) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}
