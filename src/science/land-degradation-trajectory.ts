/**
 * Trajectory: does the productivity of a pixel rise or fall over the years?
 *
 *     const layers = years.map((year) => ndvi(year));                       // one Int16Array for each year, NDVI x 10 000
 *     trajectoryBlock(years, layers, { method: 'trends-earth' }).degradation   // Int16Array of -1, 0, 1, NODATA
 *
 * Two methods side by side. `trends-earth`: slope by least squares, test by Kendall's S against critical values, nothing
 * counts unless NDVI changes by more than 0.001 a year. `gpg-v2`: Sen's slope, Z of Mann and Kendall against 1.28 and 1.96, no
 * least slope.
 *
 * @see Sims et al. 2021, Good Practice Guidance, SDG Indicator 15.3.1, version 2.0, UNCCD, ISBN 978-92-95118-28-7
 * @see Mann 1945, Econometrica 13, 245-259, doi 10.2307/1907187; Kendall 1975, Rank Correlation Methods
 */
import { type Codes, NODATA } from './land-cover.ts';
import { type Compat, PUBLISHED_COMPAT } from './land-degradation.ts';
import { kendallCritical } from './land-degradation-kendall.ts';
import { MOST_EXACT, trendBlock } from './trend-block.ts';

export interface TrajectoryOptions {
  method: 'trends-earth' | 'gpg-v2';
  /** What NDVI 1 is in the layers: 10 000 for MODIS integers. */
  scale?: number;
  /**
   * `trends-earth`: levels by critical values of S (`tables`), or by its two-sided probability (`exact`), which takes ties into
   * account and is exact up to 30 years.
   */
  significance?: 'tables' | 'exact';
  /** `gpg-v2`: Z with correction for ties and continuity, or Kendall's tau times its standard deviation, as SEPAL's code does. */
  z?: 'mann-kendall' | 'tau';
  /** Fewest years with a value; below it a pixel is not known. 4, where the lists of Trends.Earth begin. */
  minimumYears?: number;
  /** Value that means unknown, besides NaN. */
  nodata?: number;
  compat?: Readonly<Compat>;
}

/** A block of trajectories; typed arrays of the block's length. */
export interface Trajectories {
  /** `trends-earth`: -3 … 3, decline to increase at 99, 95, 90 %; `gpg-v2`: 1 degrading … 5 improving; NODATA. */
  classes: Int16Array;
  /** -1, 0, 1, NODATA. */
  degradation: Int16Array;
  /** By least squares (`trends-earth`) or Sen's (`gpg-v2`) [units of the layers per year]; NaN where not known. */
  slope: Float64Array;
  /** Kendall's S. */
  s: Int32Array;
  /** Z (`gpg-v2`), or the exact two-sided probability (`trends-earth`, `exact`); else NaN. */
  statistic: Float64Array;
  /** Years with a value. */
  years: Uint16Array;
}

/** Slope that counts [NDVI per year]: Trends.Earth's guard of 10 in units of NDVI x 10 000. */
export const LEAST_SLOPE = 0.001;

/** Normal quantiles of the five levels, as the guidance rounds them. */
export const Z_POTENTIAL = 1.28;
export const Z_CERTAIN = 1.96;

/** Levels: one-sided where the lists are made from them, two-sided for exact probabilities. */
const LEVELS = [0.1, 0.05, 0.01] as const;

/** First length of series from which Trends.Earth's 99 % list is the one of n + 1. */
const SHIFTED_FROM = 7;

/** Fewest years of Trends.Earth's lists. */
const MINIMUM_YEARS = 4;

/** Critical values of S at 90, 95 and 99 %, as Trends.Earth has them or, without the shift, as they should be. */
export function criticalValues(n: number, { shifted99 }: Pick<Compat, 'shifted99'>): [number, number, number] {
  const last = shifted99 && n >= SHIFTED_FROM ? n + 1 : n;
  return [kendallCritical(n, LEVELS[0]), kendallCritical(n, LEVELS[1]), kendallCritical(last, LEVELS[2])];
}

/**
 * Class -3 … 3 from slope and S. In this order, the later wins: by sign of the slope and critical value; 0 where |S| does not
 * pass the first level; 0 where |slope| is at most `leastSlope`. Trends.Earth `productivity_trajectory`.
 */
