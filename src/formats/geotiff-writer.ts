/**
 * GeoTIFF out: one band of 64-bit numbers, packed by deflate in strips, NaN where there is no value.
 *
 *     writeFile('current.tif', geotiffOf({ ...grid, values: currents }, 'EPSG:32642'));
 *
 * The system is written by its EPSG code; a grid whose system is not known is written without one, as it came.
 *
 * @see OGC 19-008r4, GeoTIFF 1.1; TIFF 6.0; GDAL's GDAL_NODATA (tag 42113)
 */
import { zlibSync } from 'fflate';
import { Problem } from '../problems.ts';
import type { AsciiGrid } from './ascii-grid.ts';

/** Bytes of a strip before packing, about. */
const STRIP = 262_144;
/** A TIFF counts its bytes with 32 bits. */
const LARGEST = 2 ** 32 - 1;
const VALUE_BYTES = 8;
const [ASCII, SHORT, LONG, DOUBLE] = [2, 3, 4, 12] as const;
const BYTES: Readonly<Record<number, number>> = { [ASCII]: 1, [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 };
const [PROJECTED, GEOGRAPHIC] = [1, 2] as const;
const [PROJECTED_KEY, GEODETIC_KEY] = [3072, 2048] as const;

interface Tag {
  tag: number;
  type: typeof ASCII | typeof SHORT | typeof LONG | typeof DOUBLE;
  values: readonly number[];
}

/** An upright grid from the north, as the readers give it; `crs` as `EPSG:32642`, or `null`. @throws Problem `geotiff-crs`, `file-too-large` */
export function geotiffOf(grid: AsciiGrid, crs: { name: string; geographic: boolean } | null): Uint8Array {
  const rows = Math.max(1, Math.floor(STRIP / (grid.width * VALUE_BYTES)));
  const packed = stripsOf(grid, rows).map((strip) => zlibSync(strip));
  const [x, dx, , y, , dy] = grid.transform;
  const tags: Tag[] = [
    { tag: 256, type: LONG, values: [grid.width] },
    { tag: 257, type: LONG, values: [grid.height] },
    { tag: 258, type: SHORT, values: [8 * VALUE_BYTES] },
    { tag: 259, type: SHORT, values: [8] },
    { tag: 262, type: SHORT, values: [1] },
    { tag: 273, type: LONG, values: packed.map(() => 0) },
    { tag: 277, type: SHORT, values: [1] },
    { tag: 278, type: LONG, values: [rows] },
    { tag: 279, type: LONG, values: packed.map(({ length }) => length) },
    { tag: 284, type: SHORT, values: [1] },
    { tag: 339, type: SHORT, values: [3] },
    { tag: 33550, type: DOUBLE, values: [dx, -dy, 0] },
    { tag: 33922, type: DOUBLE, values: [0, 0, 0, x, y, 0] },
    ...(crs === null ? [] : [{ tag: 34735, type: SHORT, values: keysOf(crs) } as const]),
    { tag: 42113, type: ASCII, values: [...'nan\0'].map((letter) => letter.charCodeAt(0)) },
  ];
  return assembled(tags, packed);
}

/** Values in strips of whole rows, little-endian. */
function stripsOf({ width, height, values }: AsciiGrid, rows: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(height / rows) }, (_, k) => {
    const part = values.subarray(k * rows * width, Math.min(height, (k + 1) * rows) * width);
    const bytes = new Uint8Array(part.length * VALUE_BYTES);
    const view = new DataView(bytes.buffer);
    part.forEach((value, i) => {
      view.setFloat64(i * VALUE_BYTES, value, true);
    });
    return bytes;
  });
}

function keysOf({ name, geographic }: { name: string; geographic: boolean }): number[] {
  const code = Number(/^EPSG:(\d+)$/i.exec(name)?.[1] ?? Number.NaN);
  if (!(code > 0 && code < 32_767)) throw new Problem('geotiff-crs', { found: name });
  const [model, key] = geographic ? [GEOGRAPHIC, GEODETIC_KEY] : [PROJECTED, PROJECTED_KEY];
  const keys = [
    [1024, 0, 1, model],
    [1025, 0, 1, 1],
    [key, 0, 1, code],
  ].sort((a, b) => (a[0] as number) - (b[0] as number));
  return [1, 1, 1, keys.length, ...keys.flat()];
}

/** Head, directory, what does not fit into it, and the strips. */
function assembled(tags: readonly Tag[], packed: readonly Uint8Array[]): Uint8Array {
  const size = ({ type, values }: Tag): number => (BYTES[type] as number) * values.length;
  const directory = 8 + 2 + 12 * tags.length + 4;
  const beside = tags.reduce((sum, tag) => sum + (size(tag) > 4 ? size(tag) + (size(tag) % 2) : 0), 0);
  const starts: number[] = [];
  let end = directory + beside;
  for (const { length } of packed) {
    starts.push(end);
    end += length + (length % 2);
  }
  if (end > LARGEST)
    throw new Problem('file-too-large', { file: 'GeoTIFF', megabytes: Math.ceil(end / 1e6), limit: Math.floor(LARGEST / 1e6) });
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  const put = ({ type, values }: Tag, at: number): void =>
    values.forEach((value, i) => {
      const place = at + i * (BYTES[type] as number);
      if (type === ASCII) view.setUint8(place, value);
      else if (type === SHORT) view.setUint16(place, value, true);
      else if (type === LONG) view.setUint32(place, value, true);
      else view.setFloat64(place, value, true);
    });
  bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  view.setUint16(8, tags.length, true);
  let free = directory;
  tags.forEach((tag, k) => {
    const at = 10 + 12 * k;
    const told = tag.tag === 273 ? { ...tag, values: starts } : tag;
    view.setUint16(at, told.tag, true);
    view.setUint16(at + 2, told.type, true);
    view.setUint32(at + 4, told.values.length, true);
    if (size(told) <= 4) put(told, at + 8);
    else {
      view.setUint32(at + 8, free, true);
      put(told, free);
      free += size(told) + (size(told) % 2);
    }
  });
  packed.forEach((strip, k) => {
    bytes.set(strip, starts[k] as number);
  });
  return bytes;
}
