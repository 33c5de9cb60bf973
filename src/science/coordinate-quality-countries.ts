/**
 * Which country a place lies in, for millions of places: outlines are cut into cells once, and a cell that no outline passes needs no
 * further look.
 *
 *     const index = countryIndex([{ code: 'KZ', polygons }]);
 *     index.countryAt(71.4, 51.2)   // 'KZ'; null at sea
 */
import { pointInPolygon } from './point-in-polygon.ts';
import type { Position } from './rings.ts';

export interface Country {
  /** ISO 3166-1 alpha-2, `null` for land without one. */
  code: string | null;
  polygons: readonly (readonly (readonly Position[])[])[];
}

export interface CountryIndex {
  /** Code, `''` for land without one, `null` for none. */
  countryAt(lon: number, lat: number): string | null;
  /** Whether any place within `radiusM` lies in the country, by its middle and 16 points around it. */
  within(code: string, lon: number, lat: number, radiusM: number): boolean;
  /** Whether there is land within `radiusM`. */
  landWithin(lon: number, lat: number, radiusM: number): boolean;
  has(code: string): boolean;
  /** Middle of the largest part of each country, by area on a map [deg]. */
  centroids: ReadonlyMap<string, readonly [lon: number, lat: number]>;
}

/** Side of a cell [deg]. */
const CELL = 1;
const [COLUMNS, ROWS] = [360 / CELL, 180 / CELL];

/** Metres of a degree of latitude, middle of WGS 84. */
const DEGREE_M = 111_195;

interface Part {
  code: string;
  polygon: readonly (readonly Position[])[];
  box: [west: number, south: number, east: number, north: number];
}

/** An index over outlines in longitude and latitude; parts that cross the antimeridian are cut there in the source. */
export function countryIndex(countries: readonly Country[]): CountryIndex {
  const parts = countries.flatMap(({ code, polygons }) =>
    polygons.flatMap((polygon): Part[] =>
      polygon[0] === undefined ? [] : [{ code: code ?? '', polygon, box: boxOf(polygon[0]) }],
    ),
  );
  const crossing = new Uint8Array(COLUMNS * ROWS);
  for (const { polygon } of parts) for (const ring of polygon) markCells(ring, crossing);
  const settled = new Map<number, string | null>();
  const look = (lon: number, lat: number): string | null => {
    for (const { code, polygon, box } of parts) {
      if (lon < box[0] || lon > box[2] || lat < box[1] || lat > box[3]) continue;
      if (pointInPolygon([lon, lat], { type: 'Polygon', coordinates: polygon as Position[][] }) !== 'outside') return code;
    }
    return null;
  };
  const countryAt = (lon: number, lat: number): string | null => {
    const cell = cellOf(lon, lat);
    if (crossing[cell] === 1) return look(lon, lat);
    const known = settled.get(cell);
    if (known !== undefined) return known;
    const found = look(lon, lat);
    settled.set(cell, found);
    return found;
  };
  const around = (lon: number, lat: number, radiusM: number, is: (found: string | null) => boolean): boolean => {
    if (is(countryAt(lon, lat))) return true;
    for (let i = 0; i < 16; i++) {
      const [x, y] = moved(lon, lat, radiusM, (i * Math.PI) / 8);
      if (is(countryAt(x, y))) return true;
    }
    return false;
  };
  const codes = new Set(parts.map(({ code }) => code));
  return {
    countryAt,
    within: (code, lon, lat, radiusM) => around(lon, lat, radiusM, (found) => found === code),
    landWithin: (lon, lat, radiusM) => around(lon, lat, radiusM, (found) => found !== null),
    has: (code) => codes.has(code),
    centroids: centroidsOf(parts),
  };
}

/** A place `distance` [m] away in direction `angle` [rad], near enough for some kilometres. */
function moved(lon: number, lat: number, distance: number, angle: number): [number, number] {
  const north = Math.max(-90, Math.min(90, lat + (distance * Math.cos(angle)) / DEGREE_M));
  const wide = Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const east = lon + (distance * Math.sin(angle)) / (DEGREE_M * wide);
  return [east > 180 ? east - 360 : east < -180 ? east + 360 : east, north];
}

function cellOf(lon: number, lat: number): number {
  const column = Math.min(COLUMNS - 1, Math.max(0, Math.floor((lon + 180) / CELL)));
  const row = Math.min(ROWS - 1, Math.max(0, Math.floor((lat + 90) / CELL)));
  return row * COLUMNS + column;
}

/** Marks every cell that the box of an edge touches: edges are shorter than cells but for few. */
function markCells(ring: readonly Position[], crossing: Uint8Array): void {
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i] as Position, ring[(i + 1) % ring.length] as Position];
    const [from, to] = [cellOf(Math.min(a[0], b[0]), Math.min(a[1], b[1])), cellOf(Math.max(a[0], b[0]), Math.max(a[1], b[1]))];
    for (let row = Math.floor(from / COLUMNS); row <= Math.floor(to / COLUMNS); row++)
      for (let column = from % COLUMNS; column <= to % COLUMNS; column++) crossing[row * COLUMNS + column] = 1;
  }
}

function boxOf(ring: readonly Position[]): Part['box'] {
  const box: Part['box'] = [180, 90, -180, -90];
  for (const [lon, lat] of ring) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

function centroidsOf(parts: readonly Part[]): Map<string, [number, number]> {
  const largest = new Map<string, { area: number; at: [number, number] }>();
  for (const { code, polygon } of parts) {
    const { area, at } = middleOf(polygon[0] ?? []);
    if (code !== '' && area > (largest.get(code)?.area ?? 0)) largest.set(code, { area, at });
  }
  return new Map([...largest].map(([code, { at }]) => [code, at]));
}

/** Area and centroid of a ring on the plane of longitude and latitude (Bourke 1988). */
function middleOf(ring: readonly Position[]): { area: number; at: [number, number] } {
  let [twice, x, y] = [0, 0, 0];
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i] as Position, ring[(i + 1) % ring.length] as Position];
    const cross = a[0] * b[1] - b[0] * a[1];
    twice += cross;
    x += (a[0] + b[0]) * cross;
    y += (a[1] + b[1]) * cross;
  }
  return { area: Math.abs(twice) / 2, at: twice === 0 ? [0, 0] : [x / (3 * twice), y / (3 * twice)] };
}
