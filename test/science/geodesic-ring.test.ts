import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { measureAnyEdges, measureShortEdges } from '../../src/science/geodesic-ring.ts';
import { measureRing, type Ring } from '../../src/science/index.ts';
import { fromLatLon, path } from './shapes.ts';

/**
 * GeographicLib's own tests: `test/geodesictest.js` of geographiclib-geodesic 2.2.0, with its tolerances,
 * written as doubles; Antarctica is the worked example of its documentation ("Measuring areas"). Areas without sign.
 */
const PUBLISHED: { name: string; points: Ring; perimeter: [number, number]; area: [number, number] }[] = [
  {
    name: 'Planimeter0: around the north pole',
    points: path('89 0, 89 90, 89 180, 89 270'),
    perimeter: [631819.8745, 1e-4],
    area: [24952305678, 1],
  },
  {
    name: 'Planimeter0: around the south pole',
    points: path('-89 0, -89 90, -89 180, -89 270'),
    perimeter: [631819.8745, 1e-4],
    area: [24952305678, 1],
  },
  {
    name: 'Planimeter0: around 0, 0',
    points: path('0 -1, -1 0, 0 1, 1 0'),
    perimeter: [627598.2731, 1e-4],
    area: [24619419146, 1],
  },
  { name: 'Planimeter0: an octant', points: path('90 0, 0 0, 0 90'), perimeter: [30022685, 1], area: [63758202715511, 1] },
  {
    name: 'Planimeter5: an edge over the pole',
    points: path('89 0.1, 89 90.1, 89 -179.9'),
    perimeter: [539297, 1],
    area: [12476152838.5, 1],
  },
  { name: 'Planimeter6: flat, a', points: path('9 -1e-14, 9 180, 9 0'), perimeter: [36026861, 1], area: [0, 1] },
  { name: 'Planimeter6: flat, b', points: path('9 1e-14, 9 0, 9 180'), perimeter: [36026861, 1], area: [0, 1] },
  { name: 'Planimeter6: flat, c', points: path('9 1e-14, 9 180, 9 0'), perimeter: [36026861, 1], area: [0, 1] },
  { name: 'Planimeter6: flat, d', points: path('9 -1e-14, 9 0, 9 180'), perimeter: [36026861, 1], area: [0, 1] },
  {
    name: 'Planimeter12: over the pole and back',
    points: path('66.562222222 0, 66.562222222 180, 66.562222222 360'),
    perimeter: [10465729, 1],
    area: [0, 1],
  },
  {
    name: 'Planimeter12r: the same, reversed',
    points: path('66.562222222 -0, 66.562222222 -180, 66.562222222 -360'),
    perimeter: [10465729, 1],
    area: [0, 1],
  },
  {
    name: 'Planimeter13: twice around the pole',
    points: path('89 -360, 89 -240, 89 -120, 89 0, 89 120, 89 240'),
    perimeter: [1160741, 1],
    area: [32415230256, 1],
  },
  { name: 'Planimeter15: a triangle', points: path('2 1, 1 2, 3 3'), perimeter: [Number.NaN, 0], area: [18454562325.45119, 0.5] },
  { name: 'Planimeter19: one position', points: [[1, 1]], perimeter: [0, 0], area: [0, 0] },
  {
    name: 'Planimeter21: three times around the pole',
    points: Array(3).fill(path('45 60, 45 180, 45 -60')).flat(),
    perimeter: [9 * 8420705.40957178, 1e-2],
    area: [3 * 39433884866571.43, 0.5],
  },
  {
    name: 'Planimeter21: four times around the pole',
    points: Array(4).fill(path('45 60, 45 180, 45 -60')).flat(),
    perimeter: [12 * 8420705.40957178, 1e-2],
    area: [4 * 39433884866571.43, 0.5],
  },
  {
    name: 'Antarctica',
    points: path(
      '-63.1 -58, -72.9 -74, -71.9 -102, -74.9 -102, -74.3 -131, -77.5 -163, -77.4 163, -71.7 172, -65.9 140, -65.7 113, -66.6 88, -66.9 59, -69.8 25, -70.0 -4, -71.0 -14, -77.3 -33, -77.9 -46, -74.7 -61',
    ),
    perimeter: [16831067.893, 1e-3],
    area: [13662703680020.1, 0.1],
  },
];

/** Small rings integrated with 40 digits: `test/golden/areas/make.py`. */
const GOLDEN: { name: string; ring: [number, number][]; area: string; perimeter: string }[] = JSON.parse(
  readFileSync(new URL('../golden/areas/areas.json', import.meta.url), 'utf8'),
).rings;

describe('published by GeographicLib', () => {
  test.each(PUBLISHED)('$name', ({ points, perimeter, area }) => {
    const measured = measureRing(fromLatLon(points));
    expect(Math.abs(measured.area - area[0])).toBeLessThanOrEqual(area[1]);
    if (!Number.isNaN(perimeter[0])) expect(Math.abs(measured.perimeter - perimeter[0])).toBeLessThanOrEqual(perimeter[1]);
  });
});

describe('integrated with 40 digits', () => {
  test.each(GOLDEN)('$name', ({ ring, area, perimeter }) => {
    const measured = measureShortEdges(ring);
    expect(measured).not.toBeNull();
    expect(Math.abs((measured?.area ?? 0) / Number(area) - 1)).toBeLessThan(5e-12); // edges of 3 km leave 2e-12
    expect(Math.abs((measured?.perimeter ?? 0) / Number(perimeter) - 1)).toBeLessThan(2e-15);
  });

  test.each(GOLDEN.slice(0, 4))('$name keeps all digits', ({ ring, area }) => {
    expect(Math.abs((measureShortEdges(ring)?.area ?? 0) / Number(area) - 1)).toBeLessThan(1e-15);
  });

  test.each(GOLDEN)('$name: the solver agrees within 2e-5 m2', ({ ring, area }) => {
    expect(Math.abs(measureAnyEdges(ring).area - Number(area))).toBeLessThan(2e-5);
  });
});

describe('short edges', () => {
  test('a step of a second on the equator', () => {
    const side = 1 / 3600;
    const measured = measureRing([
      [0, 0],
      [side, 0],
      [side, side],
      [0, side],
    ]);
    expect(measured.perimeter).toBeCloseTo(2 * 30.922 + 2 * 30.715, 2); // a and b2/a times 4.8481e-6
  });

  test('long edges, rings around a pole and vertices at it are left to the solver', () => {
    const tiny: Ring = path('0 89.99999, 90 89.99999, 180 89.99999, -90 89.99999');
    for (const ring of [path('0 0, 1 0, 0 1'), tiny, path('0 90, 0.0001 89.9999, 0 89.9999')] as Ring[]) {
      expect(measureShortEdges(ring)).toBeNull();
    }
  });

  test('repeated positions change nothing', () => {
    const ring: Ring = path('69 50, 69.001 50, 69.001 50.001');
    expect(measureRing(ring.flatMap((position) => [position, position]))).toEqual(measureRing(ring));
  });

  test('no positions, one and two have no area', () => {
    expect(measureRing([])).toEqual({ area: 0, perimeter: 0 });
    expect(measureRing([[69, 50]])).toEqual({ area: 0, perimeter: 0 });
    expect(measureRing(path('69 50, 69.01 50.01')).area).toBeCloseTo(0, 9);
  });
});
