import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bareWetPart,
  climateAdjusted,
  coverOf,
  greatestCoefficient,
  nextCoefficient,
  seasonLength,
  stageCoefficient,
  stageOfDay,
} from '../../src/science/crop-coefficients.ts';
import {
  availableWater,
  depletionFraction,
  evaporableWater,
  evaporationReduction,
  overLayers,
  stressCoefficient,
  surfaceRunoff,
} from '../../src/science/crop-soil-water.ts';

const bean = { initial: 25, development: 25, middle: 30, late: 20 };

describe('coefficients of FAO-56', () => {
  test('example 27: maize in a damp, still and in a dry, windy climate', () => {
    expect(climateAdjusted(1.2, { wind: 1.3, lowestHumidity: 75, height: 2 }).toFixed(3)).toBe('1.069');
    expect(climateAdjusted(1.2, { wind: 4.6, lowestHumidity: 44, height: 2 }).toFixed(3)).toBe('1.296');
  });

  test('coefficients below 0.45 stay; wind and humidity are held within what the equation was made for', () => {
    expect(climateAdjusted(0.44, { wind: 6, lowestHumidity: 20, height: 2 })).toBe(0.44);
    const strong = climateAdjusted(1, { wind: 6, lowestHumidity: 20, height: 1 });
    expect(climateAdjusted(1, { wind: 60, lowestHumidity: 2, height: 1 })).toBe(strong);
  });

  test('example 28: dry bean on days 20, 40, 70 and 95', () => {
    const found = [20, 40, 70, 95].map((day) => stageCoefficient(day, bean, [0.15, 1.14, 0.25]));
    expect(found.map((kcb) => kcb.toFixed(4))).toEqual(['0.1500', '0.7440', '1.1400', '0.4725']);
    expect(seasonLength(bean)).toBe(100);
    expect([0, 24, 25, 49, 50, 79, 80, 120].map((day) => stageOfDay(day, bean))).toEqual([
      ...['initial', 'initial', 'development', 'development', 'middle', 'middle', 'late', 'late'],
    ]);
  });

  test('step by step it is the same, and never leaves the coefficients of the table', () => {
    const length = fc.integer({ min: 1, max: 90 });
    const kcb = fc.double({ min: 0.1, max: 1.3, noNaN: true });
    fc.assert(
      fc.property(length, length, length, length, kcb, kcb, kcb, (initial, development, middle, late, a, b, c) => {
        const stages = { initial, development, middle, late };
        let own = a;
        for (let day = 0; day <= seasonLength(stages) + 3; day++) {
          own = nextCoefficient(own, day, stages, [a, b, c]);
          const whole = stageCoefficient(day, stages, [a, b, c]);
          expect(Math.abs(own - whole)).toBeLessThan(1e-12);
          expect(whole).toBeGreaterThanOrEqual(Math.min(a, b, c) - 1e-12);
          expect(whole).toBeLessThanOrEqual(Math.max(a, b, c) + 1e-12);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('the limit after rain is above the basal coefficient; the tall reference does not heed the weather', () => {
    const climate = { wind: 2, lowestHumidity: 45, height: 1 };
    expect(greatestCoefficient(0.2, climate)).toBeCloseTo(1.2, 12);
    expect(greatestCoefficient(1.3, climate)).toBeCloseTo(1.35, 12);
    expect(greatestCoefficient(0.2, { ...climate, wind: 6 }, { reference: 'tall' })).toBe(1);
  });

  test('cover and bare wet ground stay within their bounds', () => {
    expect(coverOf(0.15, 0.15, 1.2, 0.5)).toBe(0);
    expect(coverOf(1.2, 0.15, 1.2, 0.5)).toBe(0.99);
    expect(bareWetPart(0.99, 1)).toBeCloseTo(0.01, 12);
    expect(bareWetPart(0.2, 0.35)).toBe(0.35);
  });
});

describe('water in the soil', () => {
  const soil = { fieldCapacity: 0.225, wiltingPoint: 0.1 };

  test('212.5 mm to 1.7 m; stress of 0.104 at a depletion of 208.045 mm (pyfao56, cotton 2013, last day)', () => {
    const total = availableWater(soil, 1.7);
    expect(total).toBeCloseTo(212.5, 10);
    const fraction = 169.593 / 212.5;
    expect(depletionFraction(0.65, 1.2978437801455602)).toBeCloseTo(fraction, 5);
    expect(stressCoefficient(208.045, total, fraction).toFixed(3)).toBe('0.104');
  });

  test('table 19 of FAO-56: a loam of 0.25 and 0.12 evaporates 19 mm from 10 cm', () => {
    expect(evaporableWater({ fieldCapacity: 0.25, wiltingPoint: 0.12 }, 0.1)).toBeCloseTo(19, 10);
    expect([0, 8, 9, 14.5, 20, 25].map((depletion) => evaporationReduction(depletion, 20, 9))).toEqual([1, 1, 1, 0.5, 0, 0]);
  });

  test('depletion without stress is held between 0.1 and 0.8', () => {
    expect(depletionFraction(0.55, 5)).toBe(0.55);
    expect(depletionFraction(0.65, 0)).toBe(0.8);
    expect(depletionFraction(0.2, 15)).toBe(0.1);
  });

  test('stress lies in 0 to 1, falls with depletion, by either curve', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        fc.double({ min: 0.1, max: 0.8, noNaN: true }),
        fc.constantFrom('fao-56' as const, 'aquacrop' as const),
        (depletion, available, fraction, curve) => {
          const own = stressCoefficient(depletion, available, fraction, { curve });
          expect(own).toBeGreaterThanOrEqual(0);
          expect(own).toBeLessThanOrEqual(1);
          expect(stressCoefficient(depletion + 1, available, fraction, { curve })).toBeLessThanOrEqual(own);
        },
      ),
    );
  });

  test('layers add up by the millimetre', () => {
    const layers = [
      { bottom: 0.15, fieldCapacity: 0.29, wiltingPoint: 0.145, initial: 0.26 },
      { bottom: 0.45, fieldCapacity: 0.24, wiltingPoint: 0.12, initial: 0.22 },
    ];
    const held = (depth: number): number => overLayers(layers, depth, (layer) => layer.fieldCapacity - layer.wiltingPoint);
    expect(held(0.3)).toBeCloseTo(150 * 0.145 + 150 * 0.12, 10);
    expect(held(9)).toBeCloseTo(150 * 0.145 + 300 * 0.12, 10);
    expect(held(0)).toBe(0);
  });

  test('rain runs off by the curve number: none of a little, more of a wet top than of a dry one', () => {
    expect(surfaceRunoff(5, 0, 20, 9, 70)).toBe(0);
    const [wet, dry] = [surfaceRunoff(60, 0, 20, 9, 70), surfaceRunoff(60, 20, 20, 9, 70)];
    expect(wet).toBeGreaterThan(dry);
    // NEH 630: S = 250 (100 / CN - 1); CN of a wet top is 70 / (0.427 + 0.00573 x 70) = 84.53
    const storage = 250 * (100 / (70 / (0.427 + 0.00573 * 70)) - 1);
    expect(wet).toBeCloseTo((60 - 0.2 * storage) ** 2 / (60 + 0.8 * storage), 10);
  });
});
