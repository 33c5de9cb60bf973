/**
 * Zones put together anew from faces, with no position more than they need.
 *
 *     const polygons = rebuiltZones(engine, zones, faces, touched, seam);
 *
 * Cutting everything into faces leaves positions where a line that is gone once crossed an edge that stands. They are
 * taken out again, from all zones alike, so that a border that stands is the one that was drawn.
 */
import type { PolygonRings, Position, Ring } from '../types.ts';
import { type Face, positionNumbers } from './arrangement.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { joinFaces } from './repair-polygons.ts';
import { ROUNDING } from './repair-tolerance.ts';
import { sameShape } from './same-shape.ts';
import { metresPerDegree } from './straight-measures.ts';

/** By zone: new polygons for those in `touched` whose shape is another now, the same array for the rest. */
export function rebuiltZones(
  engine: GeometryEngine,
  zones: { polygons: PolygonRings[] }[],
  faces: Face[],
  touched: Set<number>,
  seam: number | null,
): PolygonRings[][] {
  const drawn = zones.map((zone) => zone.polygons);
  const joined = drawn.map((polygons, z) =>
    touched.has(z) ? joinFaces(engine, faces, (face) => face.labels.includes(z), seam) : polygons,
  );
  const needless = needlessPositions(drawn, joined, touched);
  return joined.map((polygons, z) => {
    if (!touched.has(z)) return polygons;
    const lean = polygons.map((polygon) => polygon.map((ring) => without(ring, needless)));
    return sameShape(lean, drawn[z] ?? []) ? (drawn[z] ?? []) : lean;
  });
}

/**
 * Positions on straight edges that no zone which has them drew there, and where no borders meet: all rings that have one
 * go on to the same two neighbours.
 */
function needlessPositions(drawn: PolygonRings[][], joined: PolygonRings[][], touched: Set<number>): (at: Position) => boolean {
  const most = [...drawn, ...joined].flat(2).reduce((n, ring) => n + ring.length, 0);
  const number = positionNumbers(most);
  const drawnBy = new Int32Array(most).fill(-1);
  const kept = new Uint8Array(most);
  for (const [z, polygons] of drawn.entries()) {
    for (const ring of polygons.flat()) for (const position of ring) drawnBy[number(position)] = z;
    for (const ring of (joined[z] ?? []).flat()) {
      for (const position of ring) {
        const n = number(position);
        if (drawnBy[n] === z) kept[n] = 1;
      }
    }
  }
  const rings = joined.filter((_, z) => touched.has(z)).flat(2);
  const sides = new Map<number, readonly [number, number] | null>();
  for (const ring of rings) {
    for (let i = 0; i < ring.length - 1; i++) {
      const at = ring[i] as Position;
      const own = number(at);
      if (kept[own] === 1) continue;
      const before = ring[i === 0 ? ring.length - 2 : i - 1] as Position;
      const after = ring[i + 1] as Position;
      const [a, b] = [number(before), number(after)];
      const pair = [Math.min(a, b), Math.max(a, b)] as const;
      const first = sides.get(own);
      const agrees = first === undefined || (first !== null && first[0] === pair[0] && first[1] === pair[1]);
      sides.set(own, agrees && isBetween(before, at, after) ? pair : null);
    }
  }
  return (at) => (sides.get(number(at)) ?? null) !== null;
}

/** Whether `at` lies on the straight edge from `a` to `b`, up to rounding. */
function isBetween(a: Position, at: Position, b: Position): boolean {
  const [east, north] = metresPerDegree(at[1]);
  const [ux, uy] = [(at[0] - a[0]) * east, (at[1] - a[1]) * north];
  const [vx, vy] = [(b[0] - a[0]) * east, (b[1] - a[1]) * north];
  const length = Math.hypot(vx, vy);
  const along = ux * vx + uy * vy;
  return Math.abs(ux * vy - uy * vx) <= ROUNDING * length && along > 0 && along < length * length;
}

/** The ring without needless positions; the same ring where it has none. */
function without(ring: Ring, needless: (at: Position) => boolean): Ring {
  const open = ring.slice(0, -1).filter((position) => !needless(position));
  if (open.length === ring.length - 1 || open.length < 3) return ring;
  return [...open, open[0] as Position];
}
