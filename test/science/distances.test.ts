import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Box,
  distanceToBoundary,
  distanceToBox,
  geodesicDistance,
  type Position,
  pointInPolygon,
  type Ring,
} from '../../src/science/index.ts';
import { path, polygon, runs, star } from './shapes.ts';

const boxRing = ([west, south, east, north]: Box): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

describe('geodesicDistance', () => {
  // geodesictest.js of geographiclib-geodesic 2.2.0: lat1, lon1, lat2, lon2, s12, as doubles.
  test.each([
    [35.60777, -139.44815, -11.17491, -69.95921, 8935244.56048183],
    [55.52454, 106.05087, 77.03196, 197.18234, 4105086.171392441],
    [-66.99028, 112.2363, -12.70631, 285.90344, 11150344.231208025],
    [-19.79938, -174.47484, -11.99349, -154.35109, 2319004.860116939],
    [-87.85331, 85.66836, 66.48646, 16.09921, 17286615.314714465],
    [-41.22777, 122.32875, -7.57291, 130.37946, 3812686.035106021],
  ])('%d %d to %d %d', (lat1, lon1, lat2, lon2, expected) => {
    expect(Math.abs(geodesicDistance([lon1, lat1], [lon2, lat2]) - expected)).toBeLessThan(1e-8);
  });

  test('a bad position is refused', () => {
    expect(() => geodesicDistance([0, 0], [0, 91])).toThrow(RangeError);
    expect(() => geodesicDistance([Number.NaN, 0], [0, 0])).toThrow(RangeError);
  });
});

describe('distanceToBox', () => {
  const box: Box = [68, 50, 70, 51];

  test('is 0 in the box and on its sides', () => {
    for (const point of path('69 50.5, 68 50, 70 50.2, 69 51, 429 50.5') as Position[]) {
      expect(distanceToBox(point, box)).toEqual({ distance: 0, nearest: [point[0], point[1]] });
    }
  });

  test('north and south of it the meridian leads there', () => {
    expect(distanceToBox([69, 55], box)).toEqual({ distance: geodesicDistance([69, 55], [69, 51]), nearest: [69, 51] });
    expect(distanceToBox([69, 10], box).nearest).toEqual([69, 50]);
  });

  test('east of it the nearest place is north of the point, for there the geodesic is square to the side', () => {
    const { distance, nearest } = distanceToBox([72, 50.5], box);
    expect(nearest[0]).toBe(70);
    expect(nearest[1]).toBeGreaterThan(50.5);
    expect(distance).toBeLessThan(geodesicDistance([72, 50.5], [70, 50.5]));
    // On the sphere tan(lat) / cos(dlon) is the tangent of the foot's latitude; flattening moves it by 1e-3 of the step.
    expect(nearest[1]).toBeCloseTo(
      (Math.atan(Math.tan((50.5 * Math.PI) / 180) / Math.cos((2 * Math.PI) / 180)) * 180) / Math.PI,
      3,
    );
  });

  test('across the antimeridian, and all around the earth', () => {
    expect(distanceToBox([180, 0], [179, -1, -179, 1]).distance).toBe(0);
    expect(distanceToBox([-178, 0], [179, -1, -179, 1]).distance).toBeCloseTo(geodesicDistance([0, 0], [1, 0]), 9);
    expect(distanceToBox([17, 0], [-180, 50, 180, 60]).nearest).toEqual([17, 50]);
  });

  test('is no longer than to any place of the box', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        lon,
        lat,
        lat,
        fc.double({ min: 0, max: 359, noNaN: true }),
        lon,
        lat,
        part,
        part,
        (west, a, b, width, x, y, u, v) => {
          const [south, north] = [Math.min(a, b), Math.max(a, b)];
          const any: Position = [west + u * width, south + v * (north - south)];
          const east = west + width > 180 ? west + width - 360 : west + width;
          const { distance, nearest } = distanceToBox([x, y], [west, south, east, north]);
          const exact = Math.abs(geodesicDistance([x, y], nearest) - distance) < 1e-6;
          return exact && distance <= geodesicDistance([x, y], any) + 1e-6;
        },
      ),
      { ...runs, numRuns: 100 },
    );
  });
});

describe('distanceToBoundary', () => {
  test('of a box it is the distance to the box from outside, and to its side from within', () => {
    const box: Box = [68, 50, 70, 51];
    for (const point of path('72 50.5, 60 40, 69 60, -111 0, 69 -90') as Position[]) {
      expect(distanceToBoundary(point, polygon(boxRing(box))).distance).toBeCloseTo(distanceToBox(point, box).distance, 6);
    }
    expect(distanceToBoundary([69, 50.1], polygon(boxRing(box)))).toEqual({
      distance: geodesicDistance([69, 50.1], [69, 50]),
      nearest: [69, 50],
    });
  });

  test('holes and all parts have boundaries', () => {
    const outer = boxRing([0, 0, 10, 10]);
    const hole = boxRing([4, 4, 6, 6]);
    expect(distanceToBoundary([5, 6.5], polygon(outer, hole)).nearest[1]).toBeCloseTo(6, 9);
    const parts = { type: 'MultiPolygon', coordinates: [[outer], [boxRing([20, 0, 21, 1])]] } as const;
    expect(distanceToBoundary([19, 0.5], parts).nearest[0]).toBe(20);
  });

  test('on the boundary it is 0', () => {
    expect(distanceToBoundary([0, 0], polygon(path('0 0, 1 1, 0 1'))).distance).toBe(0);
    expect(distanceToBoundary([0.3, 0.3], polygon(path('0 0, 1 1, 0 1'))).distance).toBeLessThan(1e-6);
  });

  test('nothing has no boundary', () => {
    expect(() => distanceToBoundary([0, 0], { type: 'MultiPolygon', coordinates: [] })).toThrow(RangeError);
  });

  test('no place of the boundary is nearer, and the nearest is on it', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(star, lon, lat, part, fc.boolean(), (ring, x, y, u, close) => {
        const [first, second] = [ring[0] as Position, ring[1] as Position];
        const point: Position = close ? [first[0] + x / 90, Math.max(-90, Math.min(90, first[1] + y / 45))] : [x, y];
        const { distance, nearest } = distanceToBoundary(point, polygon(ring));
        const places = ring.map((from, i): Position => {
          const to = ring[(i + 1) % ring.length] as Position;
          return [from[0] + u * (to[0] - from[0]), from[1] + u * (to[1] - from[1])];
        });
        const least = Math.min(...[first, second, ...places].map((place) => geodesicDistance(point, place)));
        return Math.abs(geodesicDistance(point, nearest) - distance) < 1e-6 && distance <= least + 1e-6;
      }),
      runs,
    );
  });

  test('a ring of many short edges is searched as well as one of few', () => {
    const edge: Ring = Array.from({ length: 1001 }, (_, i) => [i / 1000, 0]);
    const dense = distanceToBoundary([0.3337, -1], polygon([...edge, [1, 1], [0, 1]]));
    expect(dense.nearest[0]).toBeCloseTo(0.3337, 8);
    expect(pointInPolygon(dense.nearest, polygon([...edge, [1, 1], [0, 1]]))).toBe('boundary');
  });
});
