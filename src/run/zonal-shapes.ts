/**
 * Zones as threads share them: all positions in one array that every thread sees, in cells of the grid.
 *
 *     const shapes = newShapes();
 *     addPolygon(shapes, rings); endZone(shapes);
 *     const shared = seal(shapes);
 *     polygonsIn(shared, zone, box);   // the rings of a zone that reach into a part of the grid
 */
import type { PolygonRings } from '../science/coverage.ts';

/** Columns and rows on a grid, the latter numbers excluded; whole or not. */
export interface CellBox {
  columnFrom: number;
  columnTo: number;
  rowFrom: number;
  rowTo: number;
}

/** All arrays lie in shared memory. Positions are column, row; ring `r` holds those from `rings[r]` to `rings[r + 1]`. */
export interface ZoneShapes {
  readonly zones: number;
  readonly positions: Float64Array<SharedArrayBuffer>;
  readonly rings: Uint32Array<SharedArrayBuffer>;
  /** First ring of each polygon, and how many rings there are. */
  readonly polygons: Uint32Array<SharedArrayBuffer>;
  /** First polygon of each zone, and how many polygons there are. */
  readonly starts: Uint32Array<SharedArrayBuffer>;
  /** Per ring, and per zone: least column, least row, greatest column, greatest row. */
  readonly ringBoxes: Float64Array<SharedArrayBuffer>;
  readonly zoneBoxes: Float64Array<SharedArrayBuffer>;
  /** The same of each stretch of `STRETCH` positions, so that what is far off is passed over at once. */
  readonly stretchBoxes: Float64Array<SharedArrayBuffer>;
  /** Per ring, which way it turns: 1, -1, or 0 where it bounds nothing. */
  readonly turns: Int8Array<SharedArrayBuffer>;
}

/** Positions in a stretch. */
const STRETCH = 64;

/** Zones on their way to `ZoneShapes`. */
export interface ShapesDraft {
  positions: Float64Array;
  length: number;
  rings: number[];
  polygons: number[];
  starts: number[];
}

/** @param room positions to come, as far as they are known */
export function newShapes(room = 1 << 11): ShapesDraft {
  return { positions: new Float64Array(2 * Math.max(1, room)), length: 0, rings: [], polygons: [], starts: [0] };
}

/** Adds a position to the ring at hand. */
export function addPosition(draft: ShapesDraft, column: number, row: number): void {
  if (draft.length === draft.positions.length) {
    const larger = new Float64Array(draft.length * 2);
    larger.set(draft.positions);
    draft.positions = larger;
  }
  draft.positions[draft.length++] = column;
  draft.positions[draft.length++] = row;
}

export function beginPolygon(draft: ShapesDraft): void {
  draft.polygons.push(draft.rings.length);
}

export function beginRing(draft: ShapesDraft): void {
  draft.rings.push(draft.length / 2);
}

/** Ends the zone at hand, which may have no polygon. */
export function endZone(draft: ShapesDraft): void {
  draft.starts.push(draft.polygons.length);
}

export function seal(draft: ShapesDraft): ZoneShapes {
  const { length, starts } = draft;
  const positions = new Float64Array(new SharedArrayBuffer(length * 8));
  positions.set(draft.positions.subarray(0, length));
  const rings = shared([...draft.rings, length / 2]);
  const polygons = shared([...draft.polygons, draft.rings.length]);
  const ringBoxes = new Float64Array(new SharedArrayBuffer(draft.rings.length * 32));
  for (let r = 0; r < draft.rings.length; r++) boxOf(positions, rings[r] as number, rings[r + 1] as number, ringBoxes, r * 4);
  const zones = starts.length - 1;
  const zoneBoxes = new Float64Array(new SharedArrayBuffer(zones * 32));
  for (let z = 0; z < zones; z++) {
    const [from, to] = [polygons[starts[z] as number] as number, polygons[starts[z + 1] as number] as number];
    uniteBoxes(ringBoxes, from, to, zoneBoxes, z * 4);
  }
  const stretches = Math.ceil(length / 2 / STRETCH);
  const stretchBoxes = new Float64Array(new SharedArrayBuffer(stretches * 32));
  for (let i = 0; i < stretches; i++) boxOf(positions, i * STRETCH, Math.min(length / 2, (i + 1) * STRETCH), stretchBoxes, i * 4);
  const turns = new Int8Array(new SharedArrayBuffer(draft.rings.length));
  for (let r = 0; r < turns.length; r++) turns[r] = Math.sign(ringArea(positions, rings[r] as number, rings[r + 1] as number));
  return { zones, positions, rings, polygons, starts: shared(starts), ringBoxes, zoneBoxes, stretchBoxes, turns };
}

