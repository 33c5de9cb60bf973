/**
 * How far patches lie from each other, from edge to edge on the ellipsoid.
 *
 *     patchDistances([core, buffer], { limit: 20_000 })   // [{ from: 0, to: 1, distance: 812.4, ends: [[69.1, 50.2], [69.2, 50.3]] }]
 *
 * The nearest vertex and edge are found by straight lines through the earth, which rank places as distances along its surface do;
 * between them the geodesic is measured. Edges are taken as straight from vertex to vertex: one of 10 km then lies 2 m too deep.
 */
import { geodesicDistance } from './distances.ts';
import { E2, transverseRadius } from './ellipsoid.ts';
import type { PatchLink } from './habitat-network.ts';
import { pointInPolygon } from './point-in-polygon.ts';
import { type Areal, type Position, polygonsOf } from './rings.ts';

export interface PlacedLink extends PatchLink {
  /** The nearest places of both; the same place where they touch. */
  ends: [Place, Place];
}

/** Longitude and latitude [deg]. */
type Place = [lon: number, lat: number];

/** A patch made ready: its vertices in space, where each edge leads, and a ball around all. */
interface Shape {
  geometry: Areal;
  positions: Place[];
  /** x, y, z of each vertex [m]. */
  space: Float64Array;
  /** Vertex at the other end of each vertex's edge; -1 at the end of a ring. */
  next: Int32Array;
  centre: readonly [number, number, number];
  radius: number;
  box: readonly [west: number, south: number, east: number, north: number];
}

const RADIANS = Math.PI / 180;

/** Earth-centred coordinates of a place on the ellipsoid [m]. */
function inSpace([lon, lat]: Position): [number, number, number] {
  const [sine, cosine] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
  const n = transverseRadius(sine);
  return [n * cosine * Math.cos(lon * RADIANS), n * cosine * Math.sin(lon * RADIANS), n * (1 - E2) * sine];
}

function shapeOf(geometry: Areal): Shape {
  const positions: Place[] = [];
  const next: number[] = [];
  for (const polygon of polygonsOf(geometry))
    for (const ring of polygon) {
      for (const position of ring) next.push(positions.push([position[0], position[1]]));
      if (ring.length > 0) next[next.length - 1] = -1;
    }
  const space = new Float64Array(3 * positions.length);
  const [low, high] = [new Array<number>(3).fill(Infinity), new Array<number>(3).fill(-Infinity)];
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  positions.forEach((position, i) => {
    inSpace(position).forEach((value, axis) => {
      space[3 * i + axis] = value;
      low[axis] = Math.min(low[axis] as number, value);
      high[axis] = Math.max(high[axis] as number, value);
    });
    box[0] = Math.min(box[0], position[0]);
    box[1] = Math.min(box[1], position[1]);
    box[2] = Math.max(box[2], position[0]);
    box[3] = Math.max(box[3], position[1]);
  });
  const centre = [0, 1, 2].map((axis) => ((low[axis] as number) + (high[axis] as number)) / 2) as [number, number, number];
  let radius = 0;
  for (let i = 0; i < positions.length; i++)
    radius = Math.max(
      radius,
      Math.hypot(
        (space[3 * i] as number) - centre[0],
        (space[3 * i + 1] as number) - centre[1],
        (space[3 * i + 2] as number) - centre[2],
      ),
    );
  return { geometry, positions, space, next: Int32Array.from(next), centre, radius, box };
}

/**
 * Links between patches nearer to each other than `limit` [m], with the nearest places of both.
 * @throws RangeError naming the patch that has no vertex
 */
export function patchDistances(
  patches: readonly Areal[],
  {
    limit = Number.POSITIVE_INFINITY,
    signal,
    onProgress,
  }: { limit?: number; signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): PlacedLink[] {
  const shapes = patches.map((geometry, i) => {
    const shape = shapeOf(geometry);
    if (shape.positions.length === 0) throw new RangeError(`patch ${i + 1} has no boundary`);
    return shape;
  });
  const links: PlacedLink[] = [];
  shapes.forEach((a, from) => {
    signal?.throwIfAborted();
    onProgress?.(from + 1, shapes.length);
    for (let to = from + 1; to < shapes.length; to++) {
      const b = shapes[to] as Shape;
      const apart = Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1], a.centre[2] - b.centre[2]);
      if (apart - a.radius - b.radius >= limit) continue;
      const { distance, ends } = between(a, b);
      if (distance < limit) links.push({ from, to, distance, ends });
    }
  });
  return links;
}

