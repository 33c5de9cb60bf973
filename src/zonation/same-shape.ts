/**
 * Whether two shapes are drawn with the same positions, wherever their rings begin and in whatever order parts stand.
 *
 *     sameShape([[[a, b, c, a]]], [[[b, c, a, b]]])   // true
 */
import type { PolygonRings, Ring } from '../types.ts';
import { boxOf } from './arrangement.ts';

/** Compares rings position for position; rings are closed and turn the same way in both. */
export function sameShape(a: PolygonRings[], b: PolygonRings[]): boolean {
  return a === b || (outline(a) === outline(b) && fingerprint(a) === fingerprint(b));
}

/** Equal for equal shapes, and quick to tell most others apart. */
function outline(polygons: PolygonRings[]): string {
  const boxes = polygons.map((polygon) =>
    [...boxOf(polygon), ...polygon.map((ring) => ring.length).sort((x, y) => x - y)].join(),
  );
  return boxes.sort().join(' ');
}

function fingerprint(polygons: PolygonRings[]): string {
  const shapes = polygons.map(([outer = [], ...holes]) => [ofRing(outer), ...holes.map(ofRing).sort()].join('|'));
  return shapes.sort().join('/');
}

/** The ring from its least position on. */
function ofRing(ring: Ring): string {
  const open = ring.slice(0, -1).map(String);
  const least = open.reduce((best, text, i) => (text < (open[best] as string) ? i : best), 0);
  return [...open.slice(least), ...open.slice(0, least)].join(' ');
}
