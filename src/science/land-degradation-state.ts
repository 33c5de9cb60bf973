/**
 * State: is a pixel less productive in the last three years than in the years before?
 *
 *     const { degradation } = stateBlock(baselineLayers, recentLayers, { method: 'trends-earth' });
 *
 * `trends-earth`: by how many classes of ten the mean has moved, the classes being deciles of the baseline years; two classes or
 * more count, unless NDVI moved by 0.01 or less. `gpg-v2`: z of the recent mean against mean and deviation of the baseline.
 *
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 * @see Ivits & Cherlet 2016, Land-productivity dynamics, JRC 80541, doi 10.2788/59315
 */
import { type Codes, NODATA } from './land-cover.ts';
import { zClass, zDegradation } from './land-degradation-trajectory.ts';

export interface StateOptions {
  method: 'trends-earth' | 'gpg-v2';
  /** What NDVI 1 is in the layers. */
  scale?: number;
  /** Fewest baseline years with a value. */
  minimumYears?: number;
  /** Value that means unknown, besides NaN. */
  nodata?: number;
}

/** A block of states; typed arrays of the block's length. */
export interface States {
  /** `trends-earth`: change in classes of ten, -9 … 9; `gpg-v2`: 1 degrading … 5 improving; NODATA. */
  classes: Int16Array;
  /** -1, 0, 1, NODATA. */
  degradation: Int16Array;
  baselineMean: Float64Array;
  recentMean: Float64Array;
  /** z (`gpg-v2`); NaN otherwise. */
  z: Float64Array;
}

/** Change of the mean that counts [NDVI]: Trends.Earth's guard of 100 in units of NDVI x 10 000. */
export const LEAST_CHANGE = 0.01;

/** By how much of its range the baseline sample is extended at both ends: Trends.Earth `productivity_state`. */
const EXTENSION = 0.05;

/** Change in classes that counts. */
const CLASSES_THAT_COUNT = 2;

/** Fewest baseline years by default: below three no deviation or decile says anything. */
const MINIMUM_YEARS = 3;

/** Change in classes as -1, 0, 1; below -10 it is NODATA. Trends.Earth `recode_state`. */
export function stateDegradation(change: number): number {
  if (!(change >= -10)) return NODATA;
  return change <= -CLASSES_THAT_COUNT ? -1 : change >= CLASSES_THAT_COUNT ? 1 : 0;
}

/**
 * Percentile of a sorted sample by straight lines between its values, the first at 0 and the last at 100.
 *
 * Hyndman & Fan 1996, type 7, doi 10.1080/00031305.1996.10473566. Google's reducer sorts into buckets, which for the few
 * values of a baseline is the same but for rounding.
 */
export function percentile(sorted: Float64Array, n: number, percent: number): number {
  const at = (percent * (n - 1)) / 100;
  const below = Math.floor(at);
  const low = sorted[below] as number;
  return below + 1 < n ? low + (at - below) * ((sorted[below + 1] as number) - low) : low;
}

/** Decile class 1-10 of a value: 1 up to the first decile, 10 beyond the ninth. */
function decileClass(value: number, sorted: Float64Array, n: number): number {
  let found = 1;
  for (let decile = 10; decile <= 90; decile += 10) if (value > percentile(sorted, n, decile)) found = decile / 10 + 1;
  return found;
}

/** Classes 1-10 of two means within a sample of `n` values, which is sorted in place. */
export function decileClasses(sample: Float64Array, n: number, a: number, b: number): [number, number] {
  const part = sample.subarray(0, n).sort();
  return [decileClass(a, part, n), decileClass(b, part, n)];
}

/**
 * z of the recent mean.
 *
 *     z = (x - mu) / (sigma / sqrt(m)), sigma with divisor n, m recent years      // Sims et al. 2021, as SEPAL restates it
 *
 * Without any deviation in the baseline z is 0 where the means are equal and infinite where they are not.
 */
export function stateZ(mean: number, deviation: number, recentMean: number, recentYears: number): number {
  const difference = recentMean - mean;
  return difference === 0 ? 0 : difference / (deviation / Math.sqrt(recentYears));
}

/**
 * States of a block.
 * @param baseline annual layers of the baseline years
 * @param recent annual layers of the recent years, three in both methods
 * @throws RangeError when lengths differ or there are none.
 */
export function stateBlock(baseline: readonly Codes[], recent: readonly Codes[], options: StateOptions): States {
  const { method, scale = 10_000, minimumYears = MINIMUM_YEARS, nodata = NODATA } = options;
  const size = baseline[0]?.length ?? 0;
  if (baseline.length === 0 || recent.length === 0)
    throw new RangeError('state needs baseline and recent years: one of the two has none');
  const wrong = [...baseline, ...recent].find((layer) => layer.length !== size);
  if (wrong !== undefined) throw new RangeError(`a layer has ${wrong.length} pixels: expected ${size}`);
  const out: States = {
    classes: new Int16Array(size).fill(NODATA),
    degradation: new Int16Array(size).fill(NODATA),
    baselineMean: new Float64Array(size).fill(Number.NaN),
    recentMean: new Float64Array(size).fill(Number.NaN),
    z: new Float64Array(size).fill(Number.NaN),
  };
  const values = new Float64Array(baseline.length + 2);
  const late = new Float64Array(recent.length);
  for (let i = 0; i < size; i++) {
    const n = gather(baseline, i, nodata, values);
    const m = gather(recent, i, nodata, late);
    if (n < minimumYears || m === 0) continue;
    const mean = meanOf(values, n);
    const recentMean = meanOf(late, m);
    out.baselineMean[i] = mean;
    out.recentMean[i] = recentMean;
    if (method === 'gpg-v2') {
      const z = stateZ(mean, deviationOf(values, n, mean), recentMean, m);
      out.z[i] = z;
      out.classes[i] = zClass(z);
      out.degradation[i] = zDegradation(z);
    } else {
      const [from, to] = decileClasses(values, extend(values, n), mean, recentMean);
      const change = Math.abs(mean - recentMean) <= LEAST_CHANGE * scale ? 0 : to - from;
      out.classes[i] = change;
      out.degradation[i] = stateDegradation(change);
    }
  }
  return out;
}

/** Known values of pixel i at the front of `values`. */
function gather(layers: readonly Codes[], i: number, nodata: number, values: Float64Array): number {
  let n = 0;
  for (let k = 0; k < layers.length; k++) {
    const value = (layers[k] as Codes)[i] as number;
    if (value !== nodata && !Number.isNaN(value)) values[n++] = value;
  }
  return n;
}

/** Adds a value below the least and one above the largest. */
function extend(values: Float64Array, n: number): number {
  let least = values[0] as number;
  let largest = least;
  for (let i = 1; i < n; i++) {
    least = Math.min(least, values[i] as number);
    largest = Math.max(largest, values[i] as number);
  }
  values[n] = least - (largest - least) * EXTENSION;
  values[n + 1] = largest + (largest - least) * EXTENSION;
  return n + 2;
}

function meanOf(values: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i] as number;
  return sum / n;
}

function deviationOf(values: Float64Array, n: number, mean: number): number {
  let square = 0;
  for (let i = 0; i < n; i++) square += ((values[i] as number) - mean) ** 2;
  return Math.sqrt(square / n);
}
