/** Small and sparse GeoTIFFs for tests, written plainly: little-endian, classic, one sample of one type, packed or not. */
import { deflateSync } from 'node:zlib';

const TYPES = {
  uint8: { array: Uint8Array, format: 1 },
  int16: { array: Int16Array, format: 2 },
  uint16: { array: Uint16Array, format: 1 },
  int32: { array: Int32Array, format: 2 },
  float32: { array: Float32Array, format: 3 },
  float64: { array: Float64Array, format: 3 },
} as const;

export interface TiffOptions {
  width: number;
  height: number;
  bands?: number;
  type?: keyof typeof TYPES;
  /** Width and height of tiles; strips of so many rows where it is one number. */
  tile?: [number, number] | number;
  /** x0, dx, y0, dy */
  transform?: [number, number, number, number];
  /** EPSG code, geographic below 5000 but for 3857; null for none. */
  epsg?: number | null;
  nodata?: number | null;
  /** GDAL_METADATA */
  metadata?: string;
  packed?: boolean;
  /** Tiles that the file holds nothing for. */
  sparse?: (tile: number) => boolean;
  value?: (column: number, row: number, band: number) => number;
}

type Entry = { tag: number; type: 2 | 3 | 4 | 12; values: number[] | string };

/** The bytes of a file; bands lie one after another (planar). */
export function tiff(options: TiffOptions): Uint8Array {
  const { width, height, bands = 1, type = 'float32', tile = 64, value = () => 0, packed = false, sparse } = options;
  const { transform = [0, 1, height, -1], epsg = 4326, nodata = null, metadata } = options;
  const [tileWidth, tileHeight] = typeof tile === 'number' ? [width, tile] : tile;
  const { array: Values, format } = TYPES[type];
  const [across, down] = [Math.ceil(width / tileWidth), Math.ceil(height / tileHeight)];
  const chunks: Uint8Array[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  let end = 8;
  for (let band = 0; band < bands; band++)
    for (let t = 0; t < across * down; t++) {
      if (sparse?.(t)) {
        offsets.push(0);
        lengths.push(0);
        continue;
      }
      const [left, top] = [(t % across) * tileWidth, Math.floor(t / across) * tileHeight];
      const rows = typeof tile === 'number' ? Math.min(tileHeight, height - top) : tileHeight;
      const values = new Values(tileWidth * rows);
      for (let y = 0; y < rows; y++)
        for (let x = 0; x < tileWidth; x++)
          if (left + x < width && top + y < height) values[y * tileWidth + x] = value(left + x, top + y, band);
      const raw = new Uint8Array(values.buffer);
      const bytes = packed ? new Uint8Array(deflateSync(raw)) : raw;
      offsets.push(end);
      lengths.push(bytes.length);
      chunks.push(bytes);
      end += bytes.length;
    }
  const [x0, dx, y0, dy] = transform;
  const all = (number: number): number[] => Array.from({ length: bands }, () => number);
  const places: Entry[] =
    typeof tile === 'number'
      ? [
          { tag: 273, type: 4, values: offsets },
          { tag: 278, type: 4, values: [tileHeight] },
          { tag: 279, type: 4, values: lengths },
        ]
      : [
          { tag: 322, type: 4, values: [tileWidth] },
          { tag: 323, type: 4, values: [tileHeight] },
          { tag: 324, type: 4, values: offsets },
          { tag: 325, type: 4, values: lengths },
        ];
  const entries: Entry[] = [
    { tag: 256, type: 4, values: [width] },
    { tag: 257, type: 4, values: [height] },
    { tag: 258, type: 3, values: all(8 * Values.BYTES_PER_ELEMENT) },
    { tag: 259, type: 3, values: [packed ? 8 : 1] },
    { tag: 262, type: 3, values: [1] },
    { tag: 277, type: 3, values: [bands] },
    { tag: 284, type: 3, values: [2] },
    { tag: 339, type: 3, values: all(format) },
    ...places,
  ];
  // rows that run north need the matrix: readers take the scale of pixels for positive whatever its sign
  if (dy > 0) entries.push({ tag: 34264, type: 12, values: [dx, 0, 0, x0, 0, dy, 0, y0, 0, 0, 0, 0, 0, 0, 0, 1] });
  else {
    entries.push({ tag: 33550, type: 12, values: [dx, -dy, 0] });
    entries.push({ tag: 33922, type: 12, values: [0, 0, 0, x0, y0, 0] });
  }
  if (bands > 1) entries.push({ tag: 338, type: 3, values: all(0).slice(1) });
  if (epsg !== null) entries.push({ tag: 34735, type: 3, values: geoKeys(epsg) });
  if (nodata !== null) entries.push({ tag: 42113, type: 2, values: String(nodata) });
  if (metadata !== undefined) entries.push({ tag: 42112, type: 2, values: metadata });
  return joined([header(end), ...chunks, directory(entries, end)]);
}

function geoKeys(epsg: number): number[] {
  const geographic = epsg >= 4000 && epsg < 5000;
  return [1, 1, 0, 3, 1024, 0, 1, geographic ? 2 : 1, 1025, 0, 1, 1, geographic ? 2048 : 3072, 0, 1, epsg];
}

function header(directoryAt: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, directoryAt, true);
  return bytes;
}

function directory(entries: Entry[], at: number): Uint8Array {
  const sorted = entries.toSorted((a, b) => a.tag - b.tag);
  const head = new Uint8Array(2 + 12 * sorted.length + 4);
  const view = new DataView(head.buffer);
  const tail: Uint8Array[] = [];
  let end = at + head.length;
  view.setUint16(0, sorted.length, true);
  for (const [i, { tag, type, values }] of sorted.entries()) {
    const bytes = bytesOf(type, values);
    const place = 2 + 12 * i;
    view.setUint16(place, tag, true);
    view.setUint16(place + 2, type, true);
    view.setUint32(place + 4, typeof values === 'string' ? bytes.length : values.length, true);
    if (bytes.length <= 4) head.set(bytes, place + 8);
    else {
      view.setUint32(place + 8, end, true);
      tail.push(bytes);
      end += bytes.length;
    }
  }
  return joined([head, ...tail]);
}

function bytesOf(type: Entry['type'], values: Entry['values']): Uint8Array {
  if (typeof values === 'string') return new TextEncoder().encode(`${values}\0`);
  const Values = type === 3 ? Uint16Array : type === 4 ? Uint32Array : Float64Array;
  return new Uint8Array(new Values(values).buffer);
}

function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
