/** What becomes of a request that writes: which set it is for, and who may. Entities that follow from others are refused with what to do. */
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../problems.ts';
import { listDatasets, putDataset } from '../store/catalogue.ts';
import { transaction } from '../store/db.ts';
import { listReadings, putOpened, removeOpened } from '../store/readings.ts';
import { putStation, type Station } from '../store/stations.ts';
import { remove } from '../store/write.ts';
import type { Id } from '../types.ts';
import { entityAt } from './sensorthings-answer.ts';
import { createBesideAt, goesBeside } from './sensorthings-beside-choice.ts';
import { changeBeside, deskOf, removeBeside, removeDependent } from './sensorthings-beside-write.ts';
import { type Body, bodyOf, isEntityLike, linkIn, textIn, wrong } from './sensorthings-body.ts';
import { propertiesOf } from './sensorthings-entities.ts';
import type { Entity } from './sensorthings-entity.ts';
import { ID_NAMES, isBeside, MODEL, type SetName } from './sensorthings-model.ts';
import { patched } from './sensorthings-patch.ts';
import type { ResourcePath } from './sensorthings-path.ts';
import {
  createDatastream,
  createSensor,
  createThing,
  listIn,
  localText,
  placeIn,
  REGISTERED,
  sensorDataset,
} from './sensorthings-register.ts';
import type { Stream, World } from './sensorthings-world.ts';
import { changeObservation, createObservation, expectEditor, removeObservation, writableStream } from './sensorthings-write.ts';
import type { Visitor } from './visitor.ts';

const WRITABLE = 'Things, Locations, Sensors, Datastreams, Observations';

/** @returns set and id of what was made. @throws Problem `sta-derived`, `sta-field`, `sta-not-kept`, `sta-foreign`, `not-allowed` */
export function createEntity(world: World, visitor: Visitor, path: ResourcePath, body: unknown): { set: SetName; id: Id } {
  const last = path.steps.at(-1);
  if (last === undefined || last.id !== null || !last.many || path.ending !== null || path.property.length > 0)
    throw new Problem('not-found');
  const above = path.steps.length === 1 ? null : entityAt(world, path.steps.slice(0, -1));
  const { set } = last;
  const made = (id: Id): { set: SetName; id: Id } => ({ set, id });
  if (visitor.may('editor', null) && goesBeside(world, set, body, above))
    return made(transaction(world.db, () => createBesideAt(deskOf(world, visitor), set, body, above)));
  if (set === 'Things' && above === null) return made(createThing(world, visitor, body));
  if (set === 'Sensors') return made(createSensor(world, visitor, body));
  if (set === 'Datastreams') return made(createDatastream(world, visitor, body, streamOf(above)));
  if (set === 'Locations' && above?.set === 'Things') {
    putStation(world.db, visitor.id, { ...stationAt(world, visitor, above), place: placeIn(body) });
    return made(above.id);
  }
  if (set === 'Observations') {
    const given = bodyOf(set, body, [
      'phenomenonTime',
      'resultTime',
      'result',
      'resultQuality',
      'validTime',
      'parameters',
      'Datastream',
      'FeatureOfInterest',
    ]);
    const stream = writableStream(world, visitor, above?.set === 'Datastreams' ? above.id : linkIn(given, 'Datastream'));
    return made(createObservation(world, visitor, stream, given));
  }
  throw new Problem('sta-derived', { set, expected: WRITABLE });
}

function streamOf(above: Entity | null): { thing?: Id; sensor?: Id; property?: Id } {
  if (above === null) return {};
  return above.set === 'Things' ? { thing: above.id } : above.set === 'Sensors' ? { sensor: above.id } : { property: above.id };
}

/** What a body says: what changes, the whole anew, or what is done to it (RFC 6902). */
export type How = 'named' | 'whole' | 'operations';

