import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geodesicDistance } from '../../src/science/distances.ts';
import { addLengths, lengthsWithin } from '../../src/science/pressure-lines.ts';
import type { Position } from '../../src/science/rings.ts';

const square = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const polygon = (...rings: Position[][]) => ({ type: 'Polygon', coordinates: rings }) as const;

describe('lengthsWithin', () => {
  test('a meridian through a square and its hole counts outside the hole only', () => {
    const zone = polygon(square(69, 50, 71, 52), square(69.5, 50.5, 70.5, 51));
    const [within] = lengthsWithin(
      [
        [
          [70.1, 49],
          [70.1, 53],
        ],
      ],
      [zone],
    );
    expect(within).toBeCloseTo(geodesicDistance([70.1, 50], [70.1, 50.5]) + geodesicDistance([70.1, 51], [70.1, 52]), 6);
  });

  test('a line that begins inside, leaves and comes back by a corner; one beside counts nothing', () => {
    const line: Position[] = [
      [70, 50.5],
      [70, 60],
      [80, 60],
      [80, 50.5],
    ];
    const [near, far] = lengthsWithin([line], [polygon(square(69, 50, 71, 52)), polygon(square(0, 0, 1, 1))]);
    expect(near).toBeCloseTo(geodesicDistance([70, 50.5], [70, 52]), 6);
    expect(far).toBe(0);
  });

  test('across the antimeridian longitudes of either sign are one place', () => {
    const zone = polygon(square(178, -20, 182, -15));
    const [within] = lengthsWithin(
      [
        [
          [-179, -25],
          [-179, -10],
        ],
      ],
      [zone],
    );
    expect(within).toBeCloseTo(geodesicDistance([-179, -20], [-179, -15]), 6);
  });

  test('zones that share borders divide a line: the parts add up to the whole', () => {
    const place = fc.tuple(fc.double({ min: 60, max: 62, noNaN: true }), fc.double({ min: 50, max: 52, noNaN: true }));
    const jagged = (x: number): Position[] => Array.from({ length: 40 }, (_, i) => [x + 0.1 * Math.sin(i * 2), 50 + i / 19.5]);
    const border = jagged(61);
    const west = polygon([[60, 52], [60, 50], ...border, [60, 52]]);
    const east = polygon([[62, 52], [62, 50], ...border, [62, 52]]);
    fc.assert(
      fc.property(fc.array(place, { minLength: 2, maxLength: 8 }), (line) => {
        const [a = 0, b = 0] = lengthsWithin([line], [west, east]);
        const whole = line.slice(1).reduce((sum, to, i) => sum + geodesicDistance(line[i] as Position, to), 0);
        // pieces of a chord that is straight in degrees are a little longer than its geodesic
        expect(a + b).toBeGreaterThan(whole * (1 - 1e-9));
        expect(a + b).toBeLessThan(whole * 1.0005 + 1e-6);
      }),
    );
  });
});

test('addLengths: cells get what runs through them, and together the part on the grid', () => {
  const grid = { width: 4, height: 2, x0: 70, y0: 51, dx: 0.5, dy: -0.5 };
  const lengths = new Float64Array(8);
  addLengths(
    lengths,
    [
      [70.25, 49.5],
      [70.25, 51.5],
    ],
    grid,
  );
  expect(lengths[0]).toBeGreaterThan(0);
  expect((lengths[0] as number) + (lengths[4] as number)).toBeCloseTo(geodesicDistance([70.25, 49.5], [70.25, 51.5]) / 2, 0);
  expect([...lengths].filter((length) => length > 0)).toHaveLength(2);
});
