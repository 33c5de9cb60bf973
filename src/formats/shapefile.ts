/**
 * Shapefiles: the .shp with its index, attributes, projection and encoding, as far as they came along.
 *
 *     readShapefile({ name: 'zones.shp', shp, dbf, prj })   // features with the coordinates of the file
 *
 * Reference: ESRI Shapefile Technical Description, July 1998.
 */
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import { readDbf, rowsClaimed } from './dbf.ts';
import type { ReadingNote } from './layer.ts';
import { polygonsOfRings } from './rings.ts';
import { checkCount, checkSize, emptyShape, type FoundFeature, type FoundLayer, type Shape } from './shape.ts';
import { decodeText, guessEncoding } from './text.ts';
import type { Bytes } from './zip.ts';
import { turn } from './zone-parts.ts';

export interface ShapefileParts {
  name: string;
  shp: Bytes;
  shx?: Bytes;
  dbf?: Bytes;
  prj?: Bytes;
  cpg?: Bytes;
}

const HEADER = 100;
const FILE_CODE = 9994;
/** Longest text of a .prj file that is looked at [bytes]. */
const LONGEST_PRJ = 100_000;

interface Record {
  number: number;
  at: number;
  length: number;
}

/**
 * The features of a shapefile.
 * @throws Problem `shapefile-header`, `shapefile-truncated`, `shapefile-record`, `shapefile-type`, `shapefile-counts-differ`, and those of its .dbf.
 */
export function readShapefile(parts: ShapefileParts, onProgress?: (done: number, total: number) => void): FoundLayer {
  const { shp } = parts;
  const view = new DataView(shp.bytes.buffer, shp.bytes.byteOffset, shp.bytes.byteLength);
  if (view.byteLength < HEADER || view.getInt32(0) !== FILE_CODE)
    throw new Problem('shapefile-header', { file: shp.name, found: view.byteLength });
  checkSize(shp.name, view.byteLength / 16);
  const notes: ReadingNote[] = [];
  const records = recordsOf(shp.name, view, parts.shx, notes);
  checkCount(shp.name, records.length);
  const rows = parts.dbf === undefined ? records.length : rowsClaimed(parts.dbf);
  if (rows !== records.length) throw new Problem('shapefile-counts-differ', { file: shp.name, shapes: records.length, rows });
  const table = parts.dbf === undefined ? null : readDbf(parts.dbf, parts.cpg === undefined ? null : text(parts.cpg));
  if (table === null) notes.push({ code: 'shapefile-no-attributes', details: { file: shp.name } });
  else notes.push(...table.notes);
  const features: FoundFeature[] = [];
  let deleted = 0;
  records.forEach((record, i) => {
    const properties = table === null ? {} : (table.rows[i] ?? null);
    if (properties === null) deleted += 1;
    else features.push({ index: i + 1, shape: readShape(shp.name, view, record, i + 1), properties });
    if (i % 1000 === 0) onProgress?.(record.at, view.byteLength);
  });
  if (deleted > 0) notes.push({ code: 'shapefile-deleted-rows', details: { file: shp.name, count: deleted } });
  const prj =
    parts.prj === undefined ? '' : text({ name: parts.prj.name, bytes: parts.prj.bytes.subarray(0, LONGEST_PRJ) }).trim();
  return { name: parts.name, features, crs: prj === '' ? null : prj, notes, skipped: deleted };
}

function text({ bytes }: Bytes): string {
  const encoding = guessEncoding([bytes]);
  return decodeText(bytes, encoding === 'ascii' ? 'utf-8' : encoding);
}

/** Where the records are: by the index where it is sound, else one after the other. */
function recordsOf(file: string, view: DataView, shx: Bytes | undefined, notes: ReadingNote[]): Record[] {
  const indexed = shx === undefined ? null : indexOf(shx, view);
  if (indexed !== null) return indexed;
  if (shx !== undefined) notes.push({ code: 'shapefile-index-ignored', details: { file: shx.name } });
  const end = Math.min(view.byteLength, view.getInt32(24) * 2);
  if (view.getInt32(24) * 2 > view.byteLength)
    throw new Problem('shapefile-truncated', { file, found: view.byteLength, expected: view.getInt32(24) * 2 });
  const records: Record[] = [];
  for (let at = HEADER; at + 8 <= end; ) {
    const [number, length] = [view.getInt32(at), view.getInt32(at + 4) * 2];
    if (length < 4 || at + 8 + length > view.byteLength) {
      throw new Problem('shapefile-record', {
        file,
        feature: String(records.length + 1),
        found: `${length} B`,
        expected: `4–${view.byteLength - at - 8} B`,
      });
    }
    records.push({ number, at: at + 8, length });
    at += 8 + length;
  }
  return latest(records);
}

