/**
 * The coordinates that the form asks for: a central point inside the reserve and its outermost points, on WGS 84.
 *
 *     coordinatesTable(facts)
 *     // [{ point: 'centre', position: [69.2, 50.4], declared: { lon: 69.2, lat: 50.42 } }, { point: 'north', ... }, ...]
 *
 * Outermost points are positions of the map, to the bit. Declared figures stand beside them and change nothing.
 */
import { extent } from '../science/extent.ts';
import { normaliseLongitude } from '../science/rings.ts';
import type { MultiPolygon, Position } from '../types.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import { centresOf, limitsOf, type Side, sides } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { centralPoint } from './central-point.ts';

export interface CoordinateRow {
  point: 'centre' | Side;
  /** `null` without a map, and to the west and east of a reserve that reaches around the earth. */
  position: Position | null;
  /** As the principal source states them [deg]; of an outermost point sources state but one of the two. */
  declared: { lon: number | null; lat: number | null };
}

/** The five rows, in the order of the form; for a transboundary whole without a map of its own from those of its parts. */
export function coordinatesTable(facts: SiteFacts): CoordinateRow[] {
  const zones = drawnZones(facts).map(({ geometry }) => geometry);
  const [centre] = centresOf(facts);
  const limits = limitsOf(facts, centre?.latitude ?? null);
  const declaredCentre = { lon: centre?.position[0] ?? null, lat: centre?.position[1] ?? null };
  const all: MultiPolygon = { type: 'MultiPolygon', coordinates: zones.flatMap((zone) => zone.coordinates) };
  const extremes = zones.length === 0 ? null : extremePoints(all);
  return [
    { point: 'centre', position: zones.length === 0 ? null : centralPoint(zones), declared: declaredCentre },
    ...sides.map((side): CoordinateRow => {
      const value = limits[side]?.value ?? null;
      const declared = side === 'north' || side === 'south' ? { lon: null, lat: value } : { lon: value, lat: null };
      return { point: side, position: extremes?.[side] ?? null, declared };
    }),
  ];
}

/**
 * The outermost positions of the outer rings; of several, the westernmost, to the west and east the northernmost.
 * A pole that lies inside is the northernmost or southernmost point.
 */
export function extremePoints(geometry: MultiPolygon): Record<Side, Position | null> {
  const [west, south, east, north] = extent(geometry);
  const found: Record<Side, Position | null> = { north: null, south: null, west: null, east: null };
  const fromWest = (lon: number): number => (((lon - west) % 360) + 360) % 360;
  const around = west === -180 && east === 180;
  const better = (side: Side, candidate: Position): void => {
    const known = found[side];
    const [lon, lat] = candidate;
    const upright = side === 'west' || side === 'east';
    if (known === null || (upright ? lat > known[1] : fromWest(lon) < fromWest(known[0])))
      found[side] = [normaliseLongitude(lon), lat];
  };
  for (const [outer = []] of geometry.coordinates) {
    for (const position of outer) {
      const [lon, lat] = position;
      if (lat === north) better('north', position);
      if (lat === south) better('south', position);
      if (!around && isSameMeridian(lon, west)) better('west', position);
      if (!around && isSameMeridian(lon, east)) better('east', position);
    }
  }
  return { ...found, north: found.north ?? [0, north], south: found.south ?? [0, south] };
}

function isSameMeridian(a: number, b: number): boolean {
  const lon = normaliseLongitude(a);
  return lon === b || (Math.abs(lon) === 180 && Math.abs(b) === 180);
}
