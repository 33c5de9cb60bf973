/**
 * The hydrological series of a dossier: what each source says of each variable at each station or water, held to the rules again.
 *
 *     for (const one of listSeries(db, { site: 'aral-sea-north' })) one.report.counts.flat;
 */
import { qualityOf } from '../formats/water-quality.ts';
import { point, type SeriesInterval, type SeriesPoint, VARIABLES, type WaterVariable } from '../formats/water-series.ts';
import type { QualityReport } from '../science/series-quality.ts';
import { impossibleVolumes, type LevelArea } from '../science/series-volumes.ts';
import type { Id, LocalText, Period } from '../types.ts';
import { convert } from '../units.ts';
import { all, type Db } from './db.ts';

export interface KeptSeries {
  feature: Id;
  name: LocalText;
  variable: WaterVariable;
  /** Zero of heights or kind; empty where there is none. */
  class: string;
  /** The source or data set. */
  from: Id;
  interval: SeriesInterval;
  points: SeriesPoint[];
  report: QualityReport;
  doubtful: number;
}

interface Row {
  id: Id;
  indicator: WaterVariable;
  feature: Id;
  name: string;
  period_start: string;
  period_end: string;
  value: number | null;
  unit: string;
  by_class: string | null;
  quality: string;
  from_dataset: string | null;
  from_row: string | null;
  from_source: string | null;
}

/** The series in the order in which they were stored; figures without a period are no part of one. */
export function listSeries(db: Db, { site }: { site?: Id } = {}): KeptSeries[] {
  const names = Object.keys(VARIABLES);
  const where = site === undefined ? '' : 'and o.feature in (select ? union all select id from stations where site = ?)';
  const rows = all<Row>(
    db,
    `select o.id, o.indicator, o.feature, coalesce(st.name, si.name) as name, o.period_start, o.period_end, o.value, o.unit, o.by_class,
       o.quality, o.from_dataset, o.from_row, o.from_source
     from observations o left join stations st on st.id = o.feature left join sites si on si.id = o.feature
     where o.indicator in (${names.map(() => '?').join(', ')}) and o.role in ('observed', 'declared') and o.period_start is not null
       and o.period_end is not null and coalesce(st.id, si.id) is not null ${where} order by o.fid`,
    [...names, ...(site === undefined ? [] : [site, site])],
  );
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const interval = intervalOf({ start: row.period_start, end: row.period_end });
    const key = [row.feature, row.indicator, row.by_class ?? '', row.from_source ?? row.from_dataset ?? '', interval].join(
      '\u0000',
    );
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((own) => seriesOf(own) ?? []);
}

function seriesOf(rows: readonly Row[]): KeptSeries | null {
  const [first] = rows;
  if (first === undefined) return null;
  const points = rows.map((row): SeriesPoint => {
    const value = row.value === null ? null : inUnit(row.value, row.unit, VARIABLES[row.indicator]);
    return point({ start: row.period_start, end: row.period_end }, value, row.from_row ?? row.id, '');
  });
  const interval = regular(points) ? intervalOf(points[0]?.period ?? { start: '', end: '' }) : 'instant';
  return {
    feature: first.feature,
    name: JSON.parse(first.name) as LocalText,
    variable: first.indicator,
    class: first.by_class ?? '',
    from: first.from_source ?? first.from_dataset ?? '',
    interval,
    points,
    report: qualityOf({ variable: first.indicator, interval, points }),
    doubtful: rows.filter(({ quality }) => quality === 'doubtful').length,
  };
}

/** Days of which most stand apart are those on which a satellite came by, or somebody went out: no step is missing between them. */
function regular(points: readonly SeriesPoint[]): boolean {
  const apart = points.slice(1).filter(({ period }, i) => period.start > (points[i]?.period.end ?? '')).length;
  return intervalOf(points[0]?.period ?? { start: '', end: '' }) !== 'day' || apart <= points.length / 2;
}

function inUnit(value: number, from: string, to: string): number {
  try {
    return convert(value, from, to);
  } catch {
    return value;
  }
}

function intervalOf({ start, end }: Period): SeriesInterval {
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  if (days < 0.02) return 'instant';
  if (days < 0.5) return 'hour';
  if (days < 2) return 'day';
  if (days < 12) return 'decade';
  return days < 32 ? 'month' : 'year';
}

