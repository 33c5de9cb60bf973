/**
 * Statistics of the cells of a zone, gathered tile by tile and merged.
 *
 * In a worker, for each tile, zone and date (only what `distribution` keeps is allocated once the buffers have grown):
 *
 *     const scratch = newScratch();                 // one per thread
 *     const partial = newAccumulator(spec);         // one per thread and spec
 *     const parcel = newParcel();                   // one per tile
 *     clear(partial);
 *     addSpans(partial, scratch, values, spans, { rowWeights });
 *     pack(partial, key, parcel);                   // key: any whole number, such as zone * dates + date
 *     post(sealParcel(parcel));                     // a Float64Array that may be transferred
 *
 * Where results come together, in the order of the tiles:
 *
 *     mergeParcel(parcel, (key) => totals[key]);    // or merge(total, partial)
 *     finish(totals[key]);                          // { count, nodataShare, sum, mean, ... }
 *     quantile(totals[key], 0.5);
 *
 * The promise: the same tiles merged in the same order give the same bits, whichever thread worked which tile when.
 * Merge parcels in the order of tile numbers, then. A zone may be finished, and its total dropped, as soon as its last
 * tile (`zonesByTile`) is merged.
 *
 * Weights. A cell weighs the share of it that the zone covers, times its row's weight (`rowWeights`: ellipsoidal areas of
 * pixel-area.ts [m2]) if given, times the cell's own (`weights`: a second raster) if given. `count` is always cells.
 *
 * Missing is the nodata value (compared with the raw value, in the raster's type), NaN in float rasters, and where `mask`
 * is 0. A cell with a value whose own weight is missing (NaN) or below 0 is counted in `unweighted`, and in no statistic.
 *
 * Rounding. Sums are of doubles: pieces of at most 512 cells one by one, then with what they round off kept, so that the
 * error of `sum` is under 6e-14 of the sum of |weight * value|; sums of integers with weight 1 are exact. Weights are added as
 * they come: at most 1.1e-16 of their sum is lost for each stretch that is added.
 */
import { isCounted } from './accumulate-counts.ts';
import * as moment from './accumulate-moments.ts';
import { clearMoments, MOMENTS, mergeMoments } from './accumulate-moments.ts';
import {
  type Distribution,
  lostOf,
  mergeDistributions,
  newDistribution,
  quantileLimits,
  type Run,
  type Windows,
  weightedQuantile,
  wholeRun,
} from './quantiles.ts';

export { mergeParcel, newParcel, type Parcel, pack, sealParcel } from './accumulate-parcel.ts';
export { addSpans, newScratch, type Scratch } from './accumulate-spans.ts';

export type PixelType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64';

export type Pixels = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** What is to be gathered, of which values. Count, sum, mean, weight and nodata share always are. */
export interface AccumulatorSpec {
  readonly type: PixelType;
  /** Raw value that means missing; `null` when none does. */
  readonly nodata: number | null;
  /** A value is raw * scale + offset; 1 and 0 by default. Applied when finishing, so that loops run on raw values. */
  readonly scale?: number;
  readonly offset?: number;
  /** Least and greatest value. */
  readonly extremes?: boolean;
  /** Variance and standard deviation. */
  readonly spread?: boolean;
  /**
   * How the distribution of the values is kept, for `quantile` and `classes`: not at all (the default); `exact`: every
   * distinct value with its weight; `sketch`: the same while a tile has no more distinct values than twice `SKETCH_SIZE`,
   * then with an error of ranks whose bound is known (`rankError`), under 0.1 % of the weight up to 65,000 tiles. Integers of
   * up to 16 bits are always exact.
   */
  readonly distribution?: 'none' | 'exact' | 'sketch';
  /**
   * Raw values that the distribution is kept for, as `quantileWindow` gives them; the rest is put together. What a sketch
   * leaves open a second pass over the raster answers exactly: `exact` within such windows.
   */
  readonly windows?: Windows;
}

