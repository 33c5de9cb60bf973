import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lastSalinity,
  leachingRequirement,
  leachingRequirementDrip,
  rootZoneSalinity,
  saltBrought,
  saltStress,
  saltYield,
  waterWithLeaching,
} from '../../src/science/crop-salinity.ts';
import { seasonYield, stageYield } from '../../src/science/crop-yield.ts';

describe('yield by water (FAO-33)', () => {
  test('cotton that had 887.1 of 1062.6 mm has 86 % of its yield (Ky 0.85)', () => {
    expect(seasonYield(0.85, 887.088 / 1062.597).share).toBeCloseTo(1 - 0.85 * (1 - 887.088 / 1062.597), 12);
    expect(seasonYield(0.85, 887.088 / 1062.597)).toMatchObject({ doubtful: false });
    expect(seasonYield(1.25, 0.45)).toMatchObject({ doubtful: true });
    expect(seasonYield(1.25, 0.1).share).toBe(0);
  });

  test('stages multiply', () => {
    expect(
      stageYield([
        { response: 0.2, supplied: 1 },
        { response: 0.5, supplied: 0.7 },
      ]).share,
    ).toBeCloseTo(0.85, 12);
    expect(
      stageYield([
        { response: 0.5, supplied: 0.8 },
        { response: 0.25, supplied: 0.6 },
      ]).share,
    ).toBeCloseTo(0.9 * 0.9, 12);
    expect(stageYield([{ response: 0.5, supplied: 0.4 }]).doubtful).toBe(true);
  });
});

describe('salt (FAO-29)', () => {
  test('table 3: what the soil comes to under water of 1 dS/m, by the part that passes', () => {
    // FAO-29, table 3: concentration factor X, one decimal
    const table = [
      [0.05, 3.2],
      [0.1, 2.1],
      [0.15, 1.6],
      [0.2, 1.3],
      [0.25, 1.2],
      [0.3, 1.0],
      [0.4, 0.9],
      [0.5, 0.8],
      [0.6, 0.7],
      [0.7, 0.6],
      [0.8, 0.6],
    ] as const;
    for (const [leaching, factor] of table)
      expect(Math.abs(rootZoneSalinity(1, leaching) - factor), String(leaching)).toBeLessThanOrEqual(0.0501);
    expect(rootZoneSalinity(1, 0)).toBe(Infinity);
  });

  test('maize under water of 1.1 dS/m needs 15 % (FAO-29, example on leaching)', () => {
    expect(leachingRequirement(1.1, 1.7)).toBeCloseTo(1.1 / (5 * 1.7 - 1.1), 12);
    expect(leachingRequirement(1.1, 1.7).toFixed(2)).toBe('0.15');
    expect(waterWithLeaching(800, 0.15)).toBeCloseTo(941.18, 2); // the paper: 941 mm
    expect(leachingRequirement(9, 1.7)).toBeNaN();
    expect(leachingRequirementDrip(1.5, lastSalinity({ threshold: 7.7, slope: 5.2 }))).toBeCloseTo(1.5 / (2 * 26.93), 4);
  });

  test('cotton: whole to 7.7 dS/m, 5.2 % less for each above, nothing left near 27 (FAO-29, table 4)', () => {
    const cotton = { threshold: 7.7, slope: 5.2 };
    expect([5, 7.7, 9, 17, 40].map((ece) => saltYield(ece, cotton).toFixed(3))).toEqual([
      '1.000',
      '1.000',
      '0.932',
      '0.516',
      '0.000',
    ]);
    expect(lastSalinity(cotton)).toBeCloseTo(27, 0);
    expect(saltStress(7, cotton, 0.85)).toBe(1);
    expect(saltStress(9.7, cotton, 0.85)).toBeCloseTo(1 - (5.2 / 85) * 2, 12);
  });

  test('1000 mm of 1 g/L bring 10 t on a hectare', () => expect(saltBrought(1 / 0.64, 1000)).toBeCloseTo(10, 12));

  test('more leaching is less salt; the soil follows the water in proportion', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (leaching, water) => {
          expect(rootZoneSalinity(water, leaching + 0.01)).toBeLessThan(rootZoneSalinity(water, leaching));
          expect(rootZoneSalinity(water, leaching) / water).toBeCloseTo(rootZoneSalinity(1, leaching), 8);
        },
      ),
    );
  });
});
