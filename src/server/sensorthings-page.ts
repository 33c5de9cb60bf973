/**
 * One page of a set: filtered, sorted, counted, with the address of the next. Values stay in the dossier as far as it can sort and count them
 * itself; a filter over many is worked through in pieces, and others are answered in between.
 */
import { countReadings, listReadings, type ReadingsOf } from '../store/readings.ts';
import { type Entity, type Linked, observation } from './sensorthings-entities.ts';
import { firstValue, holds } from './sensorthings-evaluate.ts';
import type { Query } from './sensorthings-query.ts';
import { compared, type Value } from './sensorthings-values.ts';
import type { World } from './sensorthings-world.ts';

export interface Page {
  entities: Entity[];
  count: number | null;
  next: string | null;
}

/** Entities of a page unless `$top` says less, and the most of it; of data arrays, which are short. */
const USUAL = 100;
const MOST = 1000;
const MOST_ROWS = 10_000;

/** Values that are read at once. */
const PIECE = 5000;

/** Columns by which the dossier sorts. */
const COLUMNS: Record<string, 'period_start' | 'value' | 'id'> = {
  phenomenonTime: 'period_start',
  result: 'value',
  id: 'id',
  '@iot.id': 'id',
};

/** @param address of the set, without its query */
export async function pageOf(world: World, source: Linked, query: Query, address: string): Promise<Page> {
  const most = query.dataArray ? MOST_ROWS : MOST;
  const usual = query.dataArray ? MOST_ROWS : USUAL;
  const size = Math.max(0, Math.min(query.top ?? usual, most, world.work.told));
  const found =
    'entities' in source
      ? ofEntities(world, source.entities, query, size)
      : await ofReadings(world, source.readings, query, size);
  const shown = found.entities.slice(0, size);
  const isMore = found.entities.length > size && query.top !== 0;
  return { entities: shown, count: found.count, next: isMore ? nextAddress(address, query, shown.length) : null };
}

interface Found {
  /** With one more than the page holds where there are more. */
  entities: Entity[];
  count: number | null;
}

function ofEntities(world: World, all: readonly Entity[], query: Query, size: number): Found {
  const { filter, skip } = query;
  const matching = filter === null ? all : all.filter((one) => holds(world, one, filter));
  const entities = sorted(world, matching, query).slice(skip, skip + size + 1);
  return { entities, count: query.count ? matching.length : null };
}

async function ofReadings(world: World, of: ReadingsOf, query: Query, size: number): Promise<Found> {
  const { db } = world;
  const series = 'series' in of ? of.series : null;
  const entity = (reading: Parameters<typeof observation>[1]): Entity => observation(world, reading, series);
  const columns = query.order.map(({ by, descending }) => ({
    column: by.kind === 'path' && by.path.length === 1 ? COLUMNS[by.path[0] ?? ''] : undefined,
    descending,
  }));
  const known = columns.flatMap(({ column, descending }) => (column === undefined ? [] : [{ column, descending }]));
  if (query.filter === null && known.length === columns.length) {
    const rows = listReadings(db, of, { order: known, limit: size + 1, skip: query.skip });
    return { entities: rows.map(entity), count: query.count ? countReadings(db, of) : null };
  }
  const matching = await matchingReadings(world, of, query, query.skip + size + 1, entity);
  const entities = sorted(world, matching, query).slice(query.skip, query.skip + size + 1);
  return { entities, count: query.count ? matching.length : null };
}

/** @param enough how many are needed where the order of storing will do */
async function matchingReadings(
  world: World,
  of: ReadingsOf,
  { filter, order, count }: Query,
  enough: number,
  entity: (reading: Parameters<typeof observation>[1]) => Entity,
): Promise<Entity[]> {
  const matching: Entity[] = [];
  const isEarly = order.length === 0 && !count;
  let after = 0;
  for (;;) {
    const rows = listReadings(world.db, of, { after, limit: PIECE });
    for (const one of rows.map(entity)) if (filter === null || holds(world, one, filter)) matching.push(one);
    after = rows.at(-1)?.fid ?? after;
    if (rows.length < PIECE || (isEarly && matching.length >= enough)) return matching;
    await new Promise((done) => setImmediate(done));
  }
}

function sorted(world: World, entities: readonly Entity[], { order }: Query): Entity[] {
  if (order.length === 0) return [...entities];
  const keyed = entities.map((entity) => ({ entity, keys: order.map(({ by }) => firstValue(world, entity, by)) }));
  const compare = (a: readonly Value[], b: readonly Value[]): number => {
    for (const [i, { descending }] of order.entries()) {
      const found = ranked(a[i] ?? null, b[i] ?? null);
      if (found !== 0) return descending ? -found : found;
    }
    return 0;
  };
  return keyed.sort((a, b) => compare(a.keys, b.keys)).map(({ entity }) => entity);
}

/** What is missing comes first, as in the dossier. */
function ranked(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compared('lt', a, b) ? -1 : compared('gt', a, b) ? 1 : 0;
}

function nextAddress(address: string, { written, skip }: Query, shown: number): string {
  const options = [...written, ['$skip', String(skip + shown)] as const];
  return `${address}?${options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
