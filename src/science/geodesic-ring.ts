/**
 * Area and perimeter of one ring whose edges are geodesics of WGS 84.
 *
 *     measureRing([[0, 0], [1, 0], [1, 1], [0, 1]])   // { area: 12308778361.47, perimeter: 443770.917 }
 *
 * Two ways lead there. Karney's solver does any ring, but sums areas down to the equator, whose rounding leaves up to
 * 1e-4 m2 per edge however small the ring: 1e-6 of a plot of 10 x 10 m. A ring of short edges is therefore summed by a
 * closed formula down to its own parallel, which keeps all digits of the smallest plot and is several times faster
 * (`bench/areas.ts`).
 */
import { E2, FLATTENING, SEMI_MAJOR_AXIS, SEMI_MINOR_AXIS, WGS84, zoneArea } from './ellipsoid.ts';
import { checkRing, longitudeStep, type Position, type Ring } from './rings.ts';

export interface RingMeasure {
  /** [m2] */
  area: number;
  /** [m] */
  perimeter: number;
}

/**
 * An edge is short up to this part of the radius of its parallel [1]: 6.4 km at the equator, 4.1 km at 50 degrees,
 * 1.1 km at 80. What the formula leaves out of an edge so long is under 2e-4 m2 and 5e-15 of its length at any latitude
 * and azimuth (against 40-digit integration, `test/golden/areas/make.py`), no more than the solver's rounding;
 * the area's falls with the fifth power of the length.
 */
export const SHORT_EDGE = 1e-3;

const RADIANS = Math.PI / 180;
const A2 = SEMI_MAJOR_AXIS * SEMI_MAJOR_AXIS;
const B2 = SEMI_MINOR_AXIS * SEMI_MINOR_AXIS;

/**
 * Area [m2] and perimeter [m] of a ring of geodesic edges.
 *
 * The area is that of the smaller side, up to half the earth, whichever way the ring turns; a ring that crosses itself
 * has its loops added with their signs. Fewer than three distinct positions have no area.
 * @param ring positions lon, lat [deg], closed or not
 * @throws RangeError when a longitude is not finite or a latitude is outside -90 to 90.
 * @see Karney 2013, Algorithms for geodesics, J. Geodesy 87, 43-55, doi 10.1007/s00190-012-0578-z
 */
export function measureRing(ring: Ring): RingMeasure {
  checkRing(ring);
  return measureShortEdges(ring) ?? measureAnyEdges(ring);
}

/** `measureRing` by Karney 2013, section 6: sums the area between each edge and the equator. */
export function measureAnyEdges(ring: Ring): RingMeasure {
  const polygon = WGS84.Polygon(false);
  for (const [lon, lat] of ring) polygon.AddPoint(lat, lon);
  const { area = 0, perimeter } = polygon.Compute(false, true);
  return { area: Math.abs(area), perimeter };
}

/**
 * `measureRing` for a ring of short edges around no pole; `null` for any other.
 *
 * In the equal-area plane of longitude l and zone area z (`zoneArea`, from the parallel of the first position) the
 * area is that of the straight-edged polygon, plus what each geodesic bulges from its chord. Along a geodesic of
 * length s, azimuth a, on a parallel of radius r, Clairaut's r sin a = constant gives l' = sin a / r, z' = r cos a,
 * z'' = -sin p and l'' = 2 sin a cos a sin p / r2; the segment s3/12 (l' z'' - z' l'') is then, with x = s sin a and
 * y = s cos a,
 *
 *     bulge = dl sin p (x2 + 3 y2) / 12                                        // error O(s5)
 *
 * The length follows from the straight line c through the earth and the curvature k of the geodesic (Euler),
 *
 *     s = c + k2 c3 / 24                                                       // error O(s5)
 *
 * One loop of many lines, for speed: nothing is allocated, every vertex is worked once, and what either sum rounds
 * off is kept (Ogita, Rump & Oishi 2005, Accurate sum and dot product, algorithm 4.4, doi 10.1137/030601818).
 */
