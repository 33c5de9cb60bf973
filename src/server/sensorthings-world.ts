/**
 * The dossier's series as a SensorThings service knows them, as far as the caller may see them: a Thing for each site, zone and station, a
 * Datastream for each indicator that came to it in one way, a Sensor for each such way, an ObservedProperty for each indicator.
 *
 *     const world = worldOf(context.db, visitor, { lang: 'en', root: 'http://localhost/sta/v1.1', now });
 *     world.streams.get('barsakelmes/area/0f3c…')
 */
import { createHash } from 'node:crypto';
import { listDatasets, listIndicators, listSources } from '../store/catalogue.ts';
import type { Db } from '../store/db.ts';
import { exportPlaces } from '../store/export-rows.ts';
import { registeredSensors } from '../store/programs.ts';
import {
  type CountedSeries,
  listOpened,
  listPlaces,
  listReadingSeries,
  type OpenedSeries,
  type PlaceRow,
  type ReadingSeries,
} from '../store/readings.ts';
import { listStations, type Station } from '../store/stations.ts';
import type { Dataset, Geometry, Id, Indicator, Lang, Source } from '../types.ts';
import { nounState } from './changes.ts';
import { type Beside, NOTHING_BESIDE, readBeside } from './sensorthings-beside-kept.ts';
import type { Visitor } from './visitor.ts';

export interface Stream {
  id: Id;
  series: ReadingSeries;
  sensor: Id;
  /** `null` where there are no values yet. */
  span: { count: number; start: string; end: string } | null;
  /** `null` for what came into the dossier in another way. */
  opened: OpenedSeries | null;
}

/** A way in which values came about. */
export interface SensorOf {
  id: Id;
  of: { method: string; version: number; indicators: readonly Id[] } | { dataset: Dataset } | { source: Source };
}

interface Everything {
  places: ReadonlyMap<Id, PlaceRow>;
  stations: ReadonlyMap<Id, Station>;
  streams: ReadonlyMap<Id, Stream>;
  sensors: ReadonlyMap<Id, SensorOf>;
  indicators: ReadonlyMap<Id, Indicator>;
  /** The declared centres of sites. */
  centres: ReadonlyMap<Id, Geometry>;
  /** What runs were made by, as far as it was asked for. */
  runs: Map<Id, { method: string; version: number } | null>;
}

export interface World extends Everything {
  db: Db;
  /** What programs keep beside the dossier, for who may read all of it. */
  beside: Beside;
  lang: Lang;
  /** Address of the service, without a slash at its end. */
  root: string;
  /** [ms since 1970] */
  now: number;
  /** `null` where the caller may see all sites. */
  sites: readonly Id[] | null;
  /** What a request may still look at by links of its filters, and tell of. */
  work: { linked: number; told: number; geometries: Map<Id, Geometry | null> };
  streamsOf: { thing: Map<Id, Stream[]>; sensor: Map<Id, Stream[]>; indicator: Map<Id, Stream[]> };
}

export interface WorldOptions {
  lang: Lang;
  root: string;
  now: number;
  /** `fresh` reads what a transaction wrote that may yet be taken back, and keeps nothing of it. */
  state?: 'kept' | 'fresh';
  /** Of a batch, whose requests share it. */
  budget?: World['work'];
}

/** Of entities in one reply, expanded ones among them: links lead to the rest. */
const MOST_TOLD = 50_000;
const MOST_LINKED = 1_000_000;

export const work = (): World['work'] => ({ linked: MOST_LINKED, told: MOST_TOLD, geometries: new Map() });

const TABLES = [
  'sites',
  'zones',
  'stations',
  'observations',
  'indicators',
  'runs',
  'datasets',
  'sources',
  'datastreams',
] as const;

const kept = new WeakMap<Db, { state: string; all: Everything }>();

export function worldOf(db: Db, visitor: Visitor, { lang, root, now, state = 'kept', budget = work() }: WorldOptions): World {
  const all = state === 'kept' ? everything(db) : read(db);
  budget.geometries.clear();
  const isEverywhere = visitor.may('reader', null);
  const beside = isEverywhere ? (state === 'kept' ? keptBeside(db) : readBeside(db)) : NOTHING_BESIDE;
  const asked = { db, lang, root, now, work: budget, beside };
  if (isEverywhere) return { ...all, ...asked, sites: null, streamsOf: sorted(all) };
  const places = only(all.places, ({ site }) => visitor.may('reader', site));
  const streams = only(all.streams, ({ series }) => places.has(series.feature));
  const shown = [...streams.values()];
  const [sensors, indicators] = [
    new Set(shown.map(({ sensor }) => sensor)),
    new Set(shown.map(({ series }) => series.indicator)),
  ];
  const seen: Everything = {
    places,
    stations: only(all.stations, ({ id }) => places.has(id)),
    streams,
    sensors: only(all.sensors, ({ id }) => sensors.has(id) || (visitor.maySomewhere('editor') && isFree(all, id))),
    indicators: only(all.indicators, ({ id }) => indicators.has(id)),
    centres: all.centres,
    runs: all.runs,
  };
  const sites = [...new Set([...places.values()].map(({ site }) => site))];
  return { ...seen, ...asked, sites, streamsOf: sorted(seen) };
}

