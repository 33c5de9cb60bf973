/**
 * Replies of the SensorThings service: the root, sets page by page, entities with what is expanded in them, properties, addresses.
 *
 *     await answerPath(world, parsePath("/Things('almaty')/Datastreams"), '?$expand=Sensor')
 */
import { Problem } from '../problems.ts';
import { getReading } from '../store/readings.ts';
import { dataArrays } from './sensorthings-data-array.ts';
import { allOf, type Entity, type Linked, linked, observation, propertiesOf } from './sensorthings-entities.ts';
import { entityAddress, ID_NAMES, MODEL, SELF, SET_NAMES } from './sensorthings-model.ts';
import { type Page, pageOf } from './sensorthings-page.ts';
import type { ResourcePath, Step } from './sensorthings-path.ts';
import { parseQuery, type Query } from './sensorthings-query.ts';
import type { World } from './sensorthings-world.ts';

const SPECIFICATION = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** Requirements classes and requirements of OGC 18-088 that are met. What of create-update-delete is not: docs/sensorthings.md */
export const CONFORMANCE: readonly string[] = [
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
  'create-update-delete/link-to-existing-entities',
  'create-update-delete/deep-insert-status-code',
  'data-array/data-array',
].map((name) => `${SPECIFICATION}/${name}`);

/** The service root. OGC 18-088, 9.2.1. */
export function rootReply(root: string): object {
  return {
    value: SET_NAMES.map((name) => ({ name, url: `${root}/${name}` })),
    serverSettings: {
      conformance: CONFORMANCE,
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
  if (wants(...ID_NAMES)) reply['@iot.id'] = entity.id;
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
    ? entity.id
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
  if ('entities' in source) return source.entities.find((one) => one.id === id) ?? null;
  const found = getReading(world.db, id);
  if (found === null || !world.places.has(found.reading.feature)) return null;
  const entity = observation(world, found.reading, found.series);
  const { readings } = source;
  if ('series' in readings && entity.stream !== observation(world, found.reading, readings.series).stream) return null;
  return 'feature' in readings && found.reading.feature !== readings.feature ? null : entity;
}

function addressOf(world: World, steps: readonly Step[]): string {
  return steps.reduce((before, { name, id }) => {
    const quoted = id === null ? '' : `('${encodeURIComponent(id.replaceAll("'", "''"))}')`;
    return `${before}/${name}${quoted}`;
  }, world.root);
}