/**
 * The polygons of a zone as far as they matter in `box`: rings that lie wholly beside it are left out, and a stretch of a ring
 * that stays on one side of the box is put together to one edge, which covers the same cells.
 * @param turn columns in a whole turn of longitude: a polygon may then reach the box whole turns away, and is moved there
 */
export function polygonsIn(shapes: ZoneShapes, zone: number, box: CellBox, turn: number | null): PolygonRings[] {
  const { polygons, starts, ringBoxes } = shapes;
  const found: PolygonRings[] = [];
  for (let p = starts[zone] as number; p < (starts[zone + 1] as number); p++) {
    // holes are what follows an outer ring, so it may not be missing before them
    const [outer, end] = [polygons[p] as number, polygons[p + 1] as number];
    if (!bounds(shapes, outer)) continue;
    const last = turn === null ? 0 : lastShift(ringBoxes, outer * 4, box, turn);
    for (let shift = turn === null ? 0 : firstShift(ringBoxes, outer * 4, box, turn); shift <= last; shift++) {
      const moved = shift * (turn ?? 0);
      const kept: Ring[] = [];
      for (let r = outer; r < end; r++)
        if (bounds(shapes, r) && touches(ringBoxes, r * 4, box, moved)) kept.push(ringIn(shapes, r, box, moved));
      if (kept.length > 0) found.push(kept);
    }
  }
  return found;
}

/** Whether a ring has corners enough to bound anything: maps hold rings of one or two places, too. */
function bounds({ rings }: ZoneShapes, ring: number): boolean {
  return (rings[ring + 1] as number) - (rings[ring] as number) >= 4;
}

type Ring = [column: number, row: number][];

/** Sides of a box that a position may lie beyond. */
const LEFT = 1;
const RIGHT = 2;
const ABOVE = 4;
const BELOW = 8;

/** In one piece for speed: every task goes through the rings that reach into it. */
function ringIn({ positions, rings, stretchBoxes, turns }: ZoneShapes, index: number, box: CellBox, moved: number): Ring {
  const [from, to] = [rings[index] as number, rings[index + 1] as number];
  const [left, right] = [box.columnFrom - moved, box.columnTo - moved];
  const { rowFrom: top, rowTo: bottom } = box;
  const ring: Ring = [];
  let common = 0; // sides that all positions since the last but one kept lie beyond
  let before = 0; // sides that the last one lies beyond
  for (let i = from; i < to; i++) {
    if (common !== 0 && i % STRETCH === 0 && i + STRETCH <= to) {
      const at = (i / STRETCH) * 4;
      const side = beyond(stretchBoxes, at, left, right, top, bottom);
      if ((common & side) !== 0) {
        common &= side;
        i += STRETCH - 1; // on to the last of the stretch, which is kept below
      }
    }
    const column = positions[2 * i] as number;
    const row = positions[2 * i + 1] as number;
    const side = (column < left ? LEFT : column > right ? RIGHT : 0) | (row < top ? ABOVE : row > bottom ? BELOW : 0);
    if ((common & side) !== 0) {
      common &= side;
      const last = ring[ring.length - 1] as Ring[number];
      last[0] = column + moved;
      last[1] = row;
    } else {
      common = before & side;
      ring.push([column + moved, row]);
    }
    before = side;
  }
  // what turned one way must still turn that way: far excursions may have been put together across one another
  return ring.length >= 4 && Math.sign(turnOf(ring)) === turns[index] ? ring : wholeRing(positions, from, to, moved);
}

/** Sides that a whole box (least column, least row, greatest column, greatest row) lies beyond. */
function beyond(boxes: Float64Array, at: number, left: number, right: number, top: number, bottom: number): number {
  const column = (boxes[at + 2] as number) < left ? LEFT : (boxes[at] as number) > right ? RIGHT : 0;
  return column | ((boxes[at + 3] as number) < top ? ABOVE : (boxes[at + 1] as number) > bottom ? BELOW : 0);
}

