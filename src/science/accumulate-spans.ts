/**
 * How the cells of a tile come into an accumulator: stretch by stretch, on the shortest way that their type and weights allow.
 *
 * - integers of up to 16 bits whose distribution is wanted are only counted by value; all else follows from the counts;
 * - other values of stretches with one weight are summed, and gathered to be sorted where the distribution is wanted;
 * - cells with weights of their own, or a mask, are gathered with their weights first.
 */
import type { Accumulator, AddOptions, Pixels, PixelType } from './accumulate.ts';
import { addCounts, countGathered, emptyBins, isCounted, makeBins } from './accumulate-counts.ts';
import {
  CELLS,
  type Counted,
  copyStretch,
  type Direct,
  extremesOfStretch,
  GATHERED,
  GREATEST,
  gatherWeighted,
  type Indirect,
  LEAST,
  PIECE,
  SUM,
  squaresOfStretch,
  sumStretch,
  UNWEIGHTED,
} from './accumulate-loops.ts';
import * as moment from './accumulate-moments.ts';
import { add, addExtremes, addPart, clearMoments, mergeMoments } from './accumulate-moments.ts';
import { gather, gatherWithWeight, newUnsorted, sortInto, type Unsorted } from './accumulate-sort.ts';
import type { Spans } from './coverage-tiles.ts';
import { addRun, clearRun, copyRun, keepWithin, newRun, type Run, thin } from './quantiles.ts';

/** Buffers of one thread, shared by all its accumulators. */
export interface Scratch {
  /** Of the tile at hand, before it is merged. */
  readonly moments: Float64Array;
  readonly out: Float64Array;
  /** Stretches of types that no loop reads, and values with their weights. */
  readonly copy: Float64Array;
  readonly gathered: Float64Array;
  readonly gatheredWeights: Float64Array;
  /** Weights by value: four tables of 256 bins, or one of 65536; empty between tiles. Made when first needed. */
  bins: Float64Array;
  touched: Uint16Array;
  readonly unsorted: Unsorted;
  readonly run: Run;
}

export function newScratch(): Scratch {
  return {
    moments: new Float64Array(moment.MOMENTS),
    out: new Float64Array(4),
    copy: new Float64Array(PIECE),
    gathered: new Float64Array(PIECE),
    gatheredWeights: new Float64Array(PIECE),
    bins: new Float64Array(0),
    touched: new Uint16Array(0),
    unsorted: newUnsorted(),
    run: newRun(),
  };
}

const ARRAYS: Record<PixelType, new (length: number) => Pixels> = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/**
 * Adds the cells of `spans` to `accumulator`. Call it once per tile: what a tile comes to is reckoned on its own and then
 * merged, so that it is the same on any thread.
 * @param values raw values of the tile, of the spec's type
 * @throws RangeError when values, weights or mask are not what the spec and the spans ask for
 */
export function addSpans(
  accumulator: Accumulator,
  scratch: Scratch,
  values: Pixels,
  spans: Spans,
  options: AddOptions = {},
): void {
  check(accumulator, values, spans, options);
  if (spans.count === 0) return;
  const { spec, distribution } = accumulator;
  const counted = distribution !== null && isCounted(spec.type);
  const weighted = options.weights !== undefined || options.mask !== undefined;
  clearMoments(scratch.moments);
  if (counted) makeBins(scratch, spec.type);
  let listed = 0;
  if (weighted) listed = addWeighted(accumulator, scratch, values, spans, options);
  else if (counted) listed = addCounts(accumulator, scratch, values as Counted, spans, options.rowWeights);
  else if (isPlain(accumulator, values)) addSums(accumulator.nodata, scratch, values, spans, options.rowWeights);
  else addStretches(accumulator, scratch, values, spans, options.rowWeights);
  if (distribution !== null) {
    const { run } = scratch;
    clearRun(run);
    if (counted)
      emptyBins(accumulator, scratch, listed, weighted ? 'gathered' : options.rowWeights === undefined ? 'cells' : 'rows', run);
    else sortInto(scratch.unsorted, spec.type, run);
    if (spec.windows !== undefined) keepWithin(run, spec.windows);
    thin(run, distribution.size);
    if (run.count > 0) addRun(distribution, copyRun(run));
  }
  mergeMoments(accumulator.moments, scratch.moments);
}

