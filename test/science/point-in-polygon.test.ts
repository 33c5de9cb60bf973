import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Areal, type Position, pointInPolygon, type Ring } from '../../src/science/index.ts';
import { orientation } from '../../src/science/orientation.ts';
import { closed, path, polygon, runs, star, turned } from './shapes.ts';

const unit: Ring = path('0 0, 4 0, 4 4, 0 4');

describe('pointInPolygon', () => {
  test.each([
    [[2, 2], 'inside'],
    [[5, 2], 'outside'],
    [[2, -1], 'outside'],
    [[2, 5], 'outside'],
    [[0, 0], 'boundary'],
    [[4, 4], 'boundary'],
    [[2, 0], 'boundary'],
    [[0, 2], 'boundary'],
    [[4, 2], 'boundary'],
    [[2, 4], 'boundary'],
    [[0, 5], 'outside'],
    [[0, -1], 'outside'],
    [[-1, 0], 'outside'],
    [[5, 4], 'outside'],
  ] as const)('a square: %j is %s', (point, side) => {
    expect(pointInPolygon(point, polygon(unit))).toBe(side);
    expect(pointInPolygon(point, polygon(closed(unit.toReversed())))).toBe(side);
  });

  test('in a hole is outside, on its edge is boundary', () => {
    const holed = polygon(unit, path('1 1, 3 1, 3 3, 1 3'));
    expect(pointInPolygon([2, 2], holed)).toBe('outside');
    expect(pointInPolygon([1, 2], holed)).toBe('boundary');
    expect(pointInPolygon([0.5, 2], holed)).toBe('inside');
  });

  test('inside one part is inside, though on the boundary of another', () => {
    const parts: Areal = { type: 'MultiPolygon', coordinates: [[unit], [path('2 2, 6 2, 6 6, 2 6')]] };
    expect(pointInPolygon([2, 3], parts)).toBe('inside');
    expect(pointInPolygon([6, 3], parts)).toBe('boundary');
    expect(pointInPolygon([0, 6], parts)).toBe('outside');
  });

  test('a spike through the meridian of the point counts as none', () => {
    const spiked = polygon(path('0 0, 4 0, 4 4, 2 1, 0 4'));
    expect(pointInPolygon([2, 0.5], spiked)).toBe('inside');
    expect(pointInPolygon([2, 2], spiked)).toBe('outside');
    expect(pointInPolygon([2, 1], spiked)).toBe('boundary');
  });

  test('a ring across the antimeridian is one, in any numbering of longitudes', () => {
    for (const fiji of [
      polygon(path('177 -20, -178 -20, -178 -15, 177 -15')),
      polygon(path('177 -20, 182 -20, 182 -15, 177 -15')),
    ]) {
      for (const lon of [180, -180, 179, -179, 181]) expect(pointInPolygon([lon, -17], fiji)).toBe('inside');
      for (const lon of [176, -177, 0, 3]) expect(pointInPolygon([lon, -17], fiji)).toBe('outside');
      for (const lon of [177, -178, 182]) expect(pointInPolygon([lon, -17], fiji)).toBe('boundary');
    }
  });

  test('a ring around a pole holds the pole and the smaller cap', () => {
    for (const sign of [1, -1]) {
      const cap: Ring = [
        [0, 60 * sign],
        [120, 60 * sign],
        [-120, 60 * sign],
      ];
      for (const ring of [cap, cap.toReversed()]) {
        expect(pointInPolygon([10, 90 * sign], polygon(ring))).toBe('inside');
        expect(pointInPolygon([180, 70 * sign], polygon(ring))).toBe('inside');
        expect(pointInPolygon([0, 60 * sign], polygon(ring))).toBe('boundary');
        expect(pointInPolygon([60, 50 * sign], polygon(ring))).toBe('outside');
        expect(pointInPolygon([60, -80 * sign], polygon(ring))).toBe('outside');
      }
    }
  });

  test('Antarctica closed along the antimeridian and the pole, as files have it, is the same cap', () => {
    const cut = polygon(path('-180 -90, -180 -75, -60 -70, 60 -70, 180 -75, 180 -90'));
    expect(pointInPolygon([10, -85], cut)).toBe('inside');
    expect(pointInPolygon([0, -60], cut)).toBe('outside');
  });

  test('an edge of 180 degrees, two turns and a halved earth are refused', () => {
    expect(() => pointInPolygon([0, 1], polygon(path('0 0, 180 0, 90 50')))).toThrow('add a position between');
    const cap: Ring = path('0 60, 120 60, -120 60');
    expect(() => pointInPolygon([0, 1], polygon([...cap, ...cap]))).toThrow('2 times around the pole');
    expect(() => pointInPolygon([0, 1], polygon(path('0 0, 120 0, -120 0')))).toThrow('halves the earth');
    expect(() => pointInPolygon([0, 91], polygon(unit))).toThrow('point: latitude 91');
  });

  test('the end of a long edge and its exact middle are boundary', () => {
    const whole = fc.integer({ min: -89, max: 89 });
    fc.assert(
      fc.property(whole, whole, whole, whole, whole, whole, (a, b, c, d, e, f) => {
        const ring: Ring = [
          [a, b],
          [c, d],
          [e, f],
        ];
        fc.pre(a !== c || b !== d);
        return (
          pointInPolygon([(a + c) / 2, (b + d) / 2], polygon(ring)) === 'boundary' &&
          pointInPolygon([a, b], polygon(ring)) === 'boundary'
        );
      }),
      runs,
    );
  });

  test('closing, turning, reversing and shifting by 360 degrees change nothing', () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(star, part, part, fc.nat(4), (ring, dx, dy, by) => {
        const [lon, lat] = ring[0] as Position;
        const point: Position = [lon + dx, Math.max(-90, Math.min(90, lat + dy))];
        const side = pointInPolygon(point, polygon(ring));
        const shifted = ring.map(([x, y]): Position => [x - 360, y]);
        return [closed(ring), turned(ring, by), ring.toReversed(), shifted].every(
          (same) => pointInPolygon(point, polygon(same)) === side,
        );
      }),
      runs,
    );
  });
});

describe('orientation', () => {
  test('is exact beside the diagonal, where doubles err (Kettner et al. 2008, fig. 2)', () => {
    for (let i = 0; i < 32; i++) {
      for (let j = 0; j < 32; j++) {
        const place: Position = [0.5 + i * 2 ** -53, 0.5 + j * 2 ** -53];
        expect(orientation(place, [12, 12], 0, [24, 24], 0)).toBe(Math.sign(j - i));
      }
    }
  });

  test('turns of longitude are exact', () => {
    expect(orientation([179, 0], [-179, 1], 1, [-177, 2], 1)).toBe(0);
    expect(orientation([179, 0], [-179, 1 + 2 ** -52], 1, [-177, 2], 1)).toBe(-1);
    expect(orientation([179, 0], [-179, 1 - 2 ** -53], 1, [-177, 2], 1)).toBe(1);
  });

  test('the smallest doubles do not vanish', () => {
    expect(orientation([0, 0], [5e-324, 0], 0, [0, 5e-324], 0)).toBe(1);
  });
});
