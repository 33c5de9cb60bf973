/**
 * One line for each zone of a site: what is declared and what the map gives, side by side.
 */
import { geodesicArea } from '../science/areas.ts';
import { extent } from '../science/extent.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { Extent, Id, LocalText, Point, ZoneKind } from '../types.ts';
import { declared, type SiteFacts } from './site-facts.ts';

export interface ZoneSummary {
  id: Id;
  kind: ZoneKind;
  name: LocalText;
  /** Geodesic area of the geometry [ha]; `null` without one. */
  areaHa: number | null;
  /**
   * As the principal source declares it for the zone of this id [ha]; `null` where none does. Where a map draws several
   * zones of a kind, the first carries what is declared for the kind.
   */
  declaredHa: number | null;
  /** Polygons the zone consists of; 0 without a geometry. */
  parts: number;
  /** A point that is certainly inside. */
  representativePoint: Point | null;
  extent: Extent | null;
}

export function zoneSummaries(facts: SiteFacts): ZoneSummary[] {
  return facts.zones.map(({ id, kind, name, geometry }) => ({
    id,
    kind,
    name,
    areaHa: geometry === null ? null : geodesicArea(geometry) / 1e4,
    declaredHa: declared(facts, id, 'area', 'har')[0]?.value ?? null,
    parts: geometry?.coordinates.length ?? 0,
    representativePoint: geometry === null ? null : { type: 'Point', coordinates: [...representativePoint(geometry)] },
    extent: geometry === null ? null : [...extent(geometry)],
  }));
}
