/**
 * Whether a place lies in a polygon.
 *
 *     const fiji = { type: 'Polygon', coordinates: [[[177, -20], [-178, -20], [-178, -15], [177, -15]]] } as const;
 *     pointInPolygon([180, -17], fiji)   // 'inside'
 *     pointInPolygon([177, -17], fiji)   // 'boundary'
 */
import { orientation } from './orientation.ts';
import {
  type Areal,
  checkPosition,
  checkRing,
  edgeStep,
  enclosedPole,
  longitudeOffset,
  type Position,
  polygonsOf,
  type Ring,
  turnsTowards,
} from './rings.ts';

export type Side = 'inside' | 'outside' | 'boundary';

/**
 * Where `point` lies: inside `geometry`, outside it, or on its boundary, without rounding error.
 *
 * Edges are straight lines in longitude and latitude (RFC 7946, section 3.1.1), not geodesics: the two are about
 * `length2 tan(lat) / 8R` apart at most, 2.3 m for 10 km at 50 degrees. Rings may turn either way, be closed or not, cross the
 * antimeridian (an edge takes the short way) and go around a pole, where the smaller cap is meant. Loops of a ring that
 * crosses itself are in or out by turns (even-odd). The boundary is that of every part and hole, cuts along the
 * antimeridian included. A pole is the point of that latitude on the meridian given.
 * @param point lon, lat [deg]
 * @throws RangeError when a longitude is not finite, a latitude is outside -90 to 90, an edge spans exactly 180 degrees
 * of longitude, or a ring goes around a pole more than once or halves the earth.
 * @see Hormann & Agathos 2001, The point in polygon problem for arbitrary polygons, Computational Geometry 20, 131-144,
 * doi 10.1016/S0925-7721(01)00012-8
 */
export function pointInPolygon(point: Position, geometry: Areal): Side {
  checkPosition(point, 'point');
  let side: Side = 'outside';
  for (const polygon of polygonsOf(geometry)) {
    const part = sideOfPolygon(point, polygon);
    if (part === 'inside') return part;
    if (part === 'boundary') side = part;
  }
  return side;
}

function sideOfPolygon(point: Position, [outer = [], ...holes]: readonly Ring[]): Side {
  const side = sideOfRing(point, outer);
  if (side !== 'inside') return side;
  for (const hole of holes) {
    const inHole = sideOfRing(point, hole);
    if (inHole !== 'outside') return inHole === 'inside' ? 'outside' : 'boundary';
  }
  return 'inside';
}

/** Counts the edges that the point's meridian meets south of it, each within half a turn of the point. */
function sideOfRing(point: Position, ring: Ring): Side {
  checkRing(ring);
  let odd = false;
  let turn = 0;
  let from = ring[ring.length - 1];
  for (const to of ring) {
    if (from === undefined) break;
    turn += edgeStep(from, to);
    const turns1 = turnsTowards(point[0], from[0]);
    const turns2 = turns1 + turnsTowards(from[0], to[0]);
    const x1 = longitudeOffset(point[0], from[0], turns1);
    const x2 = longitudeOffset(point[0], to[0], turns2);
    const y1 = from[1] - point[1];
    const y2 = to[1] - point[1];
    if (x2 === 0 && (y2 === 0 || (x1 === 0 && y1 < 0 !== y2 < 0))) return 'boundary';
    if (x1 <= 0 !== x2 <= 0 && (y1 <= 0 || y2 <= 0)) {
      const sign = orientation(point, from, turns1, to, turns2);
      if (sign === 0) return 'boundary';
      if (sign > 0 === x2 > x1) odd = !odd;
    }
    from = to;
  }
  if (Math.abs(turn) < 180) return odd ? 'inside' : 'outside';
  return odd === (enclosedPole(ring) === 'north') ? 'inside' : 'outside';
}
