/**
 * Distances on the earth: between places, from a place to a box, and to the boundary of a polygon.
 *
 *     geodesicDistance([69.2, 50.4], [71.4, 51.1])             // 173686.7 m, Korgalzhyn to Astana
 *     distanceToBox([71.4, 51.1], [68.5, 50, 70, 51]).nearest   // [70, 51]
 */
import { boxArea, boxWidth } from './areas.ts';
import { AZIMUTH, DISTANCE, E2, meridianRadius, SEMI_MINOR_AXIS, transverseRadius, WGS84 } from './ellipsoid.ts';
import {
  type Areal,
  type Box,
  checkPosition,
  checkRing,
  edgeStep,
  longitudeStep,
  normaliseLongitude,
  type Position,
  polygonsOf,
  type Ring,
} from './rings.ts';

export interface Nearest {
  /** Geodesic distance [m]. */
  distance: number;
  /** The place that is so near. */
  nearest: [lon: number, lat: number];
}

/** Longer edges are searched in pieces [deg]: short ones, so that the distance has but one least value along each. */
const PIECE = 1;

/** Where the search along an edge ends, as part of a piece: 0.1 micrometre or less. */
const PART = 1e-12;

/** Largest radius of curvature, at the poles, a2/b rounded up [m]: no radian of latitude or longitude is longer. */
const LARGEST_RADIUS = 6_399_594;

const RADIANS = Math.PI / 180;

/**
 * Length of the shortest geodesic between two places on the WGS 84 ellipsoid [m], to 15 nanometres.
 * @throws RangeError when a longitude is not finite or a latitude is outside -90 to 90.
 * @see Karney 2013, Algorithms for geodesics, J. Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z
 */
export function geodesicDistance(a: Position, b: Position): number {
  checkPosition(a);
  checkPosition(b);
  return WGS84.Inverse(a[1], a[0], b[1], b[0], DISTANCE).s12 as number;
}

/**
 * Geodesic distance from `point` to a box between parallels and meridians, and the place of the box that is nearest;
 * 0 and the point itself when the box holds it.
 *
 * On a parallel the nearest place is the one of the nearest longitude; along a side meridian it is searched.
 * @param box west, south, east, north [deg]; west > east crosses the antimeridian
 * @throws RangeError as `boxArea`, or when the point is not a position.
 */
export function distanceToBox(point: Position, box: Box): Nearest {
  checkPosition(point, 'point');
  boxArea(box); // throws when it is none
  const [west, south, east, north] = box;
  const [lon, lat] = point;
  const eastOfWest = (((lon - west) % 360) + 360) % 360;
  const within = eastOfWest <= boxWidth(box) || longitudeStep(lon, west) === 0 || longitudeStep(lon, east) === 0;
  if (within && lat >= south && lat <= north) return { distance: 0, nearest: [lon, lat] };
  const side = Math.abs(longitudeStep(lon, west)) <= Math.abs(longitudeStep(lon, east)) ? west : east;
  const nearestLon = within ? lon : side;
  const ends = nearer(nearestAt(point, [nearestLon, south]), nearestAt(point, [nearestLon, north]));
  return within ? ends : nearer(ends, nearestOnEdge(point, [side, south], [side, north]));
}

/**
 * Geodesic distance from `point` to the nearest place of the boundary of a polygon or multipolygon, and that place.
 *
 * Never negative: whether the point is inside, `pointInPolygon` says. Edges are straight lines in longitude and latitude
 * as there. The nearest place of an edge is where the geodesic to it meets it squarely: with azimuth a at the edge, the
 * distance changes along the edge by
 *
 *     ds/dt = N cos p sin a dl/dt + M cos a dp/dt                              // first variation
 *
 * whose zero is searched. Edges that cannot be nearer than what is found are left out: the ellipsoid holds a sphere of
 * radius b, and no path around the one is shorter than its shadow on the other.
 * @throws RangeError when the geometry has no position, a position is none, or an edge spans exactly 180 degrees of
 * longitude.
 */
export function distanceToBoundary(point: Position, geometry: Areal): Nearest {
  checkPosition(point, 'point');
  let best: Nearest | null = null;
  for (const ring of polygonsOf(geometry).flat()) {
    if (ring.length === 0) continue;
    checkRing(ring);
    best = nearestOnRing(point, ring, best);
  }
  if (best === null) throw new RangeError('a geometry without positions has no boundary');
  return best;
}

