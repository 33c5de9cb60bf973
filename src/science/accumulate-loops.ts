/**
 * The loops over cells: the only code whose cost grows with the area of a zone. Each does one thing, allocates nothing and
 * sees at most four types of arrays: an engine keeps a loop's code apart for so many, and slows down fivefold beyond.
 */

/** What the loops over stretches read; other types are copied to doubles first (`copyStretch`). */
export type Direct = Float32Array | Float64Array | Uint8Array | Int16Array;

export type Indirect = Int8Array | Uint16Array | Uint32Array | Int32Array;

/** Integers that are counted by value. */
export type Counted = Uint8Array | Int8Array | Uint16Array | Int16Array;

/** What a loop over a stretch leaves: cells with a value, and of these the sum, the least and the greatest value. */
export const CELLS = 0;
export const SUM = 1;
export const LEAST = 2;
export const GREATEST = 3;

/** Stretches are worked in pieces of so many cells: no sum of more is taken without keeping what it rounds off. */
export const PIECE = 512;

/**
 * Most stretches have a value in every cell: they are summed as if, every other cell for itself so that an addition need not
 * wait for the one before, and once more with care where one is missing.
 * @param nodata NaN where there is none; NaN itself is always missing
 */
export function sumStretch(values: Direct, start: number, end: number, nodata: number, out: Float64Array): void {
  let sum = 0;
  let other = 0;
  let i = start;
  for (const last = end - 1; i < last; i += 2) {
    const value = values[i] as number;
    const next = values[i + 1] as number;
    if (value === nodata || next === nodata) break;
    sum += value;
    other += next;
  }
  if (i === end - 1 && values[i] !== nodata) {
    sum += values[i] as number;
    i++;
  }
  sum += other;
  if (i < end || Number.isNaN(sum)) {
    sumKnown(values, start, end, nodata, out);
    return;
  }
  out[CELLS] = end - start;
  out[SUM] = sum;
}

function sumKnown(values: Direct, start: number, end: number, nodata: number, out: Float64Array): void {
  let cells = 0;
  let sum = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] as number;
    // biome-ignore lint/suspicious/noSelfCompare: NaN is missing, and this is the fastest test
    if (value !== nodata && value === value) {
      sum += value;
      cells++;
    }
  }
  out[CELLS] = cells;
  out[SUM] = sum;
}

export function extremesOfStretch(values: Direct, start: number, end: number, nodata: number, out: Float64Array): void {
  let cells = 0;
  let sum = 0;
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = start; i < end; i++) {
    const value = values[i] as number;
    // biome-ignore lint/suspicious/noSelfCompare: NaN is missing, and this is the fastest test
    if (value !== nodata && value === value) {
      sum += value;
      cells++;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  out[CELLS] = cells;
  out[SUM] = sum;
  out[LEAST] = least;
  out[GREATEST] = greatest;
}

/** Sum of the squared distances from `mean`. */
export function squaresOfStretch(values: Direct, start: number, end: number, nodata: number, mean: number): number {
  let squares = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] as number;
    // biome-ignore lint/suspicious/noSelfCompare: NaN is missing, and this is the fastest test
    if (value !== nodata && value === value) {
      const off = value - mean;
      squares += off * off;
    }
  }
  return squares;
}

export function copyStretch(values: Indirect, start: number, end: number, to: Float64Array): void {
  for (let i = start; i < end; i++) to[i - start] = values[i] as number;
}

/** Cells of a stretch that hold `nodata`. */
export function countMissing(values: Counted, start: number, end: number, nodata: number): number {
  let missing = 0;
  for (let i = start; i < end; i++) if (values[i] === nodata) missing++;
  return missing;
}

/**
 * Adds `weight` to the bin of each value, in four tables of 256 bins taken in turns: equal neighbours need not wait for one another.
 * @param bias bin of the value 0
 */
export function countBytes(values: Counted, start: number, end: number, weight: number, bias: number, bins: Float64Array): void {
  let i = start;
  for (; i + 3 < end; i += 4) {
    const a = (values[i] as number) + bias;
    const b = (values[i + 1] as number) + bias + 256;
    const c = (values[i + 2] as number) + bias + 512;
    const d = (values[i + 3] as number) + bias + 768;
    bins[a] = (bins[a] as number) + weight;
    bins[b] = (bins[b] as number) + weight;
    bins[c] = (bins[c] as number) + weight;
    bins[d] = (bins[d] as number) + weight;
  }
  for (; i < end; i++) {
    const a = (values[i] as number) + bias;
    bins[a] = (bins[a] as number) + weight;
  }
}

/**
 * Adds `weight`, over 0, to the bin of each value of 16 bits; bins that were empty are listed in `touched`.
 * @returns how many are listed now
 */
export function countWords(
  values: Counted,
  start: number,
  end: number,
  weight: number,
  bias: number,
  bins: Float64Array,
  touched: Uint16Array,
  listed: number,
): number {
  let count = listed;
  for (let i = start; i < end; i++) {
    const bin = (values[i] as number) + bias;
    const before = bins[bin] as number;
    if (before === 0) touched[count++] = bin;
    bins[bin] = before + weight;
  }
  return count;
}

/** What `gatherWeighted` leaves: values gathered, and cells that have a value and no weight. */
export const GATHERED = 0;
export const UNWEIGHTED = 1;

/**
 * Writes the values of a stretch that have a weight, and `weight` times it, to the beginning of two arrays.
 * @param values the stretch begins at `first` of it, and at `start` of `weights` and `mask`
 */
export function gatherWeighted(
  values: Direct,
  first: number,
  start: number,
  end: number,
  nodata: number,
  weight: number,
  weights: Float32Array | Float64Array | undefined,
  mask: Uint8Array | undefined,
  toValues: Float64Array,
  toWeights: Float64Array,
  out: Float64Array,
): void {
  let count = 0;
  let unweighted = 0;
  for (let i = start; i < end; i++) {
    const value = values[first + i - start] as number;
    if (value === nodata || Number.isNaN(value) || (mask !== undefined && mask[i] === 0)) continue;
    const own = weights === undefined ? 1 : (weights[i] as number);
    if (!(own >= 0 && own < Infinity)) {
      unweighted++;
      continue;
    }
    toValues[count] = value + 0;
    toWeights[count++] = weight * own;
  }
  out[GATHERED] = count;
  out[UNWEIGHTED] = unweighted;
}
