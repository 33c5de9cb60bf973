/**
 * Well-known text (OGC 06-103r4, 7.2) as a geometry; heights and measures are left out.
 *
 *     wktGeometry('POINT (61.7 46.1)')   // { type: 'Point', coordinates: [61.7, 46.1] }
 */
import type { Geometry } from '../types.ts';

type Nested = number[] | Nested[];

/** How deep lists lie in one another, by kind. */
const TYPES: Record<string, { type: string; depth: number }> = {
  POINT: { type: 'Point', depth: 1 },
  LINESTRING: { type: 'LineString', depth: 1 },
  POLYGON: { type: 'Polygon', depth: 2 },
  MULTIPOLYGON: { type: 'MultiPolygon', depth: 3 },
};

/** `null` where the text is none, or a place is not one on earth. */
export function wktGeometry(text: string): Geometry | null {
  const found = /^\s*(?:SRID=4326;)?\s*([A-Z]+)\s*(?:Z|M|ZM)?\s*(\(.*\))\s*$/is.exec(text);
  const known = TYPES[(found?.[1] ?? '').toUpperCase()];
  if (found === null || known === undefined) return null;
  const json = (found[2] ?? '')
    .trim()
    .replace(
      /-?\d[\d.eE+-]*(?:\s+-?\d[\d.eE+-]*)+/g,
      (position) => `[${position.trim().split(/\s+/).slice(0, 2).map(Number).join(',')}]`,
    )
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    const lists = JSON.parse(json) as Nested;
    const coordinates = known.type === 'Point' ? (lists as Nested[])[0] : lists;
    return coordinates !== undefined && arePlaces(coordinates, known.type === 'Point' ? 0 : known.depth)
      ? ({ type: known.type, coordinates } as unknown as Geometry)
      : null;
  } catch {
    return null; // no lists of numbers: what was found is named with its place by the caller
  }
}

function arePlaces(given: Nested, depth: number): boolean {
  if (!Array.isArray(given)) return false;
  if (depth > 0) return given.length > 0 && (given as Nested[]).every((one) => arePlaces(one, depth - 1));
  const [lon, lat] = given as number[];
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
