/** One reserve with all that its map and page show, without the geometries themselves. */
import type { FindingShown, RepairShown, SiteDetail } from '../api/sites.ts';
import { t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { extent } from '../science/extent.ts';
import { countOccurrences } from '../store/occurrences.ts';
import { canUndoZoneMap, type DocumentLine, listSiteDocuments } from '../store/site-documents.ts';
import { placeOfSite } from '../store/site-place.ts';
import { getSite } from '../store/sites.ts';
import { currentMap } from '../store/zonations.ts';
import type { DrawnZone, Finding, Id, Lang, Position, Repair } from '../types.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import { isMapped } from '../zonation/examine.ts';
import { computedZoneArea, zoneArea, zoneKinds } from '../zonation/figures.ts';
import { currentZones, type SiteFacts } from '../zonation/site-facts.ts';
import { zoneSummaries } from '../zonation/zone-summary.ts';
import type { ServerContext } from './context.ts';
import { countCorridors } from './corridors-shown.ts';
import { overviewOf } from './site-overview.ts';
import { placeLayers } from './site-places.ts';
import type { Visitor } from './visitor.ts';

/** @throws Problem `site-unknown`. */
export async function siteDetail(context: ServerContext, visitor: Visitor, site: Id, lang: Lang): Promise<SiteDetail> {
  const { db } = context;
  const { facts, findings } = await context.status(site);
  const whole = facts.site.parent === null ? null : getSite(db, facts.site.parent);
  const map = currentMap(db, site);
  return {
    site: await overviewOf(context, site),
    designations: facts.designations.map(({ kind, code, year, date }) => ({ kind, code, year, date })),
    parts: facts.parts.map((part) => ({ id: part.site.id, name: part.site.name })),
    whole: whole === null ? null : { id: whole.id, name: whole.name },
    extent: extentOf(context, facts),
    zones: zonesNow(facts),
    areas: zoneKinds.map((kind) => ({
      kind,
      declaredHa: zoneArea(facts, kind)?.value ?? null,
      computedHa: computedZoneArea(facts, kind)?.value ?? null,
    })),
    findings: findings.map(findingShown),
    map:
      map === null
        ? null
        : {
            name: map.name,
            crs: map.crs,
            notes: map.notes.map(({ code, details }) => t(lang, `notes.${code}`, details)),
            repairs: map.repairs.map(repairShown),
          },
    layers: await placeLayers(context, visitor, site),
    occurrences: countOccurrences(db, site),
    corridors: countCorridors(db, site),
    earlier: earlierZonations(facts),
    documents: documentsFor(context, visitor, site),
    undo: canUndoZoneMap(db, site),
  };
}

/** The zones of a site as they are now, or as they were until the day `until`. @throws Problem `not-found` */
export function zonesOf(facts: SiteFacts, until: string | undefined): DrawnZone[] {
  if (until === undefined || until === 'now') return drawnZones(facts);
  const found = facts.zones.filter((zone) => zone.valid.end === until).filter(isMapped);
  if (found.length === 0) throw new Problem('not-found');
  return found;
}

export function findingShown({ rule, severity, zones, text, sources, place }: Finding): FindingShown {
  return { rule, severity, zones, text, sources, place: place === null ? null : { ...place } };
}

export function repairShown({ kind, zone, areaHa, text, place }: Repair): RepairShown {
  return { kind, zone, areaHa, text, place: place === null ? null : { ...place } };
}

/** Files that the visitor may take; what is not a zone map may hold what is not for everybody. */
export function documentsFor({ db }: ServerContext, visitor: Visitor, site: Id): DocumentLine[] {
  const shown = visitor.may('contributor', site) ? ['zone-map', 'review', 'other'] : ['zone-map'];
  return listSiteDocuments(db, site).filter(({ kind, size }) => shown.includes(kind) && size !== null);
}

const summaries = new WeakMap<SiteFacts, ReturnType<typeof zoneSummaries>>();

/** Areas and points within, reckoned once for the same facts. */
export function summariesOf(facts: SiteFacts): ReturnType<typeof zoneSummaries> {
  const known = summaries.get(facts) ?? zoneSummaries(facts);
  summaries.set(facts, known);
  return known;
}

function zonesNow(facts: SiteFacts): SiteDetail['zones'] {
  const current = new Set(zoneKinds.flatMap((kind) => currentZones(facts, kind)).map(({ id }) => id));
  return summariesOf(facts)
    .filter(({ id }) => current.has(id))
    .map(({ id, kind, name, parts, areaHa, declaredHa, representativePoint: point }) => ({
      id,
      kind,
      name,
      parts,
      areaHa,
      declaredHa,
      point: point === null ? null : (point.coordinates as Position),
    }));
}

function earlierZonations(facts: SiteFacts): SiteDetail['earlier'] {
  const ended = facts.zones.filter(isMapped).flatMap(({ valid: { start, end } }) => (end === null ? [] : [{ start, end }]));
  const byEnd = new Map(ended.map((valid) => [valid.end, valid]));
  return [...byEnd.values()].toSorted((a, b) => b.end.localeCompare(a.end));
}

/** All zones, else what is declared. */
function extentOf({ db }: ServerContext, facts: SiteFacts): SiteDetail['extent'] {
  const polygons = drawnZones(facts).flatMap(({ geometry }) => geometry.coordinates);
  return polygons.length > 0 ? extent({ type: 'MultiPolygon', coordinates: polygons }) : placeOfSite(db, facts.site.id);
}
