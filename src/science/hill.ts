/**
 * How many kinds there are, effectively: Hill numbers, and the entropies of the same family.
 *
 *     hillNumber([10, 10, 10, 10], 1)     // 4: four kinds equally common count as four, for every order
 *     hillNumber([97, 1, 1, 1], 2)        // 1.06
 *
 * Order 0 counts kinds, 1 weighs them by their share (exponential of Shannon's entropy), 2 counts the common ones
 * (inverse of Simpson's concentration), Infinity only the commonest.
 *
 * @see Hill 1973, Diversity and evenness, Ecology 54, 427-432, doi 10.2307/1934352
 * @see Jost 2006, Entropy and diversity, Oikos 113, 363-375, doi 10.1111/j.2006.0030-1299.14714.x
 */

/** Orders nearer to 1 than this are 1: the formula for others divides by what is left. */
const NEAR_ONE = 1e-6;

/** Whether the order is so near to 1 that the limit stands for it. */
export const isOrderOne = (order: number): boolean => Math.abs(order - 1) < NEAR_ONE;

/** What the order does to a share p: p^q, or -p ln p at order 1; a share of 0 gives nothing at any order. */
export function shareTerm(share: number, order: number): number {
  if (share <= 0) return 0;
  if (isOrderOne(order)) return -share * Math.log(share);
  return order === 0 ? 1 : order === 2 ? share * share : share ** order;
}

/** The Hill number that a sum of `shareTerm` stands for. */
export const hillOfSum = (sum: number, order: number): number =>
  isOrderOne(order) ? Math.exp(sum) : order === 0 ? sum : sum ** (1 / (1 - order));

/**
 * Hill number of `counts` at `order`: (Σ p^q)^(1/(1-q)); its limit at 1. Hill 1973, eq. 1-5; Jost 2006, eq. 1
 * @param counts any measure of each kind, 0 or more; zeros do not count
 * @param order 0 or more; Infinity gives 1 / max p
 * @returns the effective number of kinds; 0 where nothing was counted
 * @throws RangeError where a count is negative or not a number, or the order is
 */
export function hillNumber(counts: ArrayLike<number>, order: number): number {
  const total = sumOfCounts(counts);
  if (!(order >= 0)) throw new RangeError(`the order of a Hill number is 0 or more, not ${order}`);
  if (total === 0) return 0;
  let sum = 0;
  let lost = 0;
  let greatest = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = (counts[i] as number) / total;
    greatest = Math.max(greatest, share);
    // Kahan's sum: a hundred thousand kinds must not cost digits.
    const term = shareTerm(share, order) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return order === Number.POSITIVE_INFINITY ? 1 / greatest : hillOfSum(sum, order);
}

/** Rényi's entropy [nat]: the logarithm of the Hill number of the same order. */
export const renyiEntropy = (counts: ArrayLike<number>, order: number): number => Math.log(hillNumber(counts, order));

/** Tsallis' entropy (1 - Σ p^q) / (q - 1); Shannon's [nat] at order 1. */
export function tsallisEntropy(counts: ArrayLike<number>, order: number): number {
  const hill = hillNumber(counts, order);
  return isOrderOne(order) ? Math.log(hill) : (1 - hill ** (1 - order)) / (order - 1);
}

/** Sum of counts. @throws RangeError naming the first that is none */
export function sumOfCounts(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY))
      throw new RangeError(`count ${i + 1} is ${count}; a count is 0 or more`);
    total += count;
  }
  return total;
}
