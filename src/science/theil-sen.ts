/**
 * Theil-Sen line: the slope that half of all pairs of values exceed, with an interval. It takes a third of the values being
 * wild, needs no normal errors, and belongs to the Mann-Kendall test: that is the test of whether the slope is zero.
 *
 *     theilSen([10, 15, 14, 20])                                    // slope 2.92 per step
 *     theilSen([0.31, 0.35, 0.34], { times: [2001, 2004, 2005] })   // years may lie any distance apart
 *
 * @see Theil 1950, A rank-invariant method of linear and polynomial regression analysis, Proc. Kon. Ned. Akad. Wet. 53, 386-392
 * @see Sen 1968, Estimates of the regression coefficient based on Kendall's tau, J. Am. Stat. Assoc. 63, 1379-1389,
 * doi 10.1080/01621459.1968.10480934
 * @see Gilbert 1987, Statistical methods for environmental pollution monitoring, Van Nostrand, section 16.5
 */
import { kendallVariance, tieGroups } from './mann-kendall.ts';
import { normalQuantile } from './normal.ts';

/** Level of an interval where none is asked for. */
export const LEVEL = 0.95;

export interface TheilSen {
  /** number of values that are there */
  n: number;
  /** change per unit of time; NaN for fewer than two values */
  slope: number;
  /** value of the line at time zero: median value less slope times median time (Conover 1980) */
  intercept: number;
  /** limits of the slope; NaN where there are too few values for the level */
  low: number;
  high: number;
  level: number;
}

/**
 * Line through values by the median of the slopes of all pairs, with the interval of Gilbert 1987.
 * @param values what is not finite is missing and left out
 * @param options `times`: rising, 0, 1, 2, … where not given; `level`: of the interval, 0-1; `variance`: of S, where a correction
 * for memory gives another than that of independent values; `places`: limits between neighbouring slopes (Gilbert), or at the nearest one
 * (as the R package trend)
 * @throws RangeError when times do not rise or their number is another
 */
export function theilSen(
  values: ArrayLike<number>,
  {
    times,
    level = LEVEL,
    variance,
    places = 'between',
  }: { times?: ArrayLike<number>; level?: number; variance?: number; places?: LimitPlaces } = {},
): TheilSen {
  if (times !== undefined) checkTimes(times, values.length);
  const present: number[] = [];
  const at: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    present.push(values[i] as number);
    at.push(times === undefined ? i : (times[i] as number));
  }
  const slopes = pairSlopes(present, at).sort();
  const slope = median(slopes);
  const intercept = median(Float64Array.from(present).sort()) - slope * median(Float64Array.from(at)); // Conover 1980
  const spread = variance ?? kendallVariance(present.length, tieGroups(present));
  return { n: present.length, slope, intercept, ...slopeLimits(slopes, spread, level, { places }), level };
}

/** Slopes of all pairs of values: (x_j - x_i) / (t_j - t_i) for j after i. Sen 1968. */
export function pairSlopes(values: readonly number[], times: readonly number[]): Float64Array<ArrayBuffer> {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2);
  let k = 0;
  for (const [i, value] of values.entries()) {
    for (let j = i + 1; j < values.length; j++) {
      slopes[k++] = ((values[j] as number) - value) / ((times[j] as number) - (times[i] as number));
    }
  }
  return slopes;
}

/**
 * Places in the sorted slopes, counted from 1, between which the limits lie: M1 = (N - C) / 2 and M2 + 1 = (N + C) / 2 + 1 with
 * C = z sqrt(variance). Gilbert 1987, steps 3 and 4 of section 16.5.2. They need not be whole.
 */
export function limitPlaces(pairs: number, variance: number, level: number): [low: number, high: number] {
  const c = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return [(pairs - c) / 2, (pairs + c) / 2 + 1];
}

/** What is done where the place of a limit is not whole. */
export type LimitPlaces = 'between' | 'nearest';

/** Limits of the median slope, between neighbouring slopes where a place is not whole; NaN where a place is past the ends. */
export function slopeLimits(
  sorted: Float64Array,
  variance: number,
  level: number,
  { places = 'between' }: { places?: LimitPlaces } = {},
): { low: number; high: number } {
  const [low, high] = limitPlaces(sorted.length, variance, level).map((place) =>
    places === 'between' ? place : Math.round(place),
  ) as [number, number];
  return { low: between(sorted, low), high: between(sorted, high) };
}

/** @throws RangeError when times do not rise or are not `count` */
export function checkTimes(times: ArrayLike<number>, count: number): void {
  if (times.length !== count) throw new RangeError(`${times.length} times for ${count} values`);
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(times[i])) throw new RangeError(`time ${i + 1} is ${times[i]}`);
    if (i > 0 && (times[i] as number) <= (times[i - 1] as number)) {
      throw new RangeError(`times rise, but ${times[i]} comes after ${times[i - 1]}`);
    }
  }
}

/** Middle of sorted values, NaN of none. */
export function median(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}

function between(sorted: Float64Array, place: number): number {
  if (!(place >= 1 && place <= sorted.length)) return Number.NaN;
  const before = Math.floor(place);
  const value = sorted[before - 1] as number;
  return place === before ? value : value + (place - before) * ((sorted[before] as number) - value);
}
