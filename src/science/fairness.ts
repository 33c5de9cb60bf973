/**
 * How evenly something is shared: shortages as parts of what was asked, inequality of shares, and what each party misses against
 * the best that it could have.
 *
 *     shortageShares([8, 3], [10, 3])         // [0.2, 0]
 *     gini([1, 1, 1, 1])                      // 0
 *     jain([1, 0, 0, 0])                      // 0.25
 *     regrets([[5, 1], [3, 4]]).worst         // option 0: 3, option 1: 2
 *
 * References: Gini 1912 as Sen 1973, On Economic Inequality, ch. 2 (mean absolute difference), with weights as Lerman & Yitzhaki
 * 1989, J. Econometrics 42:43, doi:10.1016/0304-4076(89)90074-8; Jain, Chiu & Hawe 1984, DEC-TR-301, arXiv:cs/9809099; Savage 1951,
 * J. Am. Stat. Assoc. 46:55, doi:10.1080/01621459.1951.10500768 (regret).
 */

/** Part of `asked` that was not given, 0 to 1, by party; 0 where nothing was asked. @throws RangeError when lengths differ */
export function shortageShares(given: readonly number[], asked: readonly number[]): number[] {
  if (given.length !== asked.length) throw new RangeError(`${given.length} given, ${asked.length} asked`);
  return asked.map((wanted, i) => (wanted <= 0 ? 0 : Math.min(1, Math.max(0, 1 - (given[i] as number) / wanted))));
}

/**
 * Gini coefficient of `values` (not negative): 0 when all are equal, (n − 1)/n when one has all. `weights` count each value, such as
 * by people. NaN without values; 0 when all are zero, as nothing is unequal then.
 */
export function gini(values: readonly number[], weights: readonly number[] = values.map(() => 1)): number {
  if (values.length === 0) return Number.NaN;
  if (values.some((value) => value < 0) || weights.some((weight) => !(weight >= 0)))
    throw new RangeError('negative values or weights');
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0) / all;
  if (mean === 0) return 0;
  let apart = 0;
  for (const [i, a] of values.entries())
    for (const [j, b] of values.entries()) apart += (weights[i] as number) * (weights[j] as number) * Math.abs(a - b);
  return apart / (2 * all * all * mean);
}

/** Jain's index (Σx)² / (n Σx²): 1 when all are equal, 1/n when one has all; NaN without values or when all are zero. */
export function jain(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  const squares = values.reduce((a, b) => a + b * b, 0);
  return (sum * sum) / (values.length * squares);
}

export interface Regrets {
  /** What each party has at best over the options. */
  best: number[];
  /** By option and party: what it misses against its best. */
  regret: number[][];
  /** By option: the largest regret of a party. */
  worst: number[];
  /** The option whose largest regret is least; the first of several. */
  choice: number;
}

/** Regret of each party in each option; `benefits` by option and then party. @throws RangeError without options */
export function regrets(benefits: readonly (readonly number[])[]): Regrets {
  const [first] = benefits;
  if (first === undefined) throw new RangeError('no options');
  const best = first.map((_, party) => Math.max(...benefits.map((row) => row[party] as number)));
  const regret = benefits.map((row) => row.map((value, party) => (best[party] as number) - value));
  const worst = regret.map((row) => Math.max(0, ...row));
  return { best, regret, worst, choice: worst.indexOf(Math.min(...worst)) };
}

/**
 * Those of `points` that no other betters: for each, whether it is not dominated. More is better in every place; differences
 * within `within` count as none.
 */
export function notDominated(points: readonly (readonly number[])[], within = 0): boolean[] {
  return points.map((own) => !points.some((other) => dominates(other, own, within)));
}

/** Whether `a` is nowhere less than `b` and somewhere more. */
function dominates(a: readonly number[], b: readonly number[], within: number): boolean {
  let more = false;
  for (const [i, value] of a.entries()) {
    if (value < (b[i] as number) - within) return false;
    if (value > (b[i] as number) + within) more = true;
  }
  return more;
}