/** @param how `whole`: what is not named is taken back to nothing. @throws Problem as `createEntity`, `not-found` */
export function changeEntity(world: World, visitor: Visitor, path: ResourcePath, given: unknown, how: How): Entity {
  const entity = wholeEntity(world, path);
  const { set } = entity;
  const body = how === 'operations' ? differences(propertiesOf(world, entity), given) : given;
  const asked = { whole: how === 'whole' };
  expectNothingInline(set, body);
  if (isBeside(entity.id)) {
    expectKeeper(visitor);
    transaction(world.db, () => changeBeside(deskOf(world, visitor), set, entity.id, body, asked));
    return entity;
  }
  if (set === 'Observations') changeObservation(world, visitor, entity, body, asked);
  else if (set === 'Datastreams') changeStream(world, visitor, entity.id, body, asked);
  else if (set === 'Things') changeThing(world, visitor, entity, body);
  else if (set === 'Locations') changeLocation(world, visitor, entity, body);
  else if (set === 'Sensors') changeSensor(world, visitor, entity.id, body);
  else throw new Problem('sta-derived', { set, expected: WRITABLE });
  return entity;
}

/** What operations change of an entity, as a body that names it; within `properties` and `parameters` each on its own. */
function differences(before: Body, operations: unknown): Body {
  const after = patched(before, operations);
  if (!isEntityLike(after)) throw wrong('JSON Patch', 'path', after, '/name');
  const changed = (was: Body, is: Body): Body =>
    Object.fromEntries(
      [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name): [string, unknown][] => {
        const [old, now] = [was[name] ?? null, is[name] ?? null];
        if (isDeepStrictEqual(old, now)) return [];
        const isOpen = name === 'properties' || name === 'parameters';
        return [[name, isOpen && isEntityLike(old) && isEntityLike(now) ? changed(old, now) : now]];
      }),
    );
  return changed(before, after);
}

/** An update may bind what is there; what is new is posted. OGC 18-088, 10.3. @throws Problem `sta-field` */
function expectNothingInline(set: SetName, body: unknown): void {
  if (!isEntityLike(body)) return;
  for (const link of Object.keys(MODEL[set].links)) {
    const found = body[link];
    const all = Array.isArray(found) ? (found as unknown[]) : found == null ? [] : [found];
    if (all.some((one) => !isEntityLike(one) || Object.keys(one).some((name) => !ID_NAMES.includes(name))))
      throw wrong(set, link, found, '{ "@iot.id": "…" }');
  }
}

/** @throws Problem `sta-derived`, `sta-foreign`, `not-allowed`, `not-found` */
export function removeEntity(world: World, visitor: Visitor, path: ResourcePath): void {
  const entity = wholeEntity(world, path);
  const { set, id } = entity;
  transaction(world.db, () => {
    const desk = deskOf(world, visitor);
    if (isBeside(id)) {
      expectKeeper(visitor);
      removeBeside(desk, set, id);
      return;
    }
    if (set === 'Things' || set === 'Sensors') removeDependent(desk, id);
    if (set === 'Observations') removeObservation(world, visitor, entity);
    else if (set === 'Datastreams') removeStream(world, visitor, writableStream(world, visitor, id));
    else if (set === 'Locations') putStation(world.db, visitor.id, { ...stationAt(world, visitor, entity), place: null });
    else if (set === 'Things') {
      const station = stationAt(world, visitor, entity);
      if (!('source' in station.from) || station.from.source !== REGISTERED)
        throw new Problem('sta-foreign', { found: `Things('${id}')`, origin: JSON.stringify(station.from) });
      for (const stream of world.streamsOf.thing.get(id) ?? [])
        removeStream(world, visitor, writableStream(world, visitor, stream.id));
      remove(world.db, 'stations', visitor.id, id);
    } else if (set === 'Sensors') {
      const dataset = ownDataset(world, visitor, id);
      for (const stream of world.streamsOf.sensor.get(id) ?? [])
        removeStream(world, visitor, writableStream(world, visitor, stream.id));
      remove(world.db, 'datasets', visitor.id, dataset);
    } else throw new Problem('sta-derived', { set, expected: WRITABLE });
  });
}

/** What lies beside the dossier belongs to all of it. @throws Problem `not-allowed` */
function expectKeeper(visitor: Visitor): void {
  if (!visitor.may('editor', null)) throw new Problem('not-allowed');
}

function wholeEntity(world: World, path: ResourcePath): Entity {
  if (path.property.length > 0 || path.ending !== null) throw new Problem('not-found');
  return entityAt(world, path.steps);
}

