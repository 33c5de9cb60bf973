/**
 * From directed edges, ground to their left, to polygons: what is left when borders were cut, joined or crossed by a line.
 *
 *     partsOf(borders, [[0, 1], [1, 2], [2, 0]])      // one part of one ring
 *
 * Faces are walked edge by edge, at each vertex along the first edge clockwise from the one that was come by; a ring that meets
 * a vertex twice is parted there, so that edges that lead nowhere, and those that run both ways to a hole, fall out.
 *
 * @see Muller & Preparata 1978, Finding the intersection of two convex polyhedra, Theoretical Computer Science 7, 217-236,
 * doi 10.1016/0304-3975(78)90051-8 (the doubly connected edge list)
 */
import { pointInPolygon } from '../science/point-in-polygon.ts';
import type { Position } from '../types.ts';
import { type BorderPart, type Borders, type Corners, FEWEST, positionOf, signedTwice } from './shared-borders.ts';

/** An edge from one vertex to another. */
export type Way = readonly [from: number, to: number];

/** The parts that directed edges bound, the largest first. */
export function partsOf(borders: Borders, edges: readonly Way[]): BorderPart[] {
  const rings = walk(borders, edges).flatMap(parted);
  const sized = rings.map((corners) => ({ corners, size: signedTwice(borders, corners) }));
  const outers = sized.filter(({ size }) => size > 0).toSorted((a, b) => b.size - a.size);
  const parts = outers.map(({ corners }) => [corners]);
  for (const { corners, size } of sized) {
    if (size >= 0) continue;
    const homes = outers.flatMap((outer, i) => (outer.size > -size && isWithin(borders, corners, outer.corners) ? [i] : []));
    parts[homes.at(-1) ?? -1]?.push(corners);
  }
  return parts.map((own) => ({ rings: own }));
}

/** Rings of edges, each edge followed by the first one clockwise; what does not close is left out. */
function walk(borders: Borders, edges: readonly Way[]): Corners[] {
  const leaving = Map.groupBy(edges, ([from]) => from);
  const seen = new Set<Way>();
  const rings: Corners[] = [];
  for (const start of edges) {
    const ring: number[] = [];
    let way: Way | null = start;
    while (way !== null && !seen.has(way)) {
      seen.add(way);
      ring.push(way[0]);
      way = firstClockwise(borders, way, leaving.get(way[1]) ?? []);
    }
    if (way === start && ring.length > 0) rings.push(ring);
  }
  return rings;
}

function firstClockwise(borders: Borders, [from, at]: Way, ways: readonly Way[]): Way | null {
  if (ways.length < 2) return ways[0] ?? null;
  let best: Way | null = null;
  let least = Infinity;
  for (const way of ways) {
    const angle = clockwise(borders, from, at, way[1]);
    if (angle < least) [best, least] = [way, angle];
  }
  return best;
}

/** By how much one turns clockwise at `at` from the way back to `from` to the way to `to`; the way back itself comes last [rad]. */
function clockwise({ lon, lat }: Borders, from: number, at: number, to: number): number {
  if (to === from) return 2 * Math.PI;
  const [x, y] = [lon[at] as number, lat[at] as number];
  const back = Math.atan2((lat[from] as number) - y, (lon[from] as number) - x);
  const on = Math.atan2((lat[to] as number) - y, (lon[to] as number) - x);
  const angle = back - on;
  return angle <= 0 ? angle + 2 * Math.PI : angle;
}

/** A walk as rings that meet no vertex twice; what has no ground is left out. */
function parted(corners: Corners): Corners[] {
  const rings: Corners[] = [];
  const path: number[] = [];
  const at = new Map<number, number>();
  for (const vertex of corners) {
    const since = at.get(vertex);
    if (since !== undefined) {
      const loop = path.splice(since);
      for (const corner of loop) at.delete(corner);
      if (loop.length >= FEWEST) rings.push(loop);
    }
    at.set(vertex, path.push(vertex) - 1);
  }
  if (path.length >= FEWEST) rings.push(path);
  return rings;
}

function isWithin(borders: Borders, hole: Corners, outer: Corners): boolean {
  const ring = outer.map((vertex) => positionOf(borders, vertex));
  for (const vertex of hole) {
    const side = sideOf(positionOf(borders, vertex), [ring]);
    if (side !== 'boundary') return side === 'inside';
  }
  return false;
}

/** `pointInPolygon` for open rings. */
export function sideOf(at: Position, rings: Position[][]): 'inside' | 'outside' | 'boundary' {
  return pointInPolygon(at, { type: 'Polygon', coordinates: rings });
}
