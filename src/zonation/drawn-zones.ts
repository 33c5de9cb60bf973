/** The zones that a site's map shows now, for a transboundary whole that has no map of its own those of its parts. */
import type { DrawnZone, PolygonRings, Zone } from '../types.ts';
import { unique, zoneKinds } from './figures.ts';
import { currentZones, type SiteFacts, sourceText } from './site-facts.ts';
import type { PartTopology } from './topology.ts';

/** The zones of the site itself that are drawn. */
export function ownDrawnZones(facts: SiteFacts): DrawnZone[] {
  return zoneKinds.flatMap((kind) => currentZones(facts, kind)).filter(isDrawn);
}

export function drawnZones(facts: SiteFacts): DrawnZone[] {
  const own = ownDrawnZones(facts);
  return own.length > 0 ? own : facts.parts.flatMap(drawnZones);
}

/** Whether the map of a transboundary whole is nothing but the maps of its parts. */
export function isDrawnByParts(facts: SiteFacts): boolean {
  return facts.parts.length > 0 && ownDrawnZones(facts).length === 0;
}

/** Where zones come from: addresses or titles. */
export function mapSources(facts: SiteFacts, zones: Zone[] = drawnZones(facts)): string[] {
  return unique(zones.map((zone) => sourceText(facts, zone.from)));
}

/** The polygon of a part, as the map has it; `null` where the zone is not there. */
export function polygonOf(facts: SiteFacts, { zone, part }: PartTopology): PolygonRings | null {
  return drawnZones(facts).find(({ id }) => id === zone)?.geometry.coordinates[part] ?? null;
}

function isDrawn(zone: Zone): zone is DrawnZone {
  return zone.geometry?.coordinates.some(([outer = []]) => outer.length > 3) ?? false;
}
