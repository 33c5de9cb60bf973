/**
 * Lengths, areas and widths of small shapes whose edges are straight in longitude and latitude, as maps draw them.
 *
 * Repair compares borders that nearly coincide: a position put on a straight edge must change no area, so edges are
 * taken as the map draws them, not as geodesics (an edge of 70 km at 50 degrees north is 110 m from its geodesic).
 * Areas are still those of the ellipsoid.
 */
import { meridianRadius, transverseRadius } from '../science/ellipsoid.ts';
import type { PolygonRings, Position, Ring } from '../types.ts';

const RADIANS = Math.PI / 180;

/** Nodes and weights of Gauss-Legendre quadrature with three points on -1 to 1. */
const GAUSS = [
  [-Math.sqrt(0.6), 5 / 9],
  [0, 8 / 9],
  [Math.sqrt(0.6), 5 / 9],
] as const;

/** Metres per degree of longitude and of latitude at a latitude [m]. */
export function metresPerDegree(lat: number): [east: number, north: number] {
  const sine = Math.sin(lat * RADIANS);
  return [transverseRadius(sine) * Math.cos(lat * RADIANS) * RADIANS, meridianRadius(sine) * RADIANS];
}

/** Length of the straight edge from `a` to `b`, exact for edges of some kilometres [m]. */
export function straightLength(a: Position, b: Position): number {
  const [east, north] = metresPerDegree((a[1] + b[1]) / 2);
  return Math.hypot((b[0] - a[0]) * east, (b[1] - a[1]) * north);
}

/**
 * Area inside a ring of straight edges on the ellipsoid, positive where it turns counter-clockwise [m2].
 *
 *     - sum over edges of integral (lon - lon0) M(lat) N(lat) cos(lat) d lat, reversed in sign, by Gauss with three points
 */
export function signedArea(ring: Ring): number {
  const origin = ring[0];
  if (origin === undefined) return 0;
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Position;
    const b = ring[i + 1] ?? origin;
    const rise = b[1] - a[1];
    if (rise === 0) continue;
    for (const [node, weight] of GAUSS) {
      const part = (1 + node) / 2;
      const [east, north] = metresPerDegree(a[1] + rise * part);
      sum += (weight / 2) * rise * (a[0] - origin[0] + (b[0] - a[0]) * part) * east * north;
    }
  }
  return sum;
}

/** Area of a polygon with holes, not below zero [m2]. */
export function straightArea([outer = [], ...holes]: PolygonRings): number {
  return Math.max(
    0,
    holes.reduce((area, hole) => area - Math.abs(signedArea(hole)), Math.abs(signedArea(outer))),
  );
}

/** Length of all rings of a polygon [m]. */
export function straightPerimeter(polygon: PolygonRings): number {
  let sum = 0;
  for (const ring of polygon)
    for (let i = 1; i < ring.length; i++) sum += straightLength(ring[i - 1] as Position, ring[i] as Position);
  return sum;
}

/** `rings` in metres east and north of their first position, true at the latitude of the middle. */
export function inMetres(rings: PolygonRings): PolygonRings {
  const positions = rings[0] ?? [];
  const [lon0, lat0] = positions[0] ?? [0, 0];
  let south = lat0;
  let north = lat0;
  for (const [, lat] of positions) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const [perLon, perLat] = metresPerDegree((south + north) / 2);
  return rings.map((ring) => ring.map(([lon, lat]): Position => [(lon - lon0) * perLon, (lat - lat0) * perLat]));
}

/** Width of the narrowest straight strip along the line from the first position to the farthest that holds all [m]. */
export function stripWidth(metres: Ring): number {
  const [x0, y0] = metres[0] ?? [0, 0];
  let far: Position = [x0, y0];
  let reach = 0;
  for (const [x, y] of metres) {
    const distance = Math.hypot(x - x0, y - y0);
    if (distance > reach) {
      reach = distance;
      far = [x, y];
    }
  }
  if (reach === 0) return 0;
  let low = 0;
  let high = 0;
  for (const [x, y] of metres) {
    const across = ((far[0] - x0) * (y - y0) - (far[1] - y0) * (x - x0)) / reach;
    low = Math.min(low, across);
    high = Math.max(high, across);
  }
  return high - low;
}
