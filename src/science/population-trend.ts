/**
 * From totals to what is told: an index with its error, and the overall trend with its class.
 *
 *     populationIndex(totals, [0])        // { values: [1, 0.71, …], errors: [0, 0.08, …], covariance }
 *     overallTrend(totals)                // { slope: 1.05, error: 0.011, low, high, class: 'moderate-increase', p, … }
 *
 * @see Pannekoek & van Strien 2005, TRIM 3 manual, Statistics Netherlands, sections 2.7 and 2.8
 */
import type { YearTotals } from './population-totals.ts';
import { studentQuantile, studentTwoSided } from './student.ts';
import { mapCovariance } from './symmetric.ts';

export interface PopulationIndex {
  /** Total of each year by the mean total of the base years. */
  values: Float64Array;
  errors: Float64Array;
  /** Years × years. */
  covariance: Float64Array;
}

/** @param base indexes of the years that are 1 together. Delta method; a single base year has no error */
export function populationIndex({ values, covariance }: YearTotals, base: readonly number[] = [0]): PopulationIndex {
  const n = values.length;
  if (base.length === 0 || base.some((year) => !(year >= 0 && year < n)))
    throw new RangeError(`base years ${base.join(', ')}; indexes of ${n} years are needed`);
  const sum = base.reduce((total, year) => total + (values[year] as number), 0);
  const map = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (const year of base) map[j * n + year] = (-base.length * (values[j] as number)) / (sum * sum);
    map[j * n + j] = (map[j * n + j] as number) + base.length / sum;
  }
  const ofIndex = mapCovariance(map, n, covariance, n);
  return {
    values: values.map((value) => (value * base.length) / sum),
    errors: Float64Array.from(values, (_, j) => Math.sqrt(Math.max(0, ofIndex[j * n + j] as number))),
    covariance: ofIndex,
  };
}

export type TrendClass = 'strong-increase' | 'moderate-increase' | 'stable' | 'uncertain' | 'moderate-decline' | 'strong-decline';

export interface OverallTrend {
  /** First and last year, as indexes. */
  from: number;
  to: number;
  /** Slope of the logarithm of totals, by year, and its error. */
  additive: number;
  additiveError: number;
  /** Factor by year, its error and its 95 % interval. */
  slope: number;
  error: number;
  low: number;
  high: number;
  intercept: number;
  interceptError: number;
  /** Chance of a slope as steep where there is none; two-sided, Student's t with n - 2 degrees of freedom. */
  p: number;
  class: TrendClass;
  /** Level at which the class holds: 0.001 or 0.05. `null` for stable and uncertain. */
  level: 0.001 | 0.05 | null;
}

/** A change of 5 % a year is strong: some 15 years halve a population or double it. TRIM 3 manual, section 2.8 */
const STRONG = 0.05;

/**
 * Ordinary least squares of ln totals on years, with the error that their covariance gives it.
 * @param from, to indexes of the first and the last year; with 2 years there is no interval, and the class is uncertain
 */
export function overallTrend(
  { values, covariance }: YearTotals,
  { from = 0, to = values.length - 1 }: { from?: number; to?: number } = {},
): OverallTrend {
  const n = to - from + 1;
  if (!(n >= 2)) throw new RangeError(`a trend needs 2 years or more, not ${n}`);
  const years = Array.from({ length: n }, (_, j) => j + 1);
  const mean = (n + 1) / 2;
  const spread = years.reduce((sum, year) => sum + (year - mean) ** 2, 0);
  // Rows: weights of ln totals in intercept and slope; by the delta method, of totals.
  const map = new Float64Array(2 * values.length);
  let [intercept, additive] = [0, 0];
  years.forEach((year, j) => {
    const total = values[from + j] as number;
    if (!(total > 0)) throw new RangeError(`year ${from + j + 1} has a total of ${total}: there is no logarithm of it`);
    const ofSlope = (year - mean) / spread;
    const ofIntercept = 1 / n - mean * ofSlope;
    intercept += ofIntercept * Math.log(total);
    additive += ofSlope * Math.log(total);
    map[from + j] = ofIntercept / total;
    map[values.length + from + j] = ofSlope / total;
  });
  const [ofIntercept = 0, , , ofSlope = 0] = mapCovariance(map, 2, covariance, values.length);
  const additiveError = Math.sqrt(ofSlope);
  const within = (tail: number): [number, number] => {
    if (n < 3) return [Number.NaN, Number.NaN];
    const reach = studentQuantile(1 - tail / 2, n - 2) * additiveError;
    return [Math.exp(additive - reach), Math.exp(additive + reach)];
  };
  const [low, high] = within(0.05);
  const strict = trendClass(...within(0.001));
  const loose = trendClass(low, high);
  const strictHolds = strict === loose && strict !== 'stable' && strict !== 'uncertain';
  return {
    from,
    to,
    additive,
    additiveError,
    slope: Math.exp(additive),
    error: Math.exp(additive) * additiveError,
    low,
    high,
    intercept,
    interceptError: Math.sqrt(ofIntercept),
    p: n < 3 ? Number.NaN : studentTwoSided(additive / additiveError, n - 2),
    class: loose,
    level: loose === 'stable' || loose === 'uncertain' ? null : strictHolds ? 0.001 : 0.05,
  };
}

/** The class of a factor by year, by its 95 % interval; an interval that is not known says nothing. TRIM 3 manual, section 2.8 */
export function trendClass(low: number, high: number): TrendClass {
  if (low > 1 + STRONG) return 'strong-increase';
  if (high < 1 - STRONG) return 'strong-decline';
  if (low > 1) return 'moderate-increase';
  if (high < 1) return 'moderate-decline';
  return low > 1 - STRONG && high < 1 + STRONG ? 'stable' : 'uncertain';
}
