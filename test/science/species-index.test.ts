import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beforeAfter } from '../../src/science/before-after.ts';
import { fitPopulation } from '../../src/science/population.ts';
import type { PopulationCount } from '../../src/science/population-cells.ts';
import { type SpeciesYears, speciesIndex } from '../../src/science/species-index.ts';
import { loessMatrix } from '../../src/science/species-smooth.ts';

const years = (count: number): number[] => Array.from({ length: count }, (_, i) => 2001 + i);
const diagonal = (variances: number[]): Float64Array => {
  const n = variances.length;
  return Float64Array.from({ length: n * n }, (_, c) => (c % (n + 1) === 0 ? (variances[c / (n + 1)] as number) : 0));
};
const species = (name: string, values: number[], variances = values.map(() => 0)): SpeciesYears => ({
  name,
  years: years(values.length),
  values,
  covariance: diagonal(variances),
});

describe('the index', () => {
  test('without error it is the geometric mean, 100 in the base year', () => {
    const {
      index,
      low,
      high,
      species: counts,
    } = speciesIndex([species('a', [10, 20, 40]), species('b', [8, 8, 2])], {
      base: 2001,
      seed: 1,
      draws: 3,
    });
    expect([...index].map((value) => Number(value.toFixed(9)))).toEqual([100, Number((100 * Math.SQRT2).toFixed(9)), 100]);
    expect([...low]).toEqual([...index]);
    expect([...high]).toEqual([...index]);
    expect([...counts]).toEqual([0, 2, 2]);
  });

  test('its error is that of the mean of logarithms: variances of year and base year by species, over species squared', () => {
    const { errors } = speciesIndex([species('a', [100, 100], [100, 100]), species('b', [50, 60], [25, 36])], {
      base: 2001,
      seed: 4,
      draws: 20_000,
    });
    expect(errors[0]).toBe(0);
    // By hand: (0.01 + 0.01 + 0.01 + 0.01) / 4.
    expect(errors[1]).toBeCloseTo(0.1, 2);
  });

  test('the mode of msi_tool takes the error of the base year for one of each year, and so is less sure of the trend', () => {
    const one = species('a', [100, 100, 100, 100, 100, 100], [100, 100, 100, 100, 100, 100]);
    const error = (mode: 'chains' | 'msi-tool'): number =>
      speciesIndex([one], { base: 2001, seed: 2, mode, draws: 20_000 }).trend.error;
    // By hand, Σ (t - 3.5)² = 17.5: √(0.01 / 17.5); and √(0.02 × (17.5 - 6.25)) / 17.5, as the base year has none.
    expect(error('chains')).toBeCloseTo(0.0239, 3);
    expect(error('msi-tool')).toBeCloseTo(0.0271, 3);
  });

  // BRCindicators 2d1f3f0, msi_tool(nsim = 20000, index_smooth = "INDEX"), R 4.2.2; its draws are other ones.
  test('msi_tool: index, its error, smoothed line and slope, within what 20,000 draws leave open', () => {
    const given: [string, number[], number[]][] = [
      ['a', [100, 120, 90, 70, 85, 60, 55, 50], [0, 15, 14, 12, 16, 11, 12, 10]],
      ['b', [100, 95, 110, 130, 125, 150, 160, 140], [0, 20, 22, 25, 28, 30, 35, 30]],
      ['c', [100, 60, 20, 5, 0.5, 2, 8, 6], [0, 20, 8, 3, 0.4, 1, 4, 3]],
    ];
    const all = given.map(([name, values, errors]) =>
      species(
        name,
        values,
        errors.map((error) => error * error),
      ),
    );
    const { index, errors, smooth, trend } = speciesIndex(all, { base: 2001, seed: 1, draws: 20_000, mode: 'msi-tool' });
    [100, 88.09, 58.35, 36.13, 22.5, 27.01, 41.95, 35.37].forEach((value, t) => {
      expect(Math.abs((index[t] as number) / value - 1)).toBeLessThan(0.01);
    });
    [0, 12.04, 9.12, 7.36, 2.6, 5.07, 8.11, 7.26].forEach((value, t) => {
      expect(Math.abs((errors[t] as number) * (index[t] as number) - value)).toBeLessThan(0.04 * value + 1e-9);
    });
    [102.01, 83.45, 59, 34.55, 24.4, 28.01, 33.49, 38.44].forEach((value, t) => {
      expect(Math.abs((smooth?.values[t] as number) / value - 1)).toBeLessThan(0.01);
    });
    expect(trend.slope).toBeCloseTo(0.8488, 3);
    expect(trend.error * trend.slope).toBeCloseTo(0.0206, 3);
    expect(trend.class).toBe('strong-decline');
  });

  test('one species, kept whole: the trend has the error that least squares of its logarithms give', () => {
    const values = [100, 90, 80, 75];
    const { trend } = speciesIndex(
      [
        species(
          'a',
          values,
          values.map((v) => (0.1 * v) ** 2),
        ),
      ],
      { base: 2001, seed: 8, draws: 20_000 },
    );
    // By hand: var = 0.01 / Σ (t - 2.5)² = 0.01 / 5.
    expect(trend.error).toBeCloseTo(Math.sqrt(0.002), 3);
    const exact = [-1.5, -0.5, 0.5, 1.5].reduce((sum, t, i) => sum + (t * Math.log(values[i] as number)) / 5, 0);
    expect(Math.log(trend.slope)).toBeCloseTo(exact, 2);
  });

  test('a species that nothing is known of is left out and named, and one that falls to nothing stops at 1 %', () => {
    const found = speciesIndex(
      [species('vague', [10, 10], [2500, 2500]), species('lost', [100, 0.001]), species('once', [5]), species('never', [0, 0])],
      {
        base: 2001,
        seed: 1,
        mostChange: 1e6,
      },
    );
    expect(found.left).toEqual([
      { name: 'vague', because: 'variation' },
      { name: 'once', because: 'one-year' },
      { name: 'never', because: 'no-base' },
    ]);
    expect(found.index[1]).toBeCloseTo(1, 9);
    expect(speciesIndex([species('lost', [100, 0.001])], { base: 2001, seed: 1 }).index[1]).toBeCloseTo(10, 9);
  });

  test('species that come later take part from then on', () => {
    const late: SpeciesYears = { name: 'b', years: [2002, 2003], values: [1, 4], covariance: diagonal([0, 0]) };
    const found = speciesIndex([species('a', [10, 10, 10]), late], { base: 2001, seed: 1, draws: 2 });
    expect(found.index[2]).toBeCloseTo(200, 9);
    expect([...found.species]).toEqual([0, 1, 2]);
  });

  test('order of species and their unit change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 2, max: 60 }),
        (cells, times) => {
          const a = species('a', cells.slice(0, 4), cells.slice(0, 4));
          const b = species('b', cells.slice(4), cells.slice(4));
          const scaled = species(
            'a',
            cells.slice(0, 4).map((v) => v * times),
            cells.slice(0, 4).map((v) => v * times * times),
          );
          const options = { base: 2001, seed: 3, draws: 40 };
          const [one, two] = [speciesIndex([a, b], options), speciesIndex([b, scaled], options)];
          for (const [t, value] of one.index.entries()) expect(two.index[t]).toBeCloseTo(value, 6);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('faults name the species', () => {
    expect(() => speciesIndex([{ ...species('a', [1, 2]), years: [2001, 2003] }], { base: 2001, seed: 1 })).toThrow(
      'a: year 2003 after 2001',
    );
    expect(() => speciesIndex([species('a', [1, -2])], { base: 2001, seed: 1 })).toThrow('a, 2002: value -2');
    expect(() => speciesIndex([species('a', [1, 2])], { base: 1999, seed: 1 })).toThrow('base year 1999');
  });
});

test('a local parabola is that of R, loess(span = 0.75, degree = 2, surface = "direct")', () => {
  const smooth = loessMatrix(years(10))?.(Float64Array.of(0, 0.1, 0.05, -0.2, -0.1, -0.3, -0.25, -0.4, -0.2, -0.35));
  LOESS_R.forEach((value, i) => {
    expect(smooth?.[i]).toBeCloseTo(value, 8);
  });
  expect(loessMatrix(years(6))).toBeNull();
});

const LOESS_R = [
  0.0329517954378, 0.0418070868946, -0.000749702695051, -0.107187144923, -0.192812855077, -0.222655954103, -0.327344045897,
  -0.311934630705, -0.312552539723, -0.308825962001,
];

describe('before and after', () => {
  const totals = (values: number[], variances = values) => ({
    values: Float64Array.from(values),
    covariance: diagonal(variances),
  });

  test('twice as many here and as many as before at the control: a factor of two, with the error of the counts', () => {
    const found = beforeAfter(totals([100, 100, 200, 200]), { control: totals([50, 50, 50, 50]), years: years(4), from: 2003 });
    expect(found.factor).toBeCloseTo(2, 12);
    // By hand: (1/100 + 1/100 + 1/200 + 1/200) / 4 + 4 / 50 / 4.
    expect(found.counts.error).toBeCloseTo(Math.sqrt(0.0075 + 0.02), 12);
    expect(found.verdict).toBe('rose');
    expect(found.years).toBeNull();
    expect(found.cautions).toEqual(['few-years']);
  });

  test('what rises at the control as well is no effect; without a control it looks like one', () => {
    const here = totals([100, 100, 100, 150, 150, 150]);
    const control = totals([200, 200, 200, 300, 300, 300]);
    expect(beforeAfter(here, { control, years: years(6), from: 2004 }).effect).toBeCloseTo(0, 12);
    const alone = beforeAfter(here, { control: null, years: years(6), from: 2004 });
    expect([alone.verdict, alone.cautions]).toEqual(['rose', ['no-control']]);
  });

  test('where the ratio wanders by itself from year to year, that judges and not the error of counts', () => {
    const found = beforeAfter(totals([1000, 3000, 1500, 2000, 4000, 2500]), {
      control: totals([1e4, 1e4, 1e4, 1e4, 1e4, 1e4]),
      years: years(6),
      from: 2004,
    });
    // Welch by hand: var of ln ratios before 0.30875…, after 0.12386…
    expect(found.judged).toBe(found.years);
    expect(found.counts.low).toBeGreaterThan(1);
    expect(found.verdict).toBe('no-sign');
    expect(found.years?.freedom).toBeGreaterThan(2);
    expect(found.years?.freedom).toBeLessThan(4);
  });

  test('a year of nothing, or no year on a side, is told', () => {
    expect(() => beforeAfter(totals([0, 1]), { control: null, years: years(2), from: 2002 })).toThrow('here, 2001: a total of 0');
    expect(() => beforeAfter(totals([1, 1]), { control: null, years: years(2), from: 2009 })).toThrow('first year after: 2009');
  });
});

test('one chain: counts by zone, their totals with covariance, an index of species, and an effect against the buffer', () => {
  const counts = (factor: number, later: number): PopulationCount[] =>
    ['A', 'B', 'C', 'D'].flatMap((site, s) =>
      years(6).map((year, j) => ({
        site,
        year,
        count: (s + j) % 5 === 4 ? null : Math.round(factor * (20 + 5 * s) * (j > 2 ? later : 1) + ((s * 7 + j * 3) % 4)),
      })),
    );
  const fitted = (rows: PopulationCount[]) => fitPopulation(rows, { model: 3, overdispersion: true, serialCorrelation: true });
  const [core, buffer] = [fitted(counts(1, 2)), fitted(counts(2, 1))];
  const found = beforeAfter(core.totals.imputed, { control: buffer.totals.imputed, years: core.fit.cells.years, from: 2004 });
  expect(found.factor).toBeGreaterThan(1.7);
  expect(found.factor).toBeLessThan(2.2);
  expect(found.verdict).toBe('rose');
  const index = speciesIndex(
    [core, buffer].map(({ fit: { cells }, totals }, i) => ({ name: `s${i}`, years: cells.years, ...totals.imputed })),
    { base: 2001, seed: 1 },
  );
  expect(index.index[5]).toBeGreaterThan(125);
  expect(index.low[5]).toBeLessThan(index.index[5] as number);
});
