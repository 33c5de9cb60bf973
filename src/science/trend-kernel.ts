/**
 * Theil-Sen and Mann-Kendall of one series after another, in scratch space made once: what `trend-block.ts` repeats for each pixel.
 *
 * The signs of all slopes give S, their middle one the trend, so that one pass over the pairs serves both. Most slopes need not
 * be put in order: the least-squares slope with its standard error says in which bracket the middle ones lie (as Floyd & Rivest
 * 1975 sample); those below are counted, those inside are kept, and ranks are selected among the kept. Where the ranks wanted
 * lie outside, all slopes are kept: the bracket decides about time only, never about the result.
 *
 * @see Floyd & Rivest 1975, Expected time bounds for selection, Comm. ACM 18, 165-172, doi 10.1145/360680.360691
 * @see Matousek 1991, Randomized optimal algorithm for slope selection, Inf. Process. Lett. 39, 183-187,
 * doi 10.1016/0020-0190(91)90177-J (the same bracket, for long series)
 */
import { selectRank } from './trend-select.ts';

/** Standard errors either side of the least-squares slope within which the median slope is looked for first; chosen by time. */
const REACH = 0.75;

/** Ranks either side of the place where the median slope is guessed that are picked out; chosen by time. */
const NEAR = 4;

/** What is kept between series, and what a series leaves behind. */
export interface Kernel {
  /** values that are there, in the order of time, and their times; the first `n` count */
  readonly values: Float64Array;
  readonly times: Float64Array;
  /** slopes kept, in no order but that of `selectRank` */
  readonly slopes: Float64Array;
  /** those of them about a rank */
  readonly near: Float64Array;
  /** values in order, filled by `sortValues` */
  readonly sorted: Float64Array;
  n: number;
  /** pairs with a slope below zero, and of zero */
  falling: number;
  tied: number;
  /** limits of the slopes kept, both included, how many lie below, and how many are kept */
  low: number;
  high: number;
  below: number;
  kept: number;
}

export function createKernel(most: number): Kernel {
  return {
    values: new Float64Array(most),
    times: new Float64Array(most),
    slopes: new Float64Array((most * (most - 1)) / 2 + 1),
    near: new Float64Array((most * (most - 1)) / 2 + 1),
    sorted: new Float64Array(most),
    n: 0,
    falling: 0,
    tied: 0,
    low: 0,
    high: 0,
    below: 0,
    kept: 0,
  };
}

/**
 * Counts the signs of all slopes of the series in `kernel`, and keeps those between the limits, both included.
 * One loop for speed: no branch hangs on the data.
 */
export function passPairs(kernel: Kernel, low: number, high: number): void {
  const { values, times, slopes, n } = kernel;
  let falling = 0;
  let notRising = 0;
  let below = 0;
  let kept = 0;
  for (let i = 0; i < n - 1; i++) {
    const value = values[i] as number;
    const time = times[i] as number;
    for (let j = i + 1; j < n; j++) {
      const rise = (values[j] as number) - value;
      const slope = rise / ((times[j] as number) - time); // Sen 1968
      falling += +(rise < 0) | 0;
      notRising += +(rise <= 0) | 0;
      const under = +(slope < low) | 0;
      below += under;
      slopes[kept] = slope;
      kept += (+(slope <= high) | 0) - under;
    }
  }
  kernel.falling = falling;
  kernel.tied = notRising - falling;
  kernel.low = low;
  kernel.high = high;
  kernel.below = below;
  kernel.kept = kept;
}

/**
 * The first pass over a series: by least squares it guesses between which limits the middle slopes lie.
 * @param reach how far from the middle ranks are wanted, in standard errors of a normal series; 0 for the median alone
 */
export function passBracket(kernel: Kernel, reach: number): void {
  const { values, times, n } = kernel;
  let sumX = 0;
  let sumT = 0;
  for (let i = 0; i < n; i++) {
    sumX += values[i] as number;
    sumT += times[i] as number;
  }
  const meanX = sumX / n;
  const meanT = sumT / n;
  let xt = 0;
  let tt = 0;
  let xx = 0;
  for (let i = 0; i < n; i++) {
    const x = (values[i] as number) - meanX;
    const t = (times[i] as number) - meanT;
    xt += x * t;
    tt += t * t;
    xx += x * x;
  }
  const slope = xt / tt;
  const error = Math.sqrt(Math.max(0, xx - slope * xt) / (tt * Math.max(1, n - 2)));
  const width = (REACH + reach) * error + Number.EPSILON * 8 * Math.abs(slope);
  passPairs(kernel, slope - width, slope + width);
}

/** Whether the slopes of the ranks `first` to `last` (from 0) are among those kept; if not, keeps all. */
export function keepRanks(kernel: Kernel, first: number, last: number): void {
  if (first >= kernel.below && last < kernel.below + kernel.kept) return;
  passPairs(kernel, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

/**
 * Slope of a rank (from 0) among all, looked for between the ranks `first` and `last`, as far as they are kept; neighbours of ranks
 * that were asked for before may serve as these.
 */
export function slopeOfRank({ slopes, below, kept }: Kernel, rank: number, first: number, last: number): number {
  return selectRank(slopes, Math.max(0, first - below), Math.min(kept, last - below + 1) - 1, rank - below);
}

/**
 * Median slope: mean of the slopes of the ranks `first` and `second`, which are the same or neighbours, and are kept.
 *
 * Slopes about their middle lie almost evenly, so that the place of a rank among those kept says nearly where it is: a few are
 * picked out there, and where the ranks are not among them the search is over all.
 */
export function medianSlope(kernel: Kernel, first: number, second: number): number {
  const { slopes, near, low, high, below, kept } = kernel;
  const step = (high - low) / kept;
  const guess = low + step * ((first + second + 1) / 2 - below);
  const from = guess - NEAR * step;
  const to = guess + NEAR * step;
  let under = 0;
  let picked = 0;
  for (let i = 0; i < kept; i++) {
    const slope = slopes[i] as number;
    const less = +(slope < from) | 0;
    under += less;
    near[picked] = slope;
    picked += (+(slope <= to) | 0) - less;
  }
  const rank = first - below - under;
  if (rank < 0 || rank + second - first >= picked) return meanOfRanks(slopes, kept, first - below, second - below);
  return meanOfRanks(near, picked, rank, rank + second - first);
}

function meanOfRanks(values: Float64Array, count: number, first: number, second: number): number {
  const lower = selectRank(values, 0, count - 1, first);
  return first === second ? lower : (lower + selectRank(values, second, count - 1, second)) / 2;
}

/** Puts the values in order by insertion; a few dozen at most. */
export function sortValues(kernel: Kernel): void {
  const { values, sorted, n } = kernel;
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    let j = i - 1;
    while (j >= 0 && (sorted[j] as number) > value) {
      sorted[j + 1] = sorted[j] as number;
      j--;
    }
    sorted[j + 1] = value;
  }
}
