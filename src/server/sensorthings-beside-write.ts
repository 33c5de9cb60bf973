/**
 * Entities beside the dossier, written by who may edit all of it: made with what is nested in them, changed, removed with what cannot be
 * without them. OGC 18-088, 10, tables 24 and 25.
 *
 *     const desk = deskOf(world, visitor);
 *     createBeside(desk, 'Things', { name: 'Oven', description: '…', Locations: [{ … }] })   // '#1'
 */
import { isDeepStrictEqual } from 'node:util';
import {
  getProgramValue,
  listProgramValues,
  nextProgramId,
  type ProgramEntity,
  putProgramEntity,
  putProgramValue,
  removeProgramEntity,
  removeProgramValue,
} from '../store/programs.ts';
import type { Id } from '../types.ts';
import { besideBody, besideTime, changedBody } from './sensorthings-beside-fields.ts';
import { backOf } from './sensorthings-beside-kept.ts';
import { type Body, isEntityLike, linkIn, wrong } from './sensorthings-body.ts';
import { isBeside, MODEL, type SetName } from './sensorthings-model.ts';
import type { World } from './sensorthings-world.ts';
import type { Visitor } from './visitor.ts';

/** What lies beside the dossier while a request works on it. */
export interface Desk {
  world: World;
  by: string;
  entities: Map<Id, ProgramEntity>;
}

type Bound = Readonly<Record<string, Id>>;

/** Links without which an entity is none. */
const MANDATORY: Partial<Record<SetName, readonly string[]>> = {
  Datastreams: ['Thing', 'Sensor', 'ObservedProperty'],
  HistoricalLocations: ['Thing', 'Locations'],
  Observations: ['Datastream'],
};

export function deskOf(world: World, visitor: Visitor): Desk {
  return { world, by: visitor.id, entities: new Map(world.beside.entities) };
}

/** @param bound what the address says already. @throws Problem `sta-field`, `sta-not-kept` */
export function createBeside(desk: Desk, set: SetName, given: unknown, bound: Bound = {}): Id {
  if (set === 'Observations') return createValue(desk, given, bound);
  const properties = besideBody(set, given);
  const body = given as Body;
  const links: Record<string, Id | Id[]> = {};
  for (const [link, { set: target, many }] of Object.entries(MODEL[set].links)) {
    if (backOf(set, link) !== null || target === 'Observations') continue;
    const found = many ? listed(set, link, body[link]) : body[link] == null ? [] : [body[link]];
    const ids = bound[link] === undefined ? found.map((one) => reached(desk, target, link, one)) : [bound[link]];
    if (ids.length === 0 && MANDATORY[set]?.includes(link)) throw wrong(set, link, body[link], '{ "@iot.id": … }');
    const [first] = ids;
    if (many) links[link] = [...new Set(ids)];
    else if (first !== undefined) links[link] = first;
  }
  const id = nextProgramId(desk.world.db, 'program_entities');
  keep(desk, { id, kind: set, links, body: properties });
  if (set === 'Things' && idsIn(links.Locations).length > 0) remember(desk, id);
  if (set === 'HistoricalLocations') follow(desk, id);
  for (const [link, { set: target }] of Object.entries(MODEL[set].links)) takeNested(desk, { set, id, link, target }, body[link]);
  return id;
}

interface Nest {
  set: SetName;
  id: Id;
  link: string;
  target: SetName;
}

/** What is nested under a link that its entities keep themselves: new ones, or those that are there. */
function takeNested(desk: Desk, { set, id, link, target }: Nest, given: unknown): void {
  const back =
    target === 'Observations'
      ? { set: target, link: set === 'Datastreams' ? 'Datastream' : 'FeatureOfInterest' }
      : backOf(set, link);
  if (back === null) return;
  for (const one of listed(set, link, given)) {
    const known = linkIn({ one }, 'one');
    if (known === null) createBeside(desk, target, one, { [back.link]: id });
    else if (target === 'Things') moveThing(desk, existing(desk, target, link, known), [id]);
    else throw wrong(set, link, one, '{ "name": … }');
  }
}

/** The id of an entity that is linked to, or of the one described, which is made. */
function reached(desk: Desk, target: SetName, link: string, given: unknown): Id {
  const id = linkIn({ given }, 'given');
  if (id !== null) return existing(desk, target, link, id);
  if (!isEntityLike(given)) throw wrong(link, link, given, '{ "@iot.id": … }, { "name": … }');
  return createBeside(desk, target, given);
}

