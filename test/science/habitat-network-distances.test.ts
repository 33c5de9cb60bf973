import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceToBoundary, geodesicDistance } from '../../src/science/distances.ts';
import { patchDistances } from '../../src/science/habitat-network-distances.ts';
import type { Areal, Position } from '../../src/science/rings.ts';

const square = (lon: number, lat: number, side: number): Areal => ({
  type: 'Polygon',
  coordinates: [
    [
      [lon, lat],
      [lon + side, lat],
      [lon + side, lat + side],
      [lon, lat + side],
      [lon, lat],
    ],
  ],
});

describe('from edge to edge', () => {
  test('corner to corner is the geodesic between them', () => {
    const [link] = patchDistances([square(69, 50, 0.1), square(69.3, 50.2, 0.1)]);
    expect(link?.distance).toBeCloseTo(geodesicDistance([69.1, 50.1], [69.3, 50.2]), 6);
    expect(link?.ends).toEqual([
      [69.1, 50.1],
      [69.3, 50.2],
    ]);
  });

  test('touching, crossing and nested patches are 0 apart', () => {
    for (const other of [square(69.1, 50, 0.1), square(69.05, 50.05, 0.1), square(69.02, 50.02, 0.01), square(69.1, 50.1, 0.1)])
      expect(patchDistances([square(69, 50, 0.1), other])[0]?.distance).toBe(0);
  });

  test('a patch in the hole of another is not inside it', () => {
    const ring: Areal = {
      type: 'Polygon',
      coordinates: [...(square(69, 50, 1).coordinates as Position[][]), ...(square(69.2, 50.2, 0.6).coordinates as Position[][])],
    };
    const [link] = patchDistances([ring, square(69.4, 50.4, 0.1)]);
    expect(link?.distance).toBeGreaterThan(10_000);
  });

  test('across the antimeridian the short way', () => {
    const [link] = patchDistances([square(179.8, 50, 0.1), square(-179.9, 50, 0.1)]);
    expect(link?.distance).toBeCloseTo(geodesicDistance([179.9, 50.1], [-179.9, 50.1]), 0);
  });

  test('what is not nearer than the limit is no link; a patch of nothing is named', () => {
    expect(patchDistances([square(69, 50, 0.1), square(70, 50, 0.1)], { limit: 10_000 })).toEqual([]);
    expect(() => patchDistances([square(69, 50, 0.1), { type: 'Polygon', coordinates: [] }])).toThrow('patch 2 has no boundary');
  });
});

test('any two squares: as near as the nearest vertex to the boundary of the other', () => {
  const of = fc.record({
    lon: fc.double({ min: 60, max: 61, noNaN: true }),
    lat: fc.double({ min: 45, max: 46, noNaN: true }),
    side: fc.double({ min: 0.01, max: 0.1, noNaN: true }),
  });
  fc.assert(
    fc.property(of, of, (one, two) => {
      const [a, b] = [square(one.lon, one.lat, one.side), square(two.lon, two.lat, two.side)];
      const [link] = patchDistances([a, b]);
      if (link === undefined || link.distance === 0) return;
      const ways = [
        [a, b],
        [b, a],
      ].flatMap(([from, to]) =>
        ((from as Areal).coordinates[0] as Position[]).map((vertex) => distanceToBoundary(vertex, to as Areal).distance),
      );
      const least = Math.min(...ways);
      expect(Math.abs(link.distance - least)).toBeLessThanOrEqual(3 + 1e-4 * least);
    }),
    { numRuns: 60 },
  );
});
