/**
 * The exact distribution of Kendall's S where nothing but the order of the values is left to chance, with and without ties.
 *
 *     exactTwoSided(6, [1, 1, 1, 1])     // 0.0833: two of the 24 orders of four values have |S| of 6
 *     exactTwoSided(5, [2, 1, 1])        // 0.1667: two of the 12 orders of a, a, b, c have |S| of 5, the most that ties leave
 */

/** Pairs of values past which no table is made: 2,000 values. */
const MOST_PAIRS = 2_000_000;

/**
 * Probabilities of 0, 1, 2, … inversions in a random order of values of which groups are equal.
 *
 * Inversions of a sequence with ties are distributed as the coefficients of the Gaussian multinomial (Andrews 1976, theorem
 * 3.6), which is made group by group: what a group of t adds to m values is distributed as the Mann-Whitney statistic
 * (Mann & Whitney 1947), all terms positive. Without ties it is Kendall's recursion (Kendall 1938).
 * S = M - 2 I, where M is the number of pairs that are not tied.
 * @param groups sizes of groups of equal values; a value without its like is a group of one
 * @see Kendall 1938, A new measure of rank correlation, Biometrika 30, 81-93, doi 10.1093/biomet/30.1-2.81
 * @see Mann & Whitney 1947, Ann. Math. Stat. 18, 50-60, doi 10.1214/aoms/1177730491
 * @see Andrews 1976, The theory of partitions, doi 10.1017/CBO9780511608650
 */
export function inversionProbabilities(groups: readonly number[]): Float64Array {
  const n = groups.reduce((sum, size) => sum + size, 0);
  if (!groups.every((size) => Number.isInteger(size) && size > 0)) throw new RangeError('a group has one value or more');
  if ((n * (n - 1)) / 2 > MOST_PAIRS) throw new RangeError(`an exact distribution is not made for ${n} values`);
  let all = Float64Array.of(1);
  let placed = 0;
  for (const size of [...groups].sort((a, b) => b - a)) {
    if (placed > 0) all = convolve(all, mannWhitney(placed, size));
    placed += size;
  }
  return all;
}

/**
 * Probability of an |S| as great as that of `s` or greater, when all orders are equally likely: twice the tail, at most 1.
 * @param s sum of the signs of all pairs
 * @param groups sizes of groups of equal values, ones included
 */
export function exactTwoSided(s: number, groups: readonly number[]): number {
  const probabilities = inversionProbabilities(groups);
  return twiceTail(cumulated(probabilities), s);
}

/** Running sums of probabilities. */
export function cumulated(probabilities: Float64Array): Float64Array {
  let sum = 0;
  return probabilities.map((p) => (sum += p));
}

/** Two-sided probability of `s` from the running sums of the probabilities of inversions. */
export function twiceTail(sums: Float64Array, s: number): number {
  const most = sums.length - 1;
  const inversions = Math.floor((most - Math.abs(s)) / 2);
  return inversions < 0 ? 0 : Math.min(1, 2 * (sums[inversions] as number));
}

/** Distribution of the Mann-Whitney statistic of `m` and `t` values. */
function mannWhitney(m: number, t: number): Float64Array {
  if (t === 1) return new Float64Array(m + 1).fill(1 / (m + 1));
  // row[k] is the distribution for the present number of the first kind and k of the second
  let row: Float64Array[] = Array.from({ length: t + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= m; i++) {
    const next: Float64Array[] = [Float64Array.of(1)];
    for (let k = 1; k <= t; k++) {
      const [without, fewer] = [row[k] as Float64Array, next[k - 1] as Float64Array];
      const both = new Float64Array(i * k + 1);
      for (let u = 0; u < without.length; u++) both[u + k] = (without[u] as number) * (i / (i + k)); // the highest of all is of the first kind, or of the second
      for (let u = 0; u < fewer.length; u++) both[u] = (both[u] as number) + (fewer[u] as number) * (k / (i + k));
      next.push(both);
    }
    row = next;
  }
  return row[t] as Float64Array;
}

function convolve(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const both = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) both[i + j] = (both[i + j] as number) + (a[i] as number) * (b[j] as number);
  }
  return both;
}
