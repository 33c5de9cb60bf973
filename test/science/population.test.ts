import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPopulation } from '../../src/science/population.ts';
import { type PopulationCount, populationCells } from '../../src/science/population-cells.ts';
import { changepointTests, covariateTests, goodnessOfFit, linearTrend } from '../../src/science/population-tests.ts';
import { populationTotals } from '../../src/science/population-totals.ts';
import { overallTrend, populationIndex } from '../../src/science/population-trend.ts';
import { incompleteBeta, studentQuantile, studentTwoSided } from '../../src/science/student.ts';
import { cholesky, invertSymmetric } from '../../src/science/symmetric.ts';

/** Rows of counts by site from year 2001 on; `null` is not counted. */
const rows = (bySite: Record<string, (number | null)[]>, more: Partial<PopulationCount> = {}): PopulationCount[] =>
  Object.entries(bySite).flatMap(([site, counts]) => counts.map((count, j) => ({ site, year: 2001 + j, count, ...more })));

/** Sites with gaps and every year counted above 0 somewhere. */
const scheme = fc
  .array(fc.array(fc.option(fc.integer({ min: 0, max: 40 }), { freq: 3 }), { minLength: 6, maxLength: 6 }), {
    minLength: 5,
    maxLength: 12,
  })
  .map((sites) =>
    rows(Object.fromEntries([...sites, [9, 7, 8, 11, 6, 10], [3, 4, 2, 5, 6, 4]].map((counts, i) => [`s${i}`, counts]))),
  )
  .filter((all) => new Set(all.filter(({ count }) => count !== null).map(({ site }) => site)).size > 4);

describe('counts without gaps', () => {
  const full = rows({ A: [10, 12, 15], B: [3, 3, 6], C: [7, 5, 9] });

  test('totals are those counted, the index their ratio, the variance of a Poisson total the total', () => {
    const { totals, fit } = fitPopulation(full, { model: 3 });
    expect([...totals.imputed.values]).toEqual([20, 20, 30]);
    for (const [j, value] of totals.modelled.values.entries()) expect(value).toBeCloseTo([20, 20, 30][j] as number, 9);
    expect(fit.beta[1]).toBeCloseTo(Math.log(1.5), 10);
    // By hand: Var(ln(T3 / T1)) = 1/30 + 1/20 for Poisson totals.
    expect(fit.covariance[3]).toBeCloseTo(1 / 30 + 1 / 20, 10);
    const index = populationIndex(totals.imputed);
    expect(index.values[2]).toBeCloseTo(1.5, 12);
    expect(index.errors[0]).toBe(0);
    expect(index.errors[2]).toBeCloseTo(1.5 * Math.sqrt(1 / 30 + 1 / 20), 9);
    expect(totals.imputed.covariance[0]).toBeCloseTo(20, 9);
  });

  test('two base years are 1 together', () => {
    const index = populationIndex(fitPopulation(full, { model: 3 }).totals.imputed, [1, 2]);
    expect((index.values[1] as number) + (index.values[2] as number)).toBeCloseTo(2, 12);
    expect(() => populationIndex({ values: Float64Array.of(1), covariance: Float64Array.of(1) }, [3])).toThrow('base years 3');
  });

  test('model 1 fills each year with the mean of its site', () => {
    const { fit, totals } = fitPopulation(rows({ A: [4, 6, null], B: [2, null, 4] }), { model: 1 });
    expect([...fit.mean].map((mean) => Number(mean.toFixed(9)))).toEqual([5, 5, 5, 3, 3, 3]);
    expect([...totals.imputed.values].map((value) => Number(value.toFixed(9)))).toEqual([6, 9, 9]);
  });

  test('doubling every year is a factor of two a year, in one line and in every class', () => {
    const { fit, totals } = fitPopulation(rows({ A: [100, 200, 400, 800], B: [300, 600, 1200, 2400] }), { model: 2 });
    expect(fit.beta[0]).toBeCloseTo(Math.LN2, 10);
    const trend = overallTrend(totals.imputed);
    expect(trend.slope).toBeCloseTo(2, 9);
    expect(trend.class).toBe('strong-increase');
    expect(goodnessOfFit(fit).pearson.statistic).toBeCloseTo(0, 9);
  });
});

describe('gaps', () => {
  test('a blank is no zero: the same counts with a year not counted keep their trend', () => {
    const whole = fitPopulation(rows({ A: [8, 8, 8, 8], B: [4, 4, 4, 4] }), { model: 3 });
    const gaps = fitPopulation(rows({ A: [8, null, 8, 8], B: [4, 4, null, 4] }), { model: 3 });
    for (const [j, value] of gaps.totals.imputed.values.entries())
      expect(value).toBeCloseTo(whole.totals.imputed.values[j] as number, 8);
    const zero = fitPopulation(rows({ A: [8, 0, 8, 8], B: [4, 4, null, 4] }), { model: 3 });
    expect(zero.totals.imputed.values[1]).toBeCloseTo(4, 8);
  });

  test('model 2 passes a year in which nobody counted; model 3 names it', () => {
    const found = fitPopulation(rows({ A: [4, null, 9, 12], B: [5, null, 8, 15] }), { model: 2 });
    expect(found.fit.cells.years).toEqual([2001, 2002, 2003, 2004]);
    expect(found.totals.imputed.values[1]).toBeGreaterThan(found.totals.imputed.values[0] as number);
    expect(() => fitPopulation(rows({ A: [4, null, 9], B: [5, null, 8] }), { model: 3 })).toThrow('2002: no count above 0');
  });

  test('a year that has its rows left out is a year all the same', () => {
    expect(
      populationCells([
        { site: 'A', year: 2019, count: 4 },
        { site: 'A', year: 2021, count: 6 },
      ]).years,
    ).toEqual([2019, 2020, 2021]);
  });
});

