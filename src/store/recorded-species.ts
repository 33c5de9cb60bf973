/**
 * What the occurrences of a site say of its species, gathered in one pass: zones, years and datasets of each.
 *
 *     recordedSpecies(db, 'korgalzhyn', ownDrawnZones(facts))?.species[0]
 *     // { name: 'Anser erythropus (Linnaeus, 1758)', zones: ['korgalzhyn/core'], last: 2025, origins: ['life/4f1b…'], … }
 *
 * A record counts by the rules of the indicators (`run/species-presence.ts`); what does not is counted apart.
 */
import { decodePoint } from '../formats/geopackage-binary.ts';
import { SITE } from '../indicators/source-indicator.ts';
import type { Taxon } from '../life-types.ts';
import { groupOfClass } from '../review/species-group.ts';
import { forbidsCommerce, type RecordedSpecies, type RecordOrigin, type SiteSpecies } from '../review/species-recorded.ts';
import { isAbsent, isInvasive, isKept, kindsOf, presenceZone } from '../run/species-presence.ts';
import { type ZoneIndex, zoneIndex } from '../science/zone-probability.ts';
import type { DrawnZone, Id, LocalText } from '../types.ts';
import { all, type Db, each, get } from './db.ts';
import { listTaxa, openPlace } from './occurrences.ts';

interface Row {
  taxon: Id;
  geom: Uint8Array | null;
  period_start: string | null;
  uncertainty_m: number | null;
  count: number | null;
  basis: string | null;
  fields: string;
  from_dataset: Id | null;
  from_source: Id | null;
}

/** A species while its records are gathered. */
interface Gathered extends Omit<RecordedSpecies, 'also' | 'origins' | 'zones' | 'openZones'> {
  also: Set<string>;
  origins: Set<Id>;
  zones: Set<number>;
  openZones: Set<number>;
}

/** How an import says that nobody told it (`occurrence-import.ts`). */
const NOT_STATED = 'not stated';

/**
 * @param site one site, or a whole and its parts
 * @param zones the zones of the site as they are drawn now; where there is none, every record counts for the site
 */
