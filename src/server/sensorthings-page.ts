/**
 * One page of a set: filtered, sorted, counted, with the address of the next. Values stay in the dossier as far as it can sort and count them
 * itself; a filter over many is worked through in pieces, and others are answered in between.
 */
import type { Entity, Linked, Well } from './sensorthings-entity.ts';
import { firstValue, holds } from './sensorthings-evaluate.ts';
import type { Query } from './sensorthings-query.ts';
import { compared, isShape, type Value } from './sensorthings-values.ts';
import { countWell, cursorOf, listWell, orderIn } from './sensorthings-wells.ts';
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

/** @param address of the set, without its query */
export async function pageOf(world: World, source: Linked, query: Query, address: string): Promise<Page> {
  const most = query.dataArray ? MOST_ROWS : MOST;
  const usual = query.dataArray ? MOST_ROWS : USUAL;
  const size = Math.max(0, Math.min(query.top ?? usual, most, world.work.told));
  const found =
    'entities' in source ? ofEntities(world, source.entities, query, size) : await ofWells(world, source.wells, query, size);
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

async function ofWells(world: World, wells: readonly Well[], query: Query, size: number): Promise<Found> {
  const { filter, order, skip } = query;
  const counted = (): number | null => (query.count ? wells.reduce((sum, well) => sum + countWell(world, well), 0) : null);
  const orders = wells.map((well) => orderIn(well, order));
  const [only, second] = wells;
  if (filter === null && orders.every((one) => one !== null)) {
    if (only !== undefined && second === undefined)
      return { entities: listWell(world, only, { order: orders[0] ?? [], limit: size + 1, skip }), count: counted() };
    const first = wells.flatMap((well, i) => listWell(world, well, { order: orders[i] ?? [], limit: skip + size + 1 }));
    return { entities: sorted(world, first, query).slice(skip, skip + size + 1), count: counted() };
  }
  const matching: Entity[] = [];
  const isEarly = order.length === 0 && !query.count;
  for (const well of wells) {
    if (isEarly && matching.length > skip + size) break;
    matching.push(...(await matchingIn(world, well, query, isEarly ? skip + size + 1 - matching.length : Infinity)));
  }
  const entities = sorted(world, matching, query).slice(skip, skip + size + 1);
  return { entities, count: query.count ? matching.length : null };
}

/** @param enough how many are needed */
async function matchingIn(world: World, well: Well, { filter }: Query, enough: number): Promise<Entity[]> {
  const matching: Entity[] = [];
  let after = 0;
  for (;;) {
    const piece = listWell(world, well, { after, limit: PIECE });
    for (const one of piece) if (filter === null || holds(world, one, filter)) matching.push(one);
    after = cursorOf(piece.at(-1)) ?? after;
    if (piece.length < PIECE || matching.length >= enough) return matching;
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
  if (isShape(a) && isShape(b)) return ranked(JSON.stringify(a), JSON.stringify(b)); // in some order, always the same
  return compared('lt', a, b) ? -1 : compared('gt', a, b) ? 1 : 0;
}

function nextAddress(address: string, { written, skip }: Query, shown: number): string {
  const options = [...written, ['$skip', String(skip + shown)] as const];
  return `${address}?${options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
