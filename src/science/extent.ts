/**
 * The box that a polygon fits in.
 *
 *     extent({ type: 'Polygon', coordinates: [[[177, -20], [-178, -20], [-178, -15], [177, -15]]] })
 *     // [177, -20, -178, -15]
 */
import { type Areal, checkRing, edgeStep, enclosedPole, normaliseLongitude, polygonsOf, type Ring } from './rings.ts';

/** Narrower gaps between parts are rounding: a tenth of a millimetre [deg]. */
const LEAST_GAP = 1e-9;

/** A stretch of longitudes: `west` in -180 to 180, `width` east of it to `east` [deg]. */
interface Stretch {
  west: number;
  width: number;
  east: number;
}

/**
 * West, south, east and north limits of a polygon or multipolygon [deg], west and east within -180 to 180.
 *
 * The narrowest box: it leaves out the widest gap in longitude, and so has west > east where the parts lie around the
 * antimeridian (RFC 7946, section 5.2). Edges are straight lines in longitude and latitude, so that the limits are
 * positions of the outer rings; around a pole they are the pole and the whole turn, -180 to 180. A geodesic edge may
 * reach `length2 tan(lat) / 8R` further poleward.
 * @throws RangeError when there is no position, and as `pointInPolygon`.
 */
export function extent(geometry: Areal): [west: number, south: number, east: number, north: number] {
  let south = Infinity;
  let north = -Infinity;
  const stretches: Stretch[] = [];
  for (const [outer = []] of polygonsOf(geometry)) {
    if (outer.length === 0) continue;
    checkRing(outer);
    const pole = enclosedPole(outer);
    for (const [, lat] of outer) {
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
    if (pole === 'south') south = -90;
    if (pole === 'north') north = 90;
    stretches.push(pole === null ? stretchOf(outer) : { west: -180, width: 360, east: 180 });
  }
  if (stretches.length === 0) throw new RangeError('a geometry without positions has no extent');
  const [west, east] = aroundWidestGap(stretches);
  return [west, south, east, north];
}

/** Longitudes of a ring that goes around no pole, followed edge by edge. */
function stretchOf(ring: Ring): Stretch {
  let from = ring[0] as Ring[number];
  let at = 0;
  let [low, high, west, east] = [0, 0, from[0], from[0]];
  for (const to of ring) {
    at += edgeStep(from, to);
    if (at < low) [low, west] = [at, to[0]];
    if (at > high) [high, east] = [at, to[0]];
    from = to;
  }
  const start = normaliseLongitude(west);
  const end = normaliseLongitude(east);
  if (high === low) return { west: start, width: 0, east: start };
  return { west: start === 180 ? -180 : start, width: high - low, east: end === -180 ? 180 : end };
}

function aroundWidestGap(stretches: Stretch[]): [west: number, east: number] {
  stretches.sort((a, b) => a.west - b.west);
  const first = stretches[0] as Stretch;
  let { east } = first;
  let reach = first.west + first.width;
  let widest = LEAST_GAP;
  let limits: [number, number] = [-180, 180];
  for (let i = 1; i <= stretches.length; i++) {
    const next = stretches[i % stretches.length] as Stretch;
    const west = i < stretches.length ? next.west : next.west + 360;
    if (west - reach > widest) {
      widest = west - reach;
      limits = [next.west, east];
    }
    if (west + next.width > reach) {
      reach = west + next.width;
      east = next.east;
    }
  }
  return limits;
}
