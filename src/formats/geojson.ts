/**
 * GeoJSON (RFC 7946) in and out.
 *
 *     const layer = readGeojson(file);   // features with positions checked, lon, lat on WGS 84
 */
import { Problem } from '../problems.ts';
import type { Geometry, Position } from '../types.ts';
import { decodeUtf8 } from './csv.ts';
import type { MapFeature, MapLayer } from './layer.ts';
import type { SourceFile } from './source-node.ts';

/** How deep the arrays of each type of geometry are nested above a position. */
const DEPTH: Record<Geometry['type'], number> = { Point: 0, LineString: 1, Polygon: 2, MultiPolygon: 3 };

/** Names by which a `crs` member (GeoJSON 2008) says WGS 84 in lon, lat order. */
const WGS84_NAMES = ['urn:ogc:def:crs:OGC:1.3:CRS84', 'urn:ogc:def:crs:OGC::CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4326'];

type Json = Record<string, unknown>;

/**
 * The features of a GeoJSON file: a FeatureCollection, a Feature or a bare geometry.
 * @throws Problem `geojson-broken`, `geojson-type`, `geojson-crs`, `geojson-geometry`, `geojson-position`, `text-encoding`.
 */
export function readGeojson(file: Pick<SourceFile, 'name' | 'bytes'>): MapLayer {
  const root = parseJson(file);
  const crs = crsName(root);
  if (crs !== null && !WGS84_NAMES.includes(crs)) throw new Problem('geojson-crs', { file: file.name, found: crs });
  const notes: MapLayer['notes'] = [];
  const features = featuresOf(root, file.name).map((feature, i) => readFeature(feature, i + 1, file.name));
  const without = features.filter((feature) => feature.geometry === null).length;
  if (without > 0) notes.push({ code: 'features-without-geometry', details: { count: without } });
  return {
    name: file.name,
    features: features.filter((f) => f.geometry !== null),
    crs: crs ?? 'OGC:CRS84',
    notes,
    skipped: without,
  };
}

/** A FeatureCollection as text, a feature a line, coordinates as they are. */
export function writeGeojson(features: { id?: string; geometry: Geometry | null; properties: Json }[]): string {
  const lines = features.map(({ id, geometry, properties }) =>
    JSON.stringify({ type: 'Feature', ...(id === undefined ? {} : { id }), geometry, properties }),
  );
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}

function parseJson(file: Pick<SourceFile, 'name' | 'bytes'>): Json {
  let root: unknown;
  try {
    root = JSON.parse(decodeUtf8(file));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('geojson-broken', { file: file.name, found: (error as Error).message.slice(0, 160) }, { cause: error });
  }
  if (typeof root !== 'object' || root === null || Array.isArray(root))
    throw new Problem('geojson-type', { file: file.name, found: typeof root });
  return root as Json;
}

function crsName(root: Json): string | null {
  const name = ((root.crs as Json | null | undefined)?.properties as Json | undefined)?.name;
  return typeof name === 'string' ? name : null;
}

function featuresOf(root: Json, file: string): Json[] {
  if (root.type === 'FeatureCollection' && Array.isArray(root.features)) return root.features as Json[];
  if (root.type === 'Feature') return [root];
  if (typeof root.type === 'string' && root.type in DEPTH) return [{ type: 'Feature', geometry: root, properties: null }];
  throw new Problem('geojson-type', { file, found: String(root.type) });
}

function readFeature(feature: Json | null, index: number, file: string): MapFeature {
  if (typeof feature !== 'object' || feature?.type !== 'Feature') {
    throw new Problem('geojson-feature', { file, feature: String(index), found: String((feature as Json | null)?.type) });
  }
  const properties = Object.entries((feature.properties ?? {}) as Json).map(([key, value]) => [
    key,
    value === null || ['string', 'number', 'boolean'].includes(typeof value) ? value : JSON.stringify(value),
  ]);
  return {
    index,
    geometry:
      feature.geometry === null || feature.geometry === undefined ? null : readGeometry(feature.geometry as Json, index, file),
    properties: Object.fromEntries(properties) as MapFeature['properties'],
  };
}

function readGeometry(geometry: Json, index: number, file: string): Geometry {
  const { type, coordinates } = geometry;
  const depth = typeof type === 'string' ? DEPTH[type as Geometry['type']] : undefined;
  if (depth === undefined) throw new Problem('geojson-geometry', { file, feature: String(index), found: String(type) });
  checkPositions(
    coordinates,
    depth,
    (found) => new Problem('geojson-position', { file, feature: String(index), found: shown(found) }),
  );
  return { type, coordinates: flat(coordinates, depth) } as Geometry;
}

function checkPositions(node: unknown, depth: number, problem: (found: unknown) => Problem): void {
  if (!Array.isArray(node)) throw problem(node);
  if (depth > 0) {
    for (const child of node) checkPositions(child, depth - 1, problem);
    return;
  }
  const [lon, lat] = node as unknown[];
  if (typeof lon !== 'number' || typeof lat !== 'number' || !(Math.abs(lon) <= 540) || !(Math.abs(lat) <= 90))
    throw problem(node);
}

/** What stands where a position should, short enough for a sentence however deep it goes. */
function shown(found: unknown): string {
  if (!Array.isArray(found)) return JSON.stringify(found)?.slice(0, 40) ?? 'nothing';
  return `[${found
    .slice(0, 3)
    .map((item) => (typeof item === 'object' ? '…' : JSON.stringify(item)))
    .join(',')}]`;
}

/** Positions without height and measure. */
function flat(node: unknown, depth: number): unknown {
  if (depth > 0) return (node as unknown[]).map((child) => flat(child, depth - 1));
  const [lon, lat] = node as Position;
  return [lon, lat];
}
