import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCrs } from '../../src/formats/crs.ts';
import { inverseOf } from '../../src/run/zonal-inverse.ts';
import type { Position } from '../../src/types.ts';

const systems: [name: string, crs: string, start: Position, reach: [west: number, south: number, east: number, north: number]][] =
  [
    ['UTM', 'EPSG:32642', [500_000, 5_500_000], [66, 40, 72, 56]],
    ['Gauss-Kruger on Pulkovo 1942', 'EPSG:28413', [13_500_000, 5_500_000], [72, 40, 78, 56]],
    ['Pulkovo 1942 in degrees', 'EPSG:4284', [70, 50], [46, 40, 88, 56]],
    [
      'sinusoidal on a sphere',
      '+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +towgs84=0,0,0 +units=m',
      [5_000_000, 5_000_000],
      [40, 35, 100, 60],
    ],
    ['Albers', 'ESRI:102025', [-1_000_000, 2_000_000], [46, 40, 88, 56]],
    ['Lambert azimuthal around the pole', 'EPSG:3571', [0, -3_000_000], [150, 60, 210, 80]],
    ['Web Mercator', 'EPSG:3857', [7_500_000, 6_500_000], [46, 40, 88, 56]],
  ];

test.each(systems)('%s: there and back is the same place', (_, text, start, [west, south, east, north]) => {
  const crs = readCrs(text, 'test');
  const inverse = inverseOf(crs, start);
  const out = new Float64Array(2);
  const place = fc.tuple(fc.double({ min: west, max: east, noNaN: true }), fc.double({ min: south, max: north, noNaN: true }));
  fc.assert(
    fc.property(place, (position) => {
      expect(inverse(position, out)).toBe(true);
      const [lon, lat] = crs.toWgs84([out[0] as number, out[1] as number]);
      expect(Math.abs(((lon - position[0] + 540) % 360) - 180)).toBeLessThan(2e-11);
      expect(Math.abs(lat - position[1])).toBeLessThan(2e-11);
    }),
    { numRuns: 200 },
  );
});

test('a place that the system does not have is refused, and the next one is still found', () => {
  const crs = readCrs('EPSG:3857', 'test');
  const inverse = inverseOf(crs, [7_500_000, 6_500_000]);
  const out = new Float64Array(2);
  expect(inverse([70, 90], out)).toBe(false);
  expect(inverse([70, 50], out)).toBe(true);
  expect(crs.toWgs84([out[0] as number, out[1] as number])[1]).toBeCloseTo(50, 9);
});
