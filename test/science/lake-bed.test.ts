/** The bed of a lake: how far water gets, what it holds, and where nothing is known. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bedRows, distanceAt, floodLevels, frustumRows } from '../../src/science/lake-bed.ts';
import { lakeCurve } from '../../src/science/lake-curve.ts';

const one = () => 1e6;

describe('water over a bed', () => {
  test('a hollow behind a sill stays dry until the sill is under water', () => {
    // 9 9 9 9 9 / 9 1 5 2 9 / 9 9 9 9 9: the sill is 5
    const bed = Float64Array.from([9, 9, 9, 9, 9, 9, 1, 5, 2, 9, 9, 9, 9, 9, 9]);
    const { flood, deepest, spill } = floodLevels(bed, { width: 5, height: 3 });
    expect([deepest, spill]).toEqual([1, 9]);
    expect([flood[6], flood[7], flood[8]]).toEqual([1, 5, 5]);
    expect(bedRows(bed, flood, one, [1, 3, 4.5, 5, 6])).toEqual([
      { level: 1, area: 1, volume: 0 },
      { level: 3, area: 1, volume: 0.002 },
      { level: 4.5, area: 1, volume: 0.0035 },
      { level: 5, area: 3, volume: 0.007 },
      { level: 6, area: 3, volume: 0.01 },
    ]);
  });

  test('water does not pass over corners, and not over cells whose height is not known', () => {
    const bed = Float64Array.from([1, 9, 9, 9, 2, 9, 9, 9, 9]);
    expect(floodLevels(bed, { width: 3, height: 3 }).flood[4]).toBe(9);
    const hole = Float64Array.from([9, 9, 9, 9, 1, Number.NaN, 9, 9, 9]);
    expect(floodLevels(hole, { width: 3, height: 3 }).spill).toBe(1);
    expect(() => floodLevels(new Float64Array(4).fill(Number.NaN), { width: 2, height: 2 })).toThrow('no height');
    expect(() => floodLevels(new Float64Array(3), { width: 2, height: 2 })).toThrow('4 heights');
  });

  test('a cone of 45 degrees: area pi h2 and volume pi h3 / 3, to the grain of the grid', () => {
    const size = 401;
    const middle = (size - 1) / 2;
    const bed = Float64Array.from({ length: size * size }, (_, i) =>
      Math.hypot((i % size) - middle, Math.floor(i / size) - middle),
    );
    const { flood } = floodLevels(bed, { width: size, height: size });
    const [row] = bedRows(bed, flood, one, [150]);
    expect((row?.area ?? 0) / (Math.PI * 150 ** 2)).toBeCloseTo(1, 2);
    expect((row?.volume ?? 0) / ((Math.PI * 150 ** 3) / 3) / 1e-3).toBeCloseTo(1, 2);
  });

  test('on any bed both grow with the level, and the curve gives back the level of every volume', () => {
    const grid = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 36, maxLength: 36 });
    fc.assert(
      fc.property(grid, (heights) => {
        const bed = Float64Array.from(heights);
        const { flood, deepest } = floodLevels(bed, { width: 6, height: 6 });
        const rows = bedRows(bed, flood, one, [deepest, deepest + 3, deepest + 10, 60]);
        const curve = lakeCurve(rows);
        for (const { level, area, volume } of rows) {
          expect(Math.abs(curve.levelAt(volume) - level)).toBeLessThan(1e-9);
          expect(curve.areaAt(level)).toBe(area);
        }
        expect(() => curve.volumeAt(60.1)).toThrow('nothing is extrapolated');
      }),
    );
  });
});

test('areas within contours: the slices of a cone are exact', () => {
  const area = (level: number): number => Math.PI * level ** 2; // km2 within the contour of a cone of 1 km a metre
  const rows = frustumRows([3, 1, 2].map((level) => ({ level, area: area(level) })));
  expect(rows.map(({ level }) => level)).toEqual([1, 2, 3]);
  expect(rows.at(-1)?.volume).toBeCloseTo(((Math.PI * (27 - 1)) / 3) * 1e-3, 12);
});

test('distances lie on lines between levels, and beyond them none is given', () => {
  const place = {
    name: 'Aralsk',
    lon: 61.7,
    lat: 46.8,
    distances: [
      { level: 40, km: 30 },
      { level: 42, km: 20 },
    ],
  };
  expect([distanceAt(place, 40), distanceAt(place, 41), distanceAt(place, 42)]).toEqual([30, 25, 20]);
  expect(() => distanceAt(place, 43)).toThrow('Aralsk: distances are known from 40 to 42 m');
});
