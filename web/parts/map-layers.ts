/**
 * What a map shows over its base, as data: the same list is drawn by the map and named in the list beside it.
 *
 *     const zones: MapLayer = { id: 'zones', title: 'Zones', draw: 'zones', source: { url: '/api/sites/qiyal/zones.geojson' }, visible: true };
 */
import type { Extent, Geometry } from '../../src/types.ts';

/**
 * `zones`: by kind, filled; `outline`: by kind, lines alone; `changes`: won and lost ground; `places`: anything that has a
 * place, points gathered where there are many; `dots`: sightings, which the server gathered; `sites`: reserves with their names;
 * `network`: cores of neighbours, corridors, weak links and stepping stones.
 */
export type Draw = 'zones' | 'outline' | 'changes' | 'places' | 'dots' | 'sites' | 'network';

export interface MapFeatures {
  type: 'FeatureCollection';
  features: { type: 'Feature'; id?: string; geometry: Geometry | null; properties: Record<string, unknown> }[];
}

/** GeoJSON at an address of ours or at hand, or a layer of vector tiles. */
export type MapSource = { url: string } | { data: MapFeatures } | { tiles: string; layer: string };

export interface MapLayer {
  id: string;
  title: string;
  draw: Draw;
  source: MapSource;
  visible: boolean;
  /** 0-1. */
  opacity?: number;
  /** How many features it holds, where that is known. */
  count?: number;
}

/** What the user chose on the map. */
export interface Picked {
  layer: string;
  properties: Record<string, unknown>;
}

/** What the map is to show in the middle of it, with a bold line around. */
export interface Focus {
  geometry: Geometry;
  /** Whether the map moves there. */
  move: boolean;
}

/** A mark for the points of a layer: told by its shape as much as by its colour. */
export interface Mark {
  shape: 'circle' | 'square' | 'triangle' | 'diamond';
  color: string;
}

const SHAPES = ['circle', 'square', 'triangle', 'diamond'] as const;

/** Colours that stay apart for the colour-blind. Okabe and Ito 2008, https://jfly.uni-koeln.de/color/ */
const COLORS = ['#0072b2', '#d55e00', '#7b3294', '#a6611a', '#00664c', '#b2182b'] as const;

/** The mark of a layer of places, the same wherever it lies in the list; findings and repairs have marks of their own. */
export function markOf(layer: string): Mark {
  if (layer === 'findings') return { shape: 'diamond', color: '#a4262c' };
  if (layer === 'repairs') return { shape: 'triangle', color: '#8a5a00' };
  let n = 0;
  for (const letter of layer) n = (n * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return { shape: SHAPES[n % SHAPES.length] ?? 'circle', color: COLORS[n % COLORS.length] ?? COLORS[0] };
}

/** `layers` with the one of `id` moved by so many places; past the ends it stays. */
export function movedLayer(order: readonly string[], id: string, by: number): string[] {
  const from = order.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= order.length) return [...order];
  const rest = order.filter((own) => own !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
}

/** The smallest box around `geometry`; `null` where it has no position. */
export function boxAround(geometry: Geometry): Extent | null {
  const positions = (geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates.flat(3)) as number[] | number[][];
  const flat = positions.flat() as number[];
  const lons = flat.filter((_, i) => i % 2 === 0);
  const lats = flat.filter((_, i) => i % 2 === 1);
  if (lons.length === 0) return null;
  const least = (list: number[]): number => list.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (list: number[]): number => list.reduce((a, b) => Math.max(a, b), -Infinity);
  return [least(lons), least(lats), most(lons), most(lats)];
}
