/**
 * Figures as series: all of one indicator at one place that came about in one way, and their values one by one.
 *
 *     for (const series of listReadingSeries(db)) listReadings(db, { series }, { limit: 100 });
 *
 * Places are sites, zones and stations; figures without a time are no part of a series.
 */
import { decodeGeometry } from '../formats/geopackage-binary.ts';
import type { Geometry, Id, LocalText, Observation } from '../types.ts';
import { all, type Db, get, type Param } from './db.ts';
import { type ObservationRow, observationOf } from './observations.ts';
import { put, remove } from './write.ts';

/** What all values of a series share. */
export interface ReadingSeries {
  feature: Id;
  indicator: Id;
  unit: string;
  by_sex: string | null;
  by_age: string | null;
  by_class: string | null;
  role: Observation['role'];
  /** Method and version of the runs; else the source that the rows cite; else the data set. */
  method: string | null;
  version: number | null;
  dataset: Id | null;
  source: Id | null;
}

export interface CountedSeries extends ReadingSeries {
  count: number;
  start: string;
  end: string;
}

/** A value with its number in the dossier. */
export type Reading = Observation & { fid: number };

/** A series that a program opened: it is there before it has values. */
export interface OpenedSeries {
  id: Id;
  feature: Id;
  indicator: Id;
  unit: string;
  class: string | null;
  dataset: Id;
  name: string;
  description: string;
}

export interface PlaceRow {
  id: Id;
  noun: 'sites' | 'zones' | 'stations';
  site: Id;
  name: LocalText;
  kind: string;
  /** Whether its own row has a geometry. */
  drawn: 0 | 1;
  /** When the dossier first knew it; `null` where another program wrote it. */
  added: string | null;
}

const SHARED = `o.feature, o.indicator, o.unit, o.by_sex, o.by_age, o.by_class, o.role, r.method, r.version,
  case when o.from_run is null and o.from_source is null then o.from_dataset end as dataset,
  case when o.from_run is null then o.from_source end as source`;

/** Every series with how much it holds, in the order in which they were begun. */
export function listReadingSeries(db: Db): CountedSeries[] {
  return all<CountedSeries>(
    db,
    `select ${SHARED}, count(*) as count, min(o.period_start) as start, max(o.period_end) as "end"
     from observations o left join runs r on r.id = o.from_run
     where o.period_start is not null and o.period_end is not null
       and o.feature in (select id from features where noun in ('sites', 'zones', 'stations'))
     group by o.feature, o.indicator, o.unit, o.by_sex, o.by_age, o.by_class, o.role, r.method, r.version, dataset, source
     order by min(o.fid)`,
  );
}

/** Sites, zones and stations, in this order. */
export function listPlaces(db: Db): PlaceRow[] {
  const rows = all<Omit<PlaceRow, 'name'> & { name: string }>(
    db,
    `select p.id, p.noun, p.site, p.name, p.kind, p.drawn,
       (select min(at) from audit where audit.noun = p.noun and row_id = p.id and action = 'added') as added from (
       select 1 as place, fid, id, 'sites' as noun, id as site, name, kind, 0 as drawn from sites
       union all select 2, fid, id, 'zones', site, name, kind, geom is not null from zones
       union all select 3, fid, id, 'stations', site, name, 'station', geom is not null from stations) as p order by p.place, p.fid`,
  );
  return rows.map(({ name, ...row }) => ({ ...row, name: JSON.parse(name) as LocalText }));
}

/** The geometry of a zone; `null` where there is none. */
export function zoneGeometry(db: Db, id: Id): Geometry | null {
  const geom = get<{ geom: Uint8Array | null }>(db, 'select geom from zones where id = ?', [id])?.geom ?? null;
  return geom === null ? null : decodeGeometry(geom);
}

/** Which values: of a series, of a place, or of all places of some sites; `null` for all sites. */
export type ReadingsOf = { series: ReadingSeries } | { feature: Id } | { sites: readonly Id[] | null };

