/**
 * What a part of a sample would have shown: its coverage and diversity, expected over all parts of that size.
 *
 * Sums over kinds go by the chance P(0) that a kind is missed, which for counts x, x + 1, … follows by a ratio, and by the
 * hypergeometric chances around their mode; no factorial is taken, so that no digit is lost in large samples.
 *
 * @see Chao & Jost 2012, Ecology 93, 2533-2547, doi 10.1890/11-1952.1
 * @see Chao et al. 2014, Ecol. Monogr. 84, 45-67, doi 10.1890/13-0133.1, eq. 5-7, and appendix C for incidence
 */
import { hypergeometricChance } from './binomial.ts';
import type { DiversitySample } from './diversity-sample.ts';
import { hillOfSum, shareTerm } from './hill.ts';

/** Below this a chance adds nothing to a double. */
const NOTHING = 1e-18;

/** Σ over kinds of weight × chance that none of its x is among `drawn` of `size`. C(n - x, m) / C(n, m) */
function missed({ counts, kinds, size }: DiversitySample, drawn: number, byCount: boolean): number {
  let sum = 0;
  let chance = 1;
  for (let i = 0, x = 0; i < counts.length && chance > NOTHING; i++) {
    const count = counts[i] as number;
    for (; x < count && chance > NOTHING; x++) chance *= (size - drawn - x) / (size - x);
    if (x < count) break;
    sum += (kinds[i] as number) * (byCount ? count : 1) * chance;
  }
  return sum;
}

/** Sample coverage of a part of `drawn` < size whole units. Chao & Jost 2012, eq. 4b: C(n-x, m) / C(n-1, m) = P(0) n / (n - m) */
export function rarefiedCoverage(sample: DiversitySample, drawn: number): number {
  return 1 - (missed(sample, drawn, true) / sample.total) * (sample.size / (sample.size - drawn));
}

/** Hill number of a part of `drawn` ≤ size whole units, 1 or more. Chao et al. 2014, eq. 5-7 */
export function rarefiedDiversity(sample: DiversitySample, drawn: number, order: number): number {
  const found = (drawn * sample.total) / sample.size;
  if (order === 0) return sample.observed - missed(sample, drawn, false);
  if (order === 2) return 1 / secondMoment(sample, drawn, found);
  return hillOfSum(expectedSum(sample, drawn, found, order), order);
}

/** Σ E[k²] / found²: E[k²] = m x/n + m (m-1) x (x-1) / (n (n-1)) */
function secondMoment({ counts, kinds, size: n }: DiversitySample, m: number, found: number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const x = counts[i] as number;
    const pairs = n > 1 ? (m * (m - 1) * x * (x - 1)) / (n * (n - 1)) : 0;
    sum += (kinds[i] as number) * ((m * x) / n + pairs);
  }
  return sum / (found * found);
}

function expectedSum({ counts, kinds, size }: DiversitySample, drawn: number, found: number, order: number): number {
  const terms = new Float64Array(Math.min(drawn, counts.at(-1) ?? 0) + 1);
  let known = 0;
  const term = (k: number): number => {
    while (known < k) {
      known += 1;
      terms[known] = shareTerm(known / found, order);
    }
    return terms[k] as number;
  };
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += (kinds[i] as number) * expectedTerm(counts[i] as number, size, drawn, term);
  return sum;
}

/** E[term(k)], where k of the m drawn are of a kind that was counted x times among n. */
function expectedTerm(x: number, n: number, m: number, term: (k: number) => number): number {
  const least = Math.max(0, m - (n - x));
  const most = Math.min(x, m);
  const mode = Math.min(most, Math.max(least, Math.floor(((m + 1) * (x + 1)) / (n + 2))));
  const peak = hypergeometricChance(mode, x, n, m);
  let sum = peak * term(mode);
  for (let k = mode, chance = peak; k < most; ) {
    chance *= ((x - k) * (m - k)) / ((k + 1) * (n - x - m + k + 1));
    if (chance < NOTHING) break;
    k += 1;
    sum += chance * term(k);
  }
  for (let k = mode, chance = peak; k > least; ) {
    chance *= (k * (n - x - m + k)) / ((x - k + 1) * (m - k + 1));
    if (chance < NOTHING) break;
    k -= 1;
    sum += chance * term(k);
  }
  return sum;
}
