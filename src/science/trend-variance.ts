/**
 * Mann-Kendall test of series that remember: S stays, its variance is corrected for the memory.
 *
 *     hamedRao(values)            // by the ranks of what the line leaves, lags that stand out
 *     yueWang(values)             // by what the line leaves, lag 1
 *
 * Equal steps of time; missing values (NaN) keep their place, so that a lag is always the same distance in time.
 *
 * @see Hamed & Rao 1998, A modified Mann-Kendall trend test for autocorrelated data, J. Hydrol. 204, 182-196,
 * doi 10.1016/S0022-1694(97)00125-X
 * @see Yue & Wang 2004, The Mann-Kendall test modified by effective sample size to detect trend in serially correlated
 * hydrological series, Water Resour. Manage. 18, 201-218, doi 10.1023/B:WARM.0000043140.61082.60
 */
import { kendallScore, standardised, type TrendTest } from './mann-kendall.ts';
import { normalQuantile, twoSided } from './normal.ts';
import { autocorrelation, detrended } from './prewhitening.ts';
import { theilSen } from './theil-sen.ts';

/** Error at which a lag stands out. Hamed & Rao 1998. */
const SIGNIFICANCE = 0.05;

/** Part of the largest value within which what a line leaves is equal: some thousand roundings. */
const ROUNDING = 2 ** -42;

/** Lags of Yue & Wang 2004: memory of first order. */
const FIRST = 1;

export interface CorrectedTest extends TrendTest {
  /** factor on the variance of independent values */
  inflation: number;
}

/**
 * Mann-Kendall test with the variance of Hamed & Rao 1998:
 *
 *     1 + 2 / (n (n - 1) (n - 2)) sum over lags k of (n - k) (n - k - 1) (n - k - 2) r_k
 *
 * where r_k are correlations of the ranks of what the Theil-Sen line leaves, of those lags only that differ from zero.
 * @param options `lags`: most lags, all where not given; `significance`: error at which a lag counts; `slope`: of the line, where it is
 * known otherwise, as of a series whose gaps were closed
 */
export function hamedRao(
  values: ArrayLike<number>,
  { lags, significance = SIGNIFICANCE, slope }: { lags?: number; significance?: number; slope?: number } = {},
): CorrectedTest {
  const largest = Array.from(values).reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  const ranks = middleRanks(detrended(values, slope ?? theilSen(values).slope), largest);
  const n = ranks.filter(Number.isFinite).length;
  const bound = normalQuantile(1 - significance / 2) / Math.sqrt(n);
  let sum = 0;
  for (let lag = 1; lag <= Math.min(lags ?? n - 1, n - 1); lag++) {
    const r = autocorrelation(ranks, lag);
    if (Math.abs(r) > bound) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * r; // Hamed & Rao 1998
  }
  return corrected(values, 1 + (2 / (n * (n - 1) * (n - 2))) * sum);
}

/**
 * Mann-Kendall test with the variance of Yue & Wang 2004: 1 + 2 sum over lags k of (1 - k / n) r_k, where r_k are correlations of
 * what the Theil-Sen line leaves. With all lags the sum is almost without meaning; they use the first.
 * @param options `lags`: lags that count, 1 where not given
 */
export function yueWang(values: ArrayLike<number>, { lags = FIRST }: { lags?: number } = {}): CorrectedTest {
  const rest = detrended(values, theilSen(values).slope);
  const n = rest.filter(Number.isFinite).length;
  let sum = 0;
  for (let lag = 1; lag <= Math.min(lags, n - 1); lag++) sum += (1 - lag / n) * autocorrelation(rest, lag); // Yue & Wang 2004
  return corrected(values, 1 + 2 * sum);
}

/** A factor of zero or below leaves nothing that can be stated: Z and p are NaN. Where all values are equal there is no memory. */
function corrected(values: ArrayLike<number>, factor: number): CorrectedTest {
  const { groups: _, untied, ...score } = kendallScore(values);
  const inflation = untied === 0 || Number.isNaN(factor) ? 1 : factor;
  const variance = score.variance * inflation;
  const z = inflation > 0 ? standardised(score.s, variance) : Number.NaN;
  return { ...score, variance, z, p: score.n < 2 ? Number.NaN : twoSided(z), exact: false, inflation };
}

/**
 * Ranks from 1 of what a line leaves, equal values sharing the mean of theirs; missing stays NaN. The two values whose slope is
 * the median leave the same, and rounding must not decide which of them is higher: closer than `ROUNDING` is equal.
 */
function middleRanks(values: Float64Array, largest: number): Float64Array {
  const equal = ROUNDING * largest;
  return values.map((value) => {
    let rank = 0.5;
    for (const other of values) rank += other < value - equal ? 1 : other <= value + equal ? 0.5 : 0;
    return Number.isFinite(value) ? rank : Number.NaN;
  });
}
