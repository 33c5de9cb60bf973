import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannKendall } from '../../src/science/mann-kendall.ts';
import { exactTwoSided, inversionProbabilities } from '../../src/science/mann-kendall-exact.ts';
import { regionalMannKendall, seasonalMannKendall, seasonalTheilSen } from '../../src/science/mann-kendall-seasonal.ts';
import { close, type Found, golden, lines, present, r } from './trend-golden.ts';

const shared = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const kendall = join(shared, 'raster', 'land-degradation', 'kendall_critical.json');
if (!existsSync(kendall)) console.warn(`no golden data at ${shared}: levels of Kendall's S are not compared in this run`);

/** Their p is one less a probability near one, so that it has 16 decimals and no more. */
const sameTest = (found: { s: number; variance: number; z: number; p: number }, expected: Found): void => {
  expect(found.s).toBe(expected.s);
  close(found.variance, expected.var_s);
  close(found.z, expected.z);
  close(found.p, expected.p, 1e-12, 4e-16);
};

describe('mannKendall', () => {
  test('four values by hand: five pairs rise, one falls', () => {
    const found = mannKendall([10, 15, 14, 20]);
    expect(found.s).toBe(4);
    expect(found.variance).toBe((4 * 3 * 13) / 18);
    expect(found.p).toBeCloseTo(8 / 24, 15); // orders of four values with |S| of 4 or 6: 2 (3 + 1)
    expect(found.tau).toBeCloseTo(4 / 6, 15);
    expect(found.exact).toBe(true);
  });

  test.each(golden.series.map(({ values, tests }, i) => ({ i, n: values.length, values, expected: tests.original })))(
    'series $i of $n values: as pymannkendall, by the normal distribution',
    ({ values, expected }) => sameTest(mannKendall(present(values), { exactUpTo: 0 }), expected),
  );

  test.each(lines.map((line, i) => ({ i, line })))('line $i: S, variance, Z and p as EnvStats', ({ line }) => {
    const found = mannKendall(line.values, { exactUpTo: 0 });
    expect(found.s).toBe(line.s);
    close(found.variance, line.variance);
    close(found.z, line.z);
    close(found.p, line.p, 1e-11);
  });

  test('p of a perfect trend of 120 values is not zero', () => {
    close(mannKendall(Array.from({ length: 120 }, (_, i) => i)).p, 5.653353776221441e-59, 1e-12);
  });

  test('six rising values are as rare as they are, not as the normal distribution has it', () => {
    expect(mannKendall([1, 2, 3, 4, 5, 6]).p).toBeCloseTo(2 / 720, 15);
  });

  test('values that are all equal have no trend, and one value says nothing', () => {
    expect(mannKendall([3, 3, 3, 3, 3])).toMatchObject({ s: 0, variance: 0, z: 0, p: 1, tau: Number.NaN });
    expect(mannKendall([3])).toMatchObject({ n: 1, s: 0, p: Number.NaN });
    expect(mannKendall([])).toMatchObject({ n: 0, s: 0, p: Number.NaN });
  });

  test('missing values may be anywhere; an endless value is missing, too', () => {
    expect(mannKendall([Number.NaN, 1, 3, Number.NaN, Number.POSITIVE_INFINITY, 2, Number.NaN])).toEqual(mannKendall([1, 3, 2]));
  });

  test('tau-b counts ties out: two equal values among three', () => {
    expect(mannKendall([1, 2, 2]).tau).toBeCloseTo(2 / Math.sqrt(3 * 2), 15);
  });

  test('turned round in time or upside down, S changes its sign and p stays', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 25 }), (values) => {
        const found = mannKendall(values);
        for (const other of [values.toReversed(), values.map((value) => -value)]) {
          const turned = mannKendall(other);
          expect(turned.s + found.s).toBe(0);
          expect(turned.p).toBe(found.p);
        }
        expect(mannKendall(values.map((value) => Math.exp(value) + 5))).toEqual(found);
      }),
    );
  });
});

