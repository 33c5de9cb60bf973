/**
 * What stands in an entity, and where its links lead.
 *
 *     propertiesOf(world, { set: 'Things', id: 'almaty' })        // { name: 'Almaty', … }
 *     linked(world, { set: 'Things', id: 'almaty' }, 'Datastreams')
 */
import { pick, t } from '../i18n/index.ts';
import { getRun } from '../store/observations.ts';
import { type Reading, type ReadingSeries, zoneGeometry } from '../store/readings.ts';
import type { Geometry, Id, Origin } from '../types.ts';
import { besideIds, besideLinked, besideProperties, besideStreams, hasBeside } from './sensorthings-beside.ts';
import type { Entity, Linked } from './sensorthings-entity.ts';
import { entityAddress, isBeside, type SetName } from './sensorthings-model.ts';
import { type Stream, streamId, type World } from './sensorthings-world.ts';

type Properties = Record<string, unknown>;

/** Values of one number. OGC 18-088, 8.2.4, table 12. */
const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';
const GEOJSON = 'application/geo+json';

/** Everything of a set, in the order of the dossier; behind it what programs keep beside. */
export function allOf(world: World, set: SetName): Linked {
  const beside = besideIds(world, set);
  const of = (ids: Iterable<Id>): Linked => ({ set, entities: [...ids, ...beside].map((id) => ({ set, id })) });
  if (set === 'Observations')
    return { set, wells: [{ dossier: { sites: world.sites } }, ...(hasBeside(world) ? [{ programs: 'all' as const }] : [])] };
  if (set === 'Datastreams') return of(world.streams.keys());
  if (set === 'Sensors') return of(world.sensors.keys());
  const isLinked = (link: string, id: Id): boolean => besideStreams(world, link, id).length > 0;
  if (set === 'ObservedProperties')
    return of([...world.indicators.keys()].filter((id) => world.streamsOf.indicator.has(id) || isLinked('ObservedProperty', id)));
  if (set === 'Things') return of(world.places.keys());
  if (set === 'FeaturesOfInterest')
    return of([...world.places.keys()].filter((id) => world.streamsOf.thing.has(id) || isLinked('Thing', id)));
  const placed = [...world.places.keys()].filter((id) => hasPlace(world, id));
  return of(set === 'Locations' ? placed : placed.filter((id) => known(world, id) !== null));
}

/** Where a link leads; entities of what the caller may not see are not there. */
export function linked(world: World, entity: Entity, link: string): Linked {
  if (isBeside(entity.id)) return besideLinked(world, entity, link);
  const { set, id } = entity;
  const of = (name: SetName, ids: readonly Id[]): Linked => ({ set: name, entities: ids.map((one) => ({ set: name, id: one })) });
  const streams = (list: readonly Stream[] | undefined, back: string): Linked =>
    of('Datastreams', [...(list ?? []).map((one) => one.id), ...besideStreams(world, back, id)]);
  if (link === 'Datastreams') {
    if (set === 'Things') return streams(world.streamsOf.thing.get(id), 'Thing');
    if (set === 'Sensors') return streams(world.streamsOf.sensor.get(id), 'Sensor');
    return streams(world.streamsOf.indicator.get(id), 'ObservedProperty');
  }
  if (link === 'Observations') {
    const stream = world.streams.get(id);
    if (set === 'Datastreams' && stream !== undefined)
      return { set: 'Observations', wells: [{ dossier: { series: stream.series } }] };
    const beside = besideStreams(world, 'Thing', id).length > 0 ? [{ programs: { place: id } }] : [];
    return { set: 'Observations', wells: [{ dossier: { feature: id } }, ...beside] };
  }
  if (link === 'Locations') return of('Locations', hasPlace(world, id) ? [id] : []);
  if (link === 'HistoricalLocations')
    return of('HistoricalLocations', hasPlace(world, id) && known(world, id) !== null ? [id] : []);
  if (link === 'Things') return of('Things', [id]);
  if (link === 'Datastream') return of('Datastreams', [entity.stream ?? '']);
  if (link === 'FeatureOfInterest') return of('FeaturesOfInterest', [entity.reading?.feature ?? '']);
  if (link === 'Thing') return of('Things', [set === 'Datastreams' ? (world.streams.get(id)?.series.feature ?? '') : id]);
  const stream = world.streams.get(id);
  if (link === 'Sensor') return of('Sensors', [stream?.sensor ?? '']);
  return of('ObservedProperties', [stream?.series.indicator ?? '']);
}

/** A value as an entity; the stream is told where it is known. */
export function observation(world: World, reading: Reading, series: ReadingSeries | null): Entity {
  return { set: 'Observations', id: reading.id, reading, stream: streamId(series ?? seriesOfReading(world, reading)) };
}

