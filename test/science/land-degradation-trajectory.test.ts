import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NODATA } from '../../src/science/land-cover.ts';
import { NO_COMPAT, PUBLISHED_COMPAT, TRENDS_EARTH_COMPAT } from '../../src/science/land-degradation.ts';
import { restrend, useEfficiency } from '../../src/science/land-degradation-climate.ts';
import { kendallCritical, kendallTail } from '../../src/science/land-degradation-kendall.ts';
import {
  criticalValues,
  tauZ,
  trajectoryBlock,
  trajectoryClass,
  trajectoryDegradation,
  zClass,
  zDegradation,
} from '../../src/science/land-degradation-trajectory.ts';
import { golden } from './land-data.ts';

interface Series {
  years: number[];
  values: number[];
  class: number;
  s: number;
  slope: number;
  z: number;
  zClass: number;
}
const { published, series } = golden<{ published: { kendall: Record<string, number[]> }; series: Series[] }>('rules');

/** One pixel as a block. */
const layersOf = (values: readonly number[]): Float64Array[] => values.map((value) => Float64Array.of(value));

describe('critical values of S', () => {
  test.each(Object.entries(published.kendall))('of %s years are %j', (n, list) => {
    expect(criticalValues(Number(n), TRENDS_EARTH_COMPAT)).toEqual(list);
  });

  test('the 99 % level without the shift is that of the series itself', () => {
    expect(criticalValues(16, NO_COMPAT)).toEqual([28, 36, 50]);
    expect(criticalValues(6, NO_COMPAT)).toEqual(criticalValues(6, TRENDS_EARTH_COMPAT));
  });

  test('the distribution is that of all orders, counted one by one', () => {
    const orders = (left: number[]): number[][] =>
      left.length === 0 ? [[]] : left.flatMap((x) => orders(left.filter((y) => y !== x)).map((rest) => [x, ...rest]));
    const all = orders([1, 2, 3, 4, 5, 6]).map((order) =>
      order.reduce((s, a, i) => s + order.slice(i + 1).reduce((sum, b) => sum + Math.sign(b - a), 0), 0),
    );
    for (let s = -16; s <= 16; s++) expect(kendallTail(6, s)).toBeCloseTo(all.filter((x) => x >= s).length / 720, 14);
  });

  test('what Trends.Earth calls 95 % is one-sided 0.058 for 16 years', () => {
    expect(kendallTail(16, kendallCritical(16, 0.05))).toBeCloseTo(0.05802, 5);
    expect(kendallTail(16, kendallCritical(16, 0.05) + 2)).toBeCloseTo(0.04802, 5);
  });

  test('more than a century of years is refused', () => expect(() => kendallTail(102, 0)).toThrow('series of 102'));
});