function check({ spec }: Accumulator, values: Pixels, spans: Spans, { rowWeights, weights, mask }: AddOptions): void {
  if (!(values instanceof ARRAYS[spec.type]))
    throw new RangeError(`values are a ${values.constructor.name}; expected ${spec.type}`);
  if (spans.count === 0) return;
  const last = spans.end[spans.count - 1] as number;
  if (values.length < last) throw new RangeError(`a tile of ${values.length} values; expected ${last} or more`);
  for (const [name, layer] of [
    ['weights', weights],
    ['mask', mask],
  ] as const) {
    if (layer !== undefined && layer.length < last)
      throw new RangeError(`${name} of ${layer.length} cells for a tile of ${values.length}`);
  }
  const row = spans.row[spans.count - 1] as number;
  if (rowWeights !== undefined && rowWeights.length <= row)
    throw new RangeError(`${rowWeights.length} row weights; row ${row} has none`);
}

function isDirect(values: Pixels): values is Direct {
  return (
    values instanceof Float32Array ||
    values instanceof Float64Array ||
    values instanceof Uint8Array ||
    values instanceof Int16Array
  );
}

/** Whether sums and counts are all that is wanted. */
function isPlain({ spec, distribution }: Accumulator, values: Pixels): values is Direct {
  return distribution === null && spec.extremes !== true && spec.spread !== true && isDirect(values);
}

/** What `addStretches` does where sums and counts are all: most stretches of small zones are one cell on their boundary. */
function addSums(
  nodata: number,
  { moments, out }: Scratch,
  values: Direct,
  { count, start, end, weight, row }: Spans,
  rowWeights: Float64Array | undefined,
): void {
  let [cellsKnown, baseKnown, cellsMissing, baseMissing, total, carry] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const share = weight[i] as number;
    const base = rowWeights === undefined ? share : share * (rowWeights[row[i] as number] as number);
    const to = end[i] as number;
    for (let at = start[i] as number; at < to; at += PIECE) {
      const stop = Math.min(at + PIECE, to);
      let cells = 1;
      let sum = values[at] as number;
      if (stop - at > 1) {
        sumStretch(values, at, stop, nodata, out);
        cells = out[CELLS] as number;
        sum = out[SUM] as number;
      } else if (sum === nodata || Number.isNaN(sum)) cells = 0;
      if (cells < stop - at) {
        cellsMissing += share * (stop - at - cells);
        baseMissing += base * (stop - at - cells);
        if (cells === 0) continue;
      }
      cellsKnown += share * cells;
      baseKnown += base * cells;
      if (base === 0) continue;
      const part = base * sum;
      const next = total + part;
      carry += Math.abs(total) >= Math.abs(part) ? total - next + part : part - next + total; // Neumaier 1974
      total = next;
    }
  }
  moments[moment.COUNT] = cellsKnown;
  moments[moment.BASE] = baseKnown;
  moments[moment.MISSING] = cellsMissing;
  moments[moment.MISSING_BASE] = baseMissing;
  moments[moment.WEIGHT] = baseKnown;
  moments[moment.SUM] = total;
  moments[moment.CARRY] = carry;
}

