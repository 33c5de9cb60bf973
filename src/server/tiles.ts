/**
 * Vector tiles (Mapbox Vector Tile 2.1) of zones and occurrences, made when they are asked for and only of what the caller may see.
 * Far out, occurrences are counted in cells; near by, each is a point.
 */
import { setImmediate } from 'node:timers/promises';
import { GeoJSONVT, type GeoJSONVTTile, geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Db } from '../store/db.ts';
import { exportPlaces } from '../store/export-rows.ts';
import { listOccurrences } from '../store/occurrences.ts';
import type { Noun } from '../store/write.ts';
import type { Extent, Id } from '../types.ts';
import { nounState } from './changes.ts';
import type { Visitor } from './visitor.ts';

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** Finest zoom that tiles are made for; maps enlarge these. */
export const MAX_ZOOM = 14;

/** From this zoom on every occurrence is a point of its own. */
const POINTS_FROM = 10;

/** Cells of the count [per degree]. */
const CELLS_PER_DEGREE = 64;

/** Rows read before others are let in. */
const STEP = 20_000;

const EXTENT = 4096;

/** How many points a tile may hold: beyond it they lie on top of one another. */
const MOST_POINTS = 20_000;

type Kept<Value> = WeakMap<Db, { state: string; value: Value }>;

const zoneIndexes: Kept<GeoJSONVT> = new WeakMap();
const cellCounts: Kept<Promise<Map<string, Cell>>> = new WeakMap();
const exactCounts: Kept<Promise<Map<string, Cell>>> = new WeakMap();

interface Cell {
  site: Id | null;
  lon: number;
  lat: number;
  count: number;
}

export function zoneTile(db: Db, visitor: Visitor, at: TileAddress): Uint8Array<ArrayBuffer> {
  const index = kept(db, zoneIndexes, ['sites', 'zones'], () => {
    const features = exportPlaces(db, 'zones').flatMap(({ id, geometry, properties: { name: _, ...properties } }) =>
      geometry === null ? [] : [{ type: 'Feature' as const, geometry, properties: { id, ...properties } }],
    );
    return new GeoJSONVT({ type: 'FeatureCollection', features }, { maxZoom: MAX_ZOOM, extent: EXTENT });
  });
  const tile = index.getTile(at.z, at.x, at.y);
  const features = (tile?.features ?? []).filter((feature: { tags?: Record<string, unknown> | null }) =>
    visitor.may('reader', String(feature.tags?.site ?? '')),
  );
  return encoded('zones', tile === null ? null : { ...tile, features });
}

export async function occurrenceTile(db: Db, visitor: Visitor, at: TileAddress): Promise<Uint8Array<ArrayBuffer>> {
  const within = boxOf(at);
  const points = at.z >= POINTS_FROM ? nearPoints(db, visitor, within) : await farPoints(db, visitor, within, at.z);
  const features = points.map(({ place, properties }) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: place },
    properties,
  }));
  const tile = geoJSONToTile({ type: 'FeatureCollection', features }, at.z, at.x, at.y, { extent: EXTENT, tolerance: 0 });
  return encoded('occurrences', tile);
}

interface TilePoint {
  place: [lon: number, lat: number];
  properties: Record<string, string | number | boolean | null>;
}

function nearPoints(db: Db, visitor: Visitor, within: Extent): TilePoint[] {
  const points: TilePoint[] = [];
  for (const exact of [true, false]) {
    for (const one of listOccurrences(db, { within, exact, limit: MOST_POINTS })) {
      if (one.place === null || !visitor.may('reader', one.site) || visitor.may('editor', one.site) !== exact) continue;
      points.push({
        place: one.place,
        properties: { id: one.id, name: one.name, count: 1, generalised: one.generalised !== null },
      });
    }
  }
  return points;
}

async function farPoints(db: Db, visitor: Visitor, [west, south, east, north]: Extent, z: number): Promise<TilePoint[]> {
  const sums = new Map<string, { lon: number; lat: number; count: number }>();
  const side = 360 / 2 ** z / 64; // 64 marks across a tile
  for (const exact of [true, false]) {
    const cells = await kept(db, exact ? exactCounts : cellCounts, ['occurrences', 'taxa'], () => counted(db, exact));
    for (const { site, lon, lat, count } of cells.values()) {
      if (lon < west || lon > east || lat < south || lat > north) continue;
      if (!visitor.may('reader', site) || visitor.may('editor', site) !== exact) continue;
      const key = `${Math.floor(lon / side)} ${Math.floor(lat / side)}`;
      const sum = sums.get(key) ?? { lon: 0, lat: 0, count: 0 };
      sums.set(key, { lon: sum.lon + lon * count, lat: sum.lat + lat * count, count: sum.count + count });
    }
  }
  return [...sums.values()].map(({ lon, lat, count }) => ({ place: [lon / count, lat / count], properties: { count } }));
}

/** Occurrences by site and cell; reads all of them once, a step at a time so that others are served meanwhile. */
async function counted(db: Db, exact: boolean): Promise<Map<string, Cell>> {
  const cells = new Map<string, Cell>();
  for (let after = 0; ; ) {
    const rows = listOccurrences(db, { exact, after, limit: STEP });
    for (const { site, place } of rows) {
      if (place === null) continue;
      const [column, row] = place.map((value) => Math.floor(value * CELLS_PER_DEGREE)) as [number, number];
      const key = `${site} ${column} ${row}`;
      const cell = cells.get(key);
      if (cell !== undefined) cell.count += 1;
      else cells.set(key, { site, lon: (column + 0.5) / CELLS_PER_DEGREE, lat: (row + 0.5) / CELLS_PER_DEGREE, count: 1 });
    }
    if (rows.length < STEP) return cells;
    after = rows.at(-1)?.fid ?? after;
    await setImmediate();
  }
}

function kept<Value>(db: Db, store: Kept<Value>, nouns: readonly Noun[], make: () => Value): Value {
  const state = nounState(db, nouns);
  const known = store.get(db);
  if (known?.state === state) return known.value;
  const value = make();
  store.set(db, { state, value });
  return value;
}

function encoded(layer: string, tile: GeoJSONVTTile | null): Uint8Array<ArrayBuffer> {
  return tile === null || tile.features.length === 0
    ? new Uint8Array()
    : new Uint8Array(fromGeojsonVt({ [layer]: tile }, { version: 2, extent: EXTENT }));
}

/** West, south, east, north of a tile of the Web Mercator square, an eighth wider on each side for marks at the edge. */
function boxOf({ z, x, y }: TileAddress): Extent {
  const side = 1 / 2 ** z;
  const lon = (u: number): number => Math.max(-180, Math.min(180, u * 360 - 180));
  const lat = (v: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * v))) * 180) / Math.PI;
  return [lon((x - 0.125) * side), lat((y + 1.125) * side), lon((x + 1.125) * side), lat((y - 0.125) * side)];
}
