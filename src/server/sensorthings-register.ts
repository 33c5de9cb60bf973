/**
 * Things, Sensors and Datastreams that a program registers: a station of a site, a data set that stands for the instrument, a series. Whatever
 * the dossier has no place for is refused by name.
 *
 *     createThing(world, visitor, { name: 'Karateren', description: 'gauge', properties: { site: 'aral-sea-north' } })
 */
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../problems.ts';
import { slug } from '../records/words.ts';
import { listDatasets, putDataset, putIndicator, putSource } from '../store/catalogue.ts';
import { transaction } from '../store/db.ts';
import { shippedIndicators } from '../store/keep-computed.ts';
import { listOpened, putOpened } from '../store/readings.ts';
import { putStation, type Station } from '../store/stations.ts';
import type { Id, Indicator, LocalText, Position } from '../types.ts';
import { convert } from '../units.ts';
import { type Body, bodyOf, isEntityLike, linkIn, pointIn, textIn, unitIn, wrong } from './sensorthings-body.ts';
import { seriesOf, streamId, type World } from './sensorthings-world.ts';
import { createObservation, expectEditor } from './sensorthings-write.ts';
import type { Visitor } from './visitor.ts';

/** What stations that came this way are traced to. */
export const REGISTERED = 'sensorthings';

/** @returns the id of the Thing. @throws Problem `sta-field`, `sta-not-kept`, `not-allowed` */
export function createThing(world: World, visitor: Visitor, given: unknown): Id {
  const body = bodyOf('Things', given, ['name', 'description', 'properties', 'Locations', 'Datastreams']);
  const own = bodyOf('Things/properties', body.properties ?? {}, ['site', 'code', 'river', 'country']);
  const { site } = own;
  if (typeof site !== 'string' || world.places.get(site)?.noun !== 'sites')
    throw wrong('Things', 'properties/site', own.site, siteIds(world));
  expectEditor(world, visitor, site);
  const name = textIn('Things', body, 'name');
  const id = `${site}/${slug(name)}`;
  if (world.places.has(id)) throw new Problem('sta-taken', { set: 'Things', found: id });
  const [location, second] = listIn(body, 'Locations');
  if (second !== undefined) throw wrong('Things', 'Locations', body.Locations, '[ 1 ]');
  const text = (field: string): string | null => (own[field] == null ? null : textIn('Things/properties', own, field));
  return transaction(world.db, () => {
    putSource(world.db, visitor.id, {
      id: REGISTERED,
      title: 'Registered by a program through SensorThings',
      href: null,
      lang: null,
      kind: 'own',
      licence: null,
      note: null,
    });
    const station: Station = {
      id,
      site,
      name: localText(name),
      code: text('code'),
      river: text('river'),
      country: text('country'),
      place: location === undefined ? null : placeIn(location),
      zero: null,
      datum: null,
      note: textIn('Things', body, 'description'),
      from: { source: REGISTERED },
    };
    putStation(world.db, visitor.id, station);
    const known = {
      ...world,
      places: new Map([
        ...world.places,
        [id, { id, noun: 'stations' as const, site, name: station.name, kind: 'station', drawn: 0 as const, added: null }],
      ]),
    };
    for (const stream of listIn(body, 'Datastreams')) createDatastream(known, visitor, stream, { thing: id });
    return id;
  });
}

/** Where a Location says that it is. */
export function placeIn(given: unknown): Position {
  return pointIn(
    'Locations',
    bodyOf('Locations', given, ['name', 'description', 'encodingType', 'location', 'properties', 'Things']),
  );
}

/** @returns the id of the Sensor. @throws Problem `sta-field`, `sta-not-kept`, `sta-taken` */
export function createSensor(world: World, visitor: Visitor, given: unknown): Id {
  const body = bodyOf('Sensors', given, ['name', 'description', 'encodingType', 'metadata', 'properties', 'Datastreams']);
  const dataset = sensorDataset(body, `sensors/${slug(textIn('Sensors', body, 'name'))}`);
  const known = listDatasets(world.db).find(({ id }) => id === dataset.id);
  if (known !== undefined && !isDeepStrictEqual({ ...known, title: null }, { ...dataset, title: null }))
    throw new Problem('sta-taken', { set: 'Sensors', found: `dataset:${dataset.id}` });
  if (listIn(body, 'Datastreams').length > 0)
    throw new Problem('sta-not-kept', { set: 'Sensors', field: 'Datastreams', expected: 'POST Datastreams' });
  putDataset(world.db, visitor.id, dataset);
  return `dataset:${dataset.id}`;
}

/** The words of a Sensor as those of a data set: what describes it says who and what is behind the values. */
export function sensorDataset(body: Body, id: Id) {
  const own = bodyOf('Sensors/properties', body.properties ?? {}, ['licence', 'attribution']);
  return {
    id,
    title: localText(textIn('Sensors', body, 'name')),
    kind: 'series' as const,
    href: textIn('Sensors', body, 'metadata'),
    mediaType: textIn('Sensors', body, 'encodingType'),
    digest: null,
    crs: null,
    period: null,
    licence: own.licence == null ? 'not stated' : textIn('Sensors/properties', own, 'licence'),
    attribution:
      own.attribution == null ? textIn('Sensors', body, 'description') : textIn('Sensors/properties', own, 'attribution'),
  };
}

const STREAM_FIELDS = [
  'name',
  'description',
  'observationType',
  'unitOfMeasurement',
  'properties',
  'Thing',
  'Sensor',
  'ObservedProperty',
  'Observations',
];

