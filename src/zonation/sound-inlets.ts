/**
 * Whether repair would find gaps that are open to the outside: its own search, run on windows around the places that need it.
 *
 *     await hasNoInlets(zones, table, border, tolerance)     // true for a sound map
 *
 * Only what lies within a few widths of two zones on the outer border can be such a gap. There the map is cut out,
 * wide enough that all ground a bridge may cut off lies within, and handed to `repairInlets`.
 */
import Flatbush from 'flatbush';
import { disjointSets } from '../science/disjoint-sets.ts';
import type { Id, MultiPolygon, PolygonRings, Position, Ring, ZoneKind } from '../types.ts';
import { areaLocator, arrange } from './arrangement.ts';
import { type GeometryEngine, geometryEngine } from './geometry-engine.ts';
import { type Box, grown, nearPlaces, type OuterBorder, positionOf } from './outer-border.ts';
import { repairInlets, SEARCH } from './repair-inlets.ts';
import type { RepairTolerance } from './repair-tolerance.ts';
import type { VertexTable } from './vertex-table.ts';

interface Drawn {
  id: Id;
  kind: ZoneKind;
  geometry: MultiPolygon;
}

/** As far as `repairInlets` looks, and a little more, for rounding. */
const REACH = 1.01 * SEARCH;

/** A window reaches so many searches beyond the places in it: `nearPlaces` lets bridges cut off no more. */
const MARGIN = 12;

/** More windows, or more positions in one, are left to the slow way. */
const MOST_WINDOWS = 500;
const MOST_POSITIONS = 100_000;

/** Whether there are no open gaps to repair or to ask about; false also where that is not to be told here. */
export async function hasNoInlets(
  zones: Drawn[],
  table: VertexTable,
  border: OuterBorder,
  tolerance: RepairTolerance,
): Promise<boolean> {
  const reach = tolerance.width * REACH;
  const places = nearPlaces(table, border, reach);
  if (places === null) return false;
  if (places.length === 0) return true;
  const windows = windowsAround(table, places, MARGIN * reach);
  if (windows.length > MOST_WINDOWS) return false;
  const engine = await geometryEngine();
  const blocks = ringBlocks(table);
  return windows.every((window) => isSoundWithin(engine, cutOut(zones, blocks, window), tolerance));
}

function isSoundWithin(engine: GeometryEngine, cut: Drawn[], tolerance: RepairTolerance): boolean {
  const zones = cut.map(({ id, kind, geometry }) => ({ id, kind, polygons: geometry.coordinates }));
  const rings = zones.flatMap(({ polygons }) => polygons.flat());
  if (rings.reduce((n, ring) => n + ring.length, 0) > MOST_POSITIONS) return false;
  const locator = areaLocator(
    engine,
    zones.map(({ polygons }) => polygons),
  );
  const arrangement = arrange(engine, rings, (at) => locator.at(at));
  locator.free();
  const { changes, doubts } = repairInlets(engine, zones, arrangement, tolerance, null);
  return changes.length === 0 && doubts.length === 0;
}

/** Boxes around vertices, one for those whose boxes of `margin` [m] overlap. */
function windowsAround(table: VertexTable, vertices: number[], margin: number): Box[] {
  const boxes = vertices.map((vertex): Box => {
    const [x, y] = positionOf(table, vertex);
    return grown([x, y, x, y], margin);
  });
  const index = new Flatbush(boxes.length);
  for (const box of boxes) index.add(...box);
  index.finish();
  const sets = disjointSets(boxes.length);
  for (const [i, box] of boxes.entries()) for (const j of index.search(...box)) sets.join(i, j);
  const windows = new Map<number, Box>();
  for (const [i, box] of boxes.entries()) {
    const window = windows.get(sets.leader(i)) ?? [...box];
    windows.set(sets.leader(i), [
      Math.min(window[0], box[0]),
      Math.min(window[1], box[1]),
      Math.max(window[2], box[2]),
      Math.max(window[3], box[3]),
    ]);
  }
  return [...windows.values()];
}

/** Corners of one block. */
const BLOCK = 64;

