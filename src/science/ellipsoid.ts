/**
 * The WGS 84 ellipsoid: its constants and the area of its zones.
 *
 *     2 * Math.PI * zoneArea(-1, 1, 2)   // 510065621724088.5, the whole earth [m2]
 */
import geographiclib from 'geographiclib-geodesic';

/** Semi-major axis [m] and flattening [1]: NGA.STND.0036 (2014), table 3.1. */
export const SEMI_MAJOR_AXIS = 6_378_137;
export const FLATTENING = 1 / 298.257223563;

/** Semi-minor axis [m]. */
export const SEMI_MINOR_AXIS = SEMI_MAJOR_AXIS * (1 - FLATTENING);

/** First eccentricity, and its square [1]. */
export const E2 = FLATTENING * (2 - FLATTENING);
export const E = Math.sqrt(E2);

/** Karney's solver of geodesics on this ellipsoid. */
export const WGS84 = geographiclib.Geodesic.WGS84;

/** What the solver is asked for. */
export const { DISTANCE, AZIMUTH } = geographiclib.Geodesic;

/**
 * Area between two parallels per radian of longitude [m2], positive when `sine2` is the northern one.
 *
 *     b2/2 [sin p / (1 - e2 sin2 p) + artanh(e sin p) / e], from p1 to p2
 *
 * which is Snyder's q times a2/2. The two brackets are subtracted by algebra, not by rounding: a strip of a millimetre
 * keeps all its digits.
 * @param sine1 sine of the first geodetic latitude, -1 to 1
 * @param sine2 sine of the second
 * @param difference `sine2 - sine1`, as exact as the caller has it
 * @see Snyder 1987, Map Projections: A Working Manual, USGS Professional Paper 1395, doi 10.3133/pp1395
 */
export function zoneArea(sine1: number, sine2: number, difference: number): number {
  const product = E2 * sine1 * sine2;
  const flat = (difference * (1 + product)) / ((1 - E2 * sine1 * sine1) * (1 - E2 * sine2 * sine2));
  const log = Math.atanh((E * difference) / (1 - product)) / E;
  return ((SEMI_MINOR_AXIS * SEMI_MINOR_AXIS) / 2) * (flat + log); // Snyder 1987, eq. 3-12
}

/** Radius of curvature of the meridian at a geodetic latitude with this sine [m]. */
export function meridianRadius(sine: number): number {
  return (SEMI_MAJOR_AXIS * (1 - E2)) / (1 - E2 * sine * sine) ** 1.5; // Snyder 1987, eq. 4-18
}

/** Radius of curvature across the meridian at a geodetic latitude with this sine [m]. */
export function transverseRadius(sine: number): number {
  return SEMI_MAJOR_AXIS / Math.sqrt(1 - E2 * sine * sine); // Snyder 1987, eq. 4-20
}