/** Stretches with one weight each: summed piece by piece, and gathered where the distribution is wanted. */
function addStretches(
  { spec, nodata, distribution }: Accumulator,
  { moments, out, copy, unsorted }: Scratch,
  values: Pixels,
  spans: Spans,
  rowWeights: Float64Array | undefined,
): void {
  const { extremes = false, spread = false } = spec;
  const direct = isDirect(values);
  const source = direct ? values : copy;
  for (let i = 0; i < spans.count; i++) {
    const share = spans.weight[i] as number;
    const base = rowWeights === undefined ? share : share * (rowWeights[spans.row[i] as number] as number);
    const end = spans.end[i] as number;
    for (let at = spans.start[i] as number; at < end; at += PIECE) {
      const stop = Math.min(at + PIECE, end);
      if (!direct) copyStretch(values as Indirect, at, stop, copy);
      const [from, to] = direct ? [at, stop] : [0, stop - at];
      if (extremes) extremesOfStretch(source, from, to, nodata, out);
      else sumStretch(source, from, to, nodata, out);
      const cells = out[CELLS] as number;
      if (cells < to - from) {
        add(moments, moment.MISSING, share * (to - from - cells));
        add(moments, moment.MISSING_BASE, base * (to - from - cells));
        if (cells === 0) continue;
      }
      const sum = out[SUM] as number;
      add(moments, moment.COUNT, share * cells);
      add(moments, moment.BASE, base * cells);
      const squares = spread && cells > 1 ? squaresOfStretch(source, from, to, nodata, sum / cells) : 0;
      addPart(moments, base * cells, base * sum, base * squares);
      if (extremes) addExtremes(moments, out[LEAST] as number, out[GREATEST] as number);
      if (distribution !== null) {
        gather(unsorted, spec.type, source, from, to, nodata, base);
      }
    }
  }
}

/** Cells whose weights differ: gathered piece by piece. Returns how many bins are listed. */
function addWeighted(
  accumulator: Accumulator,
  scratch: Scratch,
  values: Pixels,
  spans: Spans,
  { rowWeights, weights, mask }: AddOptions,
): number {
  const { nodata } = accumulator;
  const { moments, out, copy, gathered, gatheredWeights } = scratch;
  const direct = isDirect(values);
  let listed = 0;
  for (let i = 0; i < spans.count; i++) {
    const share = spans.weight[i] as number;
    const base = rowWeights === undefined ? share : share * (rowWeights[spans.row[i] as number] as number);
    const end = spans.end[i] as number;
    for (let at = spans.start[i] as number; at < end; at += PIECE) {
      const stop = Math.min(at + PIECE, end);
      if (!direct) copyStretch(values as Indirect, at, stop, copy);
      const [source, first] = direct ? [values, at] : [copy, 0];
      gatherWeighted(source, first, at, stop, nodata, base, weights, mask, gathered, gatheredWeights, out);
      const cells = out[GATHERED] as number;
      const unweighted = out[UNWEIGHTED] as number;
      const missing = stop - at - cells - unweighted;
      add(moments, moment.COUNT, share * cells);
      add(moments, moment.UNWEIGHTED, share * unweighted);
      add(moments, moment.MISSING, share * missing);
      add(moments, moment.BASE, base * (cells + unweighted));
      add(moments, moment.MISSING_BASE, base * missing);
      listed = addGathered(accumulator, scratch, cells, listed);
    }
  }
  return listed;
}

/** One piece of gathered values. */
function addGathered({ spec, distribution }: Accumulator, scratch: Scratch, cells: number, listed: number): number {
  const { moments, gathered, gatheredWeights, unsorted } = scratch;
  if (distribution !== null && isCounted(spec.type)) return countGathered(scratch, spec.type, cells, listed);
  let weight = 0;
  let sum = 0;
  for (let i = 0; i < cells; i++) {
    const [value, own] = [gathered[i] as number, gatheredWeights[i] as number];
    if (own === 0) continue;
    weight += own;
    sum += own * value;
    addExtremes(moments, value, value);
    if (distribution !== null) gatherWithWeight(unsorted, spec.type, value, own);
  }
  let squares = 0;
  if (spec.spread === true && weight > 0) {
    const mean = sum / weight;
    for (let i = 0; i < cells; i++) squares += (gatheredWeights[i] as number) * ((gathered[i] as number) - mean) ** 2;
  }
  addPart(moments, weight, sum, squares);
  return listed;
}
