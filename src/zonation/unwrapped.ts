/**
 * Longitudes of a site that crosses the antimeridian, made to run on past 180, and back.
 *
 *     const way = unwrapping(polygons);     // { seam: 180, out: ..., back: ... }
 *     way.out(-179.5)                       // 180.5
 *
 * The planar engine then sees one site, not two at the ends of the world. Rings may be cut at 180 (RFC 7946, 3.1.9) or
 * jump across; what is put together anew is cut.
 */

import { normaliseLongitude } from '../science/rings.ts';
import type { PolygonRings, Position } from '../types.ts';

export interface Unwrapping {
  /** Longitude of the cut, or `null` where the site does not reach it. */
  seam: number | null;
  out(polygons: PolygonRings[]): PolygonRings[];
  /** The polygons in -180 to 180; a ring whose longitudes all came in gets them back to the bit. */
  back(polygons: PolygonRings[]): PolygonRings[];
  /** The polygons in -180 to 180, for places that are only shown. */
  shown(polygons: PolygonRings[]): PolygonRings[];
}

const SEAM = 180;

/** How the longitudes of these polygons run: as they are, unless some lie far apart or past 180. */
export function unwrapping(polygons: PolygonRings[]): Unwrapping {
  const west = westEnd(polygons);
  if (west === null) return { seam: null, out: (list) => list, back: (list) => list, shown: (list) => list };
  const origin = new Map<number, number>();
  const out = (lon: number): number => {
    const normal = normaliseLongitude(lon);
    const run = normal < west ? normal + 360 : normal;
    if (run !== SEAM) origin.set(run, lon);
    return run;
  };
  return {
    seam: SEAM,
    out: (list) => eachLongitude(list, () => out),
    back: (list) =>
      eachLongitude(list, (polygon) => {
        const whole = polygon.every((ring) => ring.every(([lon]) => origin.has(lon)));
        const wrap = wrapping(polygon);
        if (whole) return (lon) => origin.get(lon) ?? lon;
        return (lon) => {
          const wrapped = wrap(lon);
          const given = origin.get(lon) ?? wrapped;
          return Math.abs(given - wrapped) < 1 ? given : wrapped; // not where the map itself ran past 180
        };
      }),
    shown: (list) => eachLongitude(list, wrapping),
  };
}

/** Longitudes back to -180 to 180; the seam itself lies at -180 for what is east of it. */
function wrapping(polygon: PolygonRings): (lon: number) => number {
  const beyond = polygon[0]?.some(([lon]) => lon > SEAM) ?? false;
  return (lon) => (lon > SEAM || (beyond && lon === SEAM) ? lon - 360 : lon);
}

/** Where the site begins, going east around the widest stretch without it; `null` where longitudes need no change. */
function westEnd(polygons: PolygonRings[]): number | null {
  const lons = new Set<number>();
  let wild = false;
  for (const polygon of polygons)
    for (const ring of polygon)
      for (const [lon] of ring) {
        if (lon > 180 || lon < -180) wild = true;
        lons.add(normaliseLongitude(lon));
      }
  const sorted = [...lons].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  if (first === undefined || last === undefined || (!wild && last - first <= 180)) return null;
  let west = first;
  let widest = first + 360 - last;
  for (let i = 1; i < sorted.length; i++) {
    const gap = (sorted[i] as number) - (sorted[i - 1] as number);
    if (gap > widest) {
      widest = gap;
      west = sorted[i] as number;
    }
  }
  return west;
}

function eachLongitude(polygons: PolygonRings[], change: (polygon: PolygonRings) => (lon: number) => number): PolygonRings[] {
  return polygons.map((polygon) => {
    const of = change(polygon);
    return polygon.map((ring) => ring.map(([lon, lat]): Position => [of(lon), lat]));
  });
}
