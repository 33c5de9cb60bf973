/**
 * Trend of each pixel of a block of yearly rasters: Theil-Sen slope with interval and Mann-Kendall test, in one pass.
 *
 *     const years = Float64Array.of(2001, 2002, 2003, 2004);
 *     const out = { slope: new Float64Array(pixels), p: new Float64Array(pixels) };
 *     trendBlock(values, years, out)       // values: year by year, `pixels` of each
 *
 * Only what `out` has arrays for is computed. Results are those of `theilSen` and `mannKendall`, to the last bit of S and of the
 * slope, whatever the size of the block; blocks may be done anywhere in any order.
 */
import { EXACT_UP_TO, orderTerm, standardised } from './mann-kendall.ts';
import { cumulated, inversionProbabilities, twiceTail } from './mann-kendall-exact.ts';
import { normalQuantile, twoSided } from './normal.ts';
import { checkTimes, LEVEL, limitPlaces } from './theil-sen.ts';
import { createKernel, type Kernel, keepRanks, medianSlope, passBracket, slopeOfRank, sortValues } from './trend-kernel.ts';

/** Fewest values a trend is stated on; Trends.Earth starts at four, too. */
export const FEWEST = 4;

/** Most values for which p of a block may be exact: there are 5,604 patterns of ties in 30 values, each kept once. */
export const MOST_EXACT = 30;

/** Limits of the slope are looked for so much farther out than those of a normal series would lie; chosen by time. */
const REACH_OF_LIMITS = 1.25;

/** Pixels taken up together, so that each line of memory of each year is read once. */
const CHUNK = 64;

const NO_LIMITS = [Number.NaN, Number.NaN] as const;

/** For groups of 2, 3, … 30 equal values. */
const PRIMES = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
] as const;

export type Samples = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** Arrays to fill, one value for each pixel. NaN where a pixel has fewer than `fewest` values; `n` says how many it has, and S is 0. */
export interface TrendBlock {
  /** values that are there */
  n?: Uint16Array | Int32Array;
  /** Theil-Sen slope, per unit of time, its limits, and the value of the line at time zero */
  slope?: Float64Array;
  low?: Float64Array;
  high?: Float64Array;
  intercept?: Float64Array;
  /** Mann-Kendall: S, variance of S, Z, two-sided p, Kendall's tau-b */
  s?: Int32Array;
  variance?: Float64Array;
  z?: Float64Array;
  p?: Float64Array;
  tau?: Float64Array;
}

export interface TrendOptions {
  /** level of the interval of the slope, 0-1 */
  level?: number;
  /** most values for which p is exact, up to 30; 0 for never */
  exactUpTo?: number;
  /** fewest values a trend is stated on, 2 or more */
  fewest?: number;
}

interface Wanted {
  readonly level: number;
  readonly exactUpTo: number;
  readonly interval: boolean;
  /** how far from the median the limits of the slope lie, in standard errors */
  readonly reach: number;
  /** running sums of exact distributions, by `tieCode` and number of values */
  readonly exact: Map<number, Float64Array>[];
}

/**
 * Fills `out` with the trend of each pixel.
 * @param values years × pixels: all pixels of the first time, then of the second, …; what is not finite is missing
 * @param times one for each time, rising, any distance apart
 * @param out arrays of as many values as there are pixels; those that are absent are not computed
 * @throws RangeError when lengths do not fit, times do not rise or an option is out of range
 * @see Sen 1968, doi 10.1080/01621459.1968.10480934; Mann 1945, doi 10.2307/1907187; Gilbert 1987, sections 16.4 and 16.5
 */
