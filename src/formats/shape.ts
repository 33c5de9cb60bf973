/**
 * What a reader found, before it is put in its place: coordinates as the file has them.
 *
 *     const shape = { polygons: [[ring]], lines: [], points: [] };
 *     geometriesOf(shape);   // [{ type: 'Polygon', coordinates: [ring] }]
 */
import { Problem } from '../problems.ts';
import type { Geometry, PolygonRings, Position } from '../types.ts';
import type { MapFeature, ReadingNote } from './layer.ts';

/** The parts of a geometry by their dimension; several kinds stand together in collections. */
export interface Shape {
  polygons: PolygonRings[];
  lines: Position[][];
  points: Position[];
}

export interface FoundFeature {
  index: number;
  shape: Shape | null;
  properties: MapFeature['properties'];
}

export interface FoundLayer {
  /** What stands in messages and as the layer's name: `zones.zip/core.shp`. */
  name: string;
  features: FoundFeature[];
  /** WKT, `EPSG:…` or a PROJ string as the file states it; `null` where it states none. */
  crs: string | null;
  notes: ReadingNote[];
  skipped: number;
}

/** Positions read from one map: each takes about 72 bytes of memory, so that a map stays below 1 GB. */
export const MOST_POSITIONS = 12_000_000;

/** @throws Problem `map-too-large` where a map holds, or by its size could hold, more positions than are read. */
export function checkSize(file: string, positions: number): void {
  if (positions > MOST_POSITIONS) {
    throw new Problem('map-too-large', { file, found: Math.floor(positions / 1e6), limit: MOST_POSITIONS / 1e6 });
  }
}

/** Features read from one layer; a zone map has some hundreds. */
export const MOST_FEATURES = 1_000_000;

/** @throws Problem `map-too-many-features` where a layer has more than are read. */
export function checkCount(file: string, features: number): void {
  if (features > MOST_FEATURES) throw new Problem('map-too-many-features', { file, found: features, limit: MOST_FEATURES });
}

/** A shape without parts. */
export function emptyShape(): Shape {
  return { polygons: [], lines: [], points: [] };
}

/** The runs of positions that a shape consists of. */
export function* runsOf(shape: Shape): Generator<Position[]> {
  for (const rings of shape.polygons) yield* rings;
  yield* shape.lines;
  if (shape.points.length > 0) yield shape.points;
}

/** The geometries of a shape: all its polygons as one, each line and point by itself. */
export function geometriesOf(shape: Shape): Geometry[] {
  const { polygons, lines, points } = shape;
  const [only] = polygons;
  const area: Geometry[] =
    only === undefined
      ? []
      : [polygons.length === 1 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons }];
  return [
    ...area,
    ...lines.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
    ...points.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
  ];
}

/** Smallest and largest coordinates, blind to what they mean. */
export interface Bounds {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/**
 * The bounds of all coordinates of a layer; `null` where it has none.
 * @throws Problem `map-coordinate` with the feature whose coordinate is no number.
 */
export function boundsOf(layer: FoundLayer): Bounds | null {
  const bounds: Bounds = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const { index, shape } of layer.features) {
    if (shape === null) continue;
    for (const run of runsOf(shape)) {
      const wrong = widen(bounds, run);
      if (wrong !== null)
        throw new Problem('map-coordinate', { file: layer.name, feature: String(index), found: `${wrong[0]} ${wrong[1]}` });
    }
  }
  return bounds.minX > bounds.maxX ? null : bounds;
}

/** Makes `bounds` hold all of `run`; returns a position that is none. */
function widen(bounds: Bounds, run: readonly Position[]): Position | null {
  let { minX, minY, maxX, maxY } = bounds;
  for (let i = 0; i < run.length; i++) {
    const position = run[i] as Position;
    const x = position[0];
    const y = position[1];
    if (!(Math.abs(x) <= LARGEST_COORDINATE && Math.abs(y) <= LARGEST_COORDINATE)) return position;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  Object.assign(bounds, { minX, minY, maxX, maxY });
  return null;
}

/** No point of the Earth has a larger coordinate in any system that maps are drawn in [m]; files write -1.8e308 for "nothing here". */
const LARGEST_COORDINATE = 1e9;