export function trajectoryClass(
  slope: number,
  s: number,
  [k90, k95, k99]: readonly [number, number, number],
  leastSlope: number,
  { strict90 }: Pick<Compat, 'strict90'>,
): number {
  const size = Math.abs(s);
  if (Math.abs(slope) <= leastSlope || (strict90 ? size <= k90 : size < k90)) return 0;
  const level = size >= k99 ? 3 : size >= k95 ? 2 : 1;
  return slope > 0 ? level : -level;
}

/** Classes -3 … 3 as three: what is significant at 95 % counts. Trends.Earth `recode_traj`. */
export function trajectoryDegradation(classCode: number): number {
  if (!(classCode >= -3 && classCode <= 3)) return NODATA;
  return classCode <= -2 ? -1 : classCode >= 2 ? 1 : 0;
}

/** Z as one of five levels: 1 degrading, 2 potentially degrading, 3 no change, 4 potentially improving, 5 improving. */
export function zClass(z: number): number {
  if (Number.isNaN(z)) return NODATA;
  if (z < -Z_CERTAIN) return 1;
  if (z < -Z_POTENTIAL) return 2;
  if (z <= Z_POTENTIAL) return 3;
  return z <= Z_CERTAIN ? 4 : 5;
}

/** Z as three classes: only beyond 1.96 counts. */
export function zDegradation(z: number): number {
  if (Number.isNaN(z)) return NODATA;
  return z < -Z_CERTAIN ? -1 : z > Z_CERTAIN ? 1 : 0;
}

/** Z as SEPAL's code has it: tau-b x 3 sqrt(n(n-1)) / sqrt(2(2n+5)), without correction for continuity. */
export function tauZ(n: number, tau: number): number {
  return (tau * 3 * Math.sqrt(n * (n - 1))) / Math.sqrt(2 * (2 * n + 5));
}

/**
 * Trajectories of a block.
 * @param years of the layers, rising
 * @param layers annual productivity, one array for each year, all of one length
 * @throws RangeError when numbers or lengths do not fit.
 */
export function trajectoryBlock(years: readonly number[], layers: readonly Codes[], options: TrajectoryOptions): Trajectories {
  const { method, significance = 'tables', nodata = NODATA } = options;
  const size = checkLayers(years, layers);
  if (method === 'gpg-v2') return byZ(years, stacked(layers, size, nodata), size, options);
  const out = bySlopeAndS(years, layers, size, options);
  if (significance === 'exact') judgeExactly(out, years, stacked(layers, size, nodata), options);
  return out;
}

/** Z of Mann and Kendall with its five levels, and Sen's slope. */
function byZ(years: readonly number[], values: Float64Array, size: number, options: TrajectoryOptions): Trajectories {
  const { z: zMethod = 'mann-kendall', minimumYears = MINIMUM_YEARS } = options;
  const out = emptyTrajectories(size);
  const trend = { n: out.years, s: out.s, slope: out.slope };
  const fewest = Math.max(2, minimumYears);
  if (zMethod === 'mann-kendall') trendBlock(values, years, { ...trend, z: out.statistic }, { fewest });
  else trendBlock(values, years, { ...trend, tau: out.statistic }, { fewest });
  for (let i = 0; i < size; i++) {
    const found = out.statistic[i] as number;
    const z = zMethod === 'tau' ? tauZ(out.years[i] as number, found) : found;
    out.statistic[i] = z;
    out.classes[i] = zClass(z);
    out.degradation[i] = zDegradation(z);
  }
  return out;
}

