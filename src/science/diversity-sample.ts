/**
 * What was found in a sample, as estimators of diversity need it: how many kinds were counted how often.
 *
 *     abundanceSample([5, 3, 1, 1])            // 10 individuals of 4 kinds, 2 of them seen once
 *     incidenceSample(6, [6, 2, 1, 1])         // 4 kinds in 6 sampling units, 10 incidences
 */
import { sumOfCounts } from './hill.ts';

/** Counts are individuals (abundance: size = total = n), or sampling units a kind was found in (incidence: size T, total U). */
export interface DiversitySample {
  kind: 'abundance' | 'incidence';
  /** Individuals n, or sampling units T. */
  size: number;
  /** Individuals n, or incidences U. */
  total: number;
  /** Kinds seen. */
  observed: number;
  /** Distinct counts, ascending, and how many kinds have each. */
  counts: Float64Array;
  kinds: Float64Array;
  /** Kinds counted once (f1, Q1) and twice (f2, Q2). */
  once: number;
  twice: number;
}

/** Counts of individuals of each kind; zeros are left out. @throws RangeError where a count is no whole number, or all are 0 */
export function abundanceSample(counts: ArrayLike<number>): DiversitySample {
  const total = sumOfCounts(counts);
  return sampleOf('abundance', counts, total, total);
}

/**
 * Sampling units in which each kind was found, of `units` in all.
 * @throws RangeError where a kind was found in more units than there are, a count is no whole number, or all are 0
 */
export function incidenceSample(units: number, counts: ArrayLike<number>): DiversitySample {
  if (!Number.isInteger(units) || units < 1) throw new RangeError(`${units} sampling units; 1 or more are needed`);
  for (let i = 0; i < counts.length; i++)
    if ((counts[i] as number) > units) throw new RangeError(`count ${i + 1} is ${counts[i]}; there are ${units} sampling units`);
  return sampleOf('incidence', counts, units, sumOfCounts(counts));
}

function sampleOf(kind: DiversitySample['kind'], counts: ArrayLike<number>, size: number, total: number): DiversitySample {
  if (total === 0) throw new RangeError('nothing was counted: diversity needs at least one individual or incidence');
  const kinds = new Map<number, number>();
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (!Number.isInteger(count)) throw new RangeError(`count ${i + 1} is ${count}; individuals are whole numbers`);
    if (count > 0) kinds.set(count, (kinds.get(count) ?? 0) + 1);
  }
  const distinct = Float64Array.from(kinds.keys()).sort();
  return {
    kind,
    size,
    total,
    observed: [...kinds.values()].reduce((sum, n) => sum + n, 0),
    counts: distinct,
    kinds: distinct.map((count) => kinds.get(count) ?? 0),
    once: kinds.get(1) ?? 0,
    twice: kinds.get(2) ?? 0,
  };
}