/** Beside the dossier, or in it. @throws Problem `sta-field` */
function existing({ world, entities }: Desk, target: SetName, link: string, id: Id): Id {
  for (const one of isBeside(id) ? [id, id.slice(1)] : [id, `#${id}`]) {
    if (entities.get(one)?.kind === target) return one;
    if (target === 'Things' && world.places.has(one)) return one;
    if (target === 'FeaturesOfInterest' && world.places.has(one)) return one;
    if (target === 'Sensors' && world.sensors.has(one)) return one;
    if (target === 'ObservedProperties' && world.indicators.has(one)) return one;
  }
  throw wrong(target, link, id, '{ "@iot.id": … }');
}

function keep(desk: Desk, entity: ProgramEntity): void {
  putProgramEntity(desk.world.db, desk.by, entity);
  desk.entities.set(entity.id, entity);
}

/** Where the Thing is from now on; when it was where stays known. OGC 18-088, 8.2.3. */
export function moveThing(desk: Desk, thing: Id, locations: readonly Id[]): void {
  const entity = desk.entities.get(thing);
  if (entity === undefined) throw wrong('Things', 'Locations', thing, '#');
  keep(desk, { ...entity, links: { ...entity.links, Locations: [...locations] } });
  remember(desk, thing);
}

function remember(desk: Desk, thing: Id): void {
  const Locations = idsIn(desk.entities.get(thing)?.links.Locations);
  const body = { time: new Date(desk.world.now).toISOString() };
  const id = nextProgramId(desk.world.db, 'program_entities');
  keep(desk, { id, kind: 'HistoricalLocations', links: { Thing: thing, Locations }, body });
}

/** The latest HistoricalLocation says where the Thing is, also where a program wrote it. */
function follow(desk: Desk, id: Id): void {
  const own = desk.entities.get(id);
  const thing = desk.entities.get(String(own?.links.Thing));
  if (own === undefined || thing === undefined) throw wrong('HistoricalLocations', 'Thing', own?.links.Thing, '{ "@iot.id": 1 }');
  const at = (one: ProgramEntity): number => besideTime('HistoricalLocations', 'time', one.body.time, 'moment').start;
  const others = [...desk.entities.values()].filter(
    (one) => one.kind === 'HistoricalLocations' && one.id !== id && one.links.Thing === thing.id,
  );
  if (others.every((one) => at(one) < at(own)))
    keep(desk, { ...thing, links: { ...thing.links, Locations: idsIn(own.links.Locations) } });
}

function createValue(desk: Desk, given: unknown, bound: Bound): Id {
  const body = besideBody('Observations', given);
  const links = given as Body;
  const said =
    bound.Datastream ?? (links.Datastream == null ? null : reached(desk, 'Datastreams', 'Datastream', links.Datastream));
  if (said === null) throw wrong('Observations', 'Datastream', undefined, '{ "@iot.id": … }');
  const stream = desk.entities.get(said);
  if (stream === undefined) throw wrong('Observations', 'Datastream', said, '{ "@iot.id": 1 }');
  const place =
    bound.FeatureOfInterest ??
    (links.FeatureOfInterest == null
      ? placeOf(desk, stream)
      : reached(desk, 'FeaturesOfInterest', 'FeatureOfInterest', links.FeatureOfInterest));
  const id = nextProgramId(desk.world.db, 'program_values');
  putValue(desk, { id, datastream: stream.id, place }, body);
  return id;
}

function putValue(desk: Desk, row: { id: Id; datastream: Id; place: Id }, given: Body): void {
  const phenomenonTime = given.phenomenonTime ?? new Date(desk.world.now).toISOString();
  const { start, end } = besideTime('Observations', 'phenomenonTime', phenomenonTime);
  const [starts, ends] = [new Date(start).toISOString(), new Date(end).toISOString()];
  putProgramValue(desk.world.db, desk.by, { ...row, starts, ends, body: { ...given, phenomenonTime } });
}

