/**
 * Critical values of Kendall's S as Trends.Earth uses them, from the exact distribution of S without trend.
 *
 *     kendallCritical(16, 0.05)          // 36: the least S with P(S > 36) <= 0.05
 *     kendallTail(16, 36)                // 0.058: P(S >= 36)
 *
 * Trends.Earth carries them as lists for 4 to 60 years (after Hollander & Wolfe, table A.30). The rule above gives every
 * number of these lists, so that no list is needed; the list of the 99 % level is that of n + 1 from n = 7 on.
 *
 * @see Hollander & Wolfe 1999, Nonparametric Statistical Methods, 2nd ed., Wiley, section 8.1
 */
import { cumulated, inversionProbabilities } from './mann-kendall-exact.ts';

/** P(inversions <= k) of n different values in random order, by n. */
const known = new Map<number, Float64Array>();

/** Longest series: a century of years, whose distribution takes some milliseconds. */
const LONGEST = 101;

function inversions(n: number): Float64Array {
  if (!Number.isInteger(n) || n < 1 || n > LONGEST) throw new RangeError(`series of ${n}: expected 1 to ${LONGEST} values`);
  let found = known.get(n);
  if (found === undefined) {
    found = cumulated(inversionProbabilities(new Array<number>(n).fill(1)));
    known.set(n, found);
  }
  return found;
}

/**
 * One-sided probability P(S >= s) without trend and ties; 1 for an s at or below the least S.
 * @param n number of values, 1 to 101
 */
export function kendallTail(n: number, s: number): number {
  const below = inversions(n);
  const k = Math.floor(((n * (n - 1)) / 2 - s) / 2); // S = n(n-1)/2 - 2 k
  if (k < 0) return 0;
  return k >= below.length ? 1 : Math.min(1, below[k] as number);
}

/**
 * The least S of n values with P(S > it) <= alpha, one-sided.
 *
 * S has the parity of n(n-1)/2. As P(S >= it) is above alpha, a test that rejects at |S| >= it is two-sided at more than
 * 2 alpha: 0.116 for 16 values and alpha 0.05.
 */
export function kendallCritical(n: number, alpha: number): number {
  const below = inversions(n);
  let k = 0;
  while (k < below.length && (below[k] as number) <= alpha) k++;
  return (n * (n - 1)) / 2 - 2 * k;
}
