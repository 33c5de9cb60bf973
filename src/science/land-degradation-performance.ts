/**
 * Performance: does a pixel yield what places like it yield?
 *
 *     const reference = newProductivityReference();                                   // filled over the country or ecoregion
 *     addToReference(reference, meanNdvi, units, 0, meanNdvi.length);     // block by block; merges
 *     const best = bestOfUnits(reference);                                // Map of unit to { p90, pixels }
 *     performanceBlock(meanOfReserve, unitsOfReserve, best).degradation   // Int16Array of -1, 0, NODATA
 *
 * The 90th percentile of a unit (soil type x land cover) is what a pixel is measured by. It is taken over a region that the
 * caller declares and that should be far larger than the reserve: within a reserve that is degraded all over, all looks fine.
 *
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 */
import { type Codes, NODATA } from './land-cover.ts';
import { type Compat, PUBLISHED_COMPAT } from './land-degradation.ts';

/** Distribution of mean productivity by unit: counts in steps of `step` from `low` to `high`. */
export interface ProductivityReference {
  low: number;
  high: number;
  step: number;
  units: Map<number, Float64Array>;
  /** Pixels left out: productivity 0 or not known, or no unit. */
  skipped: number;
}

/** What the best of a unit reach, and on how many pixels that rests. */
export interface UnitBest {
  p90: number;
  pixels: number;
}

export interface Performances {
  /** -1 below half of the unit's 90th percentile, else 0; NODATA. Never 1. */
  degradation: Int16Array;
  /** Productivity as part of the unit's 90th percentile; NaN where not known. */
  ratio: Float64Array;
}

/** Part of the 90th percentile below which a pixel is degraded. */
export const HALF = 0.5;
const BEST = 0.9;

/** Place of the land cover class in a unit's number: soil type x 100 + class rank. */
const SOIL = 100;

/** Unit of a pixel from soil type and land cover rank (`data/land/performance-units.json`); NODATA where either is not known. */
export function performanceUnit(soil: number, coverRank: number): number {
  return soil === NODATA || coverRank === NODATA || Number.isNaN(soil) || !(coverRank >= 1) ? NODATA : soil * SOIL + coverRank;
}

/**
 * An empty reference.
 * @param options least and largest productivity and the step of its counting, in units of the layers: NDVI x 10 000 by whole
 * units. A percentile is exact to half a step: 0.00005 NDVI.
 */
export function newProductivityReference({
  low = -2000,
  high = 10_000,
  step = 1,
}: {
  low?: number;
  high?: number;
  step?: number;
} = {}): ProductivityReference {
  if (!(step > 0 && high > low && (high - low) / step <= 1e6)) {
    throw new RangeError(`reference from ${low} to ${high} by ${step}: expected at most a million rising steps`);
  }
  return { low, high, step, units: new Map(), skipped: 0 };
}

/**
 * Mean of the known years of each pixel; NaN where there is none.
 * @param layers annual productivity
 */
export function meanProductivity(layers: readonly Codes[], { nodata = NODATA }: { nodata?: number } = {}): Float64Array {
  const size = layers[0]?.length ?? 0;
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    let n = 0;
    for (let k = 0; k < layers.length; k++) {
      const value = (layers[k] as Codes)[i] as number;
      if (value === nodata || Number.isNaN(value)) continue;
      sum += value;
      n++;
    }
    out[i] = n > 0 ? sum / n : Number.NaN;
  }
  return out;
}

/**
 * Counts pixels `from` to `to` of a block. Productivity of exactly 0 is left out, as Trends.Earth does.
 * @param weight of each pixel: the fraction inside the region, or its area
 * @throws RangeError when a value is outside the steps: its units are not those of the reference.
 */
export function addToReference(
  reference: ProductivityReference,
  means: Codes,
  units: Codes,
  from: number,
  to: number,
  weight = 1,
): void {
  const { low, high, step } = reference;
  const length = Math.round((high - low) / step) + 1;
  for (let i = from; i < to; i++) {
    const mean = means[i] as number;
    const unit = units[i] as number;
    if (Number.isNaN(mean) || mean === 0 || mean === NODATA || unit === NODATA || Number.isNaN(unit)) {
      reference.skipped += 1;
      continue;
    }
    const bin = Math.round((mean - low) / step);
    if (!(bin >= 0 && bin < length))
      throw new RangeError(`productivity ${mean} is outside ${low} to ${high}: expected other limits, or another scale`);
    let counts = reference.units.get(unit);
    if (counts === undefined) {
      counts = new Float64Array(length);
      reference.units.set(unit, counts);
    }
    counts[bin] = (counts[bin] as number) + weight;
  }
}

/**
 * Adds reference `b` to `a`.
 * @throws RangeError when their steps differ.
 */
export function mergeReferences(a: ProductivityReference, b: ProductivityReference): void {
  if (a.low !== b.low || a.high !== b.high || a.step !== b.step) {
    throw new RangeError(`references from ${a.low} by ${a.step} and from ${b.low} by ${b.step} do not merge`);
  }
  a.skipped += b.skipped;
  for (const [unit, counts] of b.units) {
    const own = a.units.get(unit);
    if (own === undefined) a.units.set(unit, counts.slice());
    else for (let i = 0; i < own.length; i++) own[i] = (own[i] as number) + (counts[i] as number);
  }
}

/** 90th percentile of each unit, by unit in rising order, with the pixels it rests on. */
export function bestOfUnits({ low, step, units }: ProductivityReference): Map<number, UnitBest> {
  const found = [...units].sort(([a], [b]) => a - b);
  return new Map(
    found.map(([unit, counts]) => {
      const pixels = counts.reduce((sum, count) => sum + count, 0);
      return [unit, { p90: low + step * binAt(counts, BEST, pixels), pixels }];
    }),
  );
}

/** Percentile of counted values, in steps: straight lines between neighbours, as `percentile` of the state. */
function binAt(counts: Float64Array, part: number, total: number): number {
  const at = part * Math.max(0, total - 1);
  const below = Math.floor(at);
  let sum = 0;
  let low = -1;
  for (let bin = 0; bin < counts.length; bin++) {
    sum += counts[bin] as number;
    if (low < 0 && sum > below) low = bin;
    if (low >= 0 && (sum > below + 1 || sum >= total)) return low + (at - below) * (bin - low);
  }
  return low;
}

/**
 * Performance of a block.
 * @param best of the units, from the reference region
 * @param options `minimumPixels`: a unit that rests on fewer is not known; 1
 */
export function performanceBlock(
  means: Codes,
  units: Codes,
  best: ReadonlyMap<number, UnitBest>,
  { compat = PUBLISHED_COMPAT, minimumPixels = 1 }: { compat?: Readonly<Compat>; minimumPixels?: number } = {},
): Performances {
  const degradation = new Int16Array(means.length).fill(NODATA);
  const ratio = new Float64Array(means.length).fill(Number.NaN);
  for (let i = 0; i < means.length; i++) {
    const mean = means[i] as number;
    const unit = best.get(units[i] as number);
    if (Number.isNaN(mean) || mean === NODATA || unit === undefined || unit.pixels < minimumPixels || unit.p90 <= 0) continue;
    const part = mean / unit.p90;
    ratio[i] = part;
    degradation[i] = part < HALF || (compat.halfDegraded && part === HALF) ? -1 : 0;
  }
  return { degradation, ratio };
}
