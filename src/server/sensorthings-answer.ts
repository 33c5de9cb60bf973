/**
 * Replies of the SensorThings service: the root, sets page by page, entities with what is expanded in them, properties, addresses.
 *
 *     await answerPath(world, parsePath("/Things('almaty')/Datastreams"), '?$expand=Sensor')
 */
import { Problem } from '../problems.ts';
import { getProgramValue, type ProgramValuesOf } from '../store/programs.ts';
import { getReading, type ReadingsOf } from '../store/readings.ts';
import { dataArrays } from './sensorthings-data-array.ts';
import { allOf, linked, observation, propertiesOf } from './sensorthings-entities.ts';
import { besideValue, type Entity, type Linked, type Well } from './sensorthings-entity.ts';
import { entityAddress, ID_NAMES, isBeside, keyOf, MODEL, SELF, SET_NAMES, shownId } from './sensorthings-model.ts';
import { type Page, pageOf } from './sensorthings-page.ts';
import type { ResourcePath, Step } from './sensorthings-path.ts';
import { parseQuery, type Query } from './sensorthings-query.ts';
import type { World } from './sensorthings-world.ts';
import type { Visitor } from './visitor.ts';

const SPECIFICATION = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** Requirements of OGC 18-088 that are met for who reads. docs/sensorthings.md */
const READING: readonly string[] = [
  ...[
    'thing',
    'location',
    'historical-location',
    'datastream',
    'sensor',
    'observed-property',
    'observation',
    'feature-of-interest',
  ].flatMap((name) => [`datamodel/${name}/properties`, `datamodel/${name}/relations`]),
  'datamodel/entity-control-information/common-control-information',
  'resource-path/resource-path-to-entities',
  'request-data/order',
  'request-data/expand',
  'request-data/select',
  'request-data/status-code',
  'request-data/query-status-code',
  'request-data/orderby',
  'request-data/top',
  'request-data/skip',
  'request-data/count',
  'request-data/filter',
  'request-data/built-in-filter-operations',
  'request-data/built-in-query-functions',
  'request-data/pagination',
];

/** Those that are met for who may edit a site, of which what follows from the records cannot be written. */
const WRITING: readonly string[] = [
  'create-update-delete/link-to-existing-entities',
  'create-update-delete/deep-insert-status-code',
  'batch-request/batch-request',
  'data-array/data-array',
];

/** Those that are met for who may edit the whole dossier: every set can be written. */
const EVERY_SET: readonly string[] = [
  'create-entity',
  'deep-insert',
  'update-entity',
  'update-entity-put',
  'update-entity-jsonpatch',
  'delete-entity',
  'historical-location-auto-creation',
  'historical-location-manual-creation',
].map((name) => `create-update-delete/${name}`);

/** The requirements that are met for a caller: OGC 18-088, 9.2.1, lets the list tell what they may use. */
export function conformanceOf(visitor: Visitor): string[] {
  const writing = visitor.maySomewhere('editor') ? WRITING : [];
  const all = visitor.may('editor', null) ? EVERY_SET : [];
  return [...READING, ...writing, ...all].map((name) => `${SPECIFICATION}/${name}`);
}

/** The service root. OGC 18-088, 9.2.1. */
export function rootReply(root: string, visitor: Visitor): object {
  return {
    value: SET_NAMES.map((name) => ({ name, url: `${root}/${name}` })),
    serverSettings: {
      conformance: conformanceOf(visitor),
      [`${SPECIFICATION}/data-array/data-array`]: { endpoints: [`${root}/CreateObservations`] },
    },
  };
}

/** @throws Problem `not-found`, `sta-option`, `sta-syntax`, `sta-property` */
export async function answerPath(world: World, path: ResourcePath, search: string): Promise<Response> {
  const last = path.steps.at(-1);
  if (last === undefined) throw new Problem('not-found');
  const query = parseQuery(last.set, search);
  const address = addressOf(world, path.steps);
  if (last.many && last.id === null) return Response.json(await setReply(world, path, query, address));
  const entity = entityAt(world, path.steps);
  if (path.ending === '$ref') return Response.json({ [SELF]: entityAddress(world.root, entity.set, entity.id) });
  if (path.property.length > 0) return propertyReply(world, entity, path);
  return Response.json(await rendered(world, entity, query));
}

async function setReply(world: World, { steps, ending }: ResourcePath, query: Query, address: string): Promise<object> {
  const page = await pageOf(world, sourceAt(world, steps), query, address);
  if (ending === '$ref')
    return pageReply(
      page,
      page.entities.map(({ set, id }) => ({ [SELF]: entityAddress(world.root, set, id) })),
    );
  if (query.dataArray) return pageReply(page, dataArrays(world, page.entities, query));
  return pageReply(page, await each(world, page.entities, query));
}

function pageReply({ count, next }: Page, value: unknown[]): object {
  return { ...(count === null ? {} : { '@iot.count': count }), ...(next === null ? {} : { '@iot.nextLink': next }), value };
}