/** The box of each run of `BLOCK` corners and the one after it, by ring. */
function ringBlocks({ at, lon, lat, starts }: VertexTable): Float64Array[] {
  return Array.from({ length: starts.length - 1 }, (_, r) => {
    const start = starts[r] as number;
    const end = starts[r + 1] as number;
    const boxes = new Float64Array(4 * Math.ceil((end - start) / BLOCK));
    for (let b = 0; 4 * b < boxes.length; b++) {
      let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
      const first = start + b * BLOCK;
      for (let k = first; k <= Math.min(first + BLOCK, end - 1); k++) {
        const x = lon[at[k] as number] as number;
        const y = lat[at[k] as number] as number;
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
      boxes.set([west, south, east, north], 4 * b);
    }
    return boxes;
  });
}

/** What lies in the window of all zones. */
function cutOut(zones: Drawn[], blocks: Float64Array[], window: Box): Drawn[] {
  let r = 0;
  return zones.flatMap((zone): Drawn[] => {
    const coordinates = zone.geometry.coordinates.flatMap((polygon): PolygonRings[] => {
      const rings = polygon.map((ring) => clipRing(thinned(ring, blocks[r++] as Float64Array, window), window));
      const [outer, ...holes] = rings;
      return outer === undefined || outer.length === 0 ? [] : [[outer, ...holes.filter((hole) => hole.length > 0)]];
    });
    return coordinates.length === 0 ? [] : [{ ...zone, geometry: { type: 'MultiPolygon', coordinates } }];
  });
}

/** The ring, with only the ends of blocks that lie wholly on one side of the window: that changes nothing within it. */
function thinned(ring: Ring, boxes: Float64Array, [west, south, east, north]: Box): Ring {
  const kept: Ring = [];
  for (let b = 0; 4 * b < boxes.length; b++) {
    const first = b * BLOCK;
    const end = Math.min(first + BLOCK, ring.length);
    const isBeside =
      (boxes[4 * b + 2] as number) < west ||
      (boxes[4 * b + 3] as number) < south ||
      (boxes[4 * b] as number) > east ||
      (boxes[4 * b + 1] as number) > north;
    if (isBeside) kept.push(ring[first] as Position, ring[end - 1] as Position);
    else for (let k = first; k < end; k++) kept.push(ring[k] as Position);
  }
  return kept;
}

/**
 * The part of a ring within the window, closed along its sides; empty where there is none.
 * @see Sutherland & Hodgman 1974, Reentrant polygon clipping, Comm. ACM 17, 32-42, doi 10.1145/360767.360802
 */
function clipRing(ring: Ring, [west, south, east, north]: Box): Ring {
  let rest = ring.slice(0, -1);
  rest = clipSide(rest, 0, west, 1);
  rest = clipSide(rest, 1, south, 1);
  rest = clipSide(rest, 0, east, -1);
  rest = clipSide(rest, 1, north, -1);
  const single = rest.filter(([x, y], i) => {
    const [x0, y0] = rest[(i + rest.length - 1) % rest.length] as Position;
    return x !== x0 || y !== y0;
  });
  return single.length < 3 ? [] : [...single, single[0] as Position];
}

/** Positions whose `axis` is over `limit`, or under it with `sign` -1. */
function clipSide(open: Position[], axis: 0 | 1, limit: number, sign: 1 | -1): Position[] {
  const kept: Position[] = [];
  for (const [i, to] of open.entries()) {
    const from = open[(i + open.length - 1) % open.length] as Position;
    const isIn = sign * (to[axis] - limit) >= 0;
    if (isIn !== sign * (from[axis] - limit) >= 0) kept.push(crossing(from, to, axis, limit));
    if (isIn) kept.push(to);
  }
  return kept;
}

/** Where the edge meets the side; the same whichever way it runs. */
function crossing(from: Position, to: Position, axis: 0 | 1, limit: number): Position {
  const [low, high] = from[axis] < to[axis] ? [from, to] : [to, from];
  const other = axis === 0 ? 1 : 0;
  const value = low[other] + ((high[other] - low[other]) * (limit - low[axis])) / (high[axis] - low[axis]);
  return axis === 0 ? [limit, value] : [value, limit];
}
