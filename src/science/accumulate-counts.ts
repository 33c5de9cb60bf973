/**
 * Integers of up to 16 bits, counted by value: the loop over cells has no test in it, and count, sum, spread and extremes
 * follow from the counts, exactly where weights are 1.
 */
import type { Accumulator, PixelType } from './accumulate.ts';
import { type Counted, countBytes, countMissing, countWords } from './accumulate-loops.ts';
import * as moment from './accumulate-moments.ts';
import { add, addExtremes, addPart } from './accumulate-moments.ts';
import type { Scratch } from './accumulate-spans.ts';
import type { Spans } from './coverage-tiles.ts';
import { append, type Run } from './quantiles.ts';

/** Bin of the value 0, for types that are counted. */
const BIAS: Partial<Record<PixelType, number>> = { uint8: 0, int8: 128, uint16: 0, int16: 32768 };

/** Whether the values of a type are few enough to be counted. */
export function isCounted(type: PixelType): boolean {
  return BIAS[type] !== undefined;
}

const isByte = (type: PixelType): boolean => type === 'uint8' || type === 'int8';

export function makeBins(scratch: Scratch, type: PixelType): void {
  const size = isByte(type) ? 1024 : 65536;
  if (scratch.bins.length < size) scratch.bins = new Float64Array(size);
  if (size > 1024 && scratch.touched.length === 0) scratch.touched = new Uint16Array(65536);
}

/** Counts stretches, missing values as well: `emptyBins` takes these out. Returns how many bins are listed. */
export function addCounts(
  { spec, nodata }: Accumulator,
  { moments, bins, touched }: Scratch,
  values: Counted,
  spans: Spans,
  rowWeights: Float64Array | undefined,
): number {
  const bias = BIAS[spec.type] as number;
  const bytes = isByte(spec.type);
  let listed = 0;
  for (let i = 0; i < spans.count; i++) {
    const start = spans.start[i] as number;
    const end = spans.end[i] as number;
    let weight = spans.weight[i] as number;
    if (rowWeights !== undefined) {
      const missing = Number.isNaN(nodata) ? 0 : countMissing(values, start, end, nodata);
      add(moments, moment.COUNT, weight * (end - start - missing));
      add(moments, moment.MISSING, weight * missing);
      weight *= rowWeights[spans.row[i] as number] as number;
      if (weight === 0) continue;
    }
    if (bytes) countBytes(values, start, end, weight, bias, bins);
    else listed = countWords(values, start, end, weight, bias, bins, touched, listed);
  }
  return listed;
}

/** Counts values gathered with their weights. */
export function countGathered(scratch: Scratch, type: PixelType, cells: number, listed: number): number {
  const { bins, touched, gathered, gatheredWeights } = scratch;
  const bias = BIAS[type] as number;
  let count = listed;
  for (let i = 0; i < cells; i++) {
    const bin = (gathered[i] as number) + bias;
    const weight = gatheredWeights[i] as number;
    const before = bins[bin] as number;
    if (before === 0 && weight > 0 && !isByte(type)) touched[count++] = bin;
    bins[bin] = before + weight;
  }
  return count;
}

/** Puts listed bins in order; many are found again by going through all between the least and the greatest. */
function sortListed(touched: Uint16Array, listed: number, bins: Float64Array): void {
  let least = 65535;
  let greatest = 0;
  for (let i = 0; i < listed; i++) {
    const bin = touched[i] as number;
    if (bin < least) least = bin;
    if (bin > greatest) greatest = bin;
  }
  if (greatest - least > 30 * listed) {
    touched.subarray(0, listed).sort();
    return;
  }
  for (let bin = least, at = 0; at < listed; bin++) if (bins[bin] !== 0) touched[at++] = bin;
}

/**
 * Writes the bins to `run` in order of values, and what they come to to the moments; the bins are empty again.
 * @param weights what the bins hold: `cells`, cells with row weights (`rows`), or `gathered` cells without missing ones
 */
export function emptyBins(
  { spec, nodata }: Accumulator,
  { bins, touched, moments }: Scratch,
  listed: number,
  weights: 'cells' | 'rows' | 'gathered',
  run: Run,
): void {
  const bias = BIAS[spec.type] as number;
  const bytes = isByte(spec.type);
  if (!bytes) sortListed(touched, listed, bins);
  let missing = 0;
  for (let i = 0; i < (bytes ? 256 : listed); i++) {
    const bin = bytes ? i : (touched[i] as number);
    let weight = 0;
    for (let table = bin; table < (bytes ? 1024 : bin + 1); table += 256) {
      weight += bins[table] as number;
      bins[table] = 0;
    }
    if (weight === 0) continue;
    if (bin - bias === nodata) missing = weight;
    else append(run, bin - bias, weight);
  }
  for (let i = 0; i < run.count; i++) {
    addPart(moments, run.weights[i] as number, (run.weights[i] as number) * (run.values[i] as number), 0);
  }
  if (run.count > 0) addExtremes(moments, run.values[0] as number, run.values[run.count - 1] as number);
  if (weights === 'gathered') return;
  moments[moment.BASE] = moments[moment.WEIGHT] as number;
  moments[moment.MISSING_BASE] = missing;
  if (weights === 'rows') return;
  moments[moment.COUNT] = moments[moment.WEIGHT] as number;
  moments[moment.MISSING] = missing;
}
