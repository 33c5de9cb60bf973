/**
 * Land productivity dynamics after FAO and WOCAT: a third way to productivity, in five classes.
 *
 *     productivityDynamics(years, layers).classes      // Int16Array of 1 declining … 5 increasing, NODATA
 *
 * Steadiness (trend and multi-temporal image differencing), initial biomass and change of state give one of 36 codes, the codes
 * five classes; desert is stable whatever it does.
 *
 * @see Ivits & Cherlet 2016, Land-productivity dynamics, JRC 80541, doi 10.2788/59315; Trends.Earth `productivity_faowocat`
 */
import { type Codes, NODATA } from './land-cover.ts';
import { productivityDegradation } from './land-degradation-productivity.ts';
import { decileClasses } from './land-degradation-state.ts';
import { checkLayers, criticalValues, kendallS, leastSquares } from './land-degradation-trajectory.ts';

export interface DynamicsOptions {
  /** What NDVI 1 is in the layers. */
  scale?: number;
  /** Years at either end that are averaged. */
  interval?: number;
  /** Limits of low and high initial biomass [NDVI]. */
  lowBiomass?: number;
  highBiomass?: number;
  /** Greatest NDVI of the period within or between years up to which a place is desert [NDVI]. */
  desert?: number;
  /** Greatest value of each pixel over the period; without it the greatest annual one serves, which calls more desert. */
  greatest?: Codes;
  /** Value that means unknown, besides NaN. */
  nodata?: number;
}

export interface Dynamics {
  /** 1 declining … 5 increasing; NODATA. */
  classes: Int16Array;
  degradation: Int16Array;
  /** 1-36: 9 (steadiness - 1) + 3 (change - 1) + biomass; 0 where not known. */
  codes: Uint8Array;
}

/** Steadiness by trend (falling, none, rising) and sign of the difference of the last years. */
const STEADINESS = [1, 2, 2, 3, 3, 4];

/** Last code of each of the five classes. */
const LAST_CODES = [8, 14, 21, 30, 36];

/** Shortest series: that of the critical values. */
const MINIMUM_YEARS = 4;

/** Class of a code 1-36. */
export function dynamicsClass(code: number): number {
  const found = LAST_CODES.findIndex((last) => code <= last);
  return code >= 1 && found >= 0 ? found + 1 : NODATA;
}

/** Code from steadiness 1-4, initial biomass 1-3 and change of state 1-3. */
export function dynamicsCode(steadiness: number, biomass: number, change: number): number {
  return 9 * (steadiness - 1) + 3 * (change - 1) + biomass;
}

/**
 * Land productivity dynamics of a block. A pixel that misses any year is NODATA.
 * @param years of the layers, rising
 * @param layers annual productivity
 */
export function productivityDynamics(
  years: readonly number[],
  layers: readonly Codes[],
  options: DynamicsOptions = {},
): Dynamics {
  const { scale = 10_000, interval = 3, lowBiomass = 0.4, highBiomass = 0.7, desert = 0.25, greatest, nodata = NODATA } = options;
  const size = checkLayers(years, layers);
  const n = years.length;
  if (n < Math.max(MINIMUM_YEARS, interval))
    throw new RangeError(`${n} years: expected at least ${Math.max(MINIMUM_YEARS, interval)}`);
  const [, k95] = criticalValues(n, { shifted99: false });
  const out: Dynamics = {
    classes: new Int16Array(size).fill(NODATA),
    degradation: new Int16Array(size).fill(NODATA),
    codes: new Uint8Array(size),
  };
  const values = new Float64Array(n);
  const times = Float64Array.from(years);
  for (let i = 0; i < size; i++) {
    let known = true;
    let largest = Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const value = (layers[k] as Codes)[i] as number;
      if (value === nodata || Number.isNaN(value)) known = false;
      values[k] = value;
      sum += value;
      largest = Math.max(largest, value);
    }
    if (!known) continue;
    const first = meanOf(values, 0, interval);
    const last = meanOf(values, n - interval, n);
    const s = kendallS(values, n);
    const slope = leastSquares(times, values, n);
    const trend = Math.abs(s) < k95 ? 1 : slope < 0 ? 0 : slope > 0 ? 2 : -1;
    const biomass = first <= lowBiomass * scale ? 1 : first <= highBiomass * scale ? 2 : 3;
    const [from, to] = decileClasses(values, n, first, last);
    const change = to - from <= -2 ? 1 : to - from < 2 ? 2 : 3;
    if (trend >= 0) {
      const differencing = last * n - sum > 0 ? 1 : 0; // sum of (mean of the last years - value)
      const code = dynamicsCode(STEADINESS[trend * 2 + differencing] as number, biomass, change);
      out.codes[i] = code;
      out.classes[i] = dynamicsClass(code);
    }
    const most = greatest === undefined ? largest : (greatest[i] as number);
    if (most <= desert * scale) out.classes[i] = 4;
    out.degradation[i] = productivityDegradation(out.classes[i] as number);
  }
  return out;
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += values[k] as number;
  return sum / (to - from);
}
