/**
 * A threshold between two kinds of cells, found in their histogram, with what it is worth.
 *
 *     const histogram = newHistogram({ low: -1, high: 1, bins: 2000 });
 *     addToHistogram(histogram, index, 0, index.length);        // block by block; mergeHistograms(a, b)
 *     otsu(histogram);   // { threshold: 0.085, separability: 0.91, shareAbove: 0.18, …, doubts: [] }
 *
 * Otsu's method always finds a threshold, also where there is only one kind of cell. So the threshold never comes alone:
 * the separability says how much of the variance lies between the two sides, and `doubts` says why not to trust it.
 *
 * @see Otsu 1979, A threshold selection method from gray-level histograms, IEEE Trans. Syst. Man Cybern. 9, 62-66,
 * doi 10.1109/TSMC.1979.4310076
 */

/** Equal bins between two limits, and what fell outside them. */
export interface Histogram {
  low: number;
  high: number;
  /** Cells, or their weights, in each bin: bin i holds low + i w <= value < low + (i + 1) w; the last one its upper edge, too. A value within rounding of an edge may fall on either side. */
  counts: Float64Array;
  /** Below `low`, above `high`, and without a value (NaN): in no bin. */
  below: number;
  above: number;
  missing: number;
}

export interface OtsuThreshold {
  /** Cells with a value above it are of the upper class. It lies in the middle of the gap where no cell is. */
  threshold: number;
  /** Any threshold of `from` to `to` parts the histogram alike. */
  from: number;
  to: number;
  /** Share of the variance that lies between the classes, 0-1: Otsu's eta. */
  separability: number;
  /** Means of the values on either side, from bin centres. */
  meanBelow: number;
  meanAbove: number;
  /** Share of the weight above the threshold, 0-1. */
  shareAbove: number;
  doubts: OtsuDoubt[];
}

/**
 * `weak`: the sides are parted no better than a histogram without any gap would be (`UNIFORM_SEPARABILITY`). `unbalanced`: the
 * lesser side has less than `LEAST_SHARE`; the threshold then drifts into the larger class.
 */
export type OtsuDoubt = 'weak' | 'unbalanced';

/** Separability of values spread evenly, cut in half: var between (1/4)² by var total 1/12. That of a normal one is 2/pi = 0.64. */
export const UNIFORM_SEPARABILITY = 0.75;

/**
 * A side with a lesser share than this is told [1]. That the method favours classes of equal size is known (Kittler & Illingworth
 * 1985, doi 10.1109/TSMC.1985.6313443); the figure is a convention of this program.
 */
export const LEAST_SHARE = 0.1;

/** @throws RangeError when the limits are not two finite numbers in order, or there are fewer than two bins. */
export function newHistogram({ low, high, bins }: { low: number; high: number; bins: number }): Histogram {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new RangeError(`a histogram from ${low} to ${high}: expected two finite numbers, the lower one first`);
  }
  if (!Number.isInteger(bins) || bins < 2) throw new RangeError(`a histogram of ${bins} bins: expected a whole number from 2`);
  return { low, high, counts: new Float64Array(bins), below: 0, above: 0, missing: 0 };
}

/** Adds `values[from]` to `values[to - 1]`, each with `weight`: cells, or the area of one. */
export function addToHistogram(histogram: Histogram, values: ArrayLike<number>, from: number, to: number, weight = 1): void {
  const { low, high, counts } = histogram;
  const perUnit = counts.length / (high - low);
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (value >= low && value < high) {
      const bin = Math.min(Math.floor((value - low) * perUnit), counts.length - 1);
      counts[bin] = (counts[bin] as number) + weight;
    } else if (value === high) counts[counts.length - 1] = (counts[counts.length - 1] as number) + weight;
    else if (value < low) histogram.below += weight;
    else if (value > high) histogram.above += weight;
    else histogram.missing += weight;
  }
}

/**
 * Adds what `from` holds to `into`, which is returned. The order of merging changes no count, and weights by rounding only.
 * @throws RangeError when limits or bins differ.
 */
export function mergeHistograms(into: Histogram, from: Histogram): Histogram {
  if (into.low !== from.low || into.high !== from.high || into.counts.length !== from.counts.length) {
    throw new RangeError('histograms with different bins cannot be merged');
  }
  for (let i = 0; i < into.counts.length; i++) into.counts[i] = (into.counts[i] as number) + (from.counts[i] as number);
  into.below += from.below;
  into.above += from.above;
  into.missing += from.missing;
  return into;
}

/**
 * The threshold that leaves the most variance between its two sides; `null` where fewer than two bins hold anything.
 *
 *     s2B(k) = (mT w(k) - m(k))² / (w(k) (1 - w(k)))         // Otsu 1979, eq. 18
 *     eta = s2B / s2T                                        // eq. 12
 *
 * with w(k) the share in bins to k and m(k) their part of the mean. What lies outside the histogram's limits plays no part.
 */
export function otsu({ low, high, counts }: Histogram): OtsuThreshold | null {
  const width = (high - low) / counts.length;
  let [total, mean, occupied] = [0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (count > 0) occupied++;
    total += count;
    mean += count * i;
  }
  if (occupied < 2) return null;
  mean /= total; // in bins from the first, which keeps digits for histograms far from zero
  let variance = 0;
  for (let i = 0; i < counts.length; i++) variance += ((counts[i] as number) / total) * (i - mean) ** 2;

  let [share, part, best, first, last, shareBelow, partBelow] = [0, 0, -1, 0, 0, 0, 0];
  for (let k = 0; k < counts.length - 1; k++) {
    share += (counts[k] as number) / total;
    part += ((counts[k] as number) / total) * (k - mean); // m(k) - mT w(k)
    const between = share > 0 && share < 1 ? (part * part) / (share * (1 - share)) : 0; // eq. 18
    if (between > best) [best, first, last, shareBelow, partBelow] = [between, k, k, share, part];
    else if (last === k - 1 && counts[k] === 0 && between === best) last = k; // an empty bin parts nothing
  }
  const separability = Math.min(1, best / variance);
  const shareAbove = 1 - shareBelow;
  const value = (bin: number): number => low + (bin + 0.5) * width;
  return {
    threshold: low + ((first + last) / 2 + 1) * width,
    from: low + (first + 1) * width,
    to: low + (last + 1) * width,
    separability,
    meanBelow: value(mean + partBelow / shareBelow),
    meanAbove: value(mean - partBelow / shareAbove),
    shareAbove,
    doubts: [
      ...(separability <= UNIFORM_SEPARABILITY ? (['weak'] as const) : []),
      ...(Math.min(shareBelow, shareAbove) < LEAST_SHARE ? (['unbalanced'] as const) : []),
    ],
  };
}