export function trendBlock(values: Samples, times: ArrayLike<number>, out: TrendBlock, options: TrendOptions = {}): void {
  const { level = LEVEL, exactUpTo = EXACT_UP_TO, fewest = FEWEST } = options;
  const count = times.length;
  checkTimes(times, count);
  const pixels = checkLengths(values, count, out);
  if (!(level > 0 && level < 1)) throw new RangeError(`a level lies between 0 and 1, this is ${level}`);
  if (!(exactUpTo >= 0 && exactUpTo <= MOST_EXACT))
    throw new RangeError(`p is exact for 0 to ${MOST_EXACT} values, not ${exactUpTo}`);
  if (!(fewest >= 2)) throw new RangeError(`a trend needs two values or more, not ${fewest}`);

  const interval = out.low !== undefined || out.high !== undefined;
  const reach = interval ? REACH_OF_LIMITS * normalQuantile((1 + level) / 2) : 0;
  const exact = Array.from({ length: exactUpTo + 1 }, () => new Map<number, Float64Array>());
  const wanted: Wanted = { level, exactUpTo, interval, reach, exact };
  const kernel = createKernel(count);
  const chunk = new Float64Array(CHUNK * count);
  for (let start = 0; start < pixels; start += CHUNK) {
    const size = Math.min(CHUNK, pixels - start);
    for (let i = 0; i < count; i++) {
      const row = i * pixels + start;
      for (let k = 0; k < size; k++) chunk[k * count + i] = values[row + k] as number;
    }
    for (let k = 0; k < size; k++) {
      const differ = takeUp(kernel, chunk, k * count, times);
      const pixel = start + k;
      if (out.n !== undefined) out.n[pixel] = kernel.n;
      if (kernel.n < fewest) writeNothing(out, pixel);
      else if (!differ) writeLevel(out, pixel, kernel);
      else writeTrend(out, pixel, kernel, wanted);
    }
  }
}

/** Puts the values of a pixel that are there into the kernel; says whether any two differ. */
function takeUp(kernel: Kernel, chunk: Float64Array, at: number, times: ArrayLike<number>): boolean {
  const count = times.length;
  let n = 0;
  let differ = false;
  for (let i = 0; i < count; i++) {
    const value = chunk[at + i] as number;
    if (value - value !== 0) continue; // NaN and infinite
    kernel.values[n] = value;
    kernel.times[n] = times[i] as number;
    if (value !== kernel.values[0]) differ = true;
    n++;
  }
  kernel.n = n;
  return differ;
}

function writeTrend(out: TrendBlock, pixel: number, kernel: Kernel, wanted: Wanted): void {
  const { n } = kernel;
  const pairs = (n * (n - 1)) / 2;
  passBracket(kernel, wanted.reach);
  const { falling, tied } = kernel;
  const s = pairs - tied - 2 * falling;
  if (tied > 0 || out.intercept !== undefined) sortValues(kernel);
  const variance = (orderTerm(n) - (tied > 0 ? tieTerm(kernel) : 0)) / 18; // Kendall 1975, chapter 4
  const z = standardised(s, variance);
  if (out.s !== undefined) out.s[pixel] = s;
  if (out.variance !== undefined) out.variance[pixel] = variance;
  if (out.z !== undefined) out.z[pixel] = z;
  if (out.p !== undefined) out.p[pixel] = n <= wanted.exactUpTo ? exactP(kernel, s, wanted) : twoSided(z);
  if (out.tau !== undefined) out.tau[pixel] = s / Math.sqrt(pairs * (pairs - tied));
  if (out.slope !== undefined || wanted.interval || out.intercept !== undefined) {
    writeSlope(out, pixel, kernel, wanted, variance);
  }
}

/** The median is selected first, so that each limit is looked for on its side only. */
function writeSlope(out: TrendBlock, pixel: number, kernel: Kernel, { level, interval }: Wanted, variance: number): void {
  const pairs = (kernel.n * (kernel.n - 1)) / 2;
  const first = (pairs - 1) >> 1;
  const second = pairs >> 1;
  const [lowPlace, highPlace] = interval ? limitPlaces(pairs, variance, level) : NO_LIMITS;
  const inside = lowPlace >= 1 && highPlace <= pairs;
  if (inside) keepRanks(kernel, Math.floor(lowPlace) - 1, Math.ceil(highPlace) - 1);
  else keepRanks(kernel, first, second);
  const slope = inside ? slopeAmongAll(kernel, first, second, pairs) : medianSlope(kernel, first, second);
  if (out.slope !== undefined) out.slope[pixel] = slope;
  if (out.low !== undefined) out.low[pixel] = inside ? slopeAt(kernel, lowPlace, 0, first) : Number.NaN;
  if (out.high !== undefined) out.high[pixel] = inside ? slopeAt(kernel, highPlace, second, pairs - 1) : Number.NaN;
  if (out.intercept !== undefined)
    out.intercept[pixel] = middle(kernel.sorted, kernel.n) - slope * middle(kernel.times, kernel.n);
}

