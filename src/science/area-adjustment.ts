/**
 * Areas and accuracies of a classified map from a sample of reference observations, with their intervals.
 *
 *     const map = [200000, 150000, 3200000, 6450000].map((pixels) => pixels * 900);         // mapped area of each class [m2]
 *     const sample = [[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]];      // rows: map, columns: reference
 *     adjustAreas(sample, map).classes[0]?.area      // { value: 211577622, low: 150001278, high: 273153966, level: 0.95 }
 *
 * Counting the pixels of a map is biased by its errors. The sample was drawn at random within the map classes (stratified
 * random); each row's proportions hold for its class, weighted by the class's part of the map. Simple random and systematic
 * samples go the same way (post-stratified).
 *
 * @see Olofsson et al. 2014, Good practices for estimating area and assessing accuracy of land change, Remote Sens. Environ.
 * 148, 42-57, doi 10.1016/j.rse.2014.02.015
 */
import type { Estimate } from './change.ts';

/** Standard normal quantile of an interval of 0.95, as Olofsson et al. 2014 round it. */
export const Z95 = 1.96;

/** A class with its adjusted area and accuracies. */
export interface AdjustedClass {
  /** What the map says, by counting [unit of the map areas]. */
  mapped: number;
  /** Area by the reference, in the same unit; its lower limit is cut at 0. */
  area: Estimate;
  /** Standard error of the area. */
  standardError: number;
  /** Of what the map calls so, the part that is so; NaN without limits where the class was not sampled. */
  users: Estimate;
  /** Of what is so, the part that the map calls so. */
  producers: Estimate;
  /** Sampled units that the map puts into the class, and that the reference does. */
  sampled: number;
  referenced: number;
}

/** What is wanting for figures to be relied on. */
export type AdjustmentWarning =
  | { kind: 'few-units'; class: number; units: number }
  | { kind: 'never-referenced'; class: number }
  | { kind: 'empty-class'; class: number };

export interface AreaAdjustment {
  classes: AdjustedClass[];
  overall: Estimate;
  /** Confusion as proportions of area, rows map and columns reference, row-major (eq. 4). */
  proportions: Float64Array;
  warnings: AdjustmentWarning[];
}

/** Fewer sampled units in a map class than this are warned about: Olofsson et al. 2014 give rare classes 50 to 100. */
export const FEW_UNITS = 50;

/**
 * Areas by the reference, and user's, producer's and overall accuracy.
 *
 *     p_ij = W_i n_ij / n_i                                                       (eq. 4)
 *     p_j  = sum over i of W_i n_ij / n_i                                         (eq. 9)
 *     S(p_j) = sqrt( sum over i of (W_i p_ij - p_ij^2) / (n_i - 1) )              (eq. 10)
 *     A_j = A p_j, S(A_j) = A S(p_j), A_j ± z S(A_j)                              (eq. 11)
 *
 * Accuracies are eqs. 1-3, their variances eqs. 5-7. A class that the reference knows and the map does not may stand in the
 * sample with a row of zeros and a mapped area of 0.
 * @param sample counts of sampled units, rows map classes and columns reference classes, square
 * @param mapped area of each map class, in any unit; also pixels
 * @param options `z`: normal quantile, 1.96; `level`: the level it stands for, 0.95
 * @throws RangeError when the sample is not square or not of counts, an area is negative or none is positive, or a class with
 * an area has fewer than two sampled units: nothing is known of its errors then, and none are invented.
 */