/** What a value is of where nothing says so: where its Thing is. OGC 18-088, 10.2.1, special case 1. */
function placeOf(desk: Desk, stream: ProgramEntity): Id {
  const thing = String(stream.links.Thing);
  if (desk.world.places.has(thing)) return thing;
  const [at] = idsIn(desk.entities.get(thing)?.links.Locations);
  const location = desk.entities.get(at ?? '');
  if (location === undefined) throw wrong('Observations', 'FeatureOfInterest', undefined, '{ "@iot.id": … }');
  const { name, description, encodingType, location: feature } = location.body;
  for (const { id, kind, links, body } of desk.entities.values())
    if (kind === 'FeaturesOfInterest' && links.from === location.id && isDeepStrictEqual(body.feature, feature)) return id;
  const id = nextProgramId(desk.world.db, 'program_entities');
  keep(desk, {
    id,
    kind: 'FeaturesOfInterest',
    links: { from: location.id },
    body: { name, description, encodingType, feature },
  });
  return id;
}

/** @param options `whole`: what is not named is taken back to nothing. @throws Problem `sta-field`, `sta-not-kept`, `not-found` */
export function changeBeside(desk: Desk, set: SetName, id: Id, given: unknown, { whole }: { whole: boolean }): void {
  const body = (before: Body): Body => (whole ? besideBody(set, given) : changedBody(set, before, given));
  const linked = isEntityLike(given) ? given : {};
  if (set === 'Observations') {
    const value = getProgramValue(desk.world.db, id);
    if (value === null) throw wrong(set, '@iot.id', id, '1');
    const own = body(value.body);
    const to = (link: string, target: SetName, before: Id): Id =>
      linked[link] == null ? before : reached(desk, target, link, linked[link]);
    const datastream = to('Datastream', 'Datastreams', value.datastream);
    const place = to('FeatureOfInterest', 'FeaturesOfInterest', value.place);
    putValue(desk, { id, datastream, place }, own);
    return;
  }
  const entity = desk.entities.get(id);
  if (entity === undefined) throw wrong(set, '@iot.id', id, '1');
  const links: Record<string, Id | readonly Id[]> = { ...entity.links };
  for (const [link, { set: target, many }] of Object.entries(MODEL[set].links)) {
    if (linked[link] == null || backOf(set, link) !== null || target === 'Observations' || link === 'Locations') continue;
    if (!many) links[link] = reached(desk, target, link, linked[link]);
  }
  keep(desk, { ...entity, links, body: body(entity.body) });
  const locations = listed(set, 'Locations', linked.Locations).map((one) => reached(desk, 'Locations', 'Locations', one));
  if (locations.length > 0 && set === 'Things') moveThing(desk, id, locations);
  if (locations.length > 0 && set === 'HistoricalLocations')
    keep(desk, { ...entity, links: { ...links, Locations: locations }, body: body(entity.body) });
  if (set === 'Locations') takeNested(desk, { set, id, link: 'Things', target: 'Things' }, linked.Things);
}

/** With all that cannot be without it. OGC 18-088, 10.4, table 25. */
export function removeBeside(desk: Desk, set: SetName, id: Id): void {
  const { world, by, entities } = desk;
  if (set === 'Observations') {
    removeProgramValue(world.db, by, id);
    return;
  }
  const values = set === 'Datastreams' ? { datastream: id } : set === 'FeaturesOfInterest' ? { place: id } : null;
  if (values !== null) for (const one of listProgramValues(world.db, values)) removeProgramValue(world.db, by, one.id);
  if (set === 'Locations') unlink(desk, id);
  removeDependent(desk, id);
  removeProgramEntity(world.db, by, id);
  entities.delete(id);
}

/** Series and times at places that lead to an entity, of the dossier or beside it, that is removed. */
export function removeDependent(desk: Desk, id: Id): void {
  for (const one of [...desk.entities.values()]) {
    if (!['Datastreams', 'HistoricalLocations'].includes(one.kind)) continue;
    const leads = Object.entries(one.links).some(([link, ids]) => link !== 'from' && idsIn(ids).includes(id));
    if (leads) removeBeside(desk, one.kind as SetName, one.id);
  }
}

/** Things that were at a Location are so no longer. */
function unlink(desk: Desk, location: Id): void {
  for (const one of [...desk.entities.values()])
    if (one.kind === 'Things' && idsIn(one.links.Locations).includes(location))
      keep(desk, { ...one, links: { ...one.links, Locations: idsIn(one.links.Locations).filter((id) => id !== location) } });
}

function idsIn(given: Id | readonly Id[] | undefined): Id[] {
  return given === undefined ? [] : typeof given === 'string' ? [given] : [...given];
}

function listed(set: SetName, link: string, given: unknown): unknown[] {
  if (given == null) return [];
  if (!Array.isArray(given)) throw wrong(set, link, given, '[ … ]');
  return given;
}
