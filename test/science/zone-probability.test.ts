/** Shares of circles: halves and quarters that can be reckoned by hand, points spread over the circle, and what has to hold for any zones. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointInPolygon } from '../../src/science/point-in-polygon.ts';
import { zoneIndex } from '../../src/science/zone-probability.ts';

type At = [number, number];
const box = (west: number, south: number, east: number, north: number): At[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const polygon = (...coordinates: At[][]) => ({ type: 'Polygon' as const, coordinates });

test('zones: a circle on a straight border lies half on each side, on a corner a quarter', () => {
  const index = zoneIndex([
    { id: 'west', geometry: polygon(box(70, 50, 71, 51)) },
    { id: 'east', geometry: polygon(box(71, 50, 72, 51)) },
  ]);
  const half = index.shares(71, 50.5, 1000);
  expect(half.map(({ zone }) => zone)).toEqual([0, 1]);
  for (const { share } of half) expect(share).toBeCloseTo(0.5, 5); // a middle on a border is moved by millionths
  expect(index.shares(70, 50, 1000)[0]?.share).toBeCloseTo(0.25, 5);
});

test('zones: a circle larger than a zone holds it by the ratio of their areas', () => {
  // 0.02 x 0.02 degrees at the equator on WGS 84: 2226.4 m x 2211.5 m; circle of 5 km
  const index = zoneIndex([{ id: 'small', geometry: polygon(box(10, -0.01, 10.02, 0.01)) }]);
  const expected = (2226.39 * 2211.49) / (Math.PI * 5000 ** 2);
  expect(index.shares(10.01, 0, 5000)[0]?.share).toBeCloseTo(expected, 5);
});

test('zones: a hole takes its share, and a place in it without a radius is in no zone', () => {
  const index = zoneIndex([{ id: 'ring', geometry: polygon(box(70, 50, 71, 51), box(70.4, 50.4, 70.6, 50.6)) }]);
  expect(index.shares(70.5, 50.5, 0)).toEqual([]);
  expect(index.shares(70.2, 50.5, 0)).toEqual([{ zone: 0, share: 1 }]);
  expect(index.shares(70.5, 50.5, 100)).toEqual([]);
  expect(index.shares(70.4, 50.5, 100)[0]?.share).toBeCloseTo(0.5, 5);
});

test('zones: places lie where point in polygon says, for stars of any shape', () => {
  const star = fc.array(fc.double({ min: 0.05, max: 0.5, noNaN: true }), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(
      star,
      fc.array(fc.tuple(fc.double({ min: 69.4, max: 70.6, noNaN: true }), fc.double({ min: 49.4, max: 50.6, noNaN: true })), {
        minLength: 20,
        maxLength: 20,
      }),
      (radii, points) => {
        const ring = radii.map(
          (r, i): At => [
            70 + r * Math.cos((2 * Math.PI * i) / radii.length),
            50 + r * Math.sin((2 * Math.PI * i) / radii.length),
          ],
        );
        const geometry = polygon(ring);
        const index = zoneIndex([{ id: 'star', geometry }]);
        for (const [lon, lat] of points) {
          const side = pointInPolygon([lon, lat], geometry);
          if (side !== 'boundary') expect(index.shares(lon, lat, 0).length).toBe(side === 'inside' ? 1 : 0);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('zones: shares of zones that fill the plane around a circle add up to one', () => {
  const index = zoneIndex([
    {
      id: 'a',
      geometry: polygon([
        [69, 49],
        [70.013, 49],
        [69.991, 51],
        [69, 51],
      ]),
    },
    {
      id: 'b',
      geometry: polygon([
        [70.013, 49],
        [71, 49],
        [71, 51],
        [69.991, 51],
      ]),
    },
  ]);
  fc.assert(
    fc.property(
      fc.double({ min: 69.9, max: 70.1, noNaN: true }),
      fc.double({ min: 49.5, max: 50.5, noNaN: true }),
      fc.integer({ min: 1, max: 30_000 }),
      (lon, lat, radius) => {
        const sum = index.shares(lon, lat, radius).reduce((total, { share }) => total + share, 0);
        expect(sum).toBeCloseTo(1, 6);
      },
    ),
  );
});