export function adjustAreas(
  sample: readonly (readonly number[])[],
  mapped: readonly number[],
  { z = Z95, level = 0.95 }: { z?: number; level?: number } = {},
): AreaAdjustment {
  check(sample, mapped);
  const q = mapped.length;
  const total = mapped.reduce((sum, area) => sum + area, 0);
  const weight = mapped.map((area) => area / total);
  const n = sample.map((row) => row.reduce((sum, count) => sum + count, 0));
  const proportions = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < q; j++) proportions[i * q + j] = n[i] ? ((weight[i] ?? 0) * (sample[i]?.[j] ?? 0)) / (n[i] ?? 1) : 0; // eq. 4
  }
  const p = (i: number, j: number): number => proportions[i * q + j] as number;
  const interval = (value: number, se: number, scale = 1, top = Number.POSITIVE_INFINITY): Estimate => ({
    value: value * scale,
    low: Number.isNaN(se) ? null : Math.max(0, (value - z * se) * scale),
    high: Number.isNaN(se) ? null : Math.min(top, (value + z * se) * scale),
    level: Number.isNaN(se) ? null : level,
  });

  let agreement = 0;
  let agreementVariance = 0;
  const classes = mapped.map((area, j): AdjustedClass => {
    let share = 0;
    let variance = 0;
    for (let i = 0; i < q; i++) {
      const ni = n[i] ?? 0;
      share += p(i, j); // eq. 9
      if (ni > 1) variance += ((weight[i] ?? 0) * p(i, j) - p(i, j) ** 2) / (ni - 1); // eq. 10
    }
    const se = Math.sqrt(Math.max(0, variance));
    const nj = n[j] ?? 0;
    const users = nj ? (sample[j]?.[j] ?? 0) / nj : Number.NaN; // eq. 2
    const usersVariance = nj > 1 ? (users * (1 - users)) / (nj - 1) : Number.NaN; // eq. 6
    agreement += p(j, j); // eq. 1
    if (nj > 1) agreementVariance += (weight[j] ?? 0) ** 2 * usersVariance; // eq. 5
    return {
      mapped: area,
      area: interval(share, se, total),
      standardError: se * total,
      users: interval(users, Math.sqrt(usersVariance), 1, 1),
      producers: interval(share > 0 ? p(j, j) / share : Number.NaN, producersError(sample, mapped, n, j), 1, 1), // eq. 3
      sampled: nj,
      referenced: sample.reduce((sum, row) => sum + (row[j] ?? 0), 0),
    };
  });
  return {
    classes,
    overall: interval(agreement, Math.sqrt(agreementVariance), 1, 1),
    proportions,
    warnings: warningsOf(classes),
  };
}

/** Standard error of the producer's accuracy of class j (eq. 7), with the areas in place of the pixel counts N. */
function producersError(
  sample: readonly (readonly number[])[],
  mapped: readonly number[],
  n: readonly number[],
  j: number,
): number {
  let referenceArea = 0; // N_.j
  let others = 0;
  for (let i = 0; i < mapped.length; i++) {
    const ni = n[i] ?? 0;
    if (ni === 0) continue;
    const part = (sample[i]?.[j] ?? 0) / ni;
    referenceArea += (mapped[i] ?? 0) * part;
    if (i !== j && ni > 1) others += ((mapped[i] ?? 0) ** 2 * part * (1 - part)) / (ni - 1);
  }
  const nj = n[j] ?? 0;
  if (referenceArea === 0 || nj < 2) return Number.NaN;
  const users = (sample[j]?.[j] ?? 0) / nj;
  const producers = ((mapped[j] ?? 0) * users) / referenceArea;
  const own = ((mapped[j] ?? 0) ** 2 * (1 - producers) ** 2 * users * (1 - users)) / (nj - 1);
  return Math.sqrt(own + producers ** 2 * others) / referenceArea; // eq. 7
}

function check(sample: readonly (readonly number[])[], mapped: readonly number[]): void {
  const q = mapped.length;
  if (sample.length !== q)
    throw new RangeError(`${sample.length} rows of sample counts for ${q} mapped areas: expected one row for each map class`);
  for (const [i, row] of sample.entries()) {
    const area = mapped[i] ?? Number.NaN;
    if (row.length !== q)
      throw new RangeError(`row ${i + 1} of the sample has ${row.length} counts: expected ${q}, one for each reference class`);
    const wrong = row.find((count) => !Number.isInteger(count) || count < 0);
    if (wrong !== undefined)
      throw new RangeError(`row ${i + 1} of the sample has a count of ${wrong}: expected whole numbers of sampled units`);
    if (!(area >= 0 && Number.isFinite(area))) throw new RangeError(`mapped area ${i + 1} is ${area}: expected zero or more`);
    const units = row.reduce((sum, count) => sum + count, 0);
    if (area > 0 && units < 2) {
      throw new RangeError(
        `map class ${i + 1} has ${units} sampled units: expected at least two, or the class joined with another`,
      );
    }
    if (area === 0 && units > 0) throw new RangeError(`map class ${i + 1} has ${units} sampled units and no mapped area`);
  }
  if (!mapped.some((area) => area > 0)) throw new RangeError('no mapped area is above zero');
}

function warningsOf(classes: readonly AdjustedClass[]): AdjustmentWarning[] {
  return classes.flatMap(({ mapped, sampled, referenced }, i): AdjustmentWarning[] => [
    ...(mapped === 0 ? [{ kind: 'empty-class' as const, class: i }] : []),
    ...(mapped > 0 && sampled < FEW_UNITS ? [{ kind: 'few-units' as const, class: i, units: sampled }] : []),
    ...(referenced === 0 ? [{ kind: 'never-referenced' as const, class: i }] : []),
  ]);
}
