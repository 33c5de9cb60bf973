/**
 * Trends of the pixels of a zone as one small table that merges: from blocks done anywhere to shares of area and a median slope.
 *
 *     const part = summariseTrends({ slope, direction: s, p }, weights);      // one block; weights: area of the zone in each pixel
 *     const zone = mergeTrends(partOfBlock1, partOfBlock2);
 *     const { threshold } = discoveryOf(zone, { rate: 0.05 });
 *     sharesOf(zone, threshold);               // { increasing: 0.31, decreasing: 0.02, … }
 *     medianSlopeOf(zone);
 *
 * p and slopes are kept with 17 binary digits: p rounded up, so that no more is believed than should be, slopes to the nearest, so
 * that the median is within 1 part in 131,072 of the exact one (`weightedMedian` is exact, for one who has all slopes at hand).
 * Merging adds; in a fixed order of blocks the bits are always the same.
 */
import { type Discovery, type DiscoveryOptions, stepUp } from './false-discovery.ts';
import { normalQuantile } from './normal.ts';
import { LEVEL } from './theil-sen.ts';

/** Of the 20 binary digits that a double has in its upper half so many are dropped, with all of the lower half. */
const DROPPED = 4;

/** Values in rising order with what weighs on each. */
export interface TrendSummary {
  /** pixels with a trend, and without for want of data: number and weight */
  readonly count: number;
  readonly weight: number;
  readonly without: { readonly count: number; readonly weight: number };
  /** distinct p: number of pixels, and weight of those that increase, decrease and do neither */
  readonly p: Float64Array;
  readonly counts: Float64Array;
  readonly increasing: Float64Array;
  readonly decreasing: Float64Array;
  readonly level: Float64Array;
  /** distinct slopes and their weight */
  readonly slopes: Float64Array;
  readonly slopeWeights: Float64Array;
}

export interface TrendShares {
  /** of the weight of pixels with a trend: those believed to increase, to decrease, and the rest, 0-1 */
  increasing: number;
  decreasing: number;
  unsure: number;
  /** of all weight: pixels that have too few data for a trend, 0-1 */
  without: number;
}

/**
 * Summary of the pixels of a block.
 * @param trends `slope` and `p` of each pixel, NaN where there is none; `direction`: S or another number with the sign of the trend
 * @param weights of each pixel: its area or the part of it in the zone; 0 and below are not in the zone
 */
export function summariseTrends(
  { slope, direction, p }: { slope: ArrayLike<number>; direction: ArrayLike<number>; p: ArrayLike<number> },
  weights: ArrayLike<number>,
): TrendSummary {
  const rows = new Map<number, [count: number, increasing: number, decreasing: number, level: number]>();
  const slopes = new Map<number, number>();
  const total = { count: 0, weight: 0 };
  const without = { count: 0, weight: 0 };
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (!(weight > 0)) continue;
    const sum = Number.isNaN(p[i]) || Number.isNaN(slope[i]) ? without : total;
    sum.count += 1;
    sum.weight += weight;
    if (sum === without) continue;
    const key = shortened(p[i] as number, UP);
    const row = rows.get(key) ?? [0, 0, 0, 0];
    const d = direction[i] as number;
    row[0] += 1;
    row[d > 0 ? 1 : d < 0 ? 2 : 3] += weight;
    rows.set(key, row);
    const step = shortened(slope[i] as number, NEAREST);
    slopes.set(step, (slopes.get(step) ?? 0) + weight);
  }
  const ordered = [...rows].sort(([a], [b]) => a - b);
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(ordered, ([, row]) => row[k]);
  const steps = [...slopes].sort(([a], [b]) => a - b);
  return {
    ...total,
    without,
    p: Float64Array.from(ordered, ([key]) => key),
    counts: column(0),
    increasing: column(1),
    decreasing: column(2),
    level: column(3),
    slopes: Float64Array.from(steps, ([key]) => key),
    slopeWeights: Float64Array.from(steps, ([, weight]) => weight),
  };
}

