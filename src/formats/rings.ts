/**
 * Which ring is a hole of which: shapefiles keep the rings of a feature in one list and tell holes by their direction,
 * which many programs get wrong.
 *
 *     polygonsOfRings([outer, hole, island])   // [[outer, hole], [island]]
 */
import type { PolygonRings, Ring } from '../types.ts';

interface Measured {
  ring: Ring;
  area: number;
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** How many edges may be compared with points in one feature; more would take minutes. */
export const MOST_COMPARISONS = 2_000_000_000;

/**
 * Polygons from the rings of one feature: clockwise rings are outer ones (ESRI 1998, p. 8), the others holes of the smallest
 * outer ring around them. Where no ring is clockwise, or a hole lies in no outer ring, it stands as a polygon of its own.
 * @throws RangeError when the rings are too many and too entangled to be told apart.
 */
export function polygonsOfRings(rings: Ring[]): PolygonRings[] {
  if (rings.length === 1) return [rings];
  const measured = rings.map(measure);
  const anyClockwise = measured.some(({ area }) => area < 0);
  const outers = measured.filter(({ area }) => !anyClockwise || area < 0 || area === 0);
  if (!anyClockwise) return nest(measured);
  const holes = measured.filter(({ area }) => area > 0);
  const polygons = new Map<Measured, PolygonRings>(outers.map((outer) => [outer, [outer.ring]]));
  const find = finder(outers);
  for (const hole of holes) {
    const outer = find(hole);
    if (outer === null) polygons.set(hole, [hole.ring]);
    else polygons.get(outer)?.push(hole.ring);
  }
  return [...polygons.values()];
}

/** Rings of one direction only: by depth, even ones are outer rings and odd ones holes. */
function nest(measured: Measured[]): PolygonRings[] {
  const sorted = [...measured].sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  const depth = new Map<Measured, number>();
  const polygons = new Map<Measured, PolygonRings>();
  const placed: Measured[] = [];
  const budget = { left: MOST_COMPARISONS };
  for (const ring of sorted) {
    let around: Measured | null = null;
    for (let i = placed.length - 1; i >= 0 && around === null; i--) {
      const other = placed[i];
      budget.left -= 1;
      if (other !== undefined && boxInside(ring, other) && ringInside(ring, other, budget)) around = other;
      if (budget.left < 0) throw new RangeError(`${measured.length} rings`);
    }
    const level = around === null ? 0 : (depth.get(around) ?? 0) + 1;
    depth.set(ring, level);
    if (around !== null && level % 2 === 1) polygons.get(around)?.push(ring.ring);
    else polygons.set(ring, [ring.ring]);
    placed.push(ring);
  }
  return [...polygons.values()];
}

/** Finds the smallest outer ring around a hole; the last one that can be it is taken without a test. */
function finder(outers: Measured[]): (hole: Measured) => Measured | null {
  const bySize = [...outers].sort((a, b) => Math.abs(a.area) - Math.abs(b.area));
  const budget = { left: MOST_COMPARISONS };
  return (hole) => {
    budget.left -= bySize.length;
    const around = bySize.filter((outer) => boxInside(hole, outer));
    const last = around.at(-1) ?? null;
    for (const outer of around) {
      if (outer === last || ringInside(hole, outer, budget)) return outer;
      if (budget.left < 0) throw new RangeError(`${outers.length} rings`);
    }
    return null;
  };
}

function measure(ring: Ring): Measured {
  const box: Measured = { ring, area: 0, minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  const [x0, y0] = ring[0] ?? [0, 0];
  let previous = ring[0] ?? [0, 0];
  for (const position of ring) {
    const [x, y] = position;
    box.area += (previous[0] - x0) * (y - y0) - (x - x0) * (previous[1] - y0);
    if (x < box.minX) box.minX = x;
    if (x > box.maxX) box.maxX = x;
    if (y < box.minY) box.minY = y;
    if (y > box.maxY) box.maxY = y;
    previous = position;
  }
  return box;
}

function boxInside(inner: Measured, outer: Measured): boolean {
  return inner.minX >= outer.minX && inner.maxX <= outer.maxX && inner.minY >= outer.minY && inner.maxY <= outer.maxY;
}

/** Whether most of the first corners of `inner` lie in `outer`: one alone may touch its border. */
function ringInside(inner: Measured, outer: Measured, budget: { left: number }): boolean {
  const corners = inner.ring.slice(0, 3);
  budget.left -= corners.length * outer.ring.length;
  return corners.filter(([x, y]) => contains(outer.ring, x, y)).length * 2 > corners.length;
}

function contains(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as [number, number];
    const [xj, yj] = ring[j] as [number, number];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