function removeStream(world: World, visitor: Visitor, { series, opened }: Stream): void {
  for (const { id } of listReadings(world.db, { series })) remove(world.db, 'observations', visitor.id, id);
  removeOpened(world.db, visitor.id, opened?.id ?? '');
}

function changeStream(world: World, visitor: Visitor, id: Id, given: unknown, { whole }: { whole: boolean }): void {
  const { opened } = writableStream(world, visitor, id);
  const body = bodyOf('Datastreams', given, ['name', 'description']);
  if (opened === null) return;
  const text = (field: 'name' | 'description'): string =>
    !whole && body[field] === undefined ? opened[field] : textIn('Datastreams', body, field);
  putOpened(world.db, visitor.id, { ...opened, name: text('name'), description: text('description') });
}

function changeThing(world: World, visitor: Visitor, entity: Entity, given: unknown): void {
  const station = stationAt(world, visitor, entity);
  const body = bodyOf('Things', given, ['name', 'description', 'properties', 'Locations']);
  const own = bodyOf('Things/properties', body.properties ?? {}, ['code', 'river', 'country']);
  const bound = listIn(body, 'Locations').map((one) => linkIn({ one }, 'one'));
  if (bound.some((id) => id !== entity.id)) throw wrong('Things', 'Locations', body.Locations, `{ "@iot.id": "${entity.id}" }`);
  const text = (fields: Body, field: string, before: string | null): string | null =>
    fields[field] === undefined ? before : fields[field] === null ? null : textIn('Things', fields, field);
  putStation(world.db, visitor.id, {
    ...station,
    name: body.name === undefined ? station.name : { ...station.name, ...localText(textIn('Things', body, 'name')) },
    note: text(body, 'description', station.note),
    code: text(own, 'code', station.code),
    river: text(own, 'river', station.river),
    country: text(own, 'country', station.country),
  });
}

/** Where it is; its name is that of its Thing. */
function changeLocation(world: World, visitor: Visitor, entity: Entity, given: unknown): void {
  const station = stationAt(world, visitor, entity);
  const shown = propertiesOf(world, entity);
  const body = bodyOf('Locations', given, ['name', 'description', 'encodingType', 'location', 'properties', 'Things']);
  const lost = ['name', 'description', 'properties'].find(
    (name) => body[name] !== undefined && !isDeepStrictEqual(body[name], shown[name]),
  );
  if (lost !== undefined) throw new Problem('sta-not-kept', { set: 'Locations', field: lost, expected: 'location' });
  if (body.location !== undefined) putStation(world.db, visitor.id, { ...station, place: placeIn({ location: body.location }) });
}

function changeSensor(world: World, visitor: Visitor, id: Id, given: unknown): void {
  const dataset = ownDataset(world, visitor, id);
  const body = bodyOf('Sensors', given, ['name', 'description', 'encodingType', 'metadata', 'properties']);
  const before = listDatasets(world.db).find((one) => one.id === dataset);
  if (before === undefined) throw new Problem('not-found');
  const { title, href, mediaType, licence, attribution } = before;
  const whole = { name: Object.values(title)[0], description: attribution, encodingType: mediaType, metadata: href, ...body };
  const properties = {
    licence,
    ...(body.description === undefined ? { attribution } : {}),
    ...((body.properties as Body | undefined) ?? {}),
  };
  putDataset(world.db, visitor.id, sensorDataset({ ...whole, properties }, dataset));
}

/** The data set of a Sensor that programs registered, all of whose series the caller may write. */
function ownDataset(world: World, visitor: Visitor, id: Id): Id {
  if (!id.startsWith('dataset:sensors/')) throw new Problem('sta-foreign', { found: `Sensors('${id}')`, origin: id });
  for (const { series } of world.streamsOf.sensor.get(id) ?? []) expectEditor(world, visitor, series.feature);
  return id.slice('dataset:'.length);
}

/** @throws Problem `sta-derived` where the Thing is no station */
function stationAt(world: World, visitor: Visitor, { id, set }: Entity): Station {
  expectEditor(world, visitor, id);
  const station = world.stations.get(id);
  if (station === undefined) throw new Problem('sta-derived', { set: `${set}('${id}')`, expected: WRITABLE });
  return station;
}
