/**
 * Well-known binary (ISO 19125-1, and the EWKB of PostGIS) as shapes.
 *
 *     shapeOfWkb(new DataView(blob.buffer, blob.byteOffset + header))   // { polygons, lines, points }
 */
import type { Position } from '../types.ts';
import { emptyShape, type Shape } from './shape.ts';

/** Collections within collections. */
const DEEPEST = 16;

interface Cursor {
  view: DataView;
  at: number;
}

/**
 * The parts of a geometry; heights and measures are dropped.
 * @throws RangeError when the bytes end early or hold curves, surfaces or unknown types.
 */
export function shapeOfWkb(view: DataView): Shape {
  const shape = emptyShape();
  read({ view, at: 0 }, shape, 0);
  return shape;
}

function read(cursor: Cursor, into: Shape, depth: number): void {
  const { view } = cursor;
  const little = view.getUint8(cursor.at) === 1;
  const code = view.getUint32(cursor.at + 1, little);
  cursor.at += (code & 0x20000000) !== 0 ? 9 : 5; // EWKB with the number of its CRS
  const ewkb = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
  const plain = code & 0x0fffffff;
  const type = plain % 1000;
  const width = ewkb > 0 ? 2 + ewkb : ([2, 3, 3, 4][Math.floor(plain / 1000)] ?? 0);
  if (width === 0 || depth > DEEPEST) throw new RangeError(`WKB type ${code}`);
  if (type === 1) {
    const [point] = positions(cursor, 1, width, little);
    if (point !== undefined && !Number.isNaN(point[0])) into.points.push(point); // NaN: the empty point
    return;
  }
  if (type < 1 || type > 7) throw new RangeError(`WKB type ${type}`);
  const count = counted(cursor, little, type === 2 ? width * 8 : type === 3 ? 4 : 5);
  if (type === 2) {
    if (count > 0) into.lines.push(positions(cursor, count, width, little));
  } else if (type === 3) {
    const rings = Array.from({ length: count }, () => positions(cursor, counted(cursor, little, width * 8), width, little));
    if (rings.some((ring) => ring.length > 0)) into.polygons.push(rings);
  } else for (let i = 0; i < count; i++) read(cursor, into, depth + 1);
}

/** A count that the remaining bytes can hold, `size` bytes each. */
function counted(cursor: Cursor, little: boolean, size: number): number {
  const count = cursor.view.getUint32(cursor.at, little);
  cursor.at += 4;
  if (count * size > cursor.view.byteLength - cursor.at)
    throw new RangeError(`${count} × ${size} B > ${cursor.view.byteLength - cursor.at} B`);
  return count;
}

function positions(cursor: Cursor, count: number, width: number, little: boolean): Position[] {
  const run: Position[] = new Array(count);
  for (let i = 0; i < count; i++) {
    run[i] = [cursor.view.getFloat64(cursor.at, little), cursor.view.getFloat64(cursor.at + 8, little)];
    cursor.at += width * 8;
  }
  return run;
}
