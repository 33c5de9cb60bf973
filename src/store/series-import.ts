/**
 * Hydrological series into the dossier: stations, and a figure for each value with the row it came from, what the rules found and what stood
 * beside it. The same file again changes nothing; the whole import can be taken back as a set of changes.
 *
 *     const done = importSeries(db, 'cli', file, read, { site: 'aral-sea-north' });
 *     done.changes, done.series[0].report.counts.gap, done.changeset
 */
import { readSource, type SourceFile, shippedPath } from '../formats/source-node.ts';
import { readTable } from '../formats/tables.ts';
import { nameOf } from '../formats/water-complete.ts';
import type { WaterFile } from '../formats/water-open.ts';
import { qualityOf } from '../formats/water-quality.ts';
import type { Datum, SeriesPoint, SeriesStation, WaterFormat, WaterSeries, WaterVariable } from '../formats/water-series.ts';
import { Problem } from '../problems.ts';
import { slug } from '../records/words.ts';
import { DOUBTED, type QualityReport, type QualityRule } from '../science/series-quality.ts';
import type { Id, LocalText, Observation, Period } from '../types.ts';
import { putDataset, putIndicator } from './catalogue.ts';
import { asChangeset } from './changesets.ts';
import { all, type Db } from './db.ts';
import type { Changes } from './import-table.ts';
import { putObservation } from './observations.ts';
import { getSite, listSites } from './sites.ts';
import { listStations, putStation, type Station } from './stations.ts';
import type { Change } from './write.ts';

export interface SeriesImportOptions {
  site: Id;
  licence?: string;
  attribution?: string;
  /** Height of the gauge's zero [m], kept with the station. */
  zero?: number;
  /** Nothing is written. */
  preview?: boolean;
}

export interface ImportedSeries {
  feature: Id;
  station: Station | null;
  series: WaterSeries;
  report: QualityReport;
  /** Figures that were kept; values that are just missing are not. */
  kept: number;
}

export interface SeriesImport {
  dataset: Id;
  changes: Changes;
  series: ImportedSeries[];
  /** `null` where nothing changed. */
  changeset: Id | null;
}

/** Variables of a water body as a whole; the others belong to a station. */
const OF_SITE: ReadonlySet<WaterVariable> = new Set([
  'lake-level',
  'lake-area',
  'lake-volume',
  'inflow',
  'outflow',
  'lake-precipitation',
  'lake-evaporation',
  'salinity',
]);

/** What may be done with data of these keepers, where the user says nothing else. */
const LICENCES: Partial<Record<WaterFormat, { licence: string; attribution: string }>> = {
  grdc: { licence: 'GRDC data policy: not to be passed on', attribution: 'Global Runoff Data Centre, Koblenz' },
  dahiti: { licence: 'DAHITI: free for research, cite Schwatke et al. 2015', attribution: 'DAHITI, DGFI-TUM' },
  hydroweb: { licence: 'Theia / Hydroweb: free, cite', attribution: 'Hydroweb, LEGOS and Theia' },
};

const MEDIA: Partial<Record<WaterFormat, string>> = {
  waterml2: 'application/waterml+xml',
  sensorthings: 'application/json',
};

/** One standard deviation, which the errors of altimetry are. */
const ONE_SIGMA = 0.6827;

/** @throws Problem `site-unknown`, `series-station` */
export function importSeries(db: Db, by: string, file: SourceFile, read: WaterFile, options: SeriesImportOptions): SeriesImport {
  if (getSite(db, options.site) === null) {
    const known = listSites(db).map(({ id }) => id);
    throw new Problem('site-unknown', { found: options.site, known: known.slice(0, 30).join(', ') || '–' });
  }
  const dataset = `series/${file.digest.replace('sha256:', '').slice(0, 16)}`;
  const stations = listStations(db, options.site);
  const taken = new Set(all<{ id: Id }>(db, 'select id from features').map(({ id }) => id));
  const prepared = read.series.map((series): ImportedSeries & { observations: Observation[] } => {
    if (series.station === null && !OF_SITE.has(series.variable))
      throw new Problem('series-station', { file: file.name, series: nameOf(series) });
    const station =
      series.station === null ? null : stationFor(series.station, { stations, taken, dataset, options, datum: series.datum });
    const feature = station?.id ?? options.site;
    const report = qualityOf(series);
    const observations = observationsOf(series, { feature, dataset, report });
    return { feature, station, series, report, observations, kept: observations.length };
  });
  const changes: Changes = { added: 0, changed: 0, same: 0 };
  const note = (change: Change): void => {
    changes[change] += 1;
  };
  const done = { dataset, changes, series: prepared.map(({ observations: _, ...rest }) => rest) };
  if (options.preview === true) return { ...done, changeset: null };
  const { changeset } = asChangeset(db, by, { id: `import/${dataset}`, kind: 'import', title: file.name }, () => {
    putDataset(db, by, {
      id: dataset,
      title: { en: file.name },
      kind: 'series',
      href: file.name,
      mediaType: MEDIA[read.format] ?? 'text/plain',
      digest: file.digest,
      crs: null,
      period: spanOf(prepared.flatMap(({ observations }) => observations)),
      licence: options.licence ?? LICENCES[read.format]?.licence ?? 'not stated',
      attribution: options.attribution ?? LICENCES[read.format]?.attribution ?? 'not stated',
    });
    addIndicators(db, by, new Set(prepared.map(({ series }) => series.variable)));
    for (const station of new Map(
      prepared.flatMap((one) => (one.station === null ? [] : [[one.station.id, one.station]])),
    ).values())
      putStation(db, by, station);
    for (const one of prepared.flatMap(({ observations }) => observations)) note(putObservation(db, by, one));
  });
  return { ...done, changeset };
}

