/**
 * Chances of drawing with and without replacement, to nearly all digits also where the numbers are large.
 *
 *     binomialChance(2, 10, 0.3)              // 0.2334744405
 *     hypergeometricChance(1, 3, 10, 4)       // 0.5: of 10 things, 3 of them marked, 4 are drawn and 1 of these is marked
 *
 * Differences of log factorials lose as many digits as the logarithms have before the point; the saddle point form does not.
 *
 * @see Loader 2000, Fast and accurate computation of binomial probabilities (saddle point; deviance and error of Stirling's formula)
 */

/** ln n! minus Stirling's formula, for n from 0 to 15: sums of logarithms with more digits than a double has. */
const STIRLING_ERROR = [
  0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119, 0.01387612882307075,
  0.01189670994589177, 0.01041126526197209, 0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.006942840107209529,
  0.006408994188004207, 0.005951370112758848, 0.0055547335519628,
] as const;

/** ln n! - ((n + 1/2) ln n - n + ln(2π) / 2) of a whole number. Loader 2000, table and series */
function stirlingError(n: number): number {
  if (n <= 15) return STIRLING_ERROR[n] ?? Number.NaN;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** x ln(x / np) + np - x, without loss where both are near. Loader 2000, bd0 */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x;
  const v = (x - mean) / (x + mean);
  let sum = (x - mean) * v;
  let power = 2 * x * v;
  for (let j = 1; ; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}

/** Chance of `hits` in `draws` with replacement where each hits with chance `p`. @param hits and @param draws whole numbers */
export function binomialChance(hits: number, draws: number, p: number): number {
  if (hits < 0 || hits > draws) return 0;
  if (p <= 0) return hits === 0 ? 1 : 0;
  if (p >= 1) return hits === draws ? 1 : 0;
  if (hits === 0) return Math.exp(draws * Math.log1p(-p));
  if (hits === draws) return Math.exp(draws * Math.log(p));
  const misses = draws - hits;
  const exponent =
    stirlingError(draws) -
    stirlingError(hits) -
    stirlingError(misses) -
    deviance(hits, draws * p) -
    deviance(misses, draws * (1 - p));
  return Math.exp(exponent) * Math.sqrt(draws / (2 * Math.PI * hits * misses));
}

/**
 * Chance that of `draws` without replacement from `all` things, of which `marked` are marked, `hits` are marked.
 * All are whole numbers. Three binomial chances at p = draws / all (Loader 2000, section 5).
 */
export function hypergeometricChance(hits: number, marked: number, all: number, draws: number): number {
  if (hits < 0 || hits > marked || hits > draws || draws - hits > all - marked) return 0;
  if (draws === 0 || draws === all) return 1;
  const p = draws / all;
  return (binomialChance(hits, marked, p) * binomialChance(draws - hits, all - marked, p)) / binomialChance(draws, all, p);
}
