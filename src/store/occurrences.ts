/**
 * Taxa and where they were seen. There is one door to the places: whoever may not know those of sensitive species is given the
 * cell of a grid, with its size and the reason, and none of the fields that could tell more.
 *
 *     listOccurrences(db, { site: 'almaty', exact: visitor.may('editor', 'almaty') })
 */
import { decodePoint, encodePoint } from '../formats/geopackage-binary.ts';
import type { Occurrence, Taxon } from '../life-types.ts';
import { generalised } from '../science/generalise.ts';
import type { Extent, Id, LocalText, Position } from '../types.ts';
import { all, type Db, get, type Param, run, transaction } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

/** An occurrence as it may be shown. */
export interface ShownOccurrence extends Omit<Occurrence, 'from'> {
  name: string;
  /** How the place was made coarser; `null` where it is as recorded. Darwin Core dataGeneralizations. */
  generalised: { gridDeg: number | null; reason: string } | null;
  from: Occurrence['from'] | null;
}

export interface OccurrenceQuery {
  site?: Id;
  taxon?: Id;
  /** Places as they are shown that lie within, edges included. */
  within?: Extent;
  /** Whether the caller may know the places of sensitive species. */
  exact: boolean;
  /** Those after this one, in the order of storing. */
  after?: number;
  limit?: number;
}

interface Row extends OriginColumns {
  fid: number;
  id: Id;
  site: Id | null;
  taxon: Id;
  geom: Uint8Array | null;
  period_start: string | null;
  period_end: string | null;
  uncertainty_m: number | null;
  count: number | null;
  basis: string | null;
  recorded_by: string | null;
  fields: string;
  name: string;
  sensitivity: Taxon['sensitivity'];
  sensitivity_reason: string | null;
}

type TaxonRow = Pick<Taxon, 'id' | 'name' | 'rank' | 'parent' | 'sensitivity'> & {
  vernacular: string;
  categories: string;
  sensitivity_reason: string | null;
};

/** What may be told of a sensitive species besides when and what: terms that hold no place. */
const TELLS_NO_PLACE = new Set([
  'occurrenceStatus', // else what was looked for and not found would count as found
  'captive', // … and what is kept by people as living here
  'degreeOfEstablishment',
  'establishmentMeans',
  'sex',
  'lifeStage',
  'individualCount',
  'basisOfRecord',
  'licence',
  'license',
  'kingdom',
  'class',
]);

/** The coarsest grid [deg]: no shown place lies farther from the recorded one along either axis. */
const COARSEST = 0.1;

export function putTaxon(db: Db, by: string, taxon: Taxon): Change {
  return put(db, 'taxa', by, {
    id: taxon.id,
    name: taxon.name,
    rank: taxon.rank,
    parent: taxon.parent,
    vernacular: JSON.stringify(taxon.vernacular),
    categories: JSON.stringify(taxon.categories),
    sensitivity: taxon.sensitivity,
    sensitivity_reason: taxon.sensitivityReason,
  });
}

export function listTaxa(db: Db): Taxon[] {
  const rows = all<TaxonRow>(
    db,
    'select id, name, rank, parent, vernacular, categories, sensitivity, sensitivity_reason from taxa order by name',
  );
  return rows.map(({ vernacular, categories, sensitivity_reason, ...taxon }) => ({
    ...taxon,
    vernacular: JSON.parse(vernacular) as LocalText,
    categories: JSON.parse(categories) as Record<string, string>,
    sensitivityReason: sensitivity_reason,
  }));
}

export function putOccurrence(db: Db, by: string, one: Occurrence): Change {
  return transaction(db, () => {
    const change = put(db, 'occurrences', by, {
      id: one.id,
      site: one.site,
      taxon: one.taxon,
      geom: one.place === null ? null : encodePoint(one.place),
      period_start: one.period?.start ?? null,
      period_end: one.period?.end ?? null,
      uncertainty_m: one.uncertaintyM,
      count: one.count,
      basis: one.basis,
      recorded_by: one.recordedBy,
      fields: JSON.stringify(one.fields),
      ...originColumns(one.from),
    });
    if (change !== 'same' && one.place !== null) widenContents(db, one.place);
    return change;
  });
}

/** How many there are of a site, or in all. */
export function countOccurrences(db: Db, site?: Id): number {
  const where = site === undefined ? '' : ' where site = ?';
  return get<{ n: number }>(db, `select count(*) as n from occurrences${where}`, site === undefined ? [] : [site])?.n ?? 0;
}

/**
 * Occurrences as the caller may see them, in the order of storing. A box is laid over the places as shown: to ask for smaller
 * and smaller boxes tells no more than one answer.
 */
export function listOccurrences(db: Db, query: OccurrenceQuery): (ShownOccurrence & { fid: number })[] {
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  const found: (ShownOccurrence & { fid: number })[] = [];
  let after = query.after ?? 0;
  for (;;) {
    const want = Math.min(limit - found.length, 10_000);
    if (want <= 0) return found;
    const rows = stored(db, { ...query, after, limit: want });
    for (const row of rows) {
      const shown = shownOf(row, query.exact);
      if (query.within === undefined || (shown.place !== null && inside(shown.place, query.within))) found.push(shown);
    }
    if (rows.length < want) return found;
    after = rows.at(-1)?.fid ?? after;
  }
}