/** A dossier that is older than a variable learns it from the shipped catalogue. */
function addIndicators(db: Db, by: string, variables: ReadonlySet<WaterVariable>): void {
  const known = new Set(all<{ id: Id }>(db, 'select id from indicators').map(({ id }) => id));
  const missing = [...variables].filter((one) => !known.has(one));
  if (missing.length === 0) return;
  const table = readTable(readSource(shippedPath('data', 'indicators.csv')), '');
  for (const { row } of table.noun === 'indicators' ? table.rows : [])
    if (missing.some((one) => one === row.id)) putIndicator(db, by, row);
}

interface Known {
  stations: Station[];
  taken: Set<Id>;
  dataset: Id;
  options: SeriesImportOptions;
  datum: Datum | null;
}

/** The station that the site has by that number or name, with what was not known of it; else a new one. */
function stationFor(found: SeriesStation, { stations, taken, dataset, options, datum }: Known): Station {
  const same = (name: LocalText): boolean => Object.values(name).some((one) => slug(one) === slug(found.name));
  const there = stations.find((one) => (found.code !== null && one.code === found.code) || same(one.name));
  const zero = options.zero === undefined || datum === null ? null : { zero: options.zero, datum };
  if (there !== undefined) {
    const fuller: Station = {
      ...there,
      code: there.code ?? found.code,
      river: there.river ?? found.river,
      country: there.country ?? found.country,
      place: there.place ?? found.place,
      ...(there.zero === null && zero !== null ? zero : {}),
    };
    stations[stations.indexOf(there)] = fuller;
    return fuller;
  }
  const wanted = `${options.site}/${slug(found.name || (found.code ?? 'station'))}`;
  let id = wanted;
  for (let i = 2; taken.has(id); i++) id = `${wanted}-${i}`;
  taken.add(id);
  const made: Station = {
    id,
    site: options.site,
    name: { [languageOf(found.name)]: found.name || (found.code ?? id) },
    code: found.code,
    river: found.river,
    country: found.country,
    place: found.place,
    zero: zero?.zero ?? null,
    datum: zero?.datum ?? null,
    note: null,
    from: { dataset, row: found.code ?? found.name },
  };
  stations.push(made);
  return made;
}

function languageOf(text: string): 'kk' | 'ru' | 'en' {
  if (/[әғқңөұүһі]/iu.test(text)) return 'kk';
  return /[а-яё]/iu.test(text) ? 'ru' : 'en';
}

/** A figure for each value, and for each word that says more than "not known". */
function observationsOf(
  series: WaterSeries,
  { feature, dataset, report }: { feature: Id; dataset: Id; report: QualityReport },
): Observation[] {
  const { variable, unit, datum, variant } = series;
  const kind = [datum, variant].filter((part) => part !== null).join(' · ');
  const points = inDays(series);
  const times = new Map<string, number>();
  return points.flatMap((one, i): Observation[] => {
    if (one.value === null && one.marks.every((mark) => mark === 'missing')) return [];
    const rules = report.flags.get(i) ?? [];
    const key = `${one.period.start}+${one.period.end}`;
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    const id = [dataset, feature, variable, ...(kind === '' ? [] : [slug(kind)]), key.replace('+', '..')].join('/');
    return [
      {
        id: time === 1 ? id : `${id}~${time}`,
        indicator: variable,
        feature,
        period: one.period,
        value: one.value,
        unit,
        low: one.low,
        high: one.high,
        level: one.value !== null && one.low !== null && one.high !== null ? ONE_SIGMA : null,
        n: null,
        by: kind === '' ? {} : { class: kind },
        role: 'observed',
        quality: one.doubtful || rules.some((rule) => DOUBTED.has(rule)) ? 'doubtful' : 'ok',
        approximate: one.marks.includes('approximate'),
        note: noteOf(one, rules),
        from: { dataset, row: one.row, ...(String(one.value) === one.text ? {} : { quote: one.text }) },
      },
    ];
  });
}

/** Marks of the file and rules that found the value, by the names of docs/water-records.md. */
function noteOf({ marks, doubtful }: SeriesPoint, rules: readonly QualityRule[]): string | null {
  const words = [...marks.filter((mark) => mark !== 'missing'), ...(doubtful ? ['doubted by its keeper'] : []), ...rules];
  return words.length === 0 ? null : words.join('; ');
}

/** Moments of which no two are of one day stand for their day: a satellite comes by every ten. */
function inDays({ interval, points }: WaterSeries): SeriesPoint[] {
  const days = points.map(({ period }) => period.start.slice(0, 10));
  if (interval !== 'instant' || new Set(days).size < days.length) return points;
  return points.map((one, i) => ({ ...one, period: dayOf(days[i] ?? '') }));
}

function dayOf(day: string): Period {
  return { start: day, end: new Date(Date.parse(`${day}T00:00Z`) + 86_400_000).toISOString().slice(0, 10) };
}

function spanOf(observations: readonly Observation[]): Period | null {
  let [start, end] = ['', ''];
  for (const { period } of observations) {
    if (period === null) continue;
    if (start === '' || period.start < start) ({ start } = period);
    if (period.end > end) ({ end } = period);
  }
  return start === '' ? null : { start, end };
}