describe('trajectory of Trends.Earth', () => {
  test.each(series)('series %# has the class, S and slope of the rules', ({ years, values, class: expected, s, slope }) => {
    const found = trajectoryBlock(years, layersOf(values), { method: 'trends-earth', compat: TRENDS_EARTH_COMPAT });
    expect([found.classes[0], found.s[0]]).toEqual([expected, s]);
    expect(found.slope[0]).toBeCloseTo(slope, 8);
    expect(found.degradation[0]).toBe(trajectoryDegradation(expected));
  });

  test('the first level is strict, the others are not; the quirk can be left', () => {
    const levels = [28, 36, 56] as const;
    const strict = [27, 28, 29, 35, 36, 55, 56].map((s) => trajectoryClass(20, s, levels, 10, PUBLISHED_COMPAT));
    expect(strict).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect(trajectoryClass(20, 28, levels, 10, NO_COMPAT)).toBe(1);
    expect(trajectoryClass(-20, -36, levels, 10, PUBLISHED_COMPAT)).toBe(-2);
  });

  test('a slope of 0.001 NDVI a year or less never counts', () => {
    expect(trajectoryClass(10, 100, [28, 36, 56], 10, PUBLISHED_COMPAT)).toBe(0);
    expect(trajectoryClass(-10.01, -100, [28, 36, 56], 10, PUBLISHED_COMPAT)).toBe(-3);
    const years = Array.from({ length: 16 }, (_, i) => 2000 + i);
    const of = (step: number, scale: number): number | undefined =>
      trajectoryBlock(years, layersOf(years.map((year) => (year - 2000) * step)), { method: 'trends-earth', scale }).classes[0];
    expect([of(10, 10_000), of(11, 10_000), of(0.0009, 1), of(0.0011, 1)]).toEqual([0, 3, 0, 3]);
  });

  test('three classes count what is significant at 95 %', () => {
    expect([-3, -2, -1, 0, 1, 2, 3, NODATA].map(trajectoryDegradation)).toEqual([-1, -1, 0, 0, 0, 1, 1, NODATA]);
  });

  test('missing years are left out; the quirk judges them by the whole period', () => {
    const years = Array.from({ length: 16 }, (_, i) => 2000 + i);
    const values = years.map((year, i) => (i < 8 ? NODATA : (year - 2000) * 100));
    const own = trajectoryBlock(years, layersOf(values), { method: 'trends-earth' });
    expect([own.years[0], own.s[0], own.classes[0]]).toEqual([8, 28, 3]);
    const nominal = trajectoryBlock(years, layersOf(values), { method: 'trends-earth', compat: TRENDS_EARTH_COMPAT });
    expect(nominal.classes[0]).toBe(0); // 28 does not pass 28 of 16 years
    const few = trajectoryBlock(years, layersOf(values), { method: 'trends-earth', minimumYears: 9 });
    expect([few.classes[0], few.degradation[0]]).toEqual([NODATA, NODATA]);
    expect(few.slope[0]).toBeNaN();
  });

  test('exact probabilities are two-sided: S = 36 of 16 years is 0.116 and does not count', () => {
    const years = Array.from({ length: 16 }, (_, i) => i);
    const order = [10, 1, 2, 3, 4, 0, 14, 5, 6, 7, 15, 8, 13, 9, 12, 11];
    const values = order.map((x) => x * 1000);
    const tables = trajectoryBlock(years, layersOf(values), { method: 'trends-earth' });
    const exact = trajectoryBlock(years, layersOf(values), { method: 'trends-earth', significance: 'exact' });
    expect(exact.statistic[0]).toBeCloseTo(2 * kendallTail(16, Math.abs(tables.s[0] ?? 0)), 14);
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: 16 }), (shuffled) => {
        const block = (significance: 'tables' | 'exact'): number =>
          Math.abs(
            trajectoryBlock(years, layersOf(shuffled.map((x) => x * 1000)), { method: 'trends-earth', significance })
              .classes[0] ?? 9,
          );
        expect(block('exact')).toBeLessThanOrEqual(block('tables')); // two-sided levels ask for more than one-sided ones
      }),
    );
  });

  test('layers that do not fit their years are refused', () => {
    expect(() => trajectoryBlock([1, 2], [new Int16Array(1)], { method: 'gpg-v2' })).toThrow('1 layers for 2 years');
    expect(() => trajectoryBlock([1, 2], [new Int16Array(1), new Int16Array(2)], { method: 'gpg-v2' })).toThrow(
      'the layer of 2 has 2 pixels',
    );
    expect(() => trajectoryBlock([2, 1], [new Int16Array(1), new Int16Array(1)], { method: 'gpg-v2' })).toThrow(
      'expected them to rise',
    );
  });
});

