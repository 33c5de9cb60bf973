/**
 * In which order groups of polygons lie in one another: what tells core, buffer and transition apart where a map only
 * gives codes.
 */
import { geodesicArea } from '../science/areas.ts';
import { pointInPolygon } from '../science/point-in-polygon.ts';
import { representativePoint } from '../science/representative-point.ts';
import type { MultiPolygon } from '../types.ts';

/**
 * The groups from the innermost to the outermost, or `null` where they do not lie in one another. A group lies in
 * another when every part of it lies within an outer ring of the other and is smaller, holes not counted.
 */
export function nestingOrder(groups: Map<string, MultiPolygon>): string[] | null {
  const names = [...groups.keys()];
  const lies = (inner: string, outer: string): boolean => {
    const filled = filledRings(groups.get(outer));
    const size = geodesicArea(filled);
    return filledRings(groups.get(inner)).coordinates.every((rings) => {
      const part: MultiPolygon = { type: 'MultiPolygon', coordinates: [rings] };
      const point = insideOf(part);
      return point !== null && geodesicArea(part) < size && pointInPolygon(point, filled) === 'inside';
    });
  };
  const enclosing = names.map((name) => ({ name, outers: names.filter((other) => other !== name && lies(name, other)).length }));
  const order = enclosing.toSorted((a, b) => b.outers - a.outers);
  return order.every(({ outers }, i) => outers === names.length - 1 - i) ? order.map(({ name }) => name) : null;
}

function filledRings(geometry: MultiPolygon | undefined): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: (geometry?.coordinates ?? []).map(([outer = []]) => [outer]) };
}

/** A point of a polygon that may still have faults; `null` where it has none inside. */
function insideOf(polygon: MultiPolygon): readonly [number, number] | null {
  try {
    return representativePoint(polygon);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