/** What the service works out: a value of theirs is passed over. OGC 18-088, 10.2.1.2. */
const COMPUTED = ['observedArea', 'phenomenonTime', 'resultTime'];

/** @param of what the address says already. @returns the id of the Datastream. @throws Problem `sta-field`, `sta-not-kept`, `not-allowed` */
export function createDatastream(
  world: World,
  visitor: Visitor,
  given: unknown,
  of: { thing?: Id; sensor?: Id; property?: Id } = {},
): Id {
  const body = bodyOf('Datastreams', given, [...STREAM_FIELDS, ...COMPUTED]);
  if (!/OM_Measurement$/.test(textIn('Datastreams', body, 'observationType')))
    throw wrong('Datastreams', 'observationType', body.observationType, '…/OM_Measurement');
  const own = bodyOf('Datastreams/properties', body.properties ?? {}, ['class']);
  return transaction(world.db, () => {
    const isNew = of.thing === undefined && isEntityLike(body.Thing) && linkIn(body, 'Thing') === null;
    const feature = of.thing ?? (isNew ? createThing(world, visitor, body.Thing) : linkIn(body, 'Thing'));
    if (feature === null || !(isNew || world.places.has(feature)))
      throw wrong('Datastreams', 'Thing', body.Thing, '{ "@iot.id": "…" }');
    if (!isNew) expectEditor(world, visitor, feature);
    const indicator = of.property ?? propertyIn(world, visitor, body);
    const unit = unitIn('Datastreams', body);
    expectUnit(world, indicator, unit);
    const opened = {
      id: '',
      feature,
      indicator,
      unit,
      class: own.class == null ? null : textIn('Datastreams/properties', own, 'class'),
      dataset: sensorIn(world, visitor, body, of.sensor),
      name: textIn('Datastreams', body, 'name'),
      description: textIn('Datastreams', body, 'description'),
    };
    const series = seriesOf(opened);
    const id = streamId(series);
    if (world.streams.has(id) || listOpened(world.db).some((one) => one.id === id))
      throw new Problem('sta-taken', { set: 'Datastreams', found: id });
    putOpened(world.db, visitor.id, { ...opened, id });
    const stream = { id, series, sensor: `dataset:${opened.dataset}`, span: null, opened: { ...opened, id } };
    for (const one of listIn(body, 'Observations')) createObservation(world, visitor, stream, one);
    return id;
  });
}

/** The data set behind a linked or a described Sensor. Values of a file's data set are told by the file: programs have their own. */
function sensorIn(world: World, visitor: Visitor, body: Body, given?: Id): Id {
  const id = given ?? linkIn(body, 'Sensor') ?? (isEntityLike(body.Sensor) ? createSensor(world, visitor, body.Sensor) : null);
  if (id === null || !id.startsWith('dataset:sensors/'))
    throw wrong('Datastreams', 'Sensor', id ?? body.Sensor, '{ "@iot.id": "dataset:sensors/…" }');
  const dataset = id.slice('dataset:'.length);
  if (!listDatasets(world.db).some((one) => one.id === dataset))
    throw wrong('Datastreams', 'Sensor', id, '{ "@iot.id": "dataset:sensors/…" }');
  return dataset;
}

/** The indicator that is linked or named: of this dossier, or of the catalogue that ships. */
function propertyIn(world: World, visitor: Visitor, body: Body): Id {
  const found = knownProperty(world, body);
  if (found === undefined) {
    const ids = [...world.indicators.values(), ...shippedIndicators()].map(({ id }) => id);
    throw wrong('Datastreams', 'ObservedProperty', body.ObservedProperty, ids.slice(0, 200).join(', '));
  }
  if (!world.indicators.has(found.id)) putIndicator(world.db, visitor.id, found);
  return found.id;
}

/** The indicator that a series links to or names; none, where it is of something else. */
export function knownProperty(world: World, body: Body): Indicator | undefined {
  const { name, definition } = isEntityLike(body.ObservedProperty) ? body.ObservedProperty : {};
  const asked =
    linkIn(body, 'ObservedProperty') ?? /ObservedProperties\('([^']+)'\)$/.exec(String(definition ?? ''))?.[1] ?? null;
  return [...world.indicators.values(), ...shippedIndicators()].find(({ id, title }) =>
    asked === null ? id === name || Object.values(title).includes(String(name)) : id === asked,
  );
}

function expectUnit(world: World, indicator: Id, unit: string): void {
  const expected = (world.indicators.get(indicator) ?? shippedIndicators().find(({ id }) => id === indicator))?.unit ?? unit;
  try {
    convert(1, unit, expected);
  } catch (error) {
    if (error instanceof RangeError) throw wrong('Datastreams', 'unitOfMeasurement', unit, expected);
    throw error;
  }
}

/** What is nested in an entity; one for a list of one. @throws Problem `sta-field` */
export function listIn(body: Body, field: string): unknown[] {
  const found = body[field] ?? [];
  if (!Array.isArray(found)) throw wrong(field, field, found, '[ … ]');
  return found;
}

export function localText(text: string): LocalText {
  return { [/[әғқңөұүһі]/iu.test(text) ? 'kk' : /[а-яё]/iu.test(text) ? 'ru' : 'en']: text };
}

function siteIds(world: World): string {
  const ids = [...world.places.values()].flatMap(({ noun, id }) => (noun === 'sites' ? [id] : []));
  return ids.slice(0, 60).join(', ') || '–';
}
