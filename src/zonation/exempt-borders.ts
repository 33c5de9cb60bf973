/**
 * Stretches of border where no buffer zone can be asked for: along a State border, or in open water.
 *
 *     const share = borderLocator(engine, { borders, water }, way);
 *     share(from, to)    // 0.4: two fifths of this edge are exempt
 */
import Flatbush from 'flatbush';
import type { Geometry, PolygonRings, Position } from '../types.ts';
import { areaLocator } from './arrangement.ts';
import type { GeometryEngine } from './geometry-engine.ts';
import { metresPerDegree, straightLength } from './straight-measures.ts';
import type { Unwrapping } from './unwrapped.ts';

export interface Exemptions {
  /** State borders: lines, or the outlines of polygons. */
  borders?: Geometry[];
  /** Open water: a border within it is exempt. */
  water?: Geometry[];
  /** How far a zone's border may lie from the State border drawn elsewhere [m]. */
  within?: number;
}

/**
 * A zone map and a State border come from different sources: 250 m is 1 mm on the map of 1:250,000 that open State
 * borders are generalised from.
 */
export const BORDER_DISTANCE = 250;

/** Edges are looked at piece by piece, each no longer than this share of the distance [1]. */
const STEP = 0.5;

/** Pieces of one edge at most: a long straight edge is sampled. */
const PIECES = 1000;

/** The exempt share of an edge, 0 to 1, by its pieces. */
export function borderLocator(
  engine: GeometryEngine,
  { borders = [], water = [], within = BORDER_DISTANCE }: Exemptions,
  way: Unwrapping,
): (from: Position, to: Position) => number {
  if (borders.length === 0 && water.length === 0) return () => 0;
  const lines = way.out(borders.map(ringsOf)).flat();
  const segments = lines.flatMap((line) => line.slice(1).map((to, i) => [line[i] as Position, to] as const));
  const index = segments.length === 0 ? null : new Flatbush(segments.length);
  for (const [[x1, y1], [x2, y2]] of segments) index?.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
  index?.finish();
  const locator = areaLocator(engine, [way.out(water.flatMap(polygonsOf))]);
  const isNear = (at: Position): boolean => {
    const [east, north] = metresPerDegree(at[1]);
    const [dx, dy] = [within / east, within / north];
    const found = index?.search(at[0] - dx, at[1] - dy, at[0] + dx, at[1] + dy) ?? [];
    return found.some((i) => distanceTo(segments[i] as readonly [Position, Position], at, east, north) <= within);
  };
  return (from, to) => {
    const pieces = Math.min(PIECES, Math.max(1, Math.ceil(straightLength(from, to) / (within * STEP))));
    let exempt = 0;
    for (let i = 0; i < pieces; i++) {
      const part = (i + 0.5) / pieces;
      const at: Position = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
      if (isNear(at) || locator.at(at).length > 0) exempt++;
    }
    return exempt / pieces;
  };
}

function distanceTo([a, b]: readonly [Position, Position], at: Position, east: number, north: number): number {
  const dx = (b[0] - a[0]) * east;
  const dy = (b[1] - a[1]) * north;
  const x = (at[0] - a[0]) * east;
  const y = (at[1] - a[1]) * north;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / square));
  return Math.hypot(x - dx * along, y - dy * along);
}

function ringsOf(geometry: Geometry): PolygonRings {
  if (geometry.type === 'LineString') return [geometry.coordinates];
  return polygonsOf(geometry).flat();
}

function polygonsOf(geometry: Geometry): PolygonRings[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}
