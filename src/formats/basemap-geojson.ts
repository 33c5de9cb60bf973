/**
 * The base map as GeoJSON features, each with a `layer`: `land`, `border`, `disputed`, `lake`, `river`, `name`.
 *
 *     basemapFeatures(readBasemap())   // [{ type: 'Feature', properties: { layer: 'land', code: 'KZ' }, geometry }, …]
 *
 * Land is for filling and has no outline: a border that two countries share is a line of its own, drawn once.
 */
import { representativePoint } from '../science/representative-point.ts';
import type { LineString, MultiPolygon, Point, Position, Ring } from '../types.ts';
import type { Basemap, LineNumbers } from './basemap.ts';

interface MultiLineString {
  type: 'MultiLineString';
  coordinates: Position[][];
}

export interface BasemapFeature {
  type: 'Feature';
  /** `size`: of a country, in square degrees, so that names of large ones come first. */
  properties: { layer: 'land' | 'border' | 'disputed' | 'lake' | 'river' | 'name'; code?: string; size?: number };
  geometry: MultiPolygon | MultiLineString | LineString | Point;
}

/** Hundredths of a degree are 1.1 km: less than what the base map is true to. */
const DIGITS = 100;

export function basemapFeatures({ lines, countries, lakes, rivers, disputed }: Basemap): BasemapFeature[] {
  const rounded = lines.map(round);
  const joined = (numbers: LineNumbers): Position[] =>
    numbers.flatMap((n, i) => {
      const line = n < 0 ? (rounded[~n] ?? []).toReversed() : (rounded[n] ?? []);
      return i === 0 ? line : line.slice(1);
    });
  const polygons = (of: LineNumbers[][]): Ring[][] => of.map((polygon) => polygon.map(joined).filter((ring) => ring.length > 3));
  const land = countries.map(({ code, polygons: of }) => ({
    code,
    geometry: { type: 'MultiPolygon' as const, coordinates: polygons(of).filter((polygon) => polygon.length > 0) },
  }));
  return [
    ...land.map(({ code, geometry }) => feature({ layer: 'land', ...(code === null ? {} : { code }) }, geometry)),
    feature({ layer: 'lake' }, { type: 'MultiPolygon', coordinates: polygons(lakes).filter((polygon) => polygon.length > 0) }),
    feature({ layer: 'river' }, { type: 'MultiLineString', coordinates: rivers.map(joined) }),
    feature({ layer: 'border' }, { type: 'MultiLineString', coordinates: shared(countries).map((n) => rounded[n] ?? []) }),
    feature({ layer: 'disputed' }, { type: 'MultiLineString', coordinates: disputed.map(joined) }),
    ...land.flatMap(({ code, geometry }) => (code === null ? [] : nameOf(code, geometry))),
  ];
}

/** The lines that two countries have in common: all others are coasts. */
function shared(countries: Basemap['countries']): number[] {
  const seen = new Map<number, number>();
  for (const n of countries.flatMap(({ polygons }) => polygons.flat(2))) {
    const line = n < 0 ? ~n : n;
    seen.set(line, (seen.get(line) ?? 0) + 1);
  }
  return [...seen].flatMap(([line, times]) => (times > 1 ? [line] : []));
}

/** A point within the largest part of a country. */
function nameOf(code: string, { coordinates }: MultiPolygon): BasemapFeature[] {
  const sized = coordinates.map((polygon) => ({ polygon, size: flatArea(polygon[0] ?? []) }));
  const largest = sized.toSorted((a, b) => b.size - a.size)[0];
  if (largest === undefined || largest.size === 0) return [];
  const at = representativePoint({ type: 'Polygon', coordinates: largest.polygon });
  return [
    feature({ layer: 'name', code, size: Math.round(largest.size * DIGITS) / DIGITS }, { type: 'Point', coordinates: [...at] }),
  ];
}

function flatArea(ring: Ring): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[x0, y0], [x1, y1]] = [ring[i - 1] as Position, ring[i] as Position];
    twice += x0 * y1 - x1 * y0;
  }
  return Math.abs(twice) / 2;
}

function round(line: Position[]): Position[] {
  const near = line.map(([x, y]): Position => [Math.round(x * DIGITS) / DIGITS, Math.round(y * DIGITS) / DIGITS]);
  return near.filter(([x, y], i) => i === 0 || i === near.length - 1 || x !== near[i - 1]?.[0] || y !== near[i - 1]?.[1]);
}

function feature(properties: BasemapFeature['properties'], geometry: BasemapFeature['geometry']): BasemapFeature {
  return { type: 'Feature', properties, geometry };
}
