/**
 * Areas on the earth: of polygons with geodesic edges, and of boxes between parallels and meridians.
 *
 *     geodesicArea({ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] })   // 12308778361.47 m2
 *     boxArea([0, 0, 1, 1])                                                                        // 12308463893.98 m2
 *
 * The two differ because a geodesic between two places on a parallel runs poleward of it.
 */
import { zoneArea } from './ellipsoid.ts';
import { measureRing } from './geodesic-ring.ts';
import { type Areal, type Box, polygonsOf } from './rings.ts';

const RADIANS = Math.PI / 180;

/**
 * Area of a polygon or multipolygon on the WGS 84 ellipsoid [m2].
 *
 *     sum over polygons of (area of the outer ring - sum of the areas of its holes)
 *
 * Edges are the shortest geodesics between neighbouring positions. Rings may turn either way, be closed or not, cross
 * the antimeridian and go around a pole; each bounds the smaller of its two sides, so that a ring's area is at most
 * half the earth. Parts are added: parts that overlap count twice.
 *
 * The error of a ring of short edges (`SHORT_EDGE`) is rounding, 1e-15 of the area (1e-13 of a sliver's), and at most 2e-4 m2
 * per edge where edges are kilometres long; with longer edges it is up to 0.1 m2 per edge (Karney 2013, section 6).
 * @param geometry positions lon, lat [deg]
 * @throws RangeError when a longitude is not finite, a latitude is outside -90 to 90, or the holes of a polygon take
 * more than its outer ring holds.
 * @see Karney 2013, Algorithms for geodesics, J. Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z
 */
export function geodesicArea(geometry: Areal): number {
  let total = 0;
  for (const [outer = [], ...holes] of polygonsOf(geometry)) {
    const whole = measureRing(outer).area;
    const out = holes.reduce((sum, hole) => sum + measureRing(hole).area, 0);
    if (out > whole) throw new RangeError(`holes of ${out} m2 do not fit in an outer ring of ${whole} m2`);
    total += whole - out;
  }
  return total;
}

/**
 * Length of the boundary of a polygon or multipolygon on the WGS 84 ellipsoid, holes included [m].
 *
 * Edges are the shortest geodesics between neighbouring positions; each ring is closed if it is not. An edge that two
 * rings share, such as a cut along the antimeridian, counts in both.
 * @param geometry positions lon, lat [deg]
 * @throws RangeError when a longitude is not finite or a latitude is outside -90 to 90.
 * @see Karney 2013, Algorithms for geodesics, J. Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z
 */
export function geodesicPerimeter(geometry: Areal): number {
  return polygonsOf(geometry)
    .flat()
    .reduce((sum, ring) => sum + measureRing(ring).perimeter, 0);
}

/**
 * Area of the box between two parallels and two meridians on the WGS 84 ellipsoid [m2].
 *
 *     (east - west) a2/2 (q(north) - q(south))
 *     q(p) = (1 - e2) [sin p / (1 - e2 sin2 p) - ln((1 - e sin p) / (1 + e sin p)) / 2e]
 *
 * Exact: its sides are the parallels and meridians themselves. It is the area of a cell of a raster in degrees.
 * @param box west, south, east, north [deg]; west > east crosses the antimeridian, -180 to 180 is the whole turn
 * @throws RangeError when an edge is not finite, a latitude is outside -90 to 90, south is north of north, or the box
 * is more than one turn wide.
 * @see Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395, eq. 3-12, doi 10.3133/pp1395
 */
export function boxArea(box: Box): number {
  const [, south, , north] = box;
  if (!(south >= -90 && south <= north && north <= 90)) {
    throw new RangeError(`box from latitude ${south} to ${north}: expected -90 <= south <= north <= 90`);
  }
  const width = boxWidth(box);
  const half = ((north - south) / 2) * RADIANS;
  const fromPole = Math.min(90 - south + (90 - north), 90 + south + (90 + north)) / 2; // of the middle parallel
  const rise = 2 * Math.sin(fromPole * RADIANS) * Math.sin(half); // sin north - sin south
  return width * RADIANS * zoneArea(Math.sin(south * RADIANS), Math.sin(north * RADIANS), rise); // Snyder 1987, eq. 3-12
}

/**
 * Width of a box in longitude, 0 to 360 [deg].
 * @throws RangeError when an edge is not finite or the box is more than one turn wide.
 */
export function boxWidth([west, , east]: Box): number {
  const width = east < west ? 180 - west + (east + 180) : east - west;
  if (!(width >= 0 && width <= 360)) {
    throw new RangeError(`box from longitude ${west} to ${east}: expected at most one turn, west to east`);
  }
  return width;
}