/** Median slope by a selection that leaves the kept slopes in part in order, for the limits. */
function slopeAmongAll(kernel: Kernel, first: number, second: number, pairs: number): number {
  const lower = slopeOfRank(kernel, first, 0, pairs - 1);
  return first === second ? lower : (lower + slopeOfRank(kernel, second, second, pairs - 1)) / 2;
}

/** Slope at a place counted from 1, between two neighbours where it is not whole; all of it between two ranks. */
function slopeAt(kernel: Kernel, place: number, first: number, last: number): number {
  const before = Math.floor(place);
  const slope = slopeOfRank(kernel, before - 1, first, last);
  return place === before ? slope : slope + (place - before) * (slopeOfRank(kernel, before, before, last) - slope);
}

/** All values are equal: no trend, and nothing to test. */
function writeLevel(out: TrendBlock, pixel: number, { values }: Kernel): void {
  if (out.slope !== undefined) out.slope[pixel] = 0;
  if (out.low !== undefined) out.low[pixel] = 0;
  if (out.high !== undefined) out.high[pixel] = 0;
  if (out.intercept !== undefined) out.intercept[pixel] = values[0] as number;
  if (out.s !== undefined) out.s[pixel] = 0;
  if (out.variance !== undefined) out.variance[pixel] = 0;
  if (out.z !== undefined) out.z[pixel] = 0;
  if (out.p !== undefined) out.p[pixel] = 1;
  if (out.tau !== undefined) out.tau[pixel] = Number.NaN;
}

function writeNothing(out: TrendBlock, pixel: number): void {
  if (out.s !== undefined) out.s[pixel] = 0;
  for (const array of [out.slope, out.low, out.high, out.intercept, out.variance, out.z, out.p, out.tau]) {
    if (array !== undefined) array[pixel] = Number.NaN;
  }
}

/** What the groups of equal values take off, from the order of the values. */
function tieTerm({ sorted, n }: Kernel): number {
  let sum = 0;
  for (let from = 0, i = 1; i <= n; i++) {
    if (i < n && sorted[i] === sorted[from]) continue;
    sum += orderTerm(i - from);
    from = i;
  }
  return sum;
}

function exactP(kernel: Kernel, s: number, { exact }: Wanted): number {
  const { sorted, n, tied } = kernel;
  const tables = exact[n] as Map<number, Float64Array>;
  const code = tied > 0 ? tieCode(sorted, n) : 1;
  let sums = tables.get(code);
  if (sums === undefined) {
    const groups = tied > 0 ? runs(sorted, n) : new Array<number>(n).fill(1);
    sums = cumulated(inversionProbabilities(groups));
    tables.set(code, sums);
  }
  return twiceTail(sums, s);
}

/** One number for each pattern of ties: the product of a prime for each group, by its size. */
function tieCode(sorted: Float64Array, n: number): number {
  let code = 1;
  for (let from = 0, i = 1; i <= n; i++) {
    if (i < n && sorted[i] === sorted[from]) continue;
    if (i - from > 1) code *= PRIMES[i - from - 2] as number;
    from = i;
  }
  return code;
}

function runs(sorted: Float64Array, n: number): number[] {
  const groups: number[] = [];
  for (let from = 0, i = 1; i <= n; i++) {
    if (i < n && sorted[i] === sorted[from]) continue;
    groups.push(i - from);
    from = i;
  }
  return groups;
}

function middle(sorted: Float64Array, n: number): number {
  const half = n >> 1;
  return n % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

/** Number of pixels. */
function checkLengths(values: Samples, count: number, out: TrendBlock): number {
  const pixels = count === 0 ? 0 : values.length / count;
  if (!Number.isInteger(pixels)) throw new RangeError(`${values.length} values are not ${count} of each pixel`);
  for (const [name, array] of Object.entries(out)) {
    if (array !== undefined && array.length !== pixels)
      throw new RangeError(`${name} has ${array.length} places for ${pixels} pixels`);
  }
  return pixels;
}
