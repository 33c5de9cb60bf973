/**
 * The most central point of a reserve that lies inside it: what the form asks for as its central point.
 *
 *     centralPoint(zones)   // [69.2041, 50.4112]
 *
 * It is the centroid of all zones together where that lies inside one of them, else, as in a horseshoe or between
 * clusters, the middle of the widest stretch of ground along a line through the reserve.
 */

import { localProjection, SpreadAroundTheEarth } from '../drawing/map-projection.ts';
import { pointInPolygon } from '../science/point-in-polygon.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { MultiPolygon, PolygonRings, Position } from '../types.ts';

/** Lines that are looked along, as parts of the way from south to north, beside the one through the centroid. */
const LINES = [1 / 2, 3 / 8, 5 / 8, 1 / 4, 3 / 4, 1 / 8, 7 / 8];

/** Zones that are so near to one another along a line touch [radii of the earth]: 6 mm. */
const TOUCH = 1e-9;

/** A point on the border of two zones is moved by so much of the reserve's height. */
const STEP = 1e-5;

/**
 * A point inside one of `zones`, near their common middle [deg]; inside the largest where they are spread around the earth.
 * @throws RangeError when no zone has an inside, or a position is not finite.
 */
export function centralPoint(zones: MultiPolygon[]): Position {
  try {
    return nearMiddle(zones);
  } catch (error) {
    if (!(error instanceof SpreadAroundTheEarth)) throw error;
    return insideLargest(zones);
  }
}

function insideLargest(zones: MultiPolygon[]): Position {
  return [...representativePoint({ type: 'MultiPolygon', coordinates: zones.flatMap((zone) => zone.coordinates) })];
}

function nearMiddle(zones: MultiPolygon[]): Position {
  const polygons = zones.flatMap((zone) => zone.coordinates);
  const projection = localProjection(polygons.flatMap((polygon) => polygon.slice(0, 1)));
  const plane = polygons.map((polygon) => polygon.map((ring) => ring.map(projection.project)));
  const ys = plane.flatMap((polygon) => polygon[0]?.map(([, y]) => y) ?? []);
  const [south, north] = ys.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)] as const, [
    Infinity,
    -Infinity,
  ] as const);
  const step = STEP * (north - south);
  const place = ([x, y]: Position): Position | null =>
    [
      [0, 0],
      [step, 0],
      [0, step],
      [-step, 0],
      [0, -step],
    ]
      .map(([dx = 0, dy = 0]) => projection.unproject(x + dx, y + dy))
      .find((at) => zones.some((zone) => pointInPolygon(at, zone) === 'inside')) ?? null;

  const middle = centroid(plane);
  const found = middle === null ? null : place(middle);
  if (found !== null) return found;
  const lines = [...(middle === null ? [] : [middle[1]]), ...LINES.map((part) => south + part * (north - south))];
  const stretches = lines.flatMap((y) => widest(plane, y)).toSorted((a, b) => b.width - a.width);
  for (const { at } of stretches) {
    const inside = place(at);
    if (inside !== null) return inside;
  }
  return insideLargest(zones);
}

/** The centre of mass of polygons in the plane; `null` where they have no area. */
function centroid(polygons: PolygonRings[]): Position | null {
  const sum = [0, 0, 0] as [number, number, number];
  for (const polygon of polygons) {
    for (const [i, ring] of polygon.entries()) {
      const [area, x, y] = moments(ring);
      const sign = area < 0 === (i === 0) ? -1 : 1; // holes take away, whichever way rings turn
      sum[0] += sign * area;
      sum[1] += sign * x;
      sum[2] += sign * y;
    }
  }
  return sum[0] > 0 ? [sum[1] / sum[0], sum[2] / sum[0]] : null;
}

/** Signed area of a ring, and its first moments. */
function moments(ring: Position[]): [area: number, x: number, y: number] {
  let [area, mx, my] = [0, 0, 0];
  let from = ring[ring.length - 1];
  for (const to of ring) {
    if (from === undefined) break;
    const cross = from[0] * to[1] - to[0] * from[1];
    area += cross / 2;
    mx += (cross * (from[0] + to[0])) / 6;
    my += (cross * (from[1] + to[1])) / 6;
    from = to;
  }
  return [area, mx, my];
}

/** The middle of the widest stretch of the line at `y` that zones cover without a gap. */
function widest(polygons: PolygonRings[], y: number): { at: Position; width: number }[] {
  const covered = polygons.flatMap((polygon) => stretchesOf(polygon, y)).toSorted((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of covered) {
    const last = merged[merged.length - 1];
    if (last !== undefined && from <= last[1] + TOUCH) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  const [best] = merged.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]));
  return best === undefined ? [] : [{ at: [(best[0] + best[1]) / 2, y], width: best[1] - best[0] }];
}

/** From where to where the line at `y` runs inside a polygon. */
function stretchesOf(polygon: PolygonRings, y: number): [number, number][] {
  const cuts: number[] = [];
  for (const ring of polygon) {
    let from = ring[ring.length - 1];
    for (const to of ring) {
      if (from !== undefined && from[1] < y !== to[1] < y)
        cuts.push(from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]));
      from = to;
    }
  }
  cuts.sort((a, b) => a - b);
  return Array.from({ length: cuts.length >> 1 }, (_, i) => [cuts[2 * i] as number, cuts[2 * i + 1] as number]);
}