export interface ReadingPage {
  /** In the order of storing unless told. */
  order?: readonly { column: 'period_start' | 'value' | 'id'; descending: boolean }[];
  limit?: number;
  skip?: number;
  /** Those stored after this one. */
  after?: number;
}

export function listReadings(
  db: Db,
  of: ReadingsOf,
  { order = [], limit = -1, skip = 0, after = 0 }: ReadingPage = {},
): Reading[] {
  const { where, params } = conditionOf(of);
  const by = [...order.map(({ column, descending }) => `o.${column}${descending ? ' desc' : ''}`), 'o.fid'].join(', ');
  return all<ObservationRow & { fid: number }>(
    db,
    `select o.* from observations o where ${where} and o.fid > ? order by ${by} limit ? offset ?`,
    [...params, after, limit < 0 ? Number.MAX_SAFE_INTEGER : limit, skip],
  ).map((row) => ({ ...observationOf(row), fid: row.fid }));
}

export function countReadings(db: Db, of: ReadingsOf): number {
  const { where, params } = conditionOf(of);
  return get<{ n: number }>(db, `select count(*) as n from observations o where ${where}`, params)?.n ?? 0;
}

/** The value of an id with the series that it is of; `null` where it has none. */
export function getReading(db: Db, id: Id): { reading: Reading; series: ReadingSeries } | null {
  const series = get<ReadingSeries>(
    db,
    `select ${SHARED} from observations o left join runs r on r.id = o.from_run
     where o.id = ? and o.period_start is not null and o.period_end is not null`,
    [id],
  );
  const row = get<ObservationRow & { fid: number }>(db, 'select o.* from observations o where o.id = ?', [id]);
  return series === undefined || row === undefined ? null : { reading: { ...observationOf(row), fid: row.fid }, series };
}

function conditionOf(of: ReadingsOf): { where: string; params: Param[] } {
  const dated = 'o.period_start is not null and o.period_end is not null';
  if ('feature' in of) return { where: `o.feature = ? and ${dated}`, params: [of.feature] };
  if ('sites' in of) {
    if (of.sites === null)
      return {
        where: `o.feature in (select id from features where noun in ('sites', 'zones', 'stations')) and ${dated}`,
        params: [],
      };
    const list = of.sites.length === 0 ? 'null' : of.sites.map(() => '?').join(', ');
    const where = `o.feature in (select id from sites where id in (${list}) union all select id from zones where site in (${list})
      union all select id from stations where site in (${list})) and ${dated}`;
    return { where, params: [...of.sites, ...of.sites, ...of.sites] };
  }
  return seriesCondition(of.series, dated);
}

function seriesCondition(series: ReadingSeries, dated: string): { where: string; params: Param[] } {
  const parts = [dated];
  const params: Param[] = [];
  const equal = (column: string, value: Param): void => {
    parts.push(value === null ? `o.${column} is null` : `o.${column} = ?`);
    if (value !== null) params.push(value);
  };
  for (const column of ['feature', 'indicator', 'unit', 'by_sex', 'by_age', 'by_class', 'role'] as const)
    equal(column, series[column]);
  if (series.method !== null) {
    parts.push('o.from_run in (select id from runs where method = ? and version = ?)');
    params.push(series.method, series.version);
  } else {
    equal('from_run', null);
    equal('from_source', series.source);
    if (series.source === null) equal('from_dataset', series.dataset);
  }
  return { where: parts.join(' and '), params };
}

/** The series that programs opened, in the order they did. */
export function listOpened(db: Db): OpenedSeries[] {
  return all<OpenedSeries>(
    db,
    'select id, feature, indicator, unit, by_class as class, dataset, name, description from datastreams order by fid',
  );
}

export function putOpened(db: Db, by: string, { class: byClass, ...rest }: OpenedSeries): void {
  put(db, 'datastreams', by, { ...rest, by_class: byClass });
}

export function removeOpened(db: Db, by: string, id: Id): void {
  remove(db, 'datastreams', by, id);
}