async function each(world: World, entities: readonly Entity[], query: Query): Promise<object[]> {
  const all: object[] = [];
  for (const entity of entities) all.push(await rendered(world, entity, query));
  return all;
}

/** An entity as JSON: with `$select` only what was asked for, and what was expanded. */
export async function rendered(world: World, entity: Entity, query: Query | null): Promise<Record<string, unknown>> {
  world.work.told -= 1;
  const self = entityAddress(world.root, entity.set, entity.id);
  const select = query?.select ?? null;
  const wants = (...names: string[]): boolean => select === null || names.some((name) => select.includes(name));
  const reply: Record<string, unknown> = {};
  if (wants(...ID_NAMES)) reply['@iot.id'] = shownId(entity.id);
  if (wants(SELF)) reply[SELF] = self;
  for (const [name, value] of Object.entries(propertiesOf(world, entity))) if (wants(name)) reply[name] = value;
  const expanded = new Map(query?.expand.map((one) => [one.link, one]) ?? []);
  for (const link of Object.keys(MODEL[entity.set].links)) {
    const asked = expanded.get(link);
    if (asked === undefined) {
      if (wants(link)) reply[`${link}@iot.navigationLink`] = `${self}/${link}`;
      continue;
    }
    const source = linked(world, entity, link);
    if (!asked.many) {
      const [one] = entitiesIn(source);
      reply[link] = one === undefined ? null : await rendered(world, one, asked.query);
      continue;
    }
    const page = await pageOf(world, source, asked.query, `${self}/${link}`);
    if (page.count !== null) reply[`${link}@iot.count`] = page.count;
    if (page.next !== null) reply[`${link}@iot.nextLink`] = page.next;
    reply[link] = await each(world, page.entities, asked.query);
  }
  return reply;
}

function propertyReply(world: World, entity: Entity, { property, ending }: ResourcePath): Response {
  const [name = '', ...rest] = property;
  let found: unknown = ID_NAMES.includes(name)
    ? shownId(entity.id)
    : name === SELF
      ? entityAddress(world.root, entity.set, entity.id)
      : propertiesOf(world, entity)[name];
  for (const part of rest) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) throw new Problem('not-found');
    found = (found as Record<string, unknown>)[part];
  }
  if (found === null || found === undefined) return new Response(null, { status: 204 }); // OGC 18-088, 9.2.4
  if (ending === null) return Response.json({ [property.at(-1) ?? name]: found });
  const text = typeof found === 'object' ? JSON.stringify(found) : String(found);
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/** The entity that a path leads to. @throws Problem `not-found` */
export function entityAt(world: World, steps: readonly Step[]): Entity {
  let entity: Entity | null = null;
  for (const [i, { set, name, id, many }] of steps.entries()) {
    const source: Linked = i === 0 || entity === null ? allOf(world, set) : linked(world, entity, name);
    entity = many ? (id === null ? null : findIn(world, source, id)) : (entitiesIn(source)[0] ?? null);
    if (entity === null) throw new Problem('not-found');
  }
  if (entity === null) throw new Problem('not-found');
  return entity;
}

function sourceAt(world: World, steps: readonly Step[]): Linked {
  const last = steps.at(-1);
  if (last === undefined) throw new Problem('not-found');
  return steps.length === 1 ? allOf(world, last.set) : linked(world, entityAt(world, steps.slice(0, -1)), last.name);
}

function entitiesIn(source: Linked): Entity[] {
  return 'entities' in source ? source.entities : [];
}

function findIn(world: World, source: Linked, id: string): Entity | null {
  const ids = [id, isBeside(id) ? id.slice(1) : `#${id}`]; // with quotes and without
  if ('entities' in source) {
    const known = new Map(source.entities.map((one) => [one.id, one]));
    return ids.map((one) => known.get(one)).find((one) => one !== undefined) ?? null;
  }
  return ids.map((one) => valueIn(world, source.wells, one)).find((one) => one !== null) ?? null;
}

function valueIn(world: World, wells: readonly Well[], id: string): Entity | null {
  for (const well of wells) {
    const found = 'dossier' in well ? readingIn(world, well.dossier, id) : programValueIn(world, well.programs, id);
    if (found !== null) return found;
  }
  return null;
}

function readingIn(world: World, readings: ReadingsOf, id: string): Entity | null {
  const found = getReading(world.db, id);
  if (found === null || !world.places.has(found.reading.feature)) return null;
  const entity = observation(world, found.reading, found.series);
  if ('series' in readings && entity.stream !== observation(world, found.reading, readings.series).stream) return null;
  return 'feature' in readings && found.reading.feature !== readings.feature ? null : entity;
}

function programValueIn(world: World, of: ProgramValuesOf, id: string): Entity | null {
  const value = getProgramValue(world.db, id);
  if (value === null || (of !== 'all' && ('datastream' in of ? value.datastream !== of.datastream : value.place !== of.place)))
    return null;
  return besideValue(value);
}

function addressOf(world: World, steps: readonly Step[]): string {
  return steps.reduce((before, { name, id }) => {
    return `${before}/${name}${id === null ? '' : keyOf(id)}`;
  }, world.root);
}