/** Values of different sources for the same period. */
export interface Disagreement {
  feature: Id;
  variable: WaterVariable;
  /** Periods for which more than one source has a value. */
  periods: number;
  /** Of them those in which they differ by more than a hundredth. */
  differ: number;
  /** The period of the largest difference, and what the sources say there. */
  worst: { period: Period; values: { from: Id; value: number }[] } | null;
}

/** Sources beside one another: nothing is chosen. */
export function disagreements(series: readonly KeptSeries[]): Disagreement[] {
  const groups = new Map<string, KeptSeries[]>();
  for (const one of series) {
    // a level without a class is one above the Baltic zero, as tables of the Aral have it
    const kind = one.class === 'baltic-1977' ? '' : one.class;
    const key = [one.feature, one.variable, kind].join('\u0000');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || own.length < 2) return [];
    const values = new Map<string, { period: Period; values: { from: Id; value: number }[] }>();
    for (const { from, points } of own)
      for (const { period, value } of points) {
        if (value === null) continue;
        const key = `${period.start}/${period.end}`;
        const there = values.get(key) ?? { period, values: [] };
        there.values.push({ from, value });
        values.set(key, there);
      }
    const shared = [...values.values()].filter((one) => new Set(one.values.map(({ from }) => from)).size > 1);
    if (shared.length === 0) return [];
    const apart = shared.map((one) => ({ one, by: spread(one.values.map(({ value }) => value)) }));
    const worst = apart.reduce((most, next) => (next.by > most.by ? next : most));
    const differ = apart.filter(({ by }) => by > 0.01).length;
    return [
      {
        feature: first.feature,
        variable: first.variable,
        periods: shared.length,
        differ,
        worst: differ === 0 ? null : worst.one,
      },
    ];
  });
}

/** Difference between the largest and the smallest by the largest in size. */
function spread(values: readonly number[]): number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const size = Math.max(Math.abs(least), Math.abs(most));
  return size === 0 ? 0 : (most - least) / size;
}

export interface ImpossibleVolume {
  feature: Id;
  low: { period: Period; level: number; volume: number };
  high: { period: Period; level: number; volume: number };
  /** What the two ask for, and the bounds of the curve [km2]. */
  area: number;
  least: number;
  most: number;
}

/**
 * Levels and volumes of a water that no area between them fits.
 * @param curves level and area by site; a site without one is judged by its own levels and areas of the same period
 */
export function impossibleInDossier(
  series: readonly KeptSeries[],
  curves: ReadonlyMap<Id, readonly LevelArea[]> = new Map(),
): ImpossibleVolume[] {
  const features = [...new Set(series.map(({ feature }) => feature))];
  return features.flatMap((feature) => {
    const own = series.filter((one) => one.feature === feature && (one.class === '' || one.class === 'baltic-1977'));
    const pairs = pairsOf(own, 'lake-volume').map(({ period, level, other }) => ({ period, level, volume: other }));
    const curve = curves.get(feature) ?? pairsOf(own, 'lake-area').map(({ level, other }) => ({ level, area: other }));
    return impossibleVolumes(pairs, curve).flatMap(({ one, other, area, least, most }) => {
      const [low, high] = [pairs[one], pairs[other]];
      return low === undefined || high === undefined ? [] : [{ feature, low, high, area, least, most }];
    });
  });
}

/**
 * Levels with what else was stated for the same period: by the same source, and across sources only where neither states both itself.
 */
function pairsOf(series: readonly KeptSeries[], variable: WaterVariable): { period: Period; level: number; other: number }[] {
  const levels = valuesOf(series, 'lake-level');
  const others = valuesOf(series, variable);
  return [...others].flatMap(([key, values]) => {
    const there = levels.get(key) ?? [];
    const both = new Set(values.map(({ from }) => from).filter((from) => there.some((one) => one.from === from)));
    return values.flatMap(({ from, value, period }) =>
      there
        .filter((one) => (both.has(from) ? one.from === from : !both.has(one.from)))
        .map((one) => ({ period, level: one.value, other: value })),
    );
  });
}

function valuesOf(
  series: readonly KeptSeries[],
  variable: WaterVariable,
): Map<string, { from: Id; value: number; period: Period }[]> {
  const found = new Map<string, { from: Id; value: number; period: Period }[]>();
  for (const { from, points } of series.filter((one) => one.variable === variable)) {
    for (const { period, value } of points) {
      const key = `${period.start}/${period.end}`;
      if (value !== null) found.set(key, [...(found.get(key) ?? []), { from, value, period }]);
    }
  }
  return found;
}
