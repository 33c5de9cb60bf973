/** Relations of geometries by the nine intersections. Patterns of OGC 06-103r4, 6.1.15; the cases are small enough to be seen. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { relates, separation } from '../../src/server/sensorthings-geometry.ts';
import { wktGeometry } from '../../src/server/sensorthings-wkt.ts';
import type { Geometry } from '../../src/types.ts';

const wkt = (text: string): Geometry => {
  const found = wktGeometry(text);
  if (found === null) throw new Error(text);
  return found;
};
const SQUARE = wkt('POLYGON((0 0,4 0,4 4,0 4,0 0))');
const RING = wkt('POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1))');

const RELATIONS = ['equals', 'disjoint', 'intersects', 'touches', 'within', 'contains', 'overlaps', 'crosses'] as const;

test.each([
  ['a point inside', 'POINT(2 2)', ['intersects', 'within']],
  ['a point on the edge', 'POINT(4 2)', ['intersects', 'touches']],
  ['a point outside', 'POINT(5 2)', ['disjoint']],
  ['a line inside', 'LINESTRING(1 1,2 2)', ['intersects', 'within']],
  ['a line across', 'LINESTRING(-1 2,5 2)', ['intersects', 'crosses']],
  ['a line along the edge', 'LINESTRING(0 0,4 0)', ['intersects', 'touches']],
  ['a line that ends at the edge', 'LINESTRING(4 2,6 2)', ['intersects', 'touches']],
  ['the same', 'POLYGON((4 4,0 4,0 0,4 0,4 4))', ['equals', 'intersects', 'within', 'contains']],
  ['the same with a point more', 'POLYGON((0 0,2 0,4 0,4 4,0 4,0 0))', ['equals', 'intersects', 'within', 'contains']],
  ['a smaller one inside', 'POLYGON((1 1,2 1,2 2,1 2,1 1))', ['intersects', 'within']],
  ['a smaller one at the edge', 'POLYGON((0 0,2 0,2 2,0 2,0 0))', ['intersects', 'within']],
  ['a larger one', 'POLYGON((-1 -1,5 -1,5 5,-1 5,-1 -1))', ['intersects', 'contains']],
  ['one that overlaps', 'POLYGON((2 2,6 2,6 6,2 6,2 2))', ['intersects', 'overlaps']],
  ['a neighbour', 'POLYGON((4 0,8 0,8 4,4 4,4 0))', ['intersects', 'touches']],
  ['one at a corner', 'POLYGON((4 4,5 4,5 5,4 5,4 4))', ['intersects', 'touches']],
  ['one apart', 'POLYGON((5 5,6 5,6 6,5 6,5 5))', ['disjoint']],
  ['two parts, one inside', 'MULTIPOLYGON(((1 1,2 1,2 2,1 2,1 1)),((8 8,9 8,9 9,8 9,8 8)))', ['intersects', 'overlaps']],
])('%s', (_, text, expected) => {
  expect(RELATIONS.filter((one) => relates(one, wkt(text), SQUARE))).toEqual(expected);
});

test('what lies in a hole is outside', () => {
  expect(relates('disjoint', wkt('POLYGON((1.5 1.5,2 1.5,2 2,1.5 2,1.5 1.5))'), RING)).toBe(true);
  expect(relates('touches', wkt('POLYGON((1 1,3 1,3 3,1 3,1 1))'), RING)).toBe(true);
  expect(relates('within', RING, SQUARE)).toBe(true);
});

test('lines: a crossing is one point, a shared stretch overlaps', () => {
  expect(relates('crosses', wkt('LINESTRING(0 0,2 2)'), wkt('LINESTRING(0 2,2 0)'))).toBe(true);
  expect(relates('overlaps', wkt('LINESTRING(0 0,2 0)'), wkt('LINESTRING(1 0,3 0)'))).toBe(true);
  expect(relates('0********', wkt('LINESTRING(0 0,2 2)'), wkt('LINESTRING(0 2,2 0)'))).toBe(true);
});

test('the distance is that of the nearest places, 0 where they meet', () => {
  expect(separation(wkt('POINT(7 8)'), SQUARE)).toBe(5);
  expect(separation(wkt('POINT(1 1)'), SQUARE)).toBe(0);
});

const coordinate = fc.integer({ min: -6, max: 6 });
const box = fc
  .tuple(coordinate, coordinate, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .map(([x, y, w, h]) => ({
    x,
    y,
    w,
    h,
    shape: wkt(`POLYGON((${x} ${y},${x + w} ${y},${x + w} ${y + h},${x} ${y + h},${x} ${y}))`),
  }));

test('boxes: as their sides say, and the other way round', () => {
  fc.assert(
    fc.property(box, box, (a, b) => {
      const meet = a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
      const share = a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
      const inside = a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;
      expect(relates('intersects', a.shape, b.shape)).toBe(meet);
      expect(relates('disjoint', a.shape, b.shape)).toBe(!meet);
      expect(relates('touches', a.shape, b.shape)).toBe(meet && !share);
      expect(relates('within', a.shape, b.shape)).toBe(inside);
      expect(relates('contains', b.shape, a.shape)).toBe(inside);
      expect(relates('overlaps', a.shape, b.shape)).toBe(relates('overlaps', b.shape, a.shape));
    }),
    { seed: 8, numRuns: 300 },
  );
});

test.each(['POINT(200 1)', 'POINT(1)', 'POLYGON((0 0))x', 'CIRCLE(1 2)', 'LINESTRING 1 2', 'POINT((1 2,3 4))', ''])(
  '%s is no place',
  (text) => {
    expect(wktGeometry(text)).toBeNull();
  },
);
