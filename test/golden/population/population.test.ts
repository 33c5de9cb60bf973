/**
 * Trends of counts as rtrim and TRIM 3.61 compute them, kept beside the project. See README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fitPopulation, type PopulationOptions, type PopulationTrend } from '../../../src/science/population.ts';
import type { PopulationCount } from '../../../src/science/population-cells.ts';
import { scoreAndInformation } from '../../../src/science/population-fit.ts';
import { changepointTests, covariateTests, goodnessOfFit, linearTrend } from '../../../src/science/population-tests.ts';
import { populationTotals } from '../../../src/science/population-totals.ts';
import { overallTrend, populationIndex } from '../../../src/science/population-trend.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life', 'rtrim');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: trends of counts are not compared with TRIM in this run (set SARYARKA_GOLDEN)`);

const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
// biome-ignore lint/suspicious/noExplicitAny: files of many shapes, each known to its test
const json = (file: string): any => JSON.parse(text(file));

function table(file: string): PopulationCount[] {
  const [header = '', ...lines] = text(file).replaceAll('"', '').trim().split(/\r?\n/);
  const names = header.split(',').map((name) => name.toLowerCase());
  return lines.map((line) => {
    const cells = line.split(',');
    const of = (name: string): string | undefined => cells[names.indexOf(name)];
    const count = of('count');
    return {
      site: of('site') as string,
      year: Number(of('year') ?? of('time')),
      count: count === undefined || count === '' || count === 'NA' ? null : Number(count),
      weight: Number(of('weight') ?? 1),
      covariates: { habitat: of('habitat') as string },
    };
  });
}

const plain = (rows: PopulationCount[]): PopulationCount[] => rows.map(({ site, year, count }) => ({ site, year, count }));
const unweighted = (rows: PopulationCount[]): PopulationCount[] => rows.map((row) => ({ ...row, weight: 1 }));

/** Largest difference, relative to the value but for those near 0. */
function away(found: ArrayLike<number>, expected: number | number[] | number[][]): number {
  const flat = [expected].flat(2);
  expect(found.length).toBe(flat.length);
  return flat.reduce((most, value, i) => Math.max(most, Math.abs((found[i] as number) - value) / Math.max(1, Math.abs(value))), 0);
}

const both = { overdispersion: true, serialCorrelation: true } as const;
const cases: [file: string, data: string, options: PopulationOptions, covariates: boolean, weights?: boolean][] = [
  ['sky_m1', 'skylark', { model: 1 }, false],
  ['sky_m2_lin', 'skylark', { model: 2 }, false],
  ['sky_m2_lin_od_sc', 'skylark', { model: 2, ...both }, false],
  ['sky_m2_cp_od_sc', 'skylark', { model: 2, changepoints: 'all', ...both }, false],
  ['sky_m2_cp_stepwise_od_sc', 'skylark', { model: 2, changepoints: 'all', stepwise: true, ...both }, false],
  ['sky_m2_covar_od_sc', 'skylark', { model: 2, changepoints: [1, 4], ...both }, true],
  ['sky_m3', 'skylark', { model: 3 }, false],
  ['sky_m3_od', 'skylark', { model: 3, overdispersion: true }, false],
  ['sky_m3_sc', 'skylark', { model: 3, serialCorrelation: true }, false],
  ['sky_m3_od_sc', 'skylark', { model: 3, ...both }, false],
  ['sky_m3_chisq_od', 'skylark', { model: 3, overdispersion: true, outliers: { rule: 'chi-squared', level: 0.99 } }, false],
  ['sky_m3_tukey_od', 'skylark', { model: 3, overdispersion: true, outliers: { rule: 'tukey', fence: 3 } }, false],
  ['sky_m3_covar_od_sc', 'skylark', { model: 3, ...both }, true],
  ['sky2_m2_auto', 'skylark2', { model: 2, changepoints: 'all', stepwise: true, ...both }, false],
  ['sky2_m3_od_sc', 'skylark2', { model: 3, ...both }, false],
  ['sky2_m3_habitat_weights', 'skylark2', { model: 3, ...both }, true, true],
];

