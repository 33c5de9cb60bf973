/**
 * Intervals of a coefficient of agreement: the units are drawn again, with replacement, and the coefficient is computed anew.
 *
 *     bootstrapByUnit(units, (drawn) => krippendorffAlpha(drawn, { level: 'nominal' }).value, { seed: 1 })
 *     // { method: 'percentile-by-unit', low: 0.61, high: 0.87, level: 0.95, times: 2000, undefinedTimes: 0 }
 *
 * The method is the percentile bootstrap over units, which Zapf et al. found to keep its level for Fleiss' kappa and for alpha with and
 * without missing ratings. It is not the algorithm of Krippendorff's own macro, which draws pairs and takes the expected
 * disagreement as known; the two differ in the second or third decimal. Draws in which the coefficient does not exist (all units of
 * one category) are left out of the percentiles and counted: where they are many, the interval is too short to be believed.
 *
 * @see Efron & Tibshirani 1993, An introduction to the bootstrap, Chapman & Hall, section 13.3, doi 10.1201/9780429246593
 * @see Zapf, Castell, Morawietz & Karch 2016, Measuring inter-rater reliability for nominal data, BMC Med. Res. Methodol. 16, 93,
 * doi 10.1186/s12874-016-0200-9
 */
import { sampleQuantile } from './sample-quantile.ts';
import { seededRandom } from './seeded-random.ts';

/** Draws where none are asked for: enough that the limits are steady to about 0.01. */
export const BOOTSTRAP_TIMES = 2000;

/** Probability that the interval is to hold the coefficient. */
export const BOOTSTRAP_LEVEL = 0.95;

/** Most of the draws that may lack a coefficient; beyond, there is no interval. */
export const MOST_UNDEFINED = 0.5;

export interface BootstrapOptions {
  seed: number;
  times?: number;
  level?: number;
}

export interface BootstrapInterval {
  method: 'percentile-by-unit';
  /** Limits; `null` where there are fewer than two units, or in most draws no coefficient. */
  low: number | null;
  high: number | null;
  level: number;
  times: number;
  /** Draws in which the coefficient did not exist. */
  undefinedTimes: number;
}

/**
 * Percentile interval of a statistic over units drawn with replacement.
 * @param statistic of a list of units; `null` where it does not exist
 * @throws RangeError where `times` is not a whole number of 1 or more, or `level` not within 0 and 1
 */
export function bootstrapByUnit<Unit>(
  units: readonly Unit[],
  statistic: (drawn: readonly Unit[]) => number | null,
  { seed, times = BOOTSTRAP_TIMES, level = BOOTSTRAP_LEVEL }: BootstrapOptions,
): BootstrapInterval {
  if (!Number.isInteger(times) || times < 1) throw new RangeError(`times is a whole number of 1 or more, not ${times}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`level lies between 0 and 1, not ${level}`);
  const none = { method: 'percentile-by-unit', low: null, high: null, level, times } as const;
  if (units.length < 2) return { ...none, undefinedTimes: times };
  const random = seededRandom(seed);
  const found: number[] = [];
  for (let t = 0; t < times; t++) {
    const value = statistic(units.map(() => units[Math.floor(random() * units.length)] as Unit));
    if (value !== null && Number.isFinite(value)) found.push(value);
  }
  const undefinedTimes = times - found.length;
  if (undefinedTimes > MOST_UNDEFINED * times) return { ...none, undefinedTimes };
  found.sort((a, b) => a - b);
  return { ...none, low: sampleQuantile(found, (1 - level) / 2), high: sampleQuantile(found, (1 + level) / 2), undefinedTimes };
}
