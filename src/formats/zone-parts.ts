/**
 * Zones as features to hand out: one feature per part, zones named the same way everywhere, in the order core, buffer,
 * transition, with the part's place in its zone and its geodesic area.
 *
 *     writeShapefile(partsOfZones(zones, areaOf), 'korgalzhyn-zones')
 */
import type { MultiPolygon, PolygonRings, Zone, ZoneKind } from '../types.ts';
import type { MapFeature } from './layer.ts';

const ORDER: ZoneKind[] = ['core', 'buffer', 'transition'];

/** A feature to write: a polygon or several, on WGS 84. */
export interface AreaFeature {
  rings: PolygonRings[];
  properties: MapFeature['properties'];
}

/**
 * One feature per polygon of each zone that has a geometry. Fields: `zone` (core, buffer, transition), `zone_id`, `name_en`,
 * `name_ru`, `name_kk`, `part` (1 for the first) and `area_ha` [ha].
 * @param areaOf geodesic area of one polygon [m²]
 */
export function partsOfZones(zones: Zone[], areaOf: (rings: PolygonRings) => number): AreaFeature[] {
  const sorted = [...zones].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.id.localeCompare(b.id));
  return sorted.flatMap((zone) =>
    (zone.geometry?.coordinates ?? []).map((rings, i) => ({
      rings: [rings],
      properties: {
        zone: zone.kind,
        zone_id: zone.id,
        name_en: zone.name.en ?? null,
        name_ru: zone.name.ru ?? null,
        name_kk: zone.name.kk ?? null,
        part: i + 1,
        area_ha: Math.round(areaOf(rings)) / 10_000,
      },
    })),
  );
}

/** The geometry of a feature to write. */
export function multiPolygon({ rings }: AreaFeature): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: rings };
}

/** Twice the signed area of a ring in the plane of its coordinates: positive when it runs counter-clockwise. */
export function turn(ring: readonly (readonly [number, number])[]): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i - 1] as [number, number], ring[i] as [number, number]];
    sum += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return sum;
}
