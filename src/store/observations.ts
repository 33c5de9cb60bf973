/** Observations and the runs they came from. */
import type { Id, Observation, Run } from '../types.ts';
import { all, type Db, each, get } from './db.ts';
import { type OriginColumns, originColumns, originOf } from './origins.ts';
import { type Change, put } from './write.ts';

/** A row of `observations` as it is stored. */
export type ObservationRow = Omit<Observation, 'period' | 'by' | 'approximate' | 'from'> &
  OriginColumns & {
    period_start: string | null;
    period_end: string | null;
    by_sex: Observation['by']['sex'] | null;
    by_age: string | null;
    by_class: string | null;
    approximate: 0 | 1;
  };
type RunRow = Omit<Run, 'software' | 'inputs' | 'params'> & { software: string; inputs: string; params: string };

const COLUMNS = `id, indicator, feature, period_start, period_end, value, unit, low, high, level, n, by_sex, by_age, by_class,
  role, quality, approximate, note, from_run, from_dataset, from_row, from_source, from_page, from_quote`;

export function putObservation(db: Db, who: string, { period, by, approximate, from, ...rest }: Observation): Change {
  return put(db, 'observations', who, {
    ...rest,
    period_start: period?.start ?? null,
    period_end: period?.end ?? null,
    by_sex: by.sex ?? null,
    by_age: by.age ?? null,
    by_class: by.class ?? null,
    approximate: approximate ? 1 : 0,
    ...originColumns(from),
  });
}

/** Every observation of the dossier, in the order they were added. */
export function listObservations(db: Db): Observation[] {
  return all<ObservationRow>(db, `select ${COLUMNS} from observations order by fid`).map(observationOf);
}

/**
 * Figures that sentences are held against: all that was declared or computed, and what was observed but for series of more than
 * `longest` readings, which are measurements and not statements; of `named` indicators and ids, all.
 */
export function listFigures(
  db: Db,
  { longest, indicators, ids }: { longest: number; indicators: ReadonlySet<Id>; ids: ReadonlySet<Id> },
): Observation[] {
  const marks = (values: ReadonlySet<Id>): string => ['null', ...[...values].map(() => '?')].join(', ');
  return each<ObservationRow, Observation>(
    db,
    `select ${COLUMNS} from observations where fid in (
       select fid from observations where role <> 'observed'
       union
       select one.fid from (
         select feature, indicator from observations group by feature, indicator
         having count(*) <= ? or indicator in (${marks(indicators)})
       ) as series join observations as one on one.feature = series.feature and one.indicator = series.indicator
       union
       select fid from observations where id in (${marks(ids)})
     ) order by fid`,
    [longest, ...indicators, ...ids],
    observationOf,
  );
}

/** How many observations there are. */
export const countObservations = (db: Db): number => get<{ n: number }>(db, 'select count(*) as n from observations', [])?.n ?? 0;

/** What is read of the readings of gauges, which are many: those by a few indicators, or of each series the last of every year. */
export type Observed = readonly Id[] | 'yearly';

/**
 * The observations of a site and of its zones.
 * @param options.observed what is read of all that was observed, besides what was declared or computed; everything without it
 */
export function listObservationsOfSite(db: Db, site: Id, { observed }: { observed?: Observed } = {}): Observation[] {
  const features =
    'feature in (select ? union all select id from zones where site = ? union all select id from stations where site = ?)';
  const own = [site, site, site];
  if (observed === undefined) {
    const sql = `select ${COLUMNS} from observations where ${features} order by fid`;
    return each<ObservationRow, Observation>(db, sql, own, observationOf);
  }
  const readings =
    observed === 'yearly'
      ? `fid in (select max(fid) from observations where ${features} and role = 'observed'
           group by feature, indicator, by_sex, by_age, by_class, unit, quality, value is null, substr(period_start, 1, 4))`
      : `${features} and role = 'observed' and indicator in (${['null', ...observed.map(() => '?')].join(', ')})`;
  return all<ObservationRow>(
    db,
    `select ${COLUMNS} from (
       select fid, ${COLUMNS} from observations where ${features} and role <> 'observed'
       union all
       select fid, ${COLUMNS} from observations where ${readings}
     ) as read order by fid`,
    [...own, ...own, ...(observed === 'yearly' ? [] : observed)],
  ).map(observationOf);
}