export interface AddOptions {
  /** Weight of a cell of each row of the grid, by grid row: `rowAreas(grid)`. */
  readonly rowWeights?: Float64Array;
  /** Weight of each cell, laid out as `values`; NaN where missing. Raw: apply scale, offset and nodata before. */
  readonly weights?: Float32Array | Float64Array;
  /** Laid out as `values`; 0 where the value is missing. */
  readonly mask?: Uint8Array;
}

/** Made by `newAccumulator`. Its numbers are for this folder. */
export interface Accumulator {
  readonly spec: AccumulatorSpec;
  /** Raw, in the type of the values; NaN when none. */
  readonly nodata: number;
  /** Places: accumulate-moments.ts. */
  readonly moments: Float64Array;
  readonly distribution: Distribution | null;
}

/** What is known of the cells of a zone; `null` where no cell has a value, and for what the spec did not ask. */
export interface Summary {
  /** Covered cells with a value [cells], a half-covered one counting half. */
  count: number;
  /** Covered cells, with a value or not [cells]. */
  cells: number;
  /** Share of the zone on this raster without a value, by area where `rowWeights` were given, else by cells [0 to 1]; `null` when there is no cell at all. */
  nodataShare: number | null;
  /** Cells that have a value and no weight [cells]: their weight in the second raster was missing or not above 0. */
  unweighted: number;
  /** Sum of the weights of the cells with a value: cells, or m2 with `rowAreas`. */
  weight: number;
  /** Sum of weight * value. */
  sum: number | null;
  /** sum / weight */
  mean: number | null;
  /** Of the population: sum of weight * (value - mean)2 / weight. */
  variance: number | null;
  standardDeviation: number | null;
  min: number | null;
  max: number | null;
}

/** One distinct value and the sum of the weights of its cells: cells, or m2 with `rowAreas`. */
export interface ValueWeight {
  value: number;
  weight: number;
}

/** Distinct values that a thinned run of a sketch is cut down to, about; see quantiles.ts. */
export const SKETCH_SIZE = 1024;

/** @throws RangeError when the scale is 0 or not finite, or the offset is not finite. */
export function newAccumulator(spec: AccumulatorSpec): Accumulator {
  const { type, nodata, scale = 1, offset = 0, distribution = 'none' } = spec;
  if (!Number.isFinite(scale) || scale === 0) throw new RangeError(`scale ${scale}: expected a finite number other than 0`);
  if (!Number.isFinite(offset)) throw new RangeError(`offset ${offset}: expected a finite number`);
  const size = distribution === 'sketch' && !isCounted(type) ? SKETCH_SIZE : Infinity;
  const moments = new Float64Array(MOMENTS);
  clearMoments(moments);
  return {
    spec,
    nodata: nodata === null ? Number.NaN : type === 'float32' ? Math.fround(nodata) : nodata,
    moments,
    distribution: distribution === 'none' ? null : newDistribution(size),
  };
}

/** Makes `accumulator` as good as new. */
export function clear(accumulator: Accumulator): void {
  clearMoments(accumulator.moments);
  if (accumulator.distribution !== null) accumulator.distribution.levels = [];
}

/**
 * Adds what `from` holds to `into`; both must be of one spec. Associative up to rounding, and as to the distribution of a
 * sketch within `rankError`.
 */
export function merge(into: Accumulator, from: Accumulator): void {
  if ((into.distribution === null) !== (from.distribution === null) || into.spec.type !== from.spec.type) {
    throw new RangeError(`accumulators of ${into.spec.type} and ${from.spec.type} do not gather the same`);
  }
  mergeMoments(into.moments, from.moments);
  if (into.distribution !== null && from.distribution !== null) mergeDistributions(into.distribution, from.distribution);
}

