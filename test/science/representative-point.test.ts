import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Position, pointInPolygon, type Ring, representativePoint } from '../../src/science/index.ts';
import { path, polygon, runs, star } from './shapes.ts';

const HORSESHOE: Ring = path('0 0, 10 0, 10 10, 9 10, 9 1, 1 1, 1 10, 0 10');

describe('representativePoint', () => {
  test('the middle of a square', () => {
    expect(representativePoint(polygon(path('0 0, 4 0, 4 4, 0 4')))).toEqual([2, 2]);
  });

  test('in the iron of a horseshoe, not in its bow', () => {
    expect(pointInPolygon(representativePoint(polygon(HORSESHOE)), polygon(HORSESHOE))).toBe('inside');
  });

  test('not in a hole', () => {
    const ring = polygon(path('0 0, 4 0, 4 4, 0 4'), path('1 0.5, 3.5 0.5, 3.5 3.5, 1 3.5'));
    expect(pointInPolygon(representativePoint(ring), ring)).toBe('inside');
  });

  test('in the largest part on the ground, not on the map', () => {
    const [arctic, tropical]: Ring[] = [path('0 80, 9 80, 9 82, 0 82'), path('50 0, 53 0, 53 3, 50 3')];
    const place = representativePoint({ type: 'MultiPolygon', coordinates: [[arctic as Ring], [tropical as Ring]] });
    expect(pointInPolygon(place, polygon(tropical as Ring))).toBe('inside');
  });

  test('across the antimeridian and around the poles', () => {
    for (const ring of [
      path('177 -20, -178 -20, -178 -15, 177 -15'),
      path('0 60, 120 65, -120 62'),
      path('0 -60, 120 -60, -120 -60'),
      path('-180 -90, -180 -75, -60 -70, 60 -70, 180 -75, 180 -90'),
    ] as Ring[]) {
      expect(pointInPolygon(representativePoint(polygon(ring)), polygon(ring))).toBe('inside');
    }
  });

  test('in a sliver a few roundings wide', () => {
    const sliver: Ring = [
      [69, 50],
      [70, 51],
      [70, 51 + 2 ** -44],
      [69, 50 + 2 ** -44],
    ];
    expect(pointInPolygon(representativePoint(polygon(sliver)), polygon(sliver))).toBe('inside');
  });

  test('nothing and a line have no inside', () => {
    for (const ring of [
      [],
      [[1, 1]],
      path('0 0, 1 1'),
      path('0 0, 2 2, 1 1'),
      path('0 5, 3 5, 9 5'),
      path('5 0, 5 3, 5 9'),
    ] as Ring[]) {
      expect(() => representativePoint(polygon(ring))).toThrow('no inside');
    }
    expect(() => representativePoint({ type: 'MultiPolygon', coordinates: [] })).toThrow(RangeError);
  });

  test('a part without inside is passed over', () => {
    const line = path('0 0, 40 40, 20 20');
    const place = representativePoint({ type: 'MultiPolygon', coordinates: [[line], [path('0 0, 1 0, 1 1, 0 1')]] });
    expect(place).toEqual([0.5, 0.5]);
  });

  test('is inside any star, with or without a hole', () => {
    fc.assert(
      fc.property(star, (ring) => {
        const middle = ring.reduce(([x, y], [lon, lat]) => [x + lon / ring.length, y + lat / ring.length], [0, 0]);
        const hole = ring.map(([lon, lat]): Position => [(lon + middle[0]) / 2, (lat + middle[1]) / 2]);
        return [polygon(ring), polygon(ring, hole)].every((it) => pointInPolygon(representativePoint(it), it) === 'inside');
      }),
      runs,
    );
  });

  test('is inside any ring, however it crosses itself', () => {
    const whole = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));
    fc.assert(
      fc.property(fc.array(whole, { minLength: 3, maxLength: 9 }), (ring) => {
        try {
          return pointInPolygon(representativePoint(polygon(ring)), polygon(ring)) === 'inside';
        } catch (error) {
          // Rings that go back on themselves have no inside: no place of the grid between the positions has one either.
          return error instanceof RangeError && places(ring).every((place) => pointInPolygon(place, polygon(ring)) !== 'inside');
        }
      }),
      runs,
    );
  });
});

const places = (ring: Ring): Position[] => ring.flatMap(([x]) => ring.map(([, y]): Position => [x + 0.37, y + 0.41]));
