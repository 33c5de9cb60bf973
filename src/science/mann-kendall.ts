/**
 * Mann-Kendall test for a monotonic trend: do later values tend to be higher, or lower, than earlier ones?
 *
 *     mannKendall([10, 15, 14, 20])                  // { n: 4, s: 4, variance: 8.67, z: 1.02, p: 0.333, tau: 0.667, exact: true }
 *     mannKendall([0.31, Number.NaN, 0.33, 0.33])    // the missing year is left out; the tie is accounted for
 *
 * Only the order of values counts, so that years may lie any distance apart. Values are taken as independent; for series that
 * remember see `prewhitening.ts` and `trend-variance.ts`.
 *
 * @see Mann 1945, Nonparametric tests against trend, Econometrica 13, 245-259, doi 10.2307/1907187
 * @see Kendall 1975, Rank correlation methods, 4th edition, Griffin, London
 * @see Gilbert 1987, Statistical methods for environmental pollution monitoring, Van Nostrand, sections 16.4 and 16.5
 */
import { exactTwoSided } from './mann-kendall-exact.ts';
import { twoSided } from './normal.ts';

/** Up to so many values the exact distribution is used; Gilbert 1987, section 16.4.1: the table for n <= 10, else the normal. */
export const EXACT_UP_TO = 10;

export interface KendallScore {
  /** number of values that are there */
  n: number;
  /** sum of the signs of all later values less earlier ones */
  s: number;
  /** variance of S when nothing but chance orders the values, ties accounted for */
  variance: number;
  /** Kendall's tau-b: -1 to 1; NaN where all values are equal */
  tau: number;
  /** pairs of values that differ */
  untied: number;
  /** sizes of the groups of equal values, ones included */
  groups: number[];
}

export interface TrendTest {
  n: number;
  s: number;
  variance: number;
  /** S in standard deviations, less the continuity correction; 0 where S is 0 */
  z: number;
  /** two-sided probability of an S as far from zero without a trend; NaN where it cannot be stated */
  p: number;
  tau: number;
  /** whether `p` is from the exact distribution, not the normal */
  exact: boolean;
}

/**
 * Tests values in the order of time for a monotonic trend.
 *
 * For up to `exactUpTo` values p is exact, by the distribution of S over all orders of the values, ties included; beyond
 * it is that of the normal distribution with continuity correction.
 * @param values in the order of time; what is not finite is missing and left out
 * @param options `exactUpTo`: most values for which p is exact, 0 for never
 */
export function mannKendall(values: ArrayLike<number>, { exactUpTo = EXACT_UP_TO }: { exactUpTo?: number } = {}): TrendTest {
  const { groups, untied: _, ...score } = kendallScore(values);
  const exact = score.n <= exactUpTo && score.n > 1;
  const z = standardised(score.s, score.variance);
  return { ...score, z, p: exact ? exactTwoSided(score.s, groups) : probability(z, score), exact };
}

/** S with its variance, tau-b and ties. Pairs are compared one by one: meant for one series, not for millions (`trend-block.ts`). */
export function kendallScore(values: ArrayLike<number>): KendallScore {
  const present = Array.from(values).filter(Number.isFinite);
  const n = present.length;
  let s = 0;
  for (const [i, earlier] of present.entries()) {
    for (let j = i + 1; j < n; j++) s += Math.sign((present[j] as number) - earlier);
  }
  const groups = tieGroups(present);
  const pairs = (n * (n - 1)) / 2;
  const untied = groups.reduce((left, t) => left - (t * (t - 1)) / 2, pairs);
  const tau = s / Math.sqrt(pairs * untied); // tau-b; times have no ties
  return { n, s, variance: kendallVariance(n, groups), tau, untied, groups };
}

/**
 * Variance of S: [n (n - 1) (2 n + 5) - sum of t (t - 1) (2 t + 5)] / 18. Kendall 1975, chapter 4.
 * @param groups sizes of groups of equal values; ones may be left out
 */
export function kendallVariance(n: number, groups: readonly number[]): number {
  return (orderTerm(n) - groups.reduce((sum, t) => sum + orderTerm(t), 0)) / 18;
}

/** n (n - 1) (2 n + 5): eighteen times the variance of S of `n` values that all differ. Kendall 1975, chapter 4. */
export function orderTerm(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}

/** S in standard deviations with continuity correction: (|S| - 1) / sqrt(variance), with the sign of S. Gilbert 1987, section 16.4.2. */
export function standardised(s: number, variance: number): number {
  return s === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
}

/** Two-sided normal p; no statement on fewer than two values. */
export function probability(z: number, { n }: { n: number }): number {
  return n < 2 ? Number.NaN : twoSided(z);
}

/** Sizes of groups of equal values. */
export function tieGroups(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  const groups: number[] = [];
  for (let from = 0, i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[from]) continue;
    groups.push(i - from);
    from = i;
  }
  return groups;
}