describe('trajectory of the guidance, version 2', () => {
  test.each(series)('series %# has the Z and level of the formulas', ({ years, values, z, zClass: expected }) => {
    const found = trajectoryBlock(years, layersOf(values), { method: 'gpg-v2' });
    expect(found.statistic[0]).toBeCloseTo(z, 12);
    expect(found.classes[0]).toBe(expected);
  });

  test('its limits belong to the weaker level', () => {
    expect([-1.97, -1.96, -1.28, 1.28, 1.29, 1.96, 1.97].map(zClass)).toEqual([1, 2, 3, 3, 4, 4, 5]);
    expect([-1.97, -1.96, 1.96, 1.97, Number.NaN].map(zDegradation)).toEqual([-1, 0, 0, 1, NODATA]);
  });

  test('a series without any change has Z = 0; S of one is corrected to 0', () => {
    const flat = trajectoryBlock([1, 2, 3, 4, 5], layersOf([7, 7, 7, 7, 7]), { method: 'gpg-v2' });
    expect([flat.statistic[0], flat.classes[0]]).toEqual([0, 3]);
    expect(trajectoryBlock([1, 2, 3, 4], layersOf([1, 2, 3, 1]), { method: 'gpg-v2' }).statistic[0]).toBe(0); // S = 1
  });

  test("SEPAL's Z is S over its deviation, without continuity", () => {
    expect(tauZ(16, 48 / 120)).toBeCloseTo(48 / Math.sqrt((16 * 15 * 37) / 18), 12);
    const found = trajectoryBlock([1, 2, 3, 4, 5, 6], layersOf([1, 2, 3, 4, 6, 5]), { method: 'gpg-v2', z: 'tau' });
    expect(found.statistic[0]).toBeCloseTo(13 / Math.sqrt((6 * 5 * 17) / 18), 12);
  });

  test('the reverse of time turns the sign', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 20 }), (values) => {
        const years = values.map((_, i) => i);
        const [a, b] = [values, [...values].reverse()].map((list) =>
          trajectoryBlock(years, layersOf(list), { method: 'gpg-v2' }),
        );
        expect(a?.statistic[0]).toBeCloseTo(-(b?.statistic[0] ?? 0), 12);
        expect(a?.slope[0]).toBeCloseTo(-(b?.slope[0] ?? 0), 9);
      }),
    );
  });
});

describe('climate', () => {
  test('what rain explains wholly leaves no residual', () => {
    const rain = [300, 450, 200, 380].map((mm) => Float64Array.of(mm));
    const ndvi = [300, 450, 200, 380].map((mm) => Float64Array.of(1000 + 5 * mm));
    for (const layer of restrend(ndvi, rain)) expect(layer[0]).toBeCloseTo(0, 9);
  });

  test('residuals add up to nothing and do not follow climate', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 9000 })), { minLength: 3 }),
        (pairs) => {
          fc.pre(new Set(pairs.map(([c]) => c)).size > 1);
          const out = restrend(
            pairs.map(([, p]) => Float64Array.of(p)),
            pairs.map(([c]) => Float64Array.of(c)),
          );
          const left = out.map((layer) => layer[0] ?? Number.NaN);
          expect(Math.abs(left.reduce((a, b) => a + b, 0))).toBeLessThan(1e-7);
          expect(Math.abs(left.reduce((sum, r, i) => sum + r * (pairs[i]?.[0] ?? 0), 0))).toBeLessThan(1e-4);
        },
      ),
    );
  });

  test('a pixel with two years, or with the same rain every year, is not known', () => {
    const two = restrend(
      [[1], [2], [NODATA]].map((list) => Int16Array.from(list)),
      [[3], [4], [5]].map((list) => Int16Array.from(list)),
    );
    expect(two.map((layer) => layer[0])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const same = restrend(
      [[1], [2], [3]].map((list) => Int16Array.from(list)),
      [[4], [4], [4]].map((list) => Int16Array.from(list)),
    );
    expect(same[0]?.[0]).toBeNaN();
  });

  test('rain use efficiency is NDVI for each metre of rain', () => {
    const [layer] = useEfficiency([Int16Array.of(3000, 3000, NODATA)], [Int16Array.of(250, 0, 250)]);
    expect([...(layer ?? [])]).toEqual([12_000, Number.NaN, Number.NaN]);
    expect(() => useEfficiency([Int16Array.of(1)], [])).toThrow('expected one of each');
  });
});