/** Both together. Weights are added in the order given: merge in a fixed order for the same bits. */
export function mergeTrends(a: TrendSummary, b: TrendSummary): TrendSummary {
  const [p, counts, increasing, decreasing, level] = mergeColumns(
    [a.p, a.counts, a.increasing, a.decreasing, a.level],
    [b.p, b.counts, b.increasing, b.decreasing, b.level],
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  const [slopes, slopeWeights] = mergeColumns([a.slopes, a.slopeWeights], [b.slopes, b.slopeWeights]) as [
    Float64Array,
    Float64Array,
  ];
  return {
    count: a.count + b.count,
    weight: a.weight + b.weight,
    without: { count: a.without.count + b.without.count, weight: a.without.weight + b.without.weight },
    ...{ p, counts, increasing, decreasing, level, slopes, slopeWeights },
  };
}

/** Greatest p that is believed at a false discovery rate over the pixels of a summary; each pixel is one test. */
export function discoveryOf(summary: TrendSummary, options: DiscoveryOptions = {}): Discovery {
  return stepUp(summary.p, summary.counts, options);
}

/**
 * Shares of the area that increase and decrease, p being no greater than `threshold`.
 * @param threshold of `discoveryOf` this or a wider summary, or a plain error such as 0.05
 */
export function sharesOf(summary: TrendSummary, threshold: number): TrendShares {
  let increasing = 0;
  let decreasing = 0;
  for (let i = 0; i < summary.p.length && (summary.p[i] as number) <= threshold; i++) {
    increasing += summary.increasing[i] as number;
    decreasing += summary.decreasing[i] as number;
  }
  const all = summary.weight + summary.without.weight;
  return {
    increasing: increasing / summary.weight,
    decreasing: decreasing / summary.weight,
    unsure: (summary.weight - increasing - decreasing) / summary.weight,
    without: summary.without.weight / all,
  };
}

/** Slope that half of the weight lies below; within 1 part in 131,072. NaN where no pixel has a trend. */
export function medianSlopeOf(summary: TrendSummary): number {
  return quantile(summary.slopes, summary.slopeWeights, 0.5);
}

/**
 * Interval of the median slope of a zone, from how its blocks differ: what other ground of the same kind would show.
 *
 * The share of weight below the median is a ratio estimate over blocks; its standard error, by the blocks as clusters, gives an
 * interval of the share, and the slopes at its ends are the limits (Woodruff 1952). Pixels of one block count as one draw,
 * so that likeness of neighbours does not narrow it. It says nothing on the chance of years, which all blocks share: for
 * that take `theilSen` of the yearly means of the zone.
 * @param blocks a summary for each block, all of a size well beyond the reach of likeness
 * @returns NaN where fewer than two blocks have a trend
 * @see Woodruff 1952, Confidence intervals for medians and other position measures, J. Am. Stat. Assoc. 47, 635-646,
 * doi 10.1080/01621459.1952.10483443
 */
export function medianSlopeInterval(blocks: readonly TrendSummary[], level = LEVEL): { low: number; high: number } {
  const used = blocks.filter((block) => block.weight > 0);
  const [first, ...rest] = used;
  if (first === undefined || rest.length === 0) return { low: Number.NaN, high: Number.NaN };
  const zone = rest.reduce(mergeTrends, first);
  const middle = medianSlopeOf(zone);
  const below = used.map(({ slopes, slopeWeights }) =>
    slopes.reduce((sum, slope, i) => sum + (slope < middle ? 1 : slope === middle ? 0.5 : 0) * (slopeWeights[i] as number), 0),
  );
  const share = below.reduce((sum, part) => sum + part, 0) / zone.weight;
  const squares = used.reduce((sum, { weight }, i) => sum + ((below[i] as number) - share * weight) ** 2, 0);
  const error = Math.sqrt((used.length / (used.length - 1)) * squares) / zone.weight;
  const reach = normalQuantile((1 + level) / 2) * error;
  const at = (p: number): number => quantile(zone.slopes, zone.slopeWeights, Math.min(1, Math.max(0, p)));
  return { low: at(0.5 - reach), high: at(0.5 + reach) };
}

/** Median of values by weight, exact; NaN and weights of 0 are left out. */
export function weightedMedian(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const order = Array.from(values, (_, i) => i)
    .filter((i) => !Number.isNaN(values[i]) && (weights[i] as number) > 0)
    .sort((a, b) => (values[a] as number) - (values[b] as number));
  return quantile(
    Float64Array.from(order, (i) => values[i] as number),
    Float64Array.from(order, (i) => weights[i] as number),
    0.5,
  );
}

/** Lowest value with `share` of the weight at or below it; midway to the next where it is just that share. */
function quantile(sorted: Float64Array, weights: Float64Array, share: number): number {
  const wanted = share * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (const [i, value] of sorted.entries()) {
    sum += weights[i] as number;
    if (sum === wanted && i + 1 < sorted.length) return (value + (sorted[i + 1] as number)) / 2;
    if (sum >= wanted) return value;
  }
  return sorted.at(-1) ?? Number.NaN;
}

/** Tables with rising keys in the first column: rows of the same key are added. */
function mergeColumns(a: readonly Float64Array[], b: readonly Float64Array[]): Float64Array[] {
  const [keysA, keysB] = [a[0] as Float64Array, b[0] as Float64Array];
  const keys = Float64Array.from(new Set([...keysA, ...keysB])).sort();
  const out = [keys, ...a.slice(1).map(() => new Float64Array(keys.length))];
  let [i, j] = [0, 0];
  for (const [k, key] of keys.entries()) {
    const [inA, inB] = [keysA[i] === key, keysB[j] === key];
    for (let c = 1; c < out.length; c++) {
      const [left, right] = [inA ? a[c]?.[i] : 0, inB ? b[c]?.[j] : 0];
      (out[c] as Float64Array)[k] = (left ?? 0) + (right ?? 0);
    }
    if (inA) i++;
    if (inB) j++;
  }
  return out;
}

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);
/** Place of the upper half of a double, by the order of bytes of the machine. */
const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const UNIT = 1 << DROPPED;
const UP = UNIT - 1;
const NEAREST = UNIT >> 1;

/** A double of 17 binary digits: away from zero for `UP`, the nearest for `NEAREST`. */
function shortened(value: number, rounding: number): number {
  number[0] = value + 0; // -0 is 0
  const upper = words[UPPER] as number;
  const rest = rounding === UP && words[1 - UPPER] !== 0 ? 1 : 0;
  words[1 - UPPER] = 0;
  words[UPPER] = (upper + rounding + rest) & ~(UNIT - 1);
  return number[0] as number;
}