describe.skipIf(!present)('as rtrim', () => {
  test.each(cases)('%s', (file, data, options, covariates, weights = false) => {
    const rows = weights ? table(`${data}.csv`) : unweighted(table(`${data}.csv`));
    const found = fitPopulation(covariates ? rows : plain(rows), options);
    const expected = json(`${file}_tight.json`);
    const unsolved = String(expected.convergence).startsWith('No');
    const near = unsolved ? 1e-3 : 1e-8;
    const { fit, totals } = found;
    expect(fit.converged).toBe(true);
    expect(away(fit.alpha, expected.alpha)).toBeLessThan(near);
    if (options.model > 1) {
      expect(away(fit.beta, expected.beta)).toBeLessThan(near);
      expect(away(fit.covariance, expected.var_beta)).toBeLessThan(near);
    }
    expect(away(totals.modelled.values, expected.tt_mod)).toBeLessThan(near);
    expect(away(totals.imputed.values, expected.tt_imp)).toBeLessThan(near);
    expect(away(totals.modelled.covariance, expected.var_tt_mod)).toBeLessThan(near);
    expect(away(totals.imputed.covariance, expected.var_tt_imp)).toBeLessThan(near);
    if (typeof expected.sig2 === 'number') expect(Math.abs(fit.dispersion / expected.sig2 - 1)).toBeLessThan(near);
    if (typeof expected.rho === 'number') expect(Math.abs(fit.correlation - expected.rho)).toBeLessThan(near);
    const index = populationIndex(totals.imputed);
    expect(away(index.values, expected.index.map((row: { imputed: number }) => row.imputed))).toBeLessThan(near);
    expect(away(index.errors, expected.index.map((row: { se_imp: number }) => row.se_imp))).toBeLessThan(near);
    for (const [of, total] of [
      ['overall_imputed', totals.imputed],
      ['overall_fitted', totals.modelled],
    ] as const) {
      const trend = overallTrend(total);
      const [slope] = expected[of].slope;
      expect(away([trend.additive, trend.additiveError, trend.slope, trend.error], [slope.add, slope.se_add, slope.mul, slope.se_mul])).toBeLessThan(near);
      if (!unsolved && options.model > 1) expect(Math.abs(trend.p / slope.p - 1)).toBeLessThan(1e-6);
    }
    const fits = goodnessOfFit(fit);
    expect(away([fits.pearson.statistic, fits.likelihoodRatio.statistic, fits.aic, fits.pearson.p], [expected.gof.chi2.chi2, expected.gof.LR.LR, expected.gof.AIC, expected.gof.chi2.p])).toBeLessThan(near);
    if (expected.wald.dslope) expect(away(changepointTests(fit).map(({ statistic }) => statistic), expected.wald.dslope.W)).toBeLessThan(near);
    for (const row of expected.wald.covar ?? []) expect(covariateTests(fit)[0]?.statistic).toBeCloseTo(row.W, unsolved ? 2 : 6);
    if (expected.wald.deviations) expect(linearTrend(fit).test.statistic).toBeCloseTo(expected.wald.deviations.W, 7);
  });

  test('where rtrim does not converge ours solves the equations', () => {
    const { fit } = fitPopulation(unweighted(table('skylark.csv')), { model: 2, changepoints: [1, 4], ...both });
    const { score, information } = scoreAndInformation(fit.cells, fit.design, fit);
    for (const [k, pull] of score.entries()) expect(Math.abs(pull) / Math.sqrt(information[k * fit.design.width + k] as number)).toBeLessThan(1e-8);
  });

  test('the totals of the classes of a covariate, and their variances by the model, are rtrim\'s', () => {
    const { fit } = fitPopulation(unweighted(table('skylark.csv')), { model: 3, ...both });
    for (const { class: one, mod, var_mod, imp } of json('sky_m3_covar_od_sc_tight.json').covar_tt.Habitat) {
      const totals = populationTotals(fit, (cell) => fit.cells.covariates[0]?.classOf[cell] === one - 1);
      expect(away(totals.modelled.values, mod)).toBeLessThan(1e-8);
      expect(away(totals.imputed.values, imp)).toBeLessThan(1e-8);
      expect(away(totals.modelled.covariance, var_mod)).toBeLessThan(1e-8);
    }
  });
});

interface Printed {
  rows: PopulationCount[];
  options: PopulationOptions;
  out: string;
}