function wholeRing(positions: Float64Array, from: number, to: number, moved: number): Ring {
  const ring: Ring = [];
  for (let i = from; i < to; i++) ring.push([(positions[2 * i] as number) + moved, positions[2 * i + 1] as number]);
  return ring;
}

/** Twice the signed area of a closed ring. */
function turnOf(ring: Ring): number {
  const [x0, y0] = ring[0] as Ring[number];
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [from, own] = [ring[i - 1], ring[i]] as [Ring[number], Ring[number]];
    twice += (from[0] - x0) * (own[1] - y0) - (own[0] - x0) * (from[1] - y0);
  }
  return twice;
}

/** Whether a box (least column, least row, greatest column, greatest row at `at`) reaches into `box`, whole turns aside. */
export function reaches(boxes: Float64Array, at: number, box: CellBox, turn: number | null): boolean {
  if (!((boxes[at + 3] as number) > box.rowFrom && (boxes[at + 1] as number) < box.rowTo)) return false;
  if (turn === null) return touches(boxes, at, box, 0);
  const first = firstShift(boxes, at, box, turn);
  return first <= lastShift(boxes, at, box, turn) && touches(boxes, at, box, first * turn);
}

function touches(boxes: Float64Array, at: number, { columnFrom, columnTo, rowFrom, rowTo }: CellBox, moved: number): boolean {
  return (
    (boxes[at + 3] as number) > rowFrom &&
    (boxes[at + 1] as number) < rowTo &&
    (boxes[at + 2] as number) + moved > columnFrom &&
    (boxes[at] as number) + moved < columnTo
  );
}

/** The least and greatest number of turns that bring a box onto columns of another. */
function firstShift(boxes: Float64Array, at: number, { columnFrom }: CellBox, turn: number): number {
  return Math.floor((columnFrom - (boxes[at + 2] as number)) / turn) + 1;
}

function lastShift(boxes: Float64Array, at: number, { columnTo }: CellBox, turn: number): number {
  return Math.ceil((columnTo - (boxes[at] as number)) / turn) - 1;
}

function shared(numbers: number[]): Uint32Array<SharedArrayBuffer> {
  const array = new Uint32Array(new SharedArrayBuffer(numbers.length * 4));
  array.set(numbers);
  return array;
}

function boxOf(positions: Float64Array, from: number, to: number, boxes: Float64Array, at: number): void {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    const column = positions[2 * i] as number;
    const row = positions[2 * i + 1] as number;
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
  }
  boxes[at] = left;
  boxes[at + 1] = top;
  boxes[at + 2] = right;
  boxes[at + 3] = bottom;
}

function uniteBoxes(from: Float64Array, first: number, end: number, boxes: Float64Array, at: number): void {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = first; i < end; i++) {
    left = Math.min(left, from[4 * i] as number);
    top = Math.min(top, from[4 * i + 1] as number);
    right = Math.max(right, from[4 * i + 2] as number);
    bottom = Math.max(bottom, from[4 * i + 3] as number);
  }
  boxes.set([left, top, right, bottom], at);
}

/** Area of each zone [cells]: outer rings less their holes, whichever way they turn. */
export function areasOf({ zones, positions, rings, polygons, starts }: ZoneShapes): Float64Array {
  const areas = new Float64Array(zones);
  for (let zone = 0; zone < zones; zone++)
    for (let p = starts[zone] as number; p < (starts[zone + 1] as number); p++)
      for (let r = polygons[p] as number; r < (polygons[p + 1] as number); r++) {
        const size = Math.abs(ringArea(positions, rings[r] as number, rings[r + 1] as number));
        areas[zone] = (areas[zone] as number) + (r === polygons[p] ? size : -size);
      }
  return areas;
}

function ringArea(positions: Float64Array, from: number, to: number): number {
  const [x0, y0] = [positions[2 * from] as number, positions[2 * from + 1] as number];
  let twice = 0;
  for (let i = from; i < to; i++) {
    const next = i + 1 === to ? from : i + 1;
    const x = (positions[2 * i] as number) - x0;
    const y = (positions[2 * i + 1] as number) - y0;
    twice += x * ((positions[2 * next + 1] as number) - y0) - ((positions[2 * next] as number) - x0) * y;
  }
  return twice / 2;
}
