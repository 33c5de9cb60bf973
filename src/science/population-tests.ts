/**
 * Tests of a fitted model of counts: does it fit, does the slope change at a changepoint, do classes differ, do years leave the line.
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual, Statistics Netherlands, sections 2.5 and 2.6, appendix A.4
 */
import { incompleteGamma } from './drought-distributions.ts';
import type { Design } from './population-design.ts';
import { type PopulationFit, scoreAndInformation } from './population-fit.ts';
import { cholesky, invertSymmetric, mapCovariance, quadraticForm, solveCholesky } from './symmetric.ts';

/** A test: how far from what it supposes, and how often as far by chance. */
export interface ChiSquaredTest {
  statistic: number;
  freedom: number;
  p: number;
}

/** Chance that χ² with `freedom` is as large or larger. */
const chiSquaredTail = (value: number, freedom: number): number => incompleteGamma(freedom / 2, value / 2).above;

const test = (statistic: number, freedom: number): ChiSquaredTest => ({
  statistic,
  freedom,
  p: chiSquaredTail(statistic, freedom),
});

/** Pearson's χ², the likelihood ratio, and Akaike's criterion as LR - 2 df. */
export function goodnessOfFit({ pearson, deviance, freedom }: PopulationFit): {
  pearson: ChiSquaredTest;
  likelihoodRatio: ChiSquaredTest;
  aic: number;
} {
  return { pearson: test(pearson, freedom), likelihoodRatio: test(deviance, freedom), aic: deviance - 2 * freedom };
}

/** x' V(x)⁻¹ x of a linear map of the effects. @param map rows × width */
function wald({ beta, covariance, design }: PopulationFit, map: Float64Array, rows: number): ChiSquaredTest {
  const theta = new Float64Array(rows);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < design.width; c++)
      theta[r] = (theta[r] as number) + (map[r * design.width + c] as number) * (beta[c] as number);
  const inverse = invertSymmetric(mapCovariance(map, rows, covariance, design.width), rows);
  return inverse ? test(quadraticForm(inverse, rows, theta), rows) : { statistic: Number.NaN, freedom: rows, p: Number.NaN };
}

/** Of model 2: does the slope change at each changepoint, in any class; at the first, is there one. */
export function changepointTests(fit: PopulationFit): ChiSquaredTest[] {
  const { yearColumns, blocks, width, changepoints } = fit.design;
  return changepoints.map((_, k) => {
    const rows = 1 + blocks.length;
    const map = new Float64Array(rows * width);
    for (let b = 0; b < rows; b++) {
      map[b * width + b * yearColumns + k] = 1;
      if (k > 0) map[b * width + b * yearColumns + k - 1] = -1;
    }
    return wald(fit, map, rows);
  });
}

/** Do the classes of each covariate differ in their effects of years. */
export function covariateTests(fit: PopulationFit): (ChiSquaredTest & { covariate: string })[] {
  const { yearColumns, blocks, width } = fit.design;
  return fit.cells.covariates
    .map(({ name }) => ({ name, own: blocks.flatMap(({ covariate }, b) => (covariate === name ? [b + 1] : [])) }))
    .filter(({ own }) => own.length > 0)
    .map(({ name, own }) => {
      const rows = own.length * yearColumns;
      const map = new Float64Array(rows * width);
      own.forEach((b, i) => {
        for (let k = 0; k < yearColumns; k++) map[(i * yearColumns + k) * width + b * yearColumns + k] = 1;
      });
      return { covariate: name, ...wald(fit, map, rows) };
    });
}

export interface LinearTrend {
  slope: number;
  slopeError: number;
  /** What each year is above or below the line, as logarithms. */
  deviations: Float64Array;
  deviationErrors: Float64Array;
  /** Do years leave the line. */
  test: ChiSquaredTest;
}

/** Of model 3 without covariates: effects of years as a line and what they leave it by. TRIM 3 manual, eq. 2.8 */
export function linearTrend(fit: PopulationFit): LinearTrend {
  const years = fit.cells.years.length;
  const p = fit.design.width;
  const middle = (years - 1) / 2;
  let spread = 0;
  for (let j = 0; j < years; j++) spread += (j - middle) ** 2;
  // Row 0: slope; rows 1 to years: deviations, of γ with γ of the first year 0.
  const map = new Float64Array((years + 1) * p);
  for (let j = 1; j < years; j++) {
    const column = j - 1;
    map[column] = (j - middle) / spread;
    for (let k = 0; k < years; k++)
      map[(k + 1) * p + column] = (k === j ? 1 : 0) - 1 / years - ((k - middle) * (j - middle)) / spread;
  }
  const values = new Float64Array(years + 1);
  for (let r = 0; r <= years; r++)
    for (let c = 0; c < p; c++) values[r] = (values[r] as number) + (map[r * p + c] as number) * (fit.beta[c] as number);
  const covariance = mapCovariance(map, years + 1, fit.covariance, p);
  const error = (r: number): number => Math.sqrt(covariance[r * (years + 1) + r] as number);
  return {
    slope: values[0] as number,
    slopeError: error(0),
    deviations: values.slice(1),
    deviationErrors: Float64Array.from({ length: years }, (_, j) => error(j + 1)),
    test: wald(fit, map.slice(3 * p), years - 2),
  };
}

/**
 * Would the fit gain from further columns: the score test of those of `wider` that `fit` has not.
 * @param kept columns of `wider` that the fit has, in its order
 */
export function scoreTest(fit: PopulationFit, wider: Design, kept: readonly number[]): ChiSquaredTest {
  const { mean, alpha, beta, dispersion, correlation, cells } = fit;
  const { score, information } = scoreAndInformation(cells, wider, { alpha, beta, mean, dispersion, correlation });
  const p = wider.width;
  const factor = cholesky(information, p);
  const added = p - kept.length;
  if (!factor) return { statistic: 0, freedom: added, p: 1 };
  // What the fit solved is 0 but for its last step.
  for (const column of kept) score[column] = 0;
  const solved = solveCholesky(factor, p, score.slice());
  let statistic = 0;
  for (let k = 0; k < p; k++) statistic += (score[k] as number) * (solved[k] as number);
  return test(statistic, added);
}
