/**
 * Sums, means and spreads that merge.
 *
 * Sums keep what they round off in a second number (Neumaier 1974, ZAMM 54, 39-51, doi 10.1002/zamm.19740540106). Means and
 * sums of squares of two parts make those of both (Chan, Golub & LeVeque 1983, Algorithms for computing the sample variance,
 * Am. Stat. 37, 242-247, eq. 2.1, doi 10.1080/00031305.1983.10483115; for weights West 1979, Updating mean and variance
 * estimates: an improved method, CACM 22, 532-535, doi 10.1145/359146.359153):
 *
 *     M = Ma + Mb + (mean b - mean a)2 Wa Wb / (Wa + Wb)
 */

/** Numbers of an accumulator, by place. Cells are sums of covered shares; base weights are those times row weights. */
export const COUNT = 0; // cells with a value and a weight
export const MISSING = 1; // cells without a value
export const UNWEIGHTED = 2; // cells with a value and no weight
export const BASE = 3; // base weight of cells with a value
export const MISSING_BASE = 4; // base weight of cells without one
export const WEIGHT = 5;
export const SUM = 6; // of weight * raw value
export const CARRY = 7; // what SUM rounded off
export const SQUARES = 8; // of weight * (raw value - mean)2
export const LEAST = 9;
export const GREATEST = 10;
export const MOMENTS = 11;

export function clearMoments(moments: Float64Array): void {
  moments.fill(0);
  moments[LEAST] = Infinity;
  moments[GREATEST] = -Infinity;
}

/** Adds `weight` to the number at `place`. */
export function add(moments: Float64Array, place: number, weight: number): void {
  moments[place] = (moments[place] as number) + weight;
}

/** Adds a part of some weight, sum of weighted values and sum of weighted squares about its own mean. */
export function addPart(moments: Float64Array, weight: number, sum: number, squares: number): void {
  if (weight === 0) return;
  const before = moments[WEIGHT] as number;
  const total = moments[SUM] as number;
  const carry = moments[CARRY] as number;
  let spread = (moments[SQUARES] as number) + squares;
  if (before > 0) {
    const off = sum / weight - (total + carry) / before;
    spread += off * off * ((before * weight) / (before + weight)); // Chan et al. 1983, eq. 2.1
  }
  moments[SQUARES] = spread;
  moments[WEIGHT] = before + weight;
  const next = total + sum;
  moments[SUM] = next;
  moments[CARRY] = carry + (Math.abs(total) >= Math.abs(sum) ? total - next + sum : sum - next + total); // Neumaier 1974
}

export function addExtremes(moments: Float64Array, least: number, greatest: number): void {
  if (least < (moments[LEAST] as number)) moments[LEAST] = least;
  if (greatest > (moments[GREATEST] as number)) moments[GREATEST] = greatest;
}

/** Adds all of `from` to `into`. */
export function mergeMoments(into: Float64Array, from: Float64Array): void {
  addPart(into, from[WEIGHT] as number, from[SUM] as number, from[SQUARES] as number);
  add(into, CARRY, from[CARRY] as number);
  for (let place = COUNT; place <= MISSING_BASE; place++) add(into, place, from[place] as number);
  addExtremes(into, from[LEAST] as number, from[GREATEST] as number);
}