export function measureShortEdges(ring: Ring): RingMeasure | null {
  const first = ring[0];
  if (first === undefined) return { area: 0, perimeter: 0 };
  const sine0 = Math.sin(first[1] * RADIANS);
  const cosine0 = Math.sin((90 - Math.abs(first[1])) * RADIANS); // exact at the poles too
  let [lon1, lat1] = first;
  let sine1 = sine0;
  let w1 = Math.sqrt(1 - E2 * sine0 * sine0);
  let radius1 = (SEMI_MAJOR_AXIS * cosine0) / w1;
  let zone1 = 0;
  let area = 0;
  let areaLost = 0;
  let perimeter = 0;
  let perimeterLost = 0;
  let turn = 0;

  for (let i = 1; i <= ring.length; i++) {
    const [lon, lat] = (i < ring.length ? ring[i] : first) as Position;

    // The vertex, from the first one's latitude, so that small differences are not differences of large numbers.
    const half = ((lat - first[1]) / 2) * RADIANS;
    const sinHalf = Math.sin(half);
    const cosHalf = Math.cos(half);
    const rise = 2 * sinHalf * (cosine0 * cosHalf - sine0 * sinHalf);
    const sine = sine0 + rise;
    const cosine = cosine0 - 2 * sinHalf * (sine0 * cosHalf + cosine0 * sinHalf);
    const w = Math.sqrt(1 - E2 * sine * sine);
    const radius = (SEMI_MAJOR_AXIS * cosine) / w;
    const zone = zoneArea(sine0, sine, rise);

    // The edge, at its middle latitude.
    const step = longitudeStep(lon1, lon);
    const dLon = step * RADIANS;
    const dLat = (lat - lat1) * RADIANS;
    const sineMid = (sine1 + sine) / 2;
    const transverse = SEMI_MAJOR_AXIS / Math.sqrt(1 - E2 * sineMid * sineMid);
    const meridian = ((1 - E2) * transverse * transverse * transverse) / A2;
    const x = ((radius1 + radius) / 2) * dLon;
    const y = meridian * dLat;
    const limit = SHORT_EDGE * Math.min(radius1, radius);
    if (!(x * x + y * y <= limit * limit)) return null;

    const bulge = (sineMid * (x * x + 3 * y * y)) / 12;
    const under = dLon * ((zone1 + zone) / 2 + bulge);
    const areaSum = area + under;
    const areaAdded = areaSum - area;
    areaLost += area - (areaSum - areaAdded) + (under - areaAdded);
    area = areaSum;

    // The chord in and across the meridian plane, by reduced latitudes b: tan b = (1 - f) tan p.
    const sinStep = ((1 - FLATTENING) * Math.sin(dLat)) / (w1 * w); // sin(b2 - b1)
    const cosStep1 = 1 + Math.sqrt(1 - sinStep * sinStep);
    const sineSum = (1 - FLATTENING) * (sine1 / w1 + sine / w); // sin b1 + sin b2
    const along2 = ((2 * sinStep * sinStep) / cosStep1) * (B2 + ((A2 - B2) * sineSum * sineSum) / (2 * cosStep1));
    const sinLon = Math.sin(dLon / 2);
    const across2 = 4 * radius1 * radius * sinLon * sinLon;
    const chord = Math.sqrt(along2 + across2);
    if (chord > 0) {
      const bend = along2 / meridian + across2 / transverse; // k c2
      const length = chord + (bend * bend) / (24 * chord);
      const perimeterSum = perimeter + length;
      const perimeterAdded = perimeterSum - perimeter;
      perimeterLost += perimeter - (perimeterSum - perimeterAdded) + (length - perimeterAdded);
      perimeter = perimeterSum;
    }

    turn += step;
    lon1 = lon;
    lat1 = lat;
    sine1 = sine;
    w1 = w;
    radius1 = radius;
    zone1 = zone;
  }
  return Math.abs(turn) < 180 ? { area: Math.abs(area + areaLost), perimeter: perimeter + perimeterLost } : null;
}