export function getOccurrence(db: Db, id: Id, exact: (site: Id | null) => boolean): ShownOccurrence | null {
  const row = get<Row>(db, `select ${COLUMNS} from occurrences o join taxa t on t.id = o.taxon where o.id = ?`, [id]);
  return row === undefined ? null : shownOf(row, exact(row.site));
}

const COLUMNS = `o.fid, o.id, o.site, o.taxon, o.geom, o.period_start, o.period_end, o.uncertainty_m, o.count, o.basis, o.recorded_by,
  o.fields, o.from_run, o.from_dataset, o.from_row, o.from_source, o.from_page, o.from_quote, t.name, t.sensitivity, t.sensitivity_reason`;

function stored(db: Db, { site, taxon, within, after = 0, limit }: OccurrenceQuery): Row[] {
  const wheres = ['o.fid > ?'];
  const params: Param[] = [after];
  const add = (where: string, ...values: Param[]): void => {
    wheres.push(where);
    params.push(...values);
  };
  if (site !== undefined) add('o.site = ?', site);
  if (taxon !== undefined) add('o.taxon = ?', taxon);
  if (within !== undefined) {
    const [west, south, east, north] = within;
    const across = west <= east ? '(r.maxx >= ? and r.minx <= ?)' : '(r.maxx >= ? or r.minx <= ?)';
    add(
      `o.fid in (select r.id from rtree_occurrences_geom r where ${across} and r.maxy >= ? and r.miny <= ?)`,
      west - COARSEST,
      east + COARSEST,
      south - COARSEST,
      north + COARSEST,
    );
  }
  return all<Row>(
    db,
    `select ${COLUMNS} from occurrences o join taxa t on t.id = o.taxon where ${wheres.join(' and ')} order by o.fid limit ?`,
    [...params, limit ?? -1],
  );
}

function shownOf(row: Row, exact: boolean): ShownOccurrence & { fid: number } {
  const { geom, period_start, period_end, uncertainty_m, recorded_by, fields, sensitivity, sensitivity_reason, ...rest } = row;
  const { from_run, from_dataset, from_row, from_source, from_page, from_quote, ...columns } = rest;
  const origin = { from_run, from_dataset, from_row, from_source, from_page, from_quote };
  const place = geom === null ? null : decodePoint(geom);
  const known = JSON.parse(fields) as Record<string, string>;
  const period = period_start === null || period_end === null ? null : { start: period_start, end: period_end };
  if (exact || sensitivity === null) {
    const from = originOf(origin) as Occurrence['from'];
    return {
      ...columns,
      place,
      period,
      uncertaintyM: uncertainty_m,
      recordedBy: recorded_by,
      fields: known,
      generalised: null,
      from,
    };
  }
  const open = openPlace({ place, uncertaintyM: uncertainty_m }, sensitivity);
  return {
    ...columns,
    place: open.place,
    period,
    uncertaintyM: open.uncertaintyM,
    recordedBy: null,
    fields: Object.fromEntries(Object.entries(known).filter(([term]) => TELLS_NO_PLACE.has(term))),
    generalised: { gridDeg: open.generalised.gridDeg, reason: sensitivity_reason ?? '' },
    from: null, // a row of a source may say where
  };
}

/** Where a record of a sensitive species lies as anybody may know it: somewhere in a cell of a grid, or at no place. */
export function openPlace(
  { place, uncertaintyM }: Pick<Occurrence, 'place' | 'uncertaintyM'>,
  sensitivity: NonNullable<Taxon['sensitivity']>,
): Pick<Occurrence, 'place' | 'uncertaintyM'> & { generalised: { gridDeg: number | null } } {
  const coarse = place === null ? null : generalised(place, sensitivity);
  if (coarse === null) return { place: null, uncertaintyM: null, generalised: { gridDeg: null } };
  const { gridDeg } = coarse;
  return { place: coarse.place, uncertaintyM: Math.max(coarse.uncertaintyM, uncertaintyM ?? 0), generalised: { gridDeg } };
}

function inside([lon, lat]: Position, [west, south, east, north]: Extent): boolean {
  const across = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return across && lat >= south && lat <= north;
}

/** GeoPackage readers zoom to the extent in `gpkg_contents`; it only ever has to be wide enough. */
function widenContents(db: Db, [lon, lat]: Position): void {
  run(
    db,
    `update gpkg_contents set min_x = min(coalesce(min_x, ?), ?), min_y = min(coalesce(min_y, ?), ?),
       max_x = max(coalesce(max_x, ?), ?), max_y = max(coalesce(max_y, ?), ?), last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
     where table_name = 'occurrences'`,
    [lon, lon, lat, lat, lon, lon, lat, lat],
  );
}
