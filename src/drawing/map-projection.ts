/**
 * The projection a map of one site is drawn in: stereographic, centred on the site, on the WGS 84 ellipsoid.
 *
 *     const projection = localProjection(rings);
 *     projection.project([69.5, 50.4])   // [x, y], east and north of the centre
 *
 * It is conformal: shapes are true and north is up at the centre, at any latitude, over a pole and over the antimeridian.
 * Scale stays within 0.06 % of that at the centre to a distance of 250 km: less than a hair on paper.
 */
import { E } from '../science/ellipsoid.ts';
import type { Position, Ring } from '../types.ts';

export interface Projection {
  centre: Position;
  /** East and north of the centre, in radii of the conformal sphere: a proportion, not a length on the ground. */
  project(position: Position): [x: number, y: number];
  /** The place at x, y; longitude in -180 to 180. */
  unproject(x: number, y: number): Position;
}

type Direction = [x: number, y: number, z: number];

const RADIANS = Math.PI / 180;

/** The zones of a site lie so far apart that no map, and no plane, holds them all. */
export class SpreadAroundTheEarth extends RangeError {
  constructor() {
    super('the zones are spread around the earth: one map cannot show them');
  }
}

/** A site may reach this far from its centre: cosine of 120 degrees, where scale is four times that of the centre. */
const FARTHEST = -0.5;

/** Rounds of the iteration from conformal latitude; each leaves less than 1/100 of the error (Snyder 1987, eq. 3-4). */
const ROUNDS = 7;

/**
 * The stereographic projection around `centre`, by the conformal sphere.
 * @see Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395, eq. 3-1, 21-2 to 21-4, doi 10.3133/pp1395
 */
export function stereographic(centre: Position): Projection {
  const up = direction(centre);
  const [sin, cos] = [Math.sin(centre[0] * RADIANS), Math.cos(centre[0] * RADIANS)];
  const axis = Math.hypot(up[0], up[1]);
  const east: Direction = [-sin, cos, 0];
  const north: Direction = [-up[2] * cos, -up[2] * sin, axis];
  return {
    centre,
    project(position) {
      const to = direction(position);
      const k = 2 / (1 + dot(to, up)); // Snyder 1987, eq. 21-4
      return [k * dot(to, east), k * dot(to, north)];
    },
    unproject(x, y) {
      const q = (x * x + y * y) / 4;
      const [u, e, n] = [(1 - q) / (1 + q), x / (1 + q), y / (1 + q)];
      return positionOf([0, 1, 2].map((i) => u * up[i as 0] + e * east[i as 0] + n * north[i as 0]) as Direction);
    },
  };
}

/**
 * The projection around the middle of what `rings` cover.
 * @throws RangeError when there is no position or one is not finite; SpreadAroundTheEarth.
 */
export function localProjection(rings: Iterable<Ring>): Projection {
  const list = [...rings];
  const least: Direction = [Infinity, Infinity, Infinity];
  const most: Direction = [-Infinity, -Infinity, -Infinity];
  for (const ring of list) for (const position of ring) widen(least, most, direction(position));
  const middle = least.map((low, i) => (low + most[i as 0]) / 2) as Direction;
  if (!middle.every(Number.isFinite)) throw new RangeError('there is no position to make a map around, or one is not a number');
  const first = stereographic(positionOf(middle));
  const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
  const up = direction(first.centre);
  for (const ring of list) {
    for (const position of ring) {
      if (dot(direction(position), up) < FARTHEST) throw new SpreadAroundTheEarth();
      const [x, y] = first.project(position);
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  }
  return stereographic(first.unproject((box[0] + box[2]) / 2, (box[1] + box[3]) / 2));
}

function widen(least: Direction, most: Direction, [x, y, z]: Direction): void {
  if (!(x - x + y - y + z - z === 0)) throw new RangeError('a position is not a longitude and latitude');
  if (x < least[0]) least[0] = x;
  if (y < least[1]) least[1] = y;
  if (z < least[2]) least[2] = z;
  if (x > most[0]) most[0] = x;
  if (y > most[1]) most[1] = y;
  if (z > most[2]) most[2] = z;
}

/** The place on the conformal sphere, as a vector of length 1. */
function direction([lon, lat]: Position): Direction {
  const phi = lat * RADIANS;
  const isometric = Math.asinh(Math.tan(phi)) - E * Math.atanh(E * Math.sin(phi)); // Snyder 1987, eq. 3-7
  const axis = 1 / Math.cosh(isometric);
  return [axis * Math.cos(lon * RADIANS), axis * Math.sin(lon * RADIANS), Math.tanh(isometric)];
}

function positionOf([x, y, z]: Direction): Position {
  const axis = Math.hypot(x, y);
  const isometric = Math.asinh(z / axis);
  let phi = Math.atan2(z, axis);
  for (let i = 0; i < ROUNDS; i++) phi = Math.atan(Math.sinh(isometric + E * Math.atanh(E * Math.sin(phi))));
  return [axis === 0 ? 0 : Math.atan2(y, x) / RADIANS, axis === 0 ? Math.sign(z) * 90 : phi / RADIANS];
}

function dot(a: Direction, b: Direction): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
