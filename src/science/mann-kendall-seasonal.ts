/**
 * Mann-Kendall test over several series at once: the seasons of one place, or the stations of a region.
 *
 *     seasonalMannKendall(monthly, { period: 12 })     // January is only compared with January
 *     regionalMannKendall([north, south, delta])       // one trend for all, seasons or not
 *
 * Two variances, side by side. `independent`: seasons do not know of each other (Hirsch, Slack & Smith 1982). `correlated`: they
 * may, and their covariance is estimated from the data (Hirsch & Slack 1984), which needs some ten years; a dry spring that
 * lasts until summer is then not counted twice.
 *
 * @see Hirsch, Slack & Smith 1982, Techniques of trend analysis for monthly water quality data, Water Resour. Res. 18, 107-121,
 * doi 10.1029/WR018i001p00107
 * @see Hirsch & Slack 1984, A nonparametric trend test for seasonal data with serial dependence, Water Resour. Res. 20, 727-732,
 * doi 10.1029/WR020i006p00727
 * @see Helsel & Frans 2006, Regional Kendall test for trend, Environ. Sci. Technol. 40, 4066-4073, doi 10.1021/es051650b
 */
import { kendallScore, standardised, type TrendTest } from './mann-kendall.ts';
import { twoSided } from './normal.ts';
import { LEVEL, median, pairSlopes, slopeLimits, type TheilSen } from './theil-sen.ts';

/** Months of a year. */
const PERIOD = 12;

export interface SeveralOptions {
  /** how the series bear on each other */
  dependence?: 'independent' | 'correlated';
  /** whether |S| is lessened by one for Z: as Hirsch & Slack do; Libiseller & Grimvall 2002 do not */
  continuity?: 'corrected' | 'none';
}

export interface SeasonalOptions extends SeveralOptions {
  /** seasons in a cycle: 12 for months, 23 for 16-day composites */
  period?: number;
}

/**
 * Seasonal test of a series; what is not finite is missing. The values of a season are compared among themselves only.
 * @param values in the order of time, every season of every cycle having its place
 * @throws RangeError when the period is no whole number above one
 */
export function seasonalMannKendall(values: ArrayLike<number>, { period = PERIOD, ...options }: SeasonalOptions = {}): TrendTest {
  return regionalMannKendall(seasons(values, period), options);
}

/**
 * Test of several series for one common trend: S and its variance are summed over the series, tau-b is over all their pairs.
 * @param series values of each at the same times; shorter ones lack the last
 */
export function regionalMannKendall(
  series: readonly ArrayLike<number>[],
  { dependence = 'independent', continuity = 'corrected' }: SeveralOptions = {},
): TrendTest {
  const scores = series.map((values) => kendallScore(values));
  const total = (of: (score: (typeof scores)[number]) => number): number => scores.reduce((sum, score) => sum + of(score), 0);
  const s = total((score) => score.s);
  const n = total((score) => score.n);
  const variance = dependence === 'correlated' ? covarianceSum(series) : total((score) => score.variance);
  const z = continuity === 'corrected' ? standardised(s, variance) : s === 0 ? 0 : s / Math.sqrt(variance);
  const tau = s / total((score) => Math.sqrt(((score.n * (score.n - 1)) / 2) * score.untied));
  return { n, s, variance, z, p: scores.some((score) => score.n > 1) ? twoSided(z) : Number.NaN, tau, exact: false };
}

/**
 * Slope per cycle: median over the pairs within each season, with Gilbert's limits from the variance of the seasonal S.
 * The line has no single intercept.
 * @see Hirsch, Slack & Smith 1982, doi 10.1029/WR018i001p00107; Gilbert 1987, section 17.5
 */
export function seasonalTheilSen(
  values: ArrayLike<number>,
  { period = PERIOD, level = LEVEL, ...options }: SeasonalOptions & { level?: number } = {},
): Omit<TheilSen, 'intercept'> {
  const parts = seasons(values, period);
  const slopes = parts.map((part) => {
    const at = [...part.keys()].filter((i) => Number.isFinite(part[i]));
    return pairSlopes(
      at.map((i) => part[i] as number),
      at,
    );
  });
  const all = Float64Array.from(slopes.flatMap((some) => [...some])).sort();
  const { n, variance } = regionalMannKendall(parts, options);
  return { n, slope: median(all), ...slopeLimits(all, variance, level), level };
}

/** Values of each season, missing ones kept in place. */
function seasons(values: ArrayLike<number>, period: number): number[][] {
  if (!(Number.isInteger(period) && period > 1)) throw new RangeError(`a cycle has two seasons or more, not ${period}`);
  const cycles = Math.ceil(values.length / period);
  return Array.from({ length: period }, (_, season) =>
    Array.from({ length: cycles }, (_, cycle) => values[cycle * period + season] ?? Number.NaN),
  );
}

/**
 * Variance of the summed S: all covariances of pairs of series,
 *
 *     [K + 4 sum of R_g R_h - n (n_g + 1) (n_h + 1)] / 3
 *
 * where K is the sum over pairs of times of the sign of the product of both changes, and R are ranks, a missing value having
 * the middle one. Hirsch & Slack 1984, after Dietz & Killeen 1981, doi 10.1080/01621459.1981.10477618. Of a series with itself
 * it is the variance with ties.
 */
function covarianceSum(series: readonly ArrayLike<number>[]): number {
  const length = Math.max(0, ...series.map((values) => values.length));
  const rows = series.map((values) => Array.from({ length }, (_, i) => values[i] ?? Number.NaN));
  const counts = rows.map((row) => row.filter(Number.isFinite).length);
  const ranks = rows.map((row, g) => middleRanks(row, counts[g] as number));
  let sum = 0;
  for (const [g, row] of rows.entries()) {
    for (let h = 0; h <= g; h++) {
      const product = (ranks[g] as number[]).reduce((all, rank, i) => all + rank * ((ranks[h] as number[])[i] as number), 0);
      const expected = length * ((counts[g] as number) + 1) * ((counts[h] as number) + 1);
      const covariance = (concordance(row, rows[h] as number[]) + 4 * product - expected) / 3;
      sum += g === h ? covariance : 2 * covariance;
    }
  }
  return sum;
}

/** Rank of each value: half of n + 1 + the sum of signs of its differences from all others. Hirsch & Slack 1984. */
function middleRanks(row: readonly number[], count: number): number[] {
  return row.map((value) => (count + 1 + row.reduce((sum, other) => sum + sign(value - other), 0)) / 2);
}

function concordance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      sum += sign(((a[j] as number) - (a[i] as number)) * ((b[j] as number) - (b[i] as number)));
    }
  }
  return sum;
}

/** Sign, 0 where a value is missing. */
function sign(difference: number): number {
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}
