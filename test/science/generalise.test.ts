import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generalised, type Sensitivity } from '../../src/science/generalise.ts';

const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
) as fc.Arbitrary<[number, number]>;
const grid = fc.constantFrom<Sensitivity>(2, 3, 4);

test('the categories of the GBIF guide: withheld, 0.1°, 0.01°, 0.001°', () => {
  expect(generalised([76.9527, 43.2389], 1)).toBeNull();
  expect(generalised([76.9527, 43.2389], 2)).toMatchObject({ place: [76.95, 43.25], gridDeg: 0.1 });
  expect(generalised([76.9527, 43.2389], 3)).toMatchObject({ place: [76.955, 43.235], gridDeg: 0.01 });
  expect(generalised([-76.9527, -43.2389], 4)?.place).toEqual([-76.9525, -43.2385]);
});

test('the middle of the cell is at most half a side away, on the globe, and the same for every place of the cell', () => {
  fc.assert(
    fc.property(place, grid, (at, category) => {
      const coarse = generalised(at, category);
      if (coarse === null) throw new Error('withheld');
      const [lon, lat] = coarse.place;
      expect(Math.abs(lon - at[0])).toBeLessThanOrEqual(coarse.gridDeg / 2 + 1e-9);
      expect(Math.abs(lat - at[1])).toBeLessThanOrEqual(coarse.gridDeg / 2 + 1e-9);
      expect(Math.abs(lon)).toBeLessThan(180);
      expect(Math.abs(lat)).toBeLessThan(90);
      expect(generalised(coarse.place, category)?.place).toEqual(coarse.place);
    }),
  );
});

test('the stated uncertainty reaches the corners of the cell', () => {
  fc.assert(
    fc.property(place, grid, (at, category) => {
      const coarse = generalised(at, category);
      if (coarse === null) throw new Error('withheld');
      const rad = Math.PI / 180;
      const half = coarse.gridDeg / 2;
      for (const side of [-1, 1]) {
        const lat = (coarse.place[1] + side * half) * rad;
        const mid = coarse.place[1] * rad;
        // haversine on the sphere of the WGS 84 mean radius
        const h = Math.sin((lat - mid) / 2) ** 2 + Math.cos(lat) * Math.cos(mid) * Math.sin((half * rad) / 2) ** 2;
        expect(2 * 6_371_008.8 * Math.asin(Math.sqrt(h))).toBeLessThanOrEqual(coarse.uncertaintyM);
      }
    }),
  );
});