function seriesOfReading(world: World, { feature, indicator, unit, by, role, from }: Reading): ReadingSeries {
  const shared = { feature, indicator, unit, by_sex: by.sex ?? null, by_age: by.age ?? null, by_class: by.class ?? null, role };
  if ('run' in from) {
    const own = world.streamsOf.thing.get(feature) ?? [];
    const run = runs(world, from.run);
    const found = own.find(
      ({ series }) => series.method === run?.method && series.version === run?.version && series.indicator === indicator,
    );
    return {
      ...shared,
      method: run?.method ?? null,
      version: found?.series.version ?? run?.version ?? null,
      dataset: null,
      source: null,
    };
  }
  const source = from.source ?? null;
  return { ...shared, method: null, version: null, dataset: source === null && 'dataset' in from ? from.dataset : null, source };
}

/** What a run was made by; asked for once. */
function runs(world: World, id: Id): { method: string; version: number } | null {
  const known = world.runs.get(id);
  if (known !== undefined) return known;
  const run = getRun(world.db, id);
  const found = run === null ? null : { method: run.method, version: run.version };
  world.runs.set(id, found);
  return found;
}

const made = new WeakMap<Entity, Properties>();

export function propertiesOf(world: World, entity: Entity): Properties {
  const found = made.get(entity) ?? read(world, entity);
  made.set(entity, found);
  return found;
}

function read(world: World, entity: Entity): Properties {
  const { set, id } = entity;
  if (isBeside(id)) return besideProperties(world, entity);
  if (set === 'Things') return thing(world, id);
  if (set === 'Locations' || set === 'FeaturesOfInterest') {
    const name = nameOf(world, id);
    const place = { name, description: t(world.lang, 'sta.location', { name }), encodingType: GEOJSON };
    return { ...place, [set === 'Locations' ? 'location' : 'feature']: geometryOf(world, id), properties: {} };
  }
  if (set === 'HistoricalLocations') return { time: known(world, id) };
  if (set === 'Datastreams') return datastream(world, id);
  if (set === 'Sensors') return sensor(world, id);
  if (set === 'ObservedProperties') return observedProperty(world, id);
  return entity.reading === undefined ? {} : observed(world, entity.reading);
}

export function nameOf(world: World, id: Id): string {
  const place = world.places.get(id);
  if (place === undefined) return id;
  const own = pick(place.name, world.lang);
  if (place.noun !== 'zones') return own || id;
  return `${nameOf(world, place.site)}: ${own || t(world.lang, `zone.${place.kind}`)}`;
}

function thing(world: World, id: Id): Properties {
  const { lang } = world;
  const place = world.places.get(id);
  if (place === undefined) return {};
  const { noun, site, kind, name } = place;
  const station = world.stations.get(id);
  const told =
    station === undefined
      ? {}
      : { code: station.code, river: station.river, country: station.country, zero: station.zero, datum: station.datum };
  return {
    name: nameOf(world, id),
    description: t(lang, `sta.thing.${noun}`, {
      name: nameOf(world, id),
      site: nameOf(world, site),
      kind: noun === 'zones' ? t(lang, `zone.${kind}`) : kind,
    }),
    properties: { noun, site, kind, names: name, ...told, ...(station === undefined ? {} : { origin: station.from }) },
  };
}

function datastream(world: World, id: Id): Properties {
  const stream = world.streams.get(id);
  if (stream === undefined) return {};
  const { series, span, opened } = stream;
  const { feature, indicator, unit, by_sex, by_age, by_class, role } = series;
  const title = pick(world.indicators.get(indicator)?.title ?? {}, world.lang) || indicator;
  const narrower = [by_class, by_sex, by_age].filter((part) => part !== null);
  const [named, from] = [nameOf(world, feature), sensorName(world, stream.sensor)];
  const told = { indicator: title, thing: named, role: t(world.lang, `role.${role}`), sensor: from };
  const licence = licenceOf(world, stream.sensor);
  return {
    name: opened?.name ?? [`${named}: ${title}`, ...narrower].join(', '),
    description: opened?.description ?? t(world.lang, 'sta.stream', told),
    observationType: MEASUREMENT,
    unitOfMeasurement: {
      name: unit,
      symbol: unit,
      definition: `http://unitsofmeasure.org/ucum.html#${encodeURIComponent(unit)}`,
    },
    observedArea: null,
    phenomenonTime: span === null ? null : `${moment(span.start)}/${moment(span.end)}`,
    resultTime: null,
    properties: {
      role,
      class: by_class,
      sex: by_sex,
      age: by_age,
      count: span?.count ?? 0,
      writable: opened !== null,
      ...licence,
    },
  };
}

