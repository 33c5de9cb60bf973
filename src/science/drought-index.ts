/**
 * A series standardised month by month: what SPI and SPEI share.
 *
 * The values of the last `scale` steps are summed; the sums of each calendar month (every `cycle`-th step) are fitted to a
 * distribution over the calibration span; each sum becomes the standard normal value of the same probability.
 *
 * Nothing is filled: a sum over a missing value is missing, and so is the index. What was refused and what was held at the limit is
 * counted.
 */
import type { Tails } from './drought-distributions.ts';
import { normalQuantile } from './normal.ts';

export interface IndexOptions {
  /** Steps summed, the last one being the step itself: 1, 3, 6, 12 months. */
  scale?: number;
  /** Steps of a year: 12 for months. Each step of the year is fitted by itself. */
  cycle?: number;
  /** Span that distributions are fitted to, `to` excluded [steps from the first]; the whole series by default. */
  calibration?: { from: number; to: number };
  /** No index is larger than this, or smaller than its negative; Infinity for no limit. */
  limit?: number;
}

/**
 * Beyond +-3.09 lies one value of 1000 on either side: a record of some decades says nothing of such values, so the index stops there.
 * The same limit as in the Python package climate_indices.
 */
export const LIMIT = 3.09;

/** WMO asks for a record of 30 years or more: Standardized Precipitation Index User Guide, WMO-No. 1090, 2012. */
export const ENOUGH_YEARS = 30;

/** How the sums of one calendar month were fitted. */
export interface MonthFit<Distribution> {
  /** `null` where no distribution can be fitted. */
  distribution: Distribution | null;
  /** Sums of the calibration span, zeros included, and how many of them are zero. */
  n: number;
  zeros: number;
  /** `short`: fewer years than `ENOUGH_YEARS`; `none`: not fitted. */
  quality: 'ok' | 'short' | 'none';
}

export interface StandardisedIndex<Distribution> {
  /** As long as the series; NaN where there is none. */
  values: Float64Array;
  /** Of step 0, 1, ... of the year, from the first step of the series. */
  fits: MonthFit<Distribution>[];
  /** Values of the series that are missing, and that were refused because they cannot be. */
  missing: number;
  refused: number;
  /** Indices that were held at the limit. */
  limited: number;
  /** The least quality of the fits that any value rests on; `none` without a value. */
  quality: 'ok' | 'short' | 'none';
}

/** A distribution as the standardising needs it. */
export interface Standard<Distribution> {
  /** Fits a month; the sums come in increasing order, without missing ones. */
  fit: (sums: Float64Array) => { distribution: Distribution | null; zeros: number };
  /** Probability below and above a sum. */
  probability: (fit: MonthFit<Distribution>, sum: number) => Tails;
}

/** Sums of `scale` values each, the last one being the value itself; NaN where one is missing or too few came before. */
export function runningSums(values: ArrayLike<number>, scale: number, sums: Float64Array): void {
  for (let i = 0; i < sums.length; i++) {
    let sum = i < scale - 1 ? Number.NaN : 0;
    for (let j = Math.max(0, i - scale + 1); j <= i; j++) sum += values[j] as number;
    sums[i] = sum;
  }
}

/**
 * @param series NaN where missing; values that cannot be were replaced by NaN before, `refused` of them
 * @throws RangeError when scale or cycle is not a whole number above zero, the limit is not above zero, or the calibration lies outside the series
 */
export function standardise<Distribution>(
  series: Float64Array,
  refused: number,
  standard: Standard<Distribution>,
  { scale = 1, cycle = 12, calibration = { from: 0, to: series.length }, limit = LIMIT }: IndexOptions,
): StandardisedIndex<Distribution> {
  check(series.length, scale, cycle, calibration, limit);
  const sums = new Float64Array(series.length);
  runningSums(series, scale, sums);
  const values = new Float64Array(series.length).fill(Number.NaN);
  const fits: MonthFit<Distribution>[] = [];
  let limited = 0;
  let quality: 'ok' | 'short' | 'none' = 'none';
  for (let month = 0; month < Math.min(cycle, series.length); month++) {
    const sample = ofMonth(sums, month, cycle, calibration);
    const { distribution, zeros } = standard.fit(sample);
    const enough = sample.length >= ENOUGH_YEARS ? 'ok' : 'short';
    const own: MonthFit<Distribution> = {
      distribution,
      n: sample.length,
      zeros,
      quality: distribution === null ? 'none' : enough,
    };
    fits.push(own);
    if (distribution === null) continue;
    for (let i = month; i < sums.length; i += cycle) {
      const sum = sums[i] as number;
      if (Number.isNaN(sum)) continue;
      const z = normalScore(standard.probability(own, sum));
      if (Math.abs(z) > limit) limited++;
      values[i] = Math.max(-limit, Math.min(limit, z));
      quality = quality === 'short' ? 'short' : enough;
    }
  }
  return { values, fits, missing: series.filter(Number.isNaN).length - refused, refused, limited, quality };
}

/** The standard normal value with the same probability below; of the lesser tail, which has more digits. */
export function normalScore({ below, above }: Tails): number {
  return below <= above ? normalQuantile(below) : -normalQuantile(above);
}

/** Sums of one calendar month in the calibration span, in increasing order, without missing ones. */
function ofMonth(sums: Float64Array, month: number, cycle: number, { from, to }: { from: number; to: number }): Float64Array {
  const first = month + Math.max(0, Math.ceil((from - month) / cycle)) * cycle;
  const sample = new Float64Array(Math.max(0, Math.ceil((to - first) / cycle)));
  let n = 0;
  for (let i = first; i < to; i += cycle) {
    const sum = sums[i] as number;
    if (!Number.isNaN(sum)) sample[n++] = sum;
  }
  return sample.subarray(0, n).sort();
}

function check(length: number, scale: number, cycle: number, { from, to }: { from: number; to: number }, limit: number): void {
  if (!Number.isInteger(scale) || scale < 1) throw new RangeError(`a scale of ${scale}: expected a whole number from 1`);
  if (!Number.isInteger(cycle) || cycle < 1) throw new RangeError(`a cycle of ${cycle}: expected a whole number from 1`);
  if (!(limit > 0)) throw new RangeError(`a limit of ${limit}: expected a number above 0`);
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= length) && length > 0) {
    throw new RangeError(`calibration from ${from} to ${to} in a series of ${length}: expected steps of the series`);
  }
}