/** Count, shares, sum, mean, spread and extremes, with scale and offset applied. */
export function finish({ spec, moments }: Accumulator): Summary {
  const { scale = 1, offset = 0, spread = false, extremes = false } = spec;
  const at = (place: number): number => moments[place] as number;
  const count = at(moment.COUNT);
  const weight = at(moment.WEIGHT);
  const base = at(moment.BASE) + at(moment.MISSING_BASE);
  const raw = at(moment.SUM) + at(moment.CARRY);
  const some = weight > 0;
  const variance = some && spread ? (scale * scale * at(moment.SQUARES)) / weight : null;
  const ends = [at(moment.LEAST) * scale + offset, at(moment.GREATEST) * scale + offset] as const;
  return {
    count,
    cells: count + at(moment.MISSING) + at(moment.UNWEIGHTED),
    nodataShare: base > 0 ? at(moment.MISSING_BASE) / base : null,
    unweighted: at(moment.UNWEIGHTED),
    weight,
    sum: some ? raw * scale + offset * weight : null,
    mean: some ? (raw / weight) * scale + offset : null,
    variance,
    standardDeviation: variance === null ? null : Math.sqrt(variance),
    min: some && extremes ? Math.min(...ends) : null,
    max: some && extremes ? Math.max(...ends) : null,
  };
}

const NO_DISTRIBUTION = "no distribution was kept: ask for it in the accumulator's spec";

/** All distinct values of an accumulator, raw. */
function runOf({ distribution }: Accumulator): Run {
  if (distribution === null) throw new RangeError(NO_DISTRIBUTION);
  return wholeRun(distribution);
}

/**
 * The value below which a share `p` of the weight lies, scale and offset applied; `null` where there is none. Definition 2
 * of Hyndman & Fan 1996 with weights: see `weightedQuantile`.
 * @param p 0 to 1
 * @throws RangeError when the spec keeps no distribution, or its windows do not hold the quantile
 */
export function quantile(accumulator: Accumulator, p: number): number | null {
  return quantiles(accumulator, [p])[0] as number | null;
}

/** `quantile` of several shares at once, which costs no more than one. */
export function quantiles(accumulator: Accumulator, shares: readonly number[]): (number | null)[] {
  const { scale = 1, offset = 0, windows } = accumulator.spec;
  const run = runOf(accumulator);
  return shares.map((p) => {
    const value = weightedQuantile(run, scale < 0 ? 1 - p : p);
    if (value === null) return null;
    if (windows !== undefined && !windows.some(([low, high]) => value >= low && value <= high)) {
      throw new RangeError(`quantile ${p} lies outside the windows that were kept`);
    }
    return value * scale + offset;
  });
}

/**
 * Raw values between which the quantile certainly lies: a window for a second pass that finds it exactly.
 * @returns both ends included; infinite where a sketch cannot say; `null` where there is no value
 */
export function quantileWindow(accumulator: Accumulator, p: number): readonly [low: number, high: number] | null {
  const run = runOf(accumulator);
  return run.count === 0 ? null : quantileLimits(run, (accumulator.spec.scale ?? 1) < 0 ? 1 - p : p);
}

/** Greatest error of the rank of any quantile, as a share of the weight [0 to 1]; 0 when the distribution is exact. */
export function rankError({ distribution, moments }: Accumulator): number {
  if (distribution === null) throw new RangeError(NO_DISTRIBUTION);
  const lost = lostOf(distribution);
  return lost === 0 ? 0 : lost / (moments[moment.WEIGHT] as number);
}

/**
 * Distinct values with the sum of their weights, in increasing order of raw values: class areas with `rowAreas`, and
 * shares when divided by `Summary.weight`.
 * @throws RangeError when the spec keeps no distribution, only windows of it, or a sketch that is no longer exact
 */
export function classes(accumulator: Accumulator): ValueWeight[] {
  const { scale = 1, offset = 0, windows } = accumulator.spec;
  const run = runOf(accumulator);
  if (run.lost > 0 || windows !== undefined) throw new RangeError('not every value was kept: ask for the exact distribution');
  return Array.from({ length: run.count }, (_, i) => ({
    value: (run.values[i] as number) * scale + offset,
    weight: run.weights[i] as number,
  }));
}