/** Slope by least squares and S, judged by critical values. One loop over the pixels: nothing is allocated in it. */
function bySlopeAndS(years: readonly number[], layers: readonly Codes[], size: number, options: TrajectoryOptions): Trajectories {
  const { scale = 10_000, minimumYears = MINIMUM_YEARS, nodata = NODATA, compat = PUBLISHED_COMPAT } = options;
  const out = emptyTrajectories(size);
  const values = new Float64Array(years.length);
  const times = new Float64Array(years.length);
  const critical = years.map((_, i) => (i + 1 < MINIMUM_YEARS ? null : criticalValues(i + 1, compat)));
  const fewest = Math.max(minimumYears, MINIMUM_YEARS);
  for (let i = 0; i < size; i++) {
    let n = 0;
    for (let k = 0; k < layers.length; k++) {
      const value = (layers[k] as Codes)[i] as number;
      if (value === nodata || Number.isNaN(value)) continue;
      values[n] = value;
      times[n++] = years[k] as number;
    }
    out.years[i] = n;
    const levels = critical[(compat.nominalLength ? years.length : n) - 1];
    if (n < fewest || !levels) continue;
    const s = kendallS(values, n);
    const slope = leastSquares(times, values, n);
    const found = trajectoryClass(slope, s, levels, LEAST_SLOPE * scale, compat);
    out.s[i] = s;
    out.slope[i] = slope;
    out.classes[i] = found;
    out.degradation[i] = trajectoryDegradation(found);
  }
  return out;
}

/** The classes anew, from the exact two-sided probability of S. */
function judgeExactly(out: Trajectories, years: readonly number[], values: Float64Array, options: TrajectoryOptions): void {
  const { scale = 10_000, minimumYears = MINIMUM_YEARS } = options;
  trendBlock(values, years, { p: out.statistic }, { exactUpTo: MOST_EXACT, fewest: Math.max(minimumYears, MINIMUM_YEARS) });
  for (let i = 0; i < out.classes.length; i++) {
    const p = out.statistic[i] as number;
    if (Number.isNaN(p)) continue;
    const level = p <= LEVELS[2] ? 3 : p <= LEVELS[1] ? 2 : p <= LEVELS[0] ? 1 : 0;
    const slope = out.slope[i] as number;
    const found = Math.abs(slope) <= LEAST_SLOPE * scale || level === 0 ? 0 : slope > 0 ? level : -level;
    out.classes[i] = found;
    out.degradation[i] = trajectoryDegradation(found);
  }
}

/** All layers one after the other, with NaN for what is not known. */
function stacked(layers: readonly Codes[], size: number, nodata: number): Float64Array {
  const values = new Float64Array(layers.length * size);
  for (const [k, layer] of layers.entries()) {
    for (let i = 0; i < size; i++) values[k * size + i] = layer[i] === nodata ? Number.NaN : (layer[i] as number);
  }
  return values;
}

function emptyTrajectories(size: number): Trajectories {
  return {
    classes: new Int16Array(size).fill(NODATA),
    degradation: new Int16Array(size).fill(NODATA),
    slope: new Float64Array(size).fill(Number.NaN),
    s: new Int32Array(size),
    statistic: new Float64Array(size).fill(Number.NaN),
    years: new Uint16Array(size),
  };
}

/**
 * Length of the layers.
 * @throws RangeError when they are not as many as the years, not of one length, or the years do not rise.
 */
export function checkLayers(years: readonly number[], layers: readonly Codes[]): number {
  if (layers.length !== years.length)
    throw new RangeError(`${layers.length} layers for ${years.length} years: expected one for each`);
  const size = layers[0]?.length ?? 0;
  for (const [k, layer] of layers.entries()) {
    if (layer.length !== size) throw new RangeError(`the layer of ${years[k]} has ${layer.length} pixels: expected ${size}`);
    if (k > 0 && !((years[k] as number) > (years[k - 1] as number))) {
      throw new RangeError(`years ${years[k - 1]} and ${years[k]}: expected them to rise`);
    }
  }
  return size;
}

/** S = sum over i < j of sign(x_j - x_i) of the first n values. */
export function kendallS(values: Float64Array, n: number): number {
  let s = 0;
  for (let i = 0; i < n - 1; i++) {
    const a = values[i] as number;
    for (let j = i + 1; j < n; j++) {
      const b = values[j] as number;
      s += (b > a ? 1 : 0) - (b < a ? 1 : 0);
    }
  }
  return s;
}

/** Slope by least squares of the first n values; NaN when all times are equal. */
export function leastSquares(times: Float64Array, values: Float64Array, n: number): number {
  let meanT = 0;
  let meanX = 0;
  for (let i = 0; i < n; i++) {
    meanT += times[i] as number;
    meanX += values[i] as number;
  }
  meanT /= n;
  meanX /= n;
  let product = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    const t = (times[i] as number) - meanT;
    product += t * ((values[i] as number) - meanX);
    square += t * t;
  }
  return square > 0 ? product / square : Number.NaN;
}