function licenceOf(world: World, id: Id): Properties {
  const of = world.sensors.get(id)?.of;
  if (of === undefined || 'method' in of) return {};
  return 'dataset' in of
    ? { licence: of.dataset.licence, attribution: of.dataset.attribution }
    : { licence: of.source.licence ?? 'not stated', attribution: of.source.title };
}

function sensorName(world: World, id: Id): string {
  const of = world.sensors.get(id)?.of;
  if (of === undefined) return id;
  if ('method' in of) return `${of.method} ${of.version}`;
  return 'dataset' in of ? pick(of.dataset.title, world.lang) || of.dataset.id : of.source.title;
}

function sensor(world: World, id: Id): Properties {
  const of = world.sensors.get(id)?.of;
  if (of === undefined) return {};
  const name = sensorName(world, id);
  const kind = 'method' in of ? 'method' : 'dataset' in of ? 'dataset' : 'source';
  const shared = { name, description: t(world.lang, `sta.sensor.${kind}`, { name }) };
  if ('method' in of)
    return {
      ...shared,
      encodingType: 'text/plain',
      metadata: `${of.method} ${of.version}`,
      properties: { indicators: of.indicators },
    };
  if ('dataset' in of) {
    const { mediaType, href, digest, licence, attribution, kind: sort } = of.dataset;
    return { ...shared, encodingType: mediaType, metadata: href, properties: { kind: sort, digest, licence, attribution } };
  }
  const { href, title, licence, kind: sort } = of.source;
  return { ...shared, encodingType: 'text/html', metadata: href ?? title, properties: { kind: sort, licence } };
}

function observedProperty(world: World, id: Id): Properties {
  const indicator = world.indicators.get(id);
  if (indicator === undefined) return {};
  const { title, definition, unit, codes, standing, method, references } = indicator;
  return {
    name: pick(title, world.lang) || id,
    definition: entityAddress(world.root, 'ObservedProperties', id),
    description: pick(definition, world.lang) || id,
    properties: { indicator: id, unit, names: title, sdg: codes.sdg ?? [], gbf: codes.gbf ?? [], standing, method, references },
  };
}

function observed(world: World, reading: Reading): Properties {
  const { period, value, quality, low, high, level, n, approximate, note, from } = reading;
  return {
    phenomenonTime: period === null ? null : periodText(period.start, period.end),
    resultTime: resultTimeOf(from),
    result: value,
    resultQuality: { DQ_Status: { code: quality } },
    validTime: null,
    parameters: {
      origin: from,
      ...('run' in from ? { run: runs(world, from.run) } : {}),
      ...Object.fromEntries(Object.entries({ low, high, level, n, note }).filter(([, one]) => one !== null)),
      ...(approximate ? { approximate } : {}),
    },
  };
}

/** When a value was read, where it came through this interface and said so. */
export function resultTimeOf(from: Origin): string | null {
  return 'row' in from ? (/ read (\S+)$/.exec(from.row)?.[1] ?? null) : null;
}

/** A period whose length is a second at most is a moment: series of moments are kept so. */
export function periodText(start: string, end: string): string {
  const [from, until] = [moment(start), moment(end)];
  return Date.parse(until) - Date.parse(from) <= 1000 ? from : `${from}/${until}`;
}

/** `2014-01-01` and `2014` as the moments they begin at. */
function moment(written: string): string {
  if (written.includes('T')) return written;
  return `${written}${'-01-01'.slice(Math.max(0, written.length - 4))}T00:00:00Z`;
}

function known(world: World, id: Id): string | null {
  return world.places.get(id)?.added ?? null;
}

function hasPlace(world: World, id: Id): boolean {
  const place = world.places.get(id);
  return place !== undefined && (place.drawn === 1 || world.centres.has(id));
}

/** Of a site the declared centre, of a zone its map, of a station its point; the same object throughout a request. */
function geometryOf(world: World, id: Id): Geometry | null {
  const known = world.work.geometries.get(id);
  if (known !== undefined) return known;
  const found = readGeometry(world, id);
  world.work.geometries.set(id, found);
  return found;
}

function readGeometry(world: World, id: Id): Geometry | null {
  const noun = world.places.get(id)?.noun;
  if (noun === 'zones') return zoneGeometry(world.db, id);
  if (noun === 'sites') return world.centres.get(id) ?? null;
  const coordinates = world.stations.get(id)?.place ?? null;
  return coordinates === null ? null : { type: 'Point', coordinates };
}