function between(a: Shape, b: Shape): { distance: number; ends: [Place, Place] } {
  const shared = touching(a, b);
  if (shared) return { distance: 0, ends: [shared, shared] };
  const there = nearest(a, b, { square: Number.POSITIVE_INFINITY, ends: null });
  const best = nearest(b, a, { square: there.square, ends: there.ends && [there.ends[1], there.ends[0]] });
  const [end, start] = best.ends as [Place, Place];
  return { distance: geodesicDistance(start, end), ends: [start, end] };
}

/** The vertex of `a` and the place on an edge of `b` that are nearer than `found`; one loop, for speed. */
function nearest(
  a: Shape,
  b: Shape,
  found: { square: number; ends: [Place, Place] | null },
): { square: number; ends: [Place, Place] | null } {
  let { square, ends } = found;
  for (let i = 0; i < a.positions.length; i++) {
    const [x, y, z] = [a.space[3 * i] as number, a.space[3 * i + 1] as number, a.space[3 * i + 2] as number];
    const away = Math.hypot(x - b.centre[0], y - b.centre[1], z - b.centre[2]) - b.radius;
    if (away > 0 && away * away > square) continue;
    for (let j = 0; j < b.next.length; j++) {
      const k = b.next[j] as number;
      if (k < 0) continue;
      const [px, py, pz] = [b.space[3 * j] as number, b.space[3 * j + 1] as number, b.space[3 * j + 2] as number];
      const [dx, dy, dz] = [
        (b.space[3 * k] as number) - px,
        (b.space[3 * k + 1] as number) - py,
        (b.space[3 * k + 2] as number) - pz,
      ];
      const length = dx * dx + dy * dy + dz * dz;
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy + (z - pz) * dz) / length));
      const [ex, ey, ez] = [px + along * dx - x, py + along * dy - y, pz + along * dz - z];
      const off = ex * ex + ey * ey + ez * ez;
      if (off >= square) continue;
      square = off;
      const [p, q] = [b.positions[j] as Place, b.positions[k] as Place];
      ends = [a.positions[i] as Place, [p[0] + along * (q[0] - p[0]), p[1] + along * (q[1] - p[1])]];
    }
  }
  return { square, ends };
}

/** A place that both have, or `null`: where an edge crosses one of the other, or one holds the other. */
function touching(a: Shape, b: Shape): Place | null {
  if (a.box[0] > b.box[2] || b.box[0] > a.box[2] || a.box[1] > b.box[3] || b.box[1] > a.box[3]) return null;
  for (let i = 0; i < a.next.length; i++) {
    const [p, q] = [a.positions[i] as Place, a.positions[a.next[i] as number]];
    if (q === undefined || Math.max(p[0], q[0]) < b.box[0] || Math.min(p[0], q[0]) > b.box[2]) continue;
    if (Math.max(p[1], q[1]) < b.box[1] || Math.min(p[1], q[1]) > b.box[3]) continue;
    for (let j = 0; j < b.next.length; j++) {
      const [r, s] = [b.positions[j] as Place, b.positions[b.next[j] as number]];
      if (s === undefined) continue;
      const place = crossing(p, q, r, s);
      if (place) return place;
    }
  }
  const [first, other] = [a.positions[0] as Place, b.positions[0] as Place];
  if (pointInPolygon(first, b.geometry) !== 'outside') return first;
  return pointInPolygon(other, a.geometry) !== 'outside' ? other : null;
}

function crossing(p: Place, q: Place, r: Place, s: Place): Place | null {
  const turn = (a: Place, b: Place, c: Place): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  const [one, two, three, four] = [turn(p, q, r), turn(p, q, s), turn(r, s, p), turn(r, s, q)];
  const within = (a: Place, b: Place, c: Place): boolean =>
    Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);
  if (one === 0 && within(p, q, r)) return r;
  if (two === 0 && within(p, q, s)) return s;
  if (three === 0 && within(r, s, p)) return p;
  if (four === 0 && within(r, s, q)) return q;
  if (one > 0 === two > 0 || three > 0 === four > 0) return null;
  const along = three / (three - four);
  return [p[0] + along * (q[0] - p[0]), p[1] + along * (q[1] - p[1])];
}
