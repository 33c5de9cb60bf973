/**
 * GeoJSON maps as people have them: any `crs` member, collections, multi-points, text not in UTF-8.
 *
 *     placeLayer(readGeojson(file))   // a MapLayer on WGS 84
 */
import { Problem } from '../problems.ts';
import type { Position } from '../types.ts';
import type { MapFeature, ReadingNote } from './layer.ts';
import { checkCount, checkSize, emptyShape, type FoundFeature, type FoundLayer, MOST_POSITIONS, type Shape } from './shape.ts';
import { decodeText, guessEncoding } from './text.ts';
import type { Bytes } from './zip.ts';

type Json = Record<string, unknown>;

/** How deep the arrays of each type of geometry are nested above a position. */
const DEPTH: Record<string, number> = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };
/** Collections within collections; RFC 7946 advises against any. */
const DEEPEST_COLLECTION = 16;

/**
 * The features of a GeoJSON text with the coordinates it has: a FeatureCollection, a Feature or a bare geometry.
 * @throws Problem `geojson-broken`, `geojson-type`, `geojson-feature`, `geojson-geometry`, `map-coordinate`.
 */
export function readGeojson(file: Bytes): FoundLayer {
  // no text holds more positions than bytes
  if (file.bytes.length > MOST_POSITIONS) checkSize(file.name, brackets(file.bytes));
  const notes: ReadingNote[] = [];
  const root = parse(file, notes);
  const list = featuresOf(root, file.name);
  checkCount(file.name, list.length);
  const features = list.map((feature, i) => readFeature(feature, i + 1, file.name));
  return { name: file.name, features, crs: crsOf(root), notes, skipped: 0 };
}

/** Lists and objects in a JSON text, before memory is given to them: no fewer than its positions. */
function brackets(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0x5b || bytes[i] === 0x7b) count += 1;
  return count;
}

function parse(file: Bytes, notes: ReadingNote[]): Json {
  const guess = guessEncoding([file.bytes]);
  const encoding = guess === 'ascii' ? 'utf-8' : guess;
  if (encoding !== 'utf-8') notes.push({ code: 'text-guessed', details: { file: file.name, encoding } });
  let root: unknown;
  try {
    root = JSON.parse(decodeText(file.bytes, encoding).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Problem('geojson-broken', { file: file.name, found: (error as Error).message.slice(0, 160) }, { cause: error });
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root))
    throw new Problem('geojson-type', { file: file.name, found: Array.isArray(root) ? '[…]' : written(root) });
  return root as Json;
}

/** The name in a `crs` member of GeoJSON 2008, else `EPSG:4326` as RFC 7946 has it. A `null` says "unknown". */
function crsOf(root: Json): string | null {
  if (root.crs === null) return null;
  const properties = (root.crs as Json | undefined)?.properties as Json | undefined;
  const name = properties?.name ?? (properties?.code === undefined ? undefined : `EPSG:${written(properties.code)}`);
  return typeof name === 'string' ? name : 'EPSG:4326';
}

function featuresOf(root: Json, file: string): unknown[] {
  if (root.type === 'FeatureCollection' && Array.isArray(root.features)) return root.features;
  if (root.type === 'Feature') return [root];
  if (typeof root.type === 'string' && (root.type in DEPTH || root.type === 'GeometryCollection'))
    return [{ type: 'Feature', geometry: root }];
  throw new Problem('geojson-type', { file, found: written(root.type) });
}

function readFeature(feature: unknown, index: number, file: string): FoundFeature {
  const json = (typeof feature === 'object' ? feature : null) as Json | null;
  if (json?.type !== 'Feature')
    throw new Problem('geojson-feature', { file, feature: String(index), found: written(json?.type) });
  const shape = json.geometry === null || json.geometry === undefined ? null : emptyShape();
  if (shape !== null) readGeometry(json.geometry, shape, { file, feature: String(index) }, 0);
  const properties: MapFeature['properties'] = {};
  if (json.id !== undefined && ['string', 'number'].includes(typeof json.id)) properties.id = json.id as string | number;
  for (const [key, value] of Object.entries((json.properties ?? {}) as Json)) properties[key] = plain(value);
  return { index, shape, properties };
}

/** Numbers, texts and truth values as they are, lists and objects as their JSON. */
function plain(value: unknown): MapFeature['properties'][string] {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return '…'; // nested deeper than the stack reaches: no attribute of a zone
  }
}

function readGeometry(geometry: unknown, into: Shape, where: { file: string; feature: string }, depth: number): void {
  const { type, coordinates, geometries } = (typeof geometry === 'object' && geometry !== null ? geometry : {}) as Json;
  if (type === 'GeometryCollection' && Array.isArray(geometries) && depth < DEEPEST_COLLECTION) {
    for (const part of geometries) readGeometry(part, into, where, depth + 1);
    return;
  }
  const levels = typeof type === 'string' && Object.hasOwn(DEPTH, type) ? DEPTH[type] : undefined;
  if (levels === undefined) throw new Problem('geojson-geometry', { ...where, found: written(type) });
  const positions = flat(coordinates, levels, where);
  if (positions === undefined) return;
  if (type === 'Point') into.points.push(positions as Position);
  else if (type === 'MultiPoint') into.points = into.points.concat(positions as Position[]);
  else if (type === 'LineString') into.lines.push(positions as Position[]);
  else if (type === 'MultiLineString') into.lines = into.lines.concat(positions as Position[][]);
  else if (type === 'Polygon') into.polygons.push(positions as Position[][]);
  else into.polygons = into.polygons.concat(positions as Position[][][]);
}

/** Positions without height and measure, in the lists of the text themselves; an empty geometry has none. */
function flat(node: unknown, depth: number, where: { file: string; feature: string }): unknown {
  if (!Array.isArray(node)) throw new Problem('map-coordinate', { ...where, found: written(node) });
  if (depth === 0) return position(node, where);
  let kept = 0;
  for (let i = 0; i < node.length; i++) {
    const part = flat(node[i], depth - 1, where);
    if (part !== undefined) node[kept++] = part;
  }
  if (kept < node.length) node.length = kept;
  return kept === 0 ? undefined : node;
}

function position(node: unknown[], where: { file: string; feature: string }): unknown {
  const x = node[0];
  const y = node[1];
  if (x === undefined) return undefined;
  if (typeof x !== 'number' || typeof y !== 'number') throw new Problem('map-coordinate', { ...where, found: written(node) });
  if (node.length > 2) node.length = 2;
  return node;
}

/** A value of JSON, short enough for a sentence, whatever it holds. */
function written(node: unknown): string {
  if (Array.isArray(node))
    return `[${node
      .slice(0, 3)
      .map((part) => (typeof part === 'object' ? '…' : written(part)))
      .join(', ')}]`;
  return typeof node === 'object' && node !== null ? '{…}' : String(node).slice(0, 40);
}