/** A command file of TRIM: data, model and switches. */
function commands(file: string): Printed {
  const lines = text(file).split(/\r?\n/).map((line) => line.trim());
  const of = (name: string): string => lines.find((line) => line.toLowerCase().startsWith(`${name} `))?.slice(name.length).trim() ?? '';
  const on = (name: string): boolean => of(name).toLowerCase() === 'on';
  const weighted = of('weight').toLowerCase() === 'present';
  const habitat = of('covariates') === '1';
  const rows = text(of('file').replace('outfiles/', '')).trim().split(/\r?\n/).map((line): PopulationCount => {
    const cells = line.trim().split(/\s+/);
    return {
      site: cells[0] as string,
      year: Number(cells[1]),
      count: cells[2] === '999' ? null : Number(cells[2]),
      ...(weighted ? { weight: Number(cells[3]) } : {}),
      ...(habitat ? { covariates: { habitat: cells[weighted ? 4 : 3] as string } } : {}),
    };
  });
  const first = Math.min(...rows.map(({ year }) => year));
  const changepoints = of('changepoints').split(/\s+/).filter(Boolean).map((k) => first + Number(k) - 1);
  const model = Number(of('model')) as 2 | 3;
  return {
    rows,
    out: text(file.replace('.tcf', '.out')),
    options: {
      model,
      ...(changepoints.length > 0 ? { changepoints } : {}),
      stepwise: on('stepwise'),
      overdispersion: on('overdisp'),
      serialCorrelation: on('serialcor'),
    },
  };
}

/** Rows of numbers below a title, until one that is none. */
function printed(out: string, title: string): number[][] {
  const lines = out.slice(out.indexOf(title)).split(/\r?\n/).slice(2);
  const rows: number[][] = [];
  for (const line of lines) {
    const cells = line.trim().split(/\s+/).map(Number);
    if (cells.length < 3 || cells.some(Number.isNaN)) break;
    rows.push(cells);
  }
  return rows;
}

const files = present ? readdirSync(folder).filter((file) => file.endsWith('.tcf') && existsSync(join(folder, file.replace('.tcf', '.out')))) : [];

describe.skipIf(!present)('as TRIM 3.61 prints', () => {
  test('there are prints', () => expect(files.length).toBeGreaterThan(10));

  test.each(files)('%s', (file) => {
    const { rows, options, out } = commands(file);
    const found: PopulationTrend = fitPopulation(rows, options);
    const last = out.slice(out.lastIndexOf('GOODNESS OF FIT'));
    const near = (value: number, print: number, digit: number): void =>
      expect(Math.abs(value - print)).toBeLessThanOrEqual(0.51 * digit + 2e-3 * Math.abs(print));
    near(found.fit.pearson, Number(/Chi-square\s+([\d.]+)/.exec(last)?.[1]), 0.01);
    near(found.fit.deviance, Number(/Likelihood Ratio\s+([\d.]+)/.exec(last)?.[1]), 0.01);
    const index = { modelled: populationIndex(found.totals.modelled), imputed: populationIndex(found.totals.imputed) };
    const prints = printed(out, 'Time INDICES');
    expect(prints.length).toBeGreaterThan(5);
    for (const [time, model, modelError, imputed, imputedError] of prints as [number, number, number, number, number][]) {
      if (imputedError === undefined) continue;
      const j = found.fit.cells.years.indexOf(time);
      near(index.modelled.values[j] as number, model, 1e-4);
      near(index.modelled.errors[j] as number, modelError, 1e-4);
      near(index.imputed.values[j] as number, imputed, 1e-4);
      near(index.imputed.errors[j] as number, imputedError, 1e-4);
    }
    for (const [time, model, modelError, imputed, imputedError] of printed(out, 'TIME TOTALS') as [number, number, number, number, number][]) {
      const j = found.fit.cells.years.indexOf(time);
      const n = found.fit.cells.years.length;
      near(found.totals.modelled.values[j] as number, model, 1);
      near(Math.sqrt(found.totals.modelled.covariance[j * n + j] as number), modelError, 1);
      near(found.totals.imputed.values[j] as number, imputed, 1);
      near(Math.sqrt(found.totals.imputed.covariance[j * n + j] as number), imputedError, 1);
    }
    const tests = changepointTests(found.fit);
    const wald = /WALD-TEST FOR SIGNIFICANCE OF CHANGES IN SLOPE[^\n]*\n[^\n]*\n((?:\s+\d+\s+[\d.]+\s+\d+\s+[\d.]+\s*\n)+)/.exec(last)?.[1];
    wald?.trim().split(/\r?\n/).forEach((line, k) => {
      const [year, statistic] = line.trim().split(/\s+/).map(Number) as [number, number];
      expect(found.fit.cells.years[found.fit.design.changepoints[k] as number]).toBe(year);
      near(tests[k]?.statistic as number, statistic, 0.01);
    });
  });

  test('the covariance of the imputed totals in full', () => {
    const { rows, options } = commands('skylark-x1.tcf');
    const expected = text('skylark-x1.ocv').trim().split(/\s+/).map(Number);
    expect(away(fitPopulation(rows, options).totals.imputed.covariance, expected)).toBeLessThan(1e-3);
  });
});