const beside = new WeakMap<Db, { state: string; all: Beside }>();

function keptBeside(db: Db): Beside {
  const state = nounState(db, ['program_entities']);
  const known = beside.get(db);
  const all = known?.state === state ? known.all : readBeside(db);
  beside.set(db, { state, all });
  return all;
}

/** A Sensor that waits for its first series: whoever may open one knows it. */
function isFree({ streams, sensors }: Everything, id: Id): boolean {
  return sensors.has(id) && id.startsWith('dataset:sensors/') && sorted({ streams }).sensor.get(id) === undefined;
}

function everything(db: Db): Everything {
  const state = `${nounState(db, TABLES)} ${registeredSensors(db)}`;
  const known = kept.get(db);
  const all = known?.state === state ? known.all : read(db);
  kept.set(db, { state, all });
  return all;
}

/** The id of a series: place, indicator, and eight digits of what tells it from others of the two. */
export function streamId(series: ReadingSeries): Id {
  const { feature, indicator, unit, by_sex, by_age, by_class, role, method, version, dataset, source } = series;
  const rest = JSON.stringify([unit, by_sex, by_age, by_class, role, method, version, dataset, source]);
  return `${feature}/${indicator}/${createHash('sha256').update(rest).digest('hex').slice(0, 8)}`;
}

/** The series that an opened one is, by what its values will have. */
export function seriesOf({ feature, indicator, unit, class: byClass, dataset }: OpenedSeries): ReadingSeries {
  const shared = {
    by_sex: null,
    by_age: null,
    by_class: byClass,
    role: 'observed',
    method: null,
    version: null,
    source: null,
  } as const;
  return { ...shared, feature, indicator, unit, dataset };
}

function sensorId({ method, version, dataset, source }: ReadingSeries): Id {
  if (method !== null) return `method:${method}@${version}`;
  return dataset === null ? `source:${source}` : `dataset:${dataset}`;
}

function read(db: Db): Everything {
  const opened = new Map(listOpened(db).map((one) => [streamId(seriesOf(one)), one]));
  const streams = new Map<Id, Stream>();
  for (const { count, start, end, ...series } of listReadingSeries(db) satisfies CountedSeries[]) {
    const id = streamId(series);
    streams.set(id, { id, series, sensor: sensorId(series), span: { count, start, end }, opened: opened.get(id) ?? null });
  }
  for (const [id, one] of opened) {
    const series = seriesOf(one);
    if (!streams.has(id)) streams.set(id, { id, series, sensor: sensorId(series), span: null, opened: one });
  }
  return {
    places: byId(listPlaces(db)),
    stations: byId(listStations(db)),
    streams,
    sensors: sensorsOf(db, [...streams.values()]),
    indicators: byId(listIndicators(db)),
    centres: new Map(exportPlaces(db, 'sites').flatMap(({ id, geometry }) => (geometry === null ? [] : [[id, geometry]]))),
    runs: new Map(),
  };
}

/** Those that series came from, and data sets that programs described for series to come. */
function sensorsOf(db: Db, streams: readonly Stream[]): Map<Id, SensorOf> {
  const [datasets, sources] = [byId(listDatasets(db)), listSources(db)];
  const found = new Map<Id, SensorOf>();
  for (const [id, own] of Map.groupBy(streams, ({ sensor }) => sensor)) {
    const { method, version, dataset, source } = own[0]?.series ?? {};
    const indicators = [...new Set(own.map(({ series }) => series.indicator))];
    const [set, cited] = [datasets.get(dataset ?? ''), sources.get(source ?? '')];
    if (method != null) found.set(id, { id, of: { method, version: version ?? 1, indicators } });
    else if (set !== undefined) found.set(id, { id, of: { dataset: set } });
    else if (cited !== undefined) found.set(id, { id, of: { source: cited } });
  }
  for (const dataset of datasets.values()) {
    const id = `dataset:${dataset.id}`;
    if (dataset.id.startsWith('sensors/') && !found.has(id)) found.set(id, { id, of: { dataset } });
  }
  return found;
}

const grouped = new WeakMap<Everything['streams'], World['streamsOf']>();

function sorted({ streams }: Pick<Everything, 'streams'>): World['streamsOf'] {
  const list = [...streams.values()];
  const known = grouped.get(streams) ?? {
    thing: Map.groupBy(list, ({ series }) => series.feature),
    sensor: Map.groupBy(list, ({ sensor }) => sensor),
    indicator: Map.groupBy(list, ({ series }) => series.indicator),
  };
  grouped.set(streams, known);
  return known;
}

function byId<Of extends { id: Id }>(list: readonly Of[]): Map<Id, Of> {
  return new Map(list.map((one) => [one.id, one]));
}

function only<Of>(of: ReadonlyMap<Id, Of>, may: (one: Of) => boolean): Map<Id, Of> {
  return new Map([...of].filter(([, one]) => may(one)));
}