describe('whatever the counts', () => {
  test('the order of rows and the names of sites change nothing', () => {
    fc.assert(
      fc.property(scheme, (all) => {
        const options = { model: 3, overdispersion: true } as const;
        const one = fitPopulation(all, options).totals.imputed;
        const other = fitPopulation(
          [...all].reverse().map((row) => ({ ...row, site: `x${row.site}` })),
          options,
        ).totals.imputed;
        one.values.forEach((value, j) => {
          expect(other.values[j]).toBeCloseTo(value, 6);
        });
      }),
      { numRuns: 25 },
    );
  });

  test("totals of zones add up to the total, and so do variances of counts by the model's parts", () => {
    fc.assert(
      fc.property(scheme, (all) => {
        const { fit, totals } = fitPopulation(all, { model: 3, overdispersion: true });
        const half = (cell: number): boolean => Math.floor(cell / fit.cells.width) % 2 === 0;
        const parts = [populationTotals(fit, half), populationTotals(fit, (cell) => !half(cell))];
        for (const which of ['modelled', 'imputed'] as const)
          totals[which].values.forEach((value, j) => {
            expect((parts[0]?.[which].values[j] as number) + (parts[1]?.[which].values[j] as number)).toBeCloseTo(value, 8);
          });
        for (let j = 0; j < 6; j++) expect(totals.imputed.covariance[j * 7] as number).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });

  test('in every year counted the model of maximum likelihood has the sum that was counted there', () => {
    fc.assert(
      fc.property(scheme, (all) => {
        const { fit } = fitPopulation(all, { model: 3 });
        const { counts, width } = fit.cells;
        for (let j = 0; j < width; j++) {
          let [seen, expected] = [0, 0];
          for (let cell = j; cell < counts.length; cell += width)
            if ((counts[cell] as number) >= 0) {
              seen += counts[cell] as number;
              expected += fit.mean[cell] as number;
            }
          expect(expected).toBeCloseTo(seen, 5);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('classes, months, changepoints', () => {
  const two = [
    ...rows({ A: [4, 5, 8, 9], B: [6, 6, 9, 13] }, { covariates: { habitat: 'steppe' } }),
    ...rows({ C: [9, 8, 5, 4], D: [12, 9, 7, 6] }, { covariates: { habitat: 'reed' } }),
  ];

  test('habitats that go apart are told apart', () => {
    const { fit } = fitPopulation(two, { model: 3 });
    expect(fit.cells.covariates[0]?.classes).toEqual(['reed', 'steppe']);
    expect(covariateTests(fit)[0]).toMatchObject({ covariate: 'habitat', freedom: 3 });
    expect(covariateTests(fit)[0]?.p).toBeLessThan(0.05);
  });

  test('a habitat without a bird in a year is named', () => {
    const silent = two.map((row) => (row.covariates?.habitat === 'reed' && row.year === 2003 ? { ...row, count: 0 } : row));
    expect(() => fitPopulation(silent, { model: 3 })).toThrow('2003: no count above 0 of habitat reed');
  });

  test('a site that changes its habitat needs a row for each year', () => {
    const moving = [
      ...two,
      { site: 'E', year: 2001, count: 3, covariates: { habitat: 'reed' } },
      { site: 'E', year: 2003, count: 3, covariates: { habitat: 'steppe' } },
    ];
    expect(() => fitPopulation(moving, { model: 3 })).toThrow('site E, year 2002: no class of habitat');
  });

  test('months have an effect each; totals are of years', () => {
    const monthly = [1, 2].flatMap((month) =>
      rows({ A: [4, 8, 6].map((count) => count * month), B: [6, 12, 9].map((count) => count * month) }, { month }),
    );
    const { fit, totals } = fitPopulation(monthly, { model: 3 });
    expect(fit.beta.at(-1)).toBeCloseTo(Math.LN2, 9);
    expect([...totals.imputed.values]).toEqual([30, 60, 45]);
    expect(() => fitPopulation(monthly, { model: 3, serialCorrelation: true })).toThrow('serial correlation is of years');
    expect(() => fitPopulation([...monthly, { site: 'C', year: 2001, count: 1 }], { model: 3 })).toThrow(
      'site C, year 2001: no month',
    );
  });

  test('a bend is kept, years without one are taken out', () => {
    const bend = rows({
      A: [40, 40, 41, 40, 60, 92, 135, 205],
      B: [61, 58, 60, 60, 91, 133, 204, 300],
      C: [20, 21, 20, 19, 31, 45, 68, 100],
    });
    const { fit, dropped } = fitPopulation(bend, { model: 2, changepoints: 'all', stepwise: true, overdispersion: true });
    expect(fit.design.changepoints.map((k) => fit.cells.years[k])).toEqual([2001, 2004]);
    expect(dropped.map(({ because }) => because)).toEqual(Array(5).fill('no-change'));
    expect(changepointTests(fit)[1]?.p).toBeLessThan(1e-6);
  });

  test('a changepoint in a year without counts is taken out and said; the year lies between its neighbours', () => {
    const { dropped, totals } = fitPopulation(rows({ A: [40, 50, null, null, 7, 70], B: [6, 6, null, null, 13, 10] }), {
      model: 2,
      changepoints: 'all',
    });
    expect(dropped).toEqual([
      { year: 2003, because: 'no-counts' },
      { year: 2004, because: 'no-counts' },
    ]);
    // a line through the logarithms of the years with counts: 56, 20 after three years
    const [, before = 0, one, two, after = 0] = totals.modelled.values;
    expect([before, after]).toEqual([expect.closeTo(56, 6), expect.closeTo(20, 6)]);
    expect(one).toBeCloseTo(before ** (2 / 3) * after ** (1 / 3), 6);
    expect(two).toBeCloseTo(before ** (1 / 3) * after ** (2 / 3), 6);
  });

  test('the line and its deviations: a population on a line leaves it nowhere', () => {
    const line = linearTrend(fitPopulation(rows({ A: [8, 16, 32, 64], B: [4, 8, 16, 32] }), { model: 3 }).fit);
    expect(line.slope).toBeCloseTo(Math.LN2, 9);
    for (const deviation of line.deviations) expect(deviation).toBeCloseTo(0, 9);
    expect(line.test.freedom).toBe(2);
  });
});

describe('what cannot be', () => {
  test.each([
    ['a negative count', rows({ A: [1, -2] }), 'site A, year 2002: count -2'],
    ['a row twice', [...rows({ A: [1, 2] }), ...rows({ A: [1] })], 'site A, year 2001: two rows'],
    ['a weight of 0', rows({ A: [1, 2] }, { weight: 0 }), 'site A, year 2001: weight 0'],
    ['a year that is none', [{ site: 'A', year: 20.5, count: 1 }], 'site A: year 20.5'],
    [
      'years far apart',
      [
        { site: 'A', year: 19, count: 1 },
        { site: 'A', year: 2019, count: 1 },
      ],
      'years from 19 to 2019',
    ],
    ['nothing', [], 'there are no counts'],
    ['nothing found', rows({ A: [0, 0] }), 'no site has a single individual'],
    ['one year', rows({ A: [3] }), 'counts of one year'],
  ] as [string, PopulationCount[], string][])('%s', (_, counts, message) => {
    expect(() => fitPopulation(counts, { model: 3 })).toThrow(message);
  });

  test('changepoints out of the years, or of another model', () => {
    const some = rows({ A: [3, 4, 5], B: [1, 2, 2] });
    expect(() => fitPopulation(some, { model: 2, changepoints: [2003] })).toThrow('changepoint 2003: years from 2001 to 2002');
    expect(() => fitPopulation(some, { model: 3, changepoints: [2001] })).toThrow('model 2');
    expect(() => fitPopulation(rows({ A: [3, 4], B: [1, 2] }), { model: 3, overdispersion: true })).not.toThrow();
    expect(() => fitPopulation(rows({ A: [3, 4] }), { model: 3, overdispersion: true })).toThrow('fewer counts');
  });

  test('sites where nothing was found are left out and named; what asks for care is said', () => {
    const found = fitPopulation(rows({ A: [5, 6, 7], B: [0, 0, 0], C: [4, 5, 6] }), { model: 2, overdispersion: true });
    expect(found.fit.cells.empty).toEqual(['B']);
    expect(found.cautions).toContain('under-dispersed');
  });
});

describe('distributions and matrices', () => {
  test('Student: 2.306 leaves 5 % either way with 8 degrees of freedom, 12.706 with 1', () => {
    expect(studentQuantile(0.975, 8)).toBeCloseTo(2.306004135, 9);
    expect(studentQuantile(0.025, 1)).toBeCloseTo(-12.70620474, 7);
    expect(studentTwoSided(2.306004135, 8)).toBeCloseTo(0.05, 9);
    expect(studentQuantile(0.5, 3)).toBe(0);
    expect(incompleteBeta(0.5, 2, 2)).toBeCloseTo(0.5, 14);
    expect([incompleteBeta(0, 1, 2), incompleteBeta(1, 1, 2)]).toEqual([0, 1]);
  });

  test('an inverse undoes its matrix; what is not positive definite has none', () => {
    expect([...(invertSymmetric(Float64Array.of(2, 1, 1, 2), 2) ?? [])].map((x) => Number(x.toFixed(12)))).toEqual(
      [2 / 3, -1 / 3, -1 / 3, 2 / 3].map((x) => Number(x.toFixed(12))),
    );
    expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
  });
});