export function recordedSpecies(db: Db, site: Id | readonly Id[], zones: readonly DrawnZone[]): SiteSpecies | null {
  const sites = typeof site === 'string' ? [site] : site;
  const marks = sites.map(() => '?').join(', ');
  if (get(db, `select 1 from occurrences where site in (${marks}) limit 1`, [...sites]) === undefined) return null;
  const taxa = listTaxa(db);
  const byId = new Map(taxa.map((taxon) => [taxon.id, taxon]));
  const kinds = kindsOf(taxa);
  const index = zones.length === 0 ? null : zoneIndex(zones);
  const found = new Map<Id, Gathered>();
  const origins = new Map<Id, RecordOrigin>();
  const closed = licences();
  const left = { outside: 0, notSpecies: 0, absent: 0, kept: 0 };
  let records = 0;
  const take = (row: Row): void => {
    const fields = JSON.parse(row.fields) as Record<string, string>;
    const taxon = byId.get(row.taxon);
    const kind = kinds(row.taxon);
    const absent = isAbsent({ count: row.count, fields });
    const zone = absent || taxon === undefined ? null : zonesOf(row, taxon.sensitivity, index);
    if (absent) left.absent++;
    else if (isKept({ basis: row.basis, fields })) left.kept++;
    else if (kind === null || taxon === undefined) left.notSpecies++;
    else if (zone === null) left.outside++;
    else {
      const of = found.get(kind.species) ?? blank(byId.get(kind.species) ?? taxon, kind.invasive);
      found.set(kind.species, of);
      add(of, row, { fields, zone, sensitive: taxon.sensitivity !== null });
      of.group ??= groupOfClass(kind.group ?? fields.class ?? null);
      const origin = originOf(db, row, origins);
      of.origins.add(origin.id);
      origin.records++;
      if (closed(fields.license ?? origin.licence)) origin.nonCommercial++;
      records++;
    }
  };
  each<Row, void>(
    db,
    `select taxon, geom, period_start, uncertainty_m, "count", basis, fields, from_dataset, from_source from occurrences where site in (${marks})
     order by taxon, fid`, // as the index has them
    [...sites],
    take,
  );
  const idsOf = (places: ReadonlySet<number>): Id[] => [...places].sort((a, b) => a - b).map((place) => zones[place]?.id ?? '');
  return {
    species: [...found.values()]
      .map((one) => ({
        ...one,
        also: [...one.also].sort(),
        origins: [...one.origins].sort(),
        zones: idsOf(one.zones),
        openZones: idsOf(one.openZones),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.taxon < b.taxon ? -1 : 1)),
    zones: zones.map(({ id, kind }) => ({ id, kind })),
    origins: [...origins.values()].sort((a, b) => b.records - a.records || (a.id < b.id ? -1 : 1)),
    records,
    left,
  };
}

/** One record more of a species. */
function add(
  of: Gathered,
  { taxon, period_start }: Row,
  { fields, zone, sensitive }: { fields: Record<string, string>; zone: ZonePair; sensitive: boolean },
): void {
  const year = period_start === null ? null : Number(period_start.slice(0, 4));
  of.records++;
  of.sensitive ||= sensitive;
  of.invasive ||= isInvasive(fields);
  // of a subspecies it is another name than that of the species
  if (fields.verbatimScientificName !== undefined && taxon === of.taxon) of.also.add(fields.verbatimScientificName);
  if (zone.exact !== SITE) of.zones.add(zone.exact);
  if (year === null) of.undated++;
  else {
    of.first = Math.min(of.first ?? year, year);
    of.last = Math.max(of.last ?? year, year);
    if (zone.open !== SITE) of.openZones.add(zone.open);
  }
}

/** Whether a licence forbids commercial use; each is read once. */
function licences(): (licence: string | null) => boolean {
  const known = new Map<string | null, boolean>();
  return (licence) => {
    const closed = known.get(licence) ?? forbidsCommerce(licence);
    known.set(licence, closed);
    return closed;
  };
}

/** Places in the list of zones, or `SITE`: as recorded, and as anybody may know it. */
interface ZonePair {
  exact: number;
  open: number;
}

/** `null` where it lies beside the site. */
function zonesOf({ geom, uncertainty_m }: Row, sensitivity: Taxon['sensitivity'], index: ZoneIndex | null): ZonePair | null {
  if (index === null || geom === null) return { exact: SITE, open: SITE };
  const place = { place: decodePoint(geom), uncertaintyM: uncertainty_m };
  const exact = presenceZone(place, index);
  if (sensitivity === null) return exact === null ? null : { exact, open: exact };
  // who may not know its place cannot know that it lies beside the site: its record belongs to the site in any case
  return { exact: exact ?? SITE, open: presenceZone(openPlace(place, sensitivity), index) ?? SITE };
}

function blank(taxon: Taxon, invasive: boolean): Gathered {
  const { id, name, vernacular, categories } = taxon;
  return {
    ...{ taxon: id, name, also: new Set(), vernacular, categories, group: null, sensitive: taxon.sensitivity !== null, invasive },
    ...{ records: 0, undated: 0, first: null, last: null, origins: new Set(), zones: new Set(), openZones: new Set() },
  };
}

function originOf(db: Db, { from_dataset, from_source }: Row, known: Map<Id, RecordOrigin>): RecordOrigin {
  const id = from_dataset ?? from_source ?? 'by-hand';
  const before = known.get(id);
  if (before !== undefined) return before;
  const noun = from_dataset === null ? 'sources' : 'datasets';
  const citation = from_dataset === null ? 'null' : 'attribution';
  const row = get<Record<'title' | 'href' | 'licence' | 'citation', string | null>>(
    db,
    `select title, href, licence, ${citation} as citation from ${noun} where id = ?`,
    [id],
  );
  const written = get<{ at: string | null }>(db, 'select min(at) as at from audit where noun = ? and row_id = ?', [noun, id]);
  const said = (words: string | null | undefined): string | null => (words === NOT_STATED ? null : (words ?? null));
  const made: RecordOrigin = {
    id,
    title: from_dataset === null ? { en: row?.title ?? id } : (JSON.parse(row?.title ?? '{}') as LocalText),
    citation: said(row?.citation),
    href: row?.href ?? null,
    licence: said(row?.licence),
    since: written?.at?.slice(0, 10) ?? null,
    records: 0,
    nonCommercial: 0,
  };
  known.set(id, made);
  return made;
}

/** Datasets that records of these sites come from. */
export function occurrenceDatasets(db: Db, sites: readonly Id[]): Set<Id> {
  const rows = all<{ id: Id }>(
    db,
    `select d.id from datasets d where d.kind = 'occurrences'
       and exists (select 1 from occurrences o where o.from_dataset = d.id and o.site in (${sites.map(() => '?').join(', ')}))`,
    [...sites],
  );
  return new Set(rows.map(({ id }) => id));
}
