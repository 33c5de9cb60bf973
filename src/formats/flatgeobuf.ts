/**
 * FlatGeobuf 3: the features of a file, its index left aside.
 *
 *     placeLayer(readFlatgeobuf(file))   // a MapLayer
 *
 * Reference: flatgeobuf.org, header.fbs and feature.fbs of version 3; FlatBuffers' internals document. Read with bounds on
 * every count, because the tables of a damaged file may point anywhere.
 */
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import { Table } from './flatbuffer.ts';
import type { MapFeature } from './layer.ts';
import { checkCount, checkSize, emptyShape, type FoundFeature, type FoundLayer, type Shape } from './shape.ts';
import type { Bytes } from './zip.ts';

/** Fields of the tables, by their place in the schema. */
const HEADER = { name: 0, geometryType: 2, columns: 7, featuresCount: 8, indexNodeSize: 9, crs: 10 } as const;
const CRS = { org: 0, code: 1, wkt: 4 } as const;
const COLUMN = { name: 0, type: 1 } as const;
const FEATURE = { geometry: 0, properties: 1, columns: 2 } as const;
const GEOMETRY = { ends: 0, xy: 1, type: 6, parts: 7 } as const;
/** Bytes of a value by the type of its column; texts and binaries carry their length. */
const WIDTH = [1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8];
const NODE = 40;
const LARGEST_HEADER = 10_000_000;
const DEEPEST = 8;

interface Column {
  name: string;
  type: number;
}

/**
 * The features of a FlatGeobuf file, coordinates as they are stored.
 * @throws Problem `flatgeobuf-damaged`, `flatgeobuf-geometry`.
 */
export function readFlatgeobuf(file: Bytes): FoundLayer {
  checkSize(file.name, file.bytes.length / 16);
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength);
  const features: FoundFeature[] = [];
  try {
    const size = view.getUint32(8, true);
    if (size > LARGEST_HEADER || 12 + size > view.byteLength) throw new RangeError(`${size} B`);
    const header = Table.root(part(view, 12, size));
    const count = Number(header.uint64(HEADER.featuresCount));
    let at = 12 + size + indexSize(count, header.uint16(HEADER.indexNodeSize, 16));
    const columns = columnsOf(header, HEADER.columns);
    const type = header.uint8(HEADER.geometryType);
    while (at < view.byteLength) {
      checkCount(file.name, features.length);
      const length = view.getUint32(at, true);
      if (length < 4 || at + 4 + length > view.byteLength) throw new RangeError(`${length} B > ${view.byteLength - at - 4} B`);
      features.push(readFeature(Table.root(part(view, at + 4, length)), columns, type, features.length + 1));
      at += 4 + length;
    }
    if (count > 0 && features.length !== count) throw new RangeError(`${features.length} ≠ ${count}`);
    return { name: file.name, features, crs: crsOf(header), notes: [], skipped: 0 };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      'flatgeobuf-damaged',
      { file: file.name, feature: String(features.length + 1), found: (error as Error).message.slice(0, 120) },
      { cause: error },
    );
  }
}

function part(view: DataView, at: number, length: number): DataView {
  return new DataView(view.buffer, view.byteOffset + at, length);
}

/** Bytes of the packed Hilbert R-tree before the features. */
function indexSize(count: number, nodeSize: number): number {
  if (nodeSize < 2 || count === 0) return 0;
  let [level, nodes] = [count, count];
  do {
    level = Math.ceil(level / nodeSize);
    nodes += level; // a single feature, too, has a root above its leaf
  } while (level > 1);
  return nodes * NODE;
}

function crsOf(header: Table): string | null {
  const crs = header.table(HEADER.crs);
  if (crs === null) return null;
  const code = crs.int32(CRS.code);
  const wkt = crs.text(CRS.wkt);
  if (code > 0 && (wkt === '' || code === 4326)) return `${crs.text(CRS.org) || 'EPSG'}:${code}`;
  return wkt === '' ? null : wkt;
}