/** Without an index, a record number that stands twice was rewritten: the last one counts. */
function latest(records: Record[]): Record[] {
  const numbers = new Map(records.map((record) => [record.number, record]));
  const dense = numbers.size < records.length && [...numbers.keys()].every((number) => number >= 1 && number <= numbers.size);
  return dense ? [...numbers.values()].sort((a, b) => a.number - b.number) : records;
}

/** The records that an .shx points to; `null` where it does not fit its .shp. */
function indexOf(shx: Bytes, shp: DataView): Record[] | null {
  const view = new DataView(shx.bytes.buffer, shx.bytes.byteOffset, shx.bytes.byteLength);
  if (view.byteLength < HEADER || view.getInt32(0) !== FILE_CODE || (view.byteLength - HEADER) % 8 !== 0) return null;
  const records: Record[] = [];
  let total = HEADER; // records that are pointed to twice would make a small file a large map
  for (let entry = HEADER; entry < view.byteLength; entry += 8) {
    const [at, length] = [view.getInt32(entry) * 2, view.getInt32(entry + 4) * 2];
    total += 8 + length;
    if (
      total > shp.byteLength ||
      at < HEADER ||
      length < 4 ||
      at + 8 + length > shp.byteLength ||
      shp.getInt32(at + 4) * 2 !== length
    )
      return null;
    records.push({ number: records.length + 1, at: at + 8, length });
  }
  return records;
}

function readShape(file: string, view: DataView, { at, length }: Record, feature: number): Shape | null {
  const type = view.getInt32(at, true);
  const shape = emptyShape();
  const broken = (found: string, expected: string) =>
    new Problem('shapefile-record', { file, feature: String(feature), found, expected });
  if (type === 0) return null;
  if (type === 31) throw new Problem('shapefile-type', { file, feature: String(feature), found: 'MultiPatch (31)' });
  const kind = type % 10;
  if (![1, 3, 5, 8].includes(kind) || type > 28 || type < 0)
    throw new Problem('shapefile-type', { file, feature: String(feature), found: String(type) });
  if (kind === 1) {
    if (length < 20) throw broken(`${length} B`, '20 B');
    shape.points.push([view.getFloat64(at + 4, true), view.getFloat64(at + 12, true)]);
    return shape;
  }
  if (length < (kind === 8 ? 40 : 44)) throw broken(`${length} B`, '44 B');
  const parts = kind === 8 ? 1 : view.getInt32(at + 36, true);
  const points = view.getInt32(at + (kind === 8 ? 36 : 40), true);
  const first = at + (kind === 8 ? 40 : 44 + parts * 4);
  const fits = parts >= 0 && points >= 0 && parts <= length && first + points * 16 <= at + length;
  if (!fits) throw broken(`${parts} × ${points}`, `≤ ${length} B`);
  if (kind === 8) shape.points = readRun(view, first, 0, points);
  else
    readParts(
      view,
      at + 44,
      first,
      parts,
      points,
      broken,
      kind === 3 ? shape.lines : (shape.polygons as unknown as Position[][]),
    );
  if (kind === 5) shape.polygons = nested(shape.polygons as unknown as Position[][], broken);
  return shape;
}

function nested(rings: Position[][], broken: (found: string, expected: string) => Problem): Shape['polygons'] {
  try {
    const polygons = rings.length === 0 ? [] : polygonsOfRings(rings);
    // Shapefiles turn their rings the other way than everybody else: put into the order of RFC 7946 here, so that a
    // shapefile drawn as its standard asks is a sound map.
    for (const polygon of polygons) if (turn(polygon[0] ?? []) < 0) for (const ring of polygon) ring.reverse();
    return polygons;
  } catch (error) {
    if (error instanceof RangeError) throw broken(error.message, '≤ 10 000');
    throw error;
  }
}

function readParts(
  view: DataView,
  index: number,
  first: number,
  parts: number,
  points: number,
  broken: (found: string, expected: string) => Problem,
  into: Position[][],
): void {
  for (let part = 0; part < parts; part++) {
    const start = view.getInt32(index + part * 4, true);
    const end = part + 1 < parts ? view.getInt32(index + part * 4 + 4, true) : points;
    if (start < 0 || end < start || end > points) throw broken(`${start}–${end}`, `0–${points}`);
    if (end > start) into.push(readRun(view, first, start, end));
  }
}

function readRun(view: DataView, first: number, start: number, end: number): Position[] {
  const run: Position[] = new Array(end - start);
  for (let i = start; i < end; i++)
    run[i - start] = [view.getFloat64(first + i * 16, true), view.getFloat64(first + i * 16 + 8, true)];
  return run;
}
