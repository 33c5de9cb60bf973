/**
 * Krippendorff's alpha: agreement of any number of coders, with ratings missing, for categories, ranks, intervals and ratios.
 *
 *     krippendorffAlpha(unitsOfCoders([[1, 2, null], [1, 2, 3]]), { level: 'nominal' })   // { value: 1, units: 2, skipped: 1, … }
 *
 * Units that fewer than two coders rated have no pair to compare: they are left out and counted.
 *
 * @see Krippendorff 2011, Computing Krippendorff's alpha-reliability, repository.upenn.edu/asc_papers/43
 * @see Hayes & Krippendorff 2007, Answering the call for a standard reliability measure for coding data, Commun. Methods Meas. 1,
 * 77-89, doi 10.1080/19312450709336664
 */
import { type Agreement, beyondChance, none, type RatedUnit } from './agreement.ts';

/** What the difference of two ratings means. */
export type AlphaLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio';

export interface AlphaOptions {
  level: AlphaLevel;
  /** The ranks in rising order, where ordinal ratings are not numbers. */
  order?: readonly (string | number)[];
}

/**
 * alpha = 1 − (n − 1) Σ o·δ² / Σ n_c·n_k·δ², with o the coincidences of two values within units, each pair of a unit of m ratings
 * weighted 1 / (m − 1), and n_c how often a value was paired. Krippendorff 2011.
 * @throws RangeError where a rating is not a number at levels interval and ratio (ratio: not negative), or has no place in the order
 */
export function krippendorffAlpha(units: readonly RatedUnit[], { level, order }: AlphaOptions): Agreement {
  const given = units.map((unit) => unit.filter((rating) => rating !== null)).filter((unit) => unit.length > 1);
  const ratings = given.reduce((sum, unit) => sum + unit.length, 0);
  const counts = { units: given.length, ratings, skipped: units.length - given.length };
  const values = valuesOf(given, level, order);
  if (ratings === 0) return none('no-units', counts);
  const place = new Map(values.map((value, i) => [value, i]));
  const margins = new Float64Array(values.length);
  const rated = given.map((unit) => unit.map((rating) => place.get(rating) as number));
  for (const i of rated.flat()) margins[i] = (margins[i] as number) + 1;
  const squared = differences(values, margins, level);
  let [observed, expected] = [0, 0];
  for (const unit of rated) {
    let sum = 0;
    for (let i = 0; i < unit.length; i++)
      for (let j = i + 1; j < unit.length; j++) sum += squared(unit[i] as number, unit[j] as number);
    observed += (2 * sum) / (unit.length - 1); // each pair stands for both orders
  }
  for (let c = 0; c < values.length; c++)
    for (let k = c + 1; k < values.length; k++) expected += 2 * (margins[c] as number) * (margins[k] as number) * squared(c, k);
  return beyondChance(observed / ratings, expected / (ratings * (ratings - 1)), counts);
}

/** The values that occur, in their order. */
function valuesOf(
  units: readonly (readonly (string | number)[])[],
  level: AlphaLevel,
  order?: readonly (string | number)[],
): (string | number)[] {
  const found = [...new Set(units.flat())];
  if (level === 'nominal') return found;
  if (level === 'ordinal' && order !== undefined) {
    const strange = found.find((value) => !order.includes(value));
    if (strange !== undefined) throw new RangeError(`rating "${strange}" has no place in the order ${order.join(', ')}`);
    return order.filter((value) => found.includes(value));
  }
  const strange = found.find((value) => typeof value !== 'number' || !Number.isFinite(value) || (level === 'ratio' && value < 0));
  if (strange !== undefined) {
    const wanted = { ordinal: 'a number, or give the order of ranks', interval: 'a number', ratio: 'a number of 0 or more' }[
      level
    ];
    throw new RangeError(`rating "${strange}" at level ${level}: expected ${wanted}`);
  }
  return found.sort((a, b) => (a as number) - (b as number));
}

/** Squared differences of two values by their places. Krippendorff 2011, difference functions. */
function differences(
  values: readonly (string | number)[],
  margins: Float64Array,
  level: AlphaLevel,
): (c: number, k: number) => number {
  const number = (i: number): number => values[i] as number;
  if (level === 'nominal') return (c, k) => (c === k ? 0 : 1);
  if (level === 'interval') return (c, k) => (number(c) - number(k)) ** 2;
  if (level === 'ratio') return (c, k) => (c === k ? 0 : ((number(c) - number(k)) / (number(c) + number(k))) ** 2);
  const upTo = [0];
  for (const [i, margin] of margins.entries()) upTo.push((upTo[i] as number) + margin);
  return (c, k) => {
    const [low, high] = c < k ? [c, k] : [k, c];
    if (low === high) return 0;
    const between = (upTo[high + 1] as number) - (upTo[low] as number);
    return (between - ((margins[low] as number) + (margins[high] as number)) / 2) ** 2;
  };
}