function columnsOf(table: Table, field: number): Column[] {
  return table.tables(field).map((column) => ({ name: column.text(COLUMN.name), type: column.uint8(COLUMN.type) }));
}

function readFeature(feature: Table, columns: Column[], type: number, index: number): FoundFeature {
  const own = columnsOf(feature, FEATURE.columns);
  const geometry = feature.table(FEATURE.geometry);
  let shape: Shape | null = null;
  if (geometry !== null) {
    shape = emptyShape();
    addGeometry(geometry, geometry.uint8(GEOMETRY.type) || type, shape, 0, { left: feature.view.byteLength });
  }
  return { index, shape, properties: readProperties(feature.bytes(FEATURE.properties), own.length > 0 ? own : columns) };
}

/** Adds one geometry; `budget` keeps tables that are pointed to twice from making a small file a large map. */
function addGeometry(geometry: Table, type: number, into: Shape, depth: number, budget: { left: number }): void {
  if (depth > DEEPEST) throw new RangeError(`geometry depth ${depth}`);
  if (type === 6 || type === 7) {
    for (const child of geometry.tables(GEOMETRY.parts))
      addGeometry(child, child.uint8(GEOMETRY.type) || 3, into, depth + 1, budget);
    return;
  }
  const xy = geometry.float64s(GEOMETRY.xy);
  budget.left -= xy.length * 8 + 4;
  if (budget.left < 0) throw new RangeError(`${xy.length} coordinates`);
  const runs = runsOf(xy, geometry.uint32s(GEOMETRY.ends));
  if (type === 1 || type === 4) into.points = into.points.concat(runs.flat());
  else if (type === 2 || type === 5) into.lines = into.lines.concat(runs);
  else if (type === 3) {
    if (runs.length > 0) into.polygons.push(runs);
  } else throw new RangeError(`geometry type ${type}`);
}

function runsOf(xy: number[], ends: number[]): Position[][] {
  const runs: Position[][] = [];
  let start = 0;
  for (const end of ends.length === 0 ? [xy.length / 2] : ends) {
    if (end < start || end * 2 > xy.length) throw new RangeError(`${start}–${end}`);
    const run: Position[] = [];
    for (let i = start; i < end; i++) run.push([xy[i * 2] as number, xy[i * 2 + 1] as number]);
    if (run.length > 0) runs.push(run);
    start = end;
  }
  return runs;
}

function readProperties(view: DataView, columns: Column[]): MapFeature['properties'] {
  const properties: MapFeature['properties'] = Object.fromEntries(columns.map(({ name }) => [name, null]));
  for (let at = 0; at + 2 <= view.byteLength; ) {
    const column = columns[view.getUint16(at, true)];
    if (column === undefined) throw new RangeError(`column ${view.getUint16(at, true)}`);
    const width = WIDTH[column.type];
    const length = width ?? view.getUint32(at + 2, true);
    const start = at + 2 + (width === undefined ? 4 : 0);
    if (start + length > view.byteLength) throw new RangeError(`${column.name}: ${length} B`);
    properties[column.name] = readValue(view, start, length, column.type);
    at = start + length;
  }
  return properties;
}

function readValue(view: DataView, at: number, length: number, type: number): MapFeature['properties'][string] {
  if (type === 0) return view.getInt8(at);
  if (type === 1) return view.getUint8(at);
  if (type === 2) return view.getUint8(at) !== 0;
  if (type === 3) return view.getInt16(at, true);
  if (type === 4) return view.getUint16(at, true);
  if (type === 5) return view.getInt32(at, true);
  if (type === 6) return view.getUint32(at, true);
  if (type === 7) return Number(view.getBigInt64(at, true));
  if (type === 8) return Number(view.getBigUint64(at, true));
  if (type === 9) return view.getFloat32(at, true);
  if (type === 10) return view.getFloat64(at, true);
  if (type === 14) return null; // binary
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}
