import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Box, boxArea, extent, geodesicArea, geodesicPerimeter, type Position, type Ring } from '../../src/science/index.ts';
import { closed, path, polygon, round, runs, star, turned } from './shapes.ts';

/** Snyder's eq. 3-12 as printed, with 40 digits: `test/golden/areas/make.py`. */
const GOLDEN: { box: Box; area: string }[] = JSON.parse(
  readFileSync(new URL('../golden/areas/areas.json', import.meta.url), 'utf8'),
).boxes;

/** Rounding: 1e-12 of the area, and of Karney's solver 1e-4 m2 per edge (`SHORT_EDGE`). */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(b) + 5e-3;

const square = (west: number, south: number, side: number): Ring => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
];

describe('geodesicArea', () => {
  test('a hole is taken out, whichever way the rings turn', () => {
    const [outer, hole] = [square(69, 50, 1), square(69.2, 50.2, 0.5)];
    const expected = geodesicArea(polygon(outer)) - geodesicArea(polygon(hole));
    expect(geodesicArea(polygon(outer, hole))).toBe(expected);
    for (const rings of [
      [outer.toReversed(), hole],
      [outer, hole.toReversed()],
      [closed(outer), closed(hole)],
    ]) {
      expect(near(geodesicArea(polygon(...rings)), expected)).toBe(true);
    }
  });

  test('parts of a multipolygon are added', () => {
    const [a, b] = [square(69, 50, 1), square(-3, -2, 1)];
    expect(geodesicArea({ type: 'MultiPolygon', coordinates: [[a], [b]] })).toBe(
      geodesicArea(polygon(a)) + geodesicArea(polygon(b)),
    );
  });

  test('a hole as large as its ring leaves nothing, a larger one is refused', () => {
    expect(geodesicArea(polygon(square(0, 0, 1), square(0, 0, 1)))).toBe(0);
    expect(() => geodesicArea(polygon(square(0, 0, 1), square(0, 0, 2)))).toThrow(/holes of .* do not fit/);
  });

  test('nothing has no area', () => {
    expect(geodesicArea({ type: 'MultiPolygon', coordinates: [] })).toBe(0);
    expect(geodesicArea(polygon())).toBe(0);
    expect(geodesicArea(polygon([]))).toBe(0);
  });

  test('a bad position is named', () => {
    expect(() => geodesicArea(polygon(path('0 0, 1 91, 1 1')))).toThrow('position 1: latitude 91 is not between -90 and 90');
    expect(() =>
      geodesicArea(
        polygon([
          [0, 0],
          [1, 1],
          [Number.NaN, 1],
        ]),
      ),
    ).toThrow('position 2: longitude NaN');
  });

  test('an octant is an eighth of the earth', () => {
    expect(geodesicArea(polygon(path('0 0, 90 0, 0 90')))).toBeCloseTo(boxArea([-180, -90, 180, 90]) / 8, 0);
  });

  test('closing, turning, reversing and shifting a ring by 360 degrees change nothing', () => {
    fc.assert(
      fc.property(star, fc.nat(4), (ring, by) => {
        const area = geodesicArea(polygon(ring));
        const shifted = ring.map(([lon, lat]): Position => [lon + 360, lat]);
        return [closed(ring), turned(ring, by), ring.toReversed(), shifted].every((same) =>
          near(geodesicArea(polygon(same)), area),
        );
      }),
      runs,
    );
  });

  test('a polygon cut from corner to corner adds up', () => {
    fc.assert(
      fc.property(round, fc.integer({ min: 2, max: 10 }), (ring, cut) => {
        const at = Math.min(cut, ring.length - 2);
        const parts = [ring.slice(0, at + 1), [...ring.slice(at), ring[0] as Position]];
        const sum = parts.reduce((total, part) => total + geodesicArea(polygon(part)), 0);
        return near(sum, geodesicArea(polygon(ring)));
      }),
      runs,
    );
  });

  test('a star is smaller than the box around it', () => {
    fc.assert(
      fc.property(star, (ring) => geodesicArea(polygon(ring)) < boxArea(extent(polygon(ring)))),
      runs,
    );
  });

  test('the area does not jump where edges stop being short', () => {
    const areas = [5.0e-3, 5.2e-3, 5.4e-3, 5.6e-3, 5.8e-3].map((part) => {
      const side = part * 10; // about 1e-3 of the parallel's radius at 0.0573 degrees
      return geodesicArea(polygon(square(70, 50, side))) / boxArea([70, 50, 70 + side, 50 + side]);
    });
    for (const ratio of areas) expect(Math.abs(ratio - 1)).toBeLessThan(2e-7); // the bulge of the sides
    const rises = areas.slice(1).map((ratio, i) => ratio - (areas[i] as number));
    expect(Math.max(...rises) - Math.min(...rises)).toBeLessThan(1e-9);
  });
});

describe('geodesicPerimeter', () => {
  test('holes and parts count', () => {
    const [outer, hole] = [square(69, 50, 1), square(69.2, 50.2, 0.5)];
    const sum = geodesicPerimeter(polygon(outer)) + geodesicPerimeter(polygon(hole));
    expect(geodesicPerimeter(polygon(outer, hole))).toBe(sum);
    expect(geodesicPerimeter({ type: 'MultiPolygon', coordinates: [[outer], [hole]] })).toBe(sum);
  });
});

describe('boxArea', () => {
  test.each(GOLDEN)('%j is right to the last digits', ({ box, area }) => {
    expect(Math.abs(boxArea(box) / Number(area) - 1)).toBeLessThan(1e-15);
  });

  test('the earth is what GeographicLib says', () => {
    expect(boxArea([-180, -90, 180, 90])).toBeCloseTo(510065621724088.5, 0); // geodesictest.js, Planimeter15
  });

  test('a box across the antimeridian is as large as one that is not', () => {
    expect(boxArea([170, 10, -170, 20])).toBe(boxArea([0, 10, 20, 20]));
  });

  test('two halves make a whole, in latitude and longitude', () => {
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    const width = fc.double({ min: 0, max: 180, noNaN: true });
    fc.assert(
      fc.property(lat, lat, lat, width, (a, b, c, east) => {
        const [south, middle, north] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const whole = boxArea([0, south, east, north]);
        const halves = boxArea([0, south, east, middle]) + boxArea([0, middle, east, north]);
        const mirrored = boxArea([-east, -north, 0, -south]);
        return Math.abs(halves - whole) <= 1e-14 * whole + 1e-6 && Math.abs(mirrored - whole) <= 1e-14 * whole;
      }),
      runs,
    );
  });

  test('a box without height or width has no area', () => {
    expect(boxArea([3, 10, 4, 10])).toBe(0);
    expect(boxArea([3, 10, 3, 20])).toBe(0);
  });

  test('a box upside down, off the earth or wider than it is refused', () => {
    expect(() => boxArea([0, 1, 1, 0])).toThrow(RangeError);
    expect(() => boxArea([0, 0, 1, 91])).toThrow(RangeError);
    expect(() => boxArea([-180, 0, 181, 1])).toThrow(RangeError);
    expect(() => boxArea([0, 0, Number.NaN, 1])).toThrow(RangeError);
  });
});