describe('exact distribution', () => {
  test.each(golden.exact.without)('p of $values.length values is that of scipy', ({ values, p }) =>
    close(mannKendall(values, { exactUpTo: 30 }).p, p, 1e-11),
  );

  test.each(golden.exact.within)('ties $groups: $s is as rare as when every order is written down', ({ groups, s, p }) =>
    close(exactTwoSided(s, groups), p, 1e-13),
  );

  test('probabilities add up to one and are the same from both ends', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }), (groups) => {
        const probabilities = inversionProbabilities(groups);
        close(
          probabilities.reduce((sum, p) => sum + p, 0),
          1,
        );
        for (const [i, p] of probabilities.entries()) close(probabilities[probabilities.length - 1 - i], p, 1e-12);
        expect([...inversionProbabilities(groups.toReversed())]).toEqual([...probabilities]);
      }),
    );
  });

  test('a group of none and two thousand and one values are refused', () => {
    expect(() => inversionProbabilities([2, 0])).toThrow('one value or more');
    expect(() => inversionProbabilities([2001])).toThrow('2001 values');
  });

  test.skipIf(!existsSync(kendall))('one-sided levels of S are those of the table for land degradation', () => {
    const rows = JSON.parse(readFileSync(kendall, 'utf8')) as Record<
      string,
      { S: number; one_sided_p_ge: number; one_sided_p_gt: number }
    >[];
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const n = Number(row.n);
      for (const level of ['90', '95', '99']) {
        const { S = 0, one_sided_p_ge = 0, one_sided_p_gt = 0 } = row[level] ?? {};
        // S takes every second whole number only: of those at or above, and those above
        const step = ((n * (n - 1)) / 2 - S) % 2;
        expect(exactTwoSided(S + step, new Array<number>(n).fill(1)) / 2).toBeCloseTo(one_sided_p_ge, 5);
        expect(exactTwoSided(S + 2 - step, new Array<number>(n).fill(1)) / 2).toBeCloseTo(one_sided_p_gt, 5);
      }
    }
  });
});

describe('seasons', () => {
  test.each(golden.seasonal.map((one, i) => ({ i, ...one })))(
    'series $i, period $period: as pymannkendall',
    ({ values, period, ...expected }) => {
      const series = present(values);
      sameTest(seasonalMannKendall(series, { period }), expected.independent);
      close(seasonalTheilSen(series, { period }).slope, expected.independent.slope);
      if (expected.correlated === undefined) return;
      sameTest(seasonalMannKendall(series, { period, dependence: 'correlated', continuity: 'none' }), expected.correlated);
    },
  );

  test('the worked example 14-10 of USEPA 2009: 36 months', () => {
    const { values, independent, correlated } = r.analyte;
    const found = seasonalMannKendall(values);
    close(found.z, 5.1849514, 1e-8);
    close(found.p, independent.p, 1e-11);
    close(seasonalMannKendall(values, { dependence: 'correlated' }).z, correlated.z);
    const line = seasonalTheilSen(values);
    close(line.slope, 0.06, 1e-12);
    close(line.low, independent.low, 1e-11);
    close(line.high, independent.high, 1e-11);
  });

  test('twenty years of Nottingham temperatures: covariance as the R package trend', () => {
    const found = seasonalMannKendall(r.nottem.values, { dependence: 'correlated', continuity: 'none' });
    expect(found.s).toBe(r.nottem.s);
    close(found.variance, r.nottem.variance);
    close(found.p, r.nottem.p, 1e-11);
  });

  test('stations with a common weather: as pymannkendall', () => {
    const { series, independent, correlated } = golden.regional;
    sameTest(regionalMannKendall(series), independent);
    sameTest(regionalMannKendall(series, { dependence: 'correlated', continuity: 'none' }), correlated);
  });

  test('the variance of one series with itself is that with ties, missing values or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)), { minLength: 3, maxLength: 20 }),
        (values) => {
          close(regionalMannKendall([values], { dependence: 'correlated' }).variance, mannKendall(values).variance, 1e-12, 1e-9);
        },
      ),
    );
  });

  test('a series given twice counts twice when taken as independent, and once when covariance is estimated', () => {
    const one = mannKendall(golden.regional.series[0] ?? [], { exactUpTo: 0 });
    const series = [golden.regional.series[0] ?? [], golden.regional.series[0] ?? []];
    expect(regionalMannKendall(series).variance).toBe(2 * one.variance);
    expect(regionalMannKendall(series, { dependence: 'correlated' }).variance).toBeCloseTo(4 * one.variance, 8);
  });

  test('a period that is none is refused', () => {
    expect(() => seasonalMannKendall([1, 2, 3], { period: 1 })).toThrow('two seasons or more, not 1');
    expect(() => seasonalMannKendall([1, 2, 3], { period: 2.5 })).toThrow(RangeError);
  });
});