/** The observations of one feature by these indicators. */
export function listObservationsOf(db: Db, feature: Id, indicators: readonly Id[]): Observation[] {
  return all<ObservationRow>(
    db,
    `select ${COLUMNS} from observations where feature = ? and indicator in (${indicators.map(() => '?').join(', ')}) order by fid`,
    [feature, ...indicators],
  ).map(observationOf);
}

/** The observations of some features by one indicator, in the order they were recorded. */
export function listObservationsOfFeatures(db: Db, features: readonly Id[], indicator: Id): Observation[] {
  return all<ObservationRow>(
    db,
    `select ${COLUMNS} from observations where feature in (${features.map(() => '?').join(', ')}) and indicator = ? order by fid`,
    [...features, indicator],
  ).map(observationOf);
}

/** How many values were observed of some features, by indicator. */
export function countObserved(db: Db, features: readonly Id[]): Map<Id, number> {
  const rows = all<{ indicator: Id; n: number }>(
    db,
    `select indicator, count(*) as n from observations where feature in (${features.map(() => '?').join(', ')})
     and role = 'observed' and value is not null group by indicator`,
    [...features],
  );
  return new Map(rows.map(({ indicator, n }) => [indicator, n]));
}

/** How many observations of a site and its zones come from each data set. */
export function countFromDatasets(db: Db, site: Id): Map<Id, number> {
  const rows = all<{ dataset: Id; n: number }>(
    db,
    `select from_dataset as dataset, count(*) as n from observations
     where feature in (select ? union all select id from zones where site = ? union all select id from stations where site = ?)
       and from_dataset is not null group by from_dataset`,
    [site, site, site],
  );
  return new Map(rows.map(({ dataset, n }) => [dataset, n]));
}

/** The observations of records of one kind, whose ids begin with `prefix`. */
export function listObservationsNamed(db: Db, prefix: string): Observation[] {
  return all<ObservationRow>(db, `select ${COLUMNS} from observations where id >= ? and id < ? order by fid`, [
    prefix,
    `${prefix}\u{10FFFF}`,
  ]).map(observationOf);
}

/** The observations of activities, in the order they were added. */
export function listObservationsOfActivities(db: Db): Observation[] {
  return all<ObservationRow>(
    db,
    `select ${COLUMNS} from observations where feature in (select id from activities) order by fid`,
  ).map(observationOf);
}

export function getObservation(db: Db, id: Id): Observation | null {
  const row = get<ObservationRow>(db, `select ${COLUMNS} from observations where id = ?`, [id]);
  return row === undefined ? null : observationOf(row);
}

export function putRun(db: Db, by: string, { software, inputs, params, ...rest }: Run): Change {
  return put(db, 'runs', by, {
    ...rest,
    software: JSON.stringify(software),
    inputs: JSON.stringify(inputs),
    params: JSON.stringify(params),
  });
}

export function getRun(db: Db, id: Id): Run | null {
  const row = get<RunRow>(
    db,
    'select id, indicator, method, version, software, inputs, params, started, ended, status, skipped from runs where id = ?',
    [id],
  );
  if (row === undefined) return null;
  return {
    ...row,
    software: JSON.parse(row.software) as Run['software'],
    inputs: JSON.parse(row.inputs) as Run['inputs'],
    params: JSON.parse(row.params) as Run['params'],
  };
}

/** A stored row as an observation. */
export function observationOf(row: ObservationRow): Observation {
  const { period_start, period_end, by_sex, by_age, by_class, approximate } = row;
  return {
    id: row.id,
    indicator: row.indicator,
    feature: row.feature,
    period: period_start === null || period_end === null ? null : { start: period_start, end: period_end },
    value: row.value,
    unit: row.unit,
    low: row.low,
    high: row.high,
    level: row.level,
    n: row.n,
    by: {
      ...(by_sex === null || by_sex === undefined ? {} : { sex: by_sex }),
      ...(by_age === null ? {} : { age: by_age }),
      ...(by_class === null ? {} : { class: by_class }),
    },
    role: row.role,
    quality: row.quality,
    approximate: approximate === 1,
    note: row.note,
    from: originOf(row),
  };
}
