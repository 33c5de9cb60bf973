/**
 * Student's t distribution, by the incomplete beta function.
 *
 *     studentTwoSided(2.306, 8)        // 0.05
 *     studentQuantile(0.975, 8)        // 2.306
 *
 * @see Press et al. 2007, Numerical Recipes, 3rd ed., 6.4 (continued fraction of the incomplete beta function, Lentz's method)
 */
import { logGamma } from './drought-distributions.ts';

/** Smallest step that still changes a double. */
const PRECISION = 1e-16;
const TINY = 1e-300;

/** Regularised incomplete beta function I_x(a, b), for a, b > 0 and x from 0 to 1. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 4 * PRECISION) break;
  }
  return fraction;
}

/** Chance of |t| or more, either way. @param freedom degrees of freedom, more than 0 */
export const studentTwoSided = (t: number, freedom: number): number =>
  incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);

/** The t that a share `p` of the distribution stays below. @param p more than 0 and less than 1 */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0;
  const tail = 2 * Math.min(p, 1 - p);
  let [low, high] = [0, 1];
  while (studentTwoSided(high, freedom) > tail) [low, high] = [high, 2 * high];
  for (let i = 0; i < 200 && high - low > PRECISION * high; i++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, freedom) > tail) low = middle;
    else high = middle;
  }
  const t = (low + high) / 2;
  return p < 0.5 ? -t : t;
}
