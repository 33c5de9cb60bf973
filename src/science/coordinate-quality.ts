/**
 * Rules that the places of records are held to. A rule flags; it never drops: what a doubtful place is worth is for people to say.
 *
 *     placeRules({ lon: 51.2, lat: 71.4, lonText: '51.2', latText: '71.4', country: 'KZ', uncertaintyM: null }, { countries })
 *     // ['coordinates-swapped', 'coordinates-rounded']
 *
 * After Zizka et al. 2019, CoordinateCleaner, Methods in Ecology and Evolution 10, 744-751, doi:10.1111/2041-210X.13152, and the rules of
 * GBIF's interpretation; precision after Wieczorek, Guo & Hijmans 2004, The point-radius method, International Journal of Geographical
 * Information Science 18, 745-767, doi:10.1080/13658810412331280211.
 */
import type { CountryIndex } from './coordinate-quality-countries.ts';

export type PlaceRule =
  | 'coordinates-missing'
  | 'coordinates-unreadable'
  | 'coordinates-out-of-range'
  | 'coordinates-zero'
  | 'coordinates-equal'
  | 'coordinates-swapped'
  | 'coordinates-sign'
  | 'coordinates-centroid'
  | 'coordinates-gbif'
  | 'coordinates-at-sea'
  | 'coordinates-outside-country'
  | 'coordinates-rounded'
  | 'uncertainty-wide'
  | 'datum-other';

export interface PlaceToCheck {
  lon: number;
  lat: number;
  /** As written, which shows how many digits there are. */
  lonText: string;
  latText: string;
  /** ISO 3166-1 alpha-2 that the record claims, `null` for none. */
  country: string | null;
  /** Radius around the place [m]. */
  uncertaintyM: number | null;
}

export interface PlaceContext {
  countries: CountryIndex | null;
  /** Where records without a country are expected. */
  expected?: string | null;
  /** Radius of a circle as large as the zones that records go to [m]: no place less sure than that says which zone it is in. */
  zoneRadiusM?: number | null;
}

/** Outlines of 1:50 million, and what a place may be off a border or a shore [m]. */
const TOLERANCE_M = 5_000;
/** Around a centroid [m]; CoordinateCleaner takes 1 km around its own table, ours are computed from coarser outlines. */
const CENTROID_M = 2_000;
/** GBIF's house in Copenhagen, which stood for "not known" in old software; CoordinateCleaner, cc_gbif. */
const GBIF_HOUSE = [12.58, 55.67] as const;
const GBIF_M = 1_000;
/** Within this of 0, 0 [deg]; CoordinateCleaner, cc_zero. */
const NEAR_ZERO = 0.5;
const DEGREE_M = 111_195;

/** Middles of countries as the CIA World Factbook rounds them, which many databases fill in for "somewhere in this country". */
const ROUNDED_MIDDLES: Record<string, readonly [lon: number, lat: number]> = {
  KZ: [68, 48],
  KG: [75, 41],
  UZ: [64, 41],
  TM: [60, 40],
  TJ: [71, 39],
  RU: [100, 60],
  CN: [105, 35],
  MN: [105, 46],
  TR: [35, 39],
  AF: [65, 33],
  IR: [53, 32],
};

/** Names of the rules that a place breaks; an empty list where it breaks none. */
export function placeRules(place: PlaceToCheck, { countries, expected = null, zoneRadiusM = null }: PlaceContext): PlaceRule[] {
  const { lon, lat, uncertaintyM } = place;
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return ['coordinates-missing'];
  const country = place.country ?? expected;
  const rules: PlaceRule[] = [];
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) {
    rules.push('coordinates-out-of-range');
    if (Math.abs(lat) <= 180 && Math.abs(lon) <= 90 && liesIn(country, lat, lon, countries)) rules.push('coordinates-swapped');
    return rules;
  }
  if (Math.abs(lat) < NEAR_ZERO && Math.abs(lon) < NEAR_ZERO) rules.push('coordinates-zero');
  else if (Math.abs(lat) === Math.abs(lon)) rules.push('coordinates-equal');
  if (near(lon, lat, GBIF_HOUSE, GBIF_M)) rules.push('coordinates-gbif');
  if (countries !== null) rules.push(...countryRules(place, country, countries));
  if (digitsOf(place.lonText) <= 1 && digitsOf(place.latText) <= 1) rules.push('coordinates-rounded');
  if (zoneRadiusM !== null && uncertaintyM !== null && uncertaintyM > zoneRadiusM) rules.push('uncertainty-wide');
  return rules;
}

function countryRules({ lon, lat, uncertaintyM }: PlaceToCheck, country: string | null, countries: CountryIndex): PlaceRule[] {
  const rules: PlaceRule[] = [];
  const tolerance = Math.max(TOLERANCE_M, Math.min(uncertaintyM ?? 0, 100_000));
  const there = countries.countryAt(lon, lat);
  const middles = [there, country].flatMap((code) =>
    code === null ? [] : [countries.centroids.get(code), ROUNDED_MIDDLES[code]],
  );
  if (middles.some((middle) => middle !== undefined && near(lon, lat, middle, CENTROID_M))) rules.push('coordinates-centroid');
  if (there === null && !countries.landWithin(lon, lat, tolerance)) rules.push('coordinates-at-sea');
  if (country === null || !countries.has(country) || there === country || countries.within(country, lon, lat, tolerance))
    return rules;
  rules.push('coordinates-outside-country');
  if (Math.abs(lon) <= 90 && liesIn(country, lat, lon, countries)) rules.push('coordinates-swapped');
  else if (
    [
      [-lon, lat],
      [lon, -lat],
      [-lon, -lat],
    ].some(([x = 0, y = 0]) => liesIn(country, x, y, countries))
  )
    rules.push('coordinates-sign');
  return rules;
}

function liesIn(country: string | null, lon: number, lat: number, countries: CountryIndex | null): boolean {
  return country !== null && countries !== null && Math.abs(lat) <= 90 && countries.countryAt(lon, lat) === country;
}

function near(lon: number, lat: number, [x, y]: readonly [number, number], radiusM: number): boolean {
  const [north, east] = [lat - y, (lon - x) * Math.cos((lat * Math.PI) / 180)];
  return Math.hypot(north, east) * DEGREE_M <= radiusM;
}

/** Digits after the point that say something: `51.50` has one. */
export function digitsOf(text: string): number {
  const fraction = /[.,](\d+)/.exec(text)?.[1] ?? '';
  return fraction.replace(/0+$/, '').length;
}

/**
 * How far a place may be off because of its digits alone [m]: half the diagonal of the cell that they leave open.
 * Wieczorek et al. 2004, table 2 (coordinate precision)
 */
export function precisionRadius(lat: number, lonText: string, latText: string): number {
  const half = 0.5 * 10 ** -Math.max(fractionOf(lonText), fractionOf(latText));
  return half * DEGREE_M * Math.hypot(1, Math.cos((lat * Math.PI) / 180));
}

function fractionOf(text: string): number {
  return (/[.,](\d+)/.exec(text)?.[1] ?? '').length;
}