/** The nearest place of `ring`, or `best` when that is nearer. */
function nearestOnRing(point: Position, ring: Ring, best: Nearest | null): Nearest {
  const atLeast = new Float64Array(ring.length);
  let closest = 0;
  for (let i = 0; i < ring.length; i++) {
    atLeast[i] = leastDistance(point, ring[i] as Position);
    if ((atLeast[i] as number) < (atLeast[closest] as number)) closest = i;
  }
  let found = nearer(nearestAt(point, ring[closest] as Position), best);
  let before = ring.length - 1;
  for (let i = 0; i < ring.length; i++) {
    const [from, to] = [ring[before] as Position, ring[i] as Position];
    const length = LARGEST_RADIUS * RADIANS * Math.hypot(edgeStep(from, to), to[1] - from[1]);
    const bound = ((atLeast[before] as number) + (atLeast[i] as number) - length) / 2; // triangle inequality
    if (bound < found.distance) found = nearer(nearestOnEdge(point, from, to), found);
    before = i;
  }
  return found;
}

/** A lower bound of the distance [m]: that of the directions from the earth's centre, on the sphere of radius b. */
function leastDistance(a: Position, b: Position): number {
  const [aAxis, aZ] = direction(a);
  const [bAxis, bZ] = direction(b);
  const sinLon = Math.sin((longitudeStep(a[0], b[0]) / 2) * RADIANS);
  const chord = Math.sqrt((aAxis - bAxis) ** 2 + (aZ - bZ) ** 2 + 4 * aAxis * bAxis * sinLon * sinLon);
  return 2 * SEMI_MINOR_AXIS * Math.asin(Math.min(1, chord / 2));
}

/** Distance from the axis and height above the equator of a place, seen from the centre as of unit distance. */
function direction([, lat]: Position): [axis: number, z: number] {
  const sine = Math.sin(lat * RADIANS);
  const n = transverseRadius(sine);
  const axis = n * Math.cos(lat * RADIANS);
  const z = (1 - E2) * n * sine;
  const length = Math.hypot(axis, z);
  return [axis / length, z / length];
}

/** Nearest place of one edge, in pieces of at most `PIECE`. */
function nearestOnEdge(point: Position, from: Position, to: Position): Nearest {
  const step = edgeStep(from, to);
  const rise = to[1] - from[1];
  const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(step), Math.abs(rise)) / PIECE));
  let best = nearer(nearestAt(point, from), nearestAt(point, to));
  for (let i = 0; i < pieces; i++) {
    const at = (part: number): Position => [from[0] + part * step, from[1] + part * rise];
    const part = squarely(point, at, step, rise, i / pieces, (i + 1) / pieces);
    if (part !== null) best = nearer(nearestAt(point, at(part)), best);
  }
  return best;
}

/**
 * Where between `low` and `high` the geodesic from `point` meets the edge squarely, by false position (Illinois);
 * `null` when the distance does not fall at `low` and rise at `high`.
 */
function squarely(point: Position, at: (part: number) => Position, step: number, rise: number, low: number, high: number) {
  const slope = (part: number): number => {
    const [lon, lat] = at(part);
    const azimuth = (WGS84.Inverse(point[1], point[0], lat, lon, AZIMUTH).azi2 as number) * RADIANS;
    const sine = Math.sin(lat * RADIANS);
    const east = transverseRadius(sine) * Math.cos(lat * RADIANS) * step;
    return east * Math.sin(azimuth) + meridianRadius(sine) * rise * Math.cos(azimuth);
  };
  let [atLow, atHigh] = [slope(low), slope(high)];
  if (!(atLow < 0 && atHigh > 0)) return null;
  const end = PART * (high - low);
  for (let last = 0; high - low > end; ) {
    const guess = high - (atHigh * (high - low)) / (atHigh - atLow);
    const middle = guess > low && guess < high ? guess : (low + high) / 2;
    const value = slope(middle);
    if (value === 0 || middle === low || middle === high) return middle;
    if (value < 0) [low, atLow, atHigh, last] = [middle, value, last < 0 ? atHigh / 2 : atHigh, -1];
    else [high, atHigh, atLow, last] = [middle, value, last > 0 ? atLow / 2 : atLow, 1];
  }
  return (low + high) / 2;
}

function nearestAt(point: Position, [lon, lat]: Position): Nearest {
  return { distance: geodesicDistance(point, [lon, lat]), nearest: [normaliseLongitude(lon), lat] };
}

function nearer(a: Nearest, b: Nearest | null): Nearest {
  return b !== null && b.distance <= a.distance ? b : a;
}
