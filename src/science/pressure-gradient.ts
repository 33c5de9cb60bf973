/**
 * Does human pressure rise from core to buffer to transition? Statutory Framework, Art. 4, criteria 1 and 5.
 *
 *     const { verdict, trend, steps } = pressureGradient([core, buffer, transition]);
 *     steps[0]     // { superiority: 0.81, low: 0.74, high: 0.87, cliffsDelta: 0.62, … }
 *
 * A step's effect is the probability that a place drawn from the outer zone is under more pressure than one from the inner zone, ties
 * counting half: 0.5 is no difference, 1 is more pressure everywhere. It needs no unit, so that people and night lights can be set side by
 * side. Intervals and the test count each zone by its effective number of cells (pressure.ts), or they would be certain of anything.
 *
 * Zones that lie as they lie are the whole, not a sample of it. The interval answers another question: whether the rise is more than neighbouring
 * cells being alike would give by chance.
 */
import { normalQuantile, normalTail } from './normal.ts';
import { type PressureSummary, type PressureZone, pressureOf } from './pressure.ts';

/** How the outer of two zones compares with the inner one. */
export interface PressureStep {
  /** Places in the order of zones. */
  inner: number;
  outer: number;
  /** P(outer > inner) + P(equal) / 2, 0-1; `null` when one has no cell with a value. */
  superiority: number | null;
  low: number | null;
  high: number | null;
  level: number;
  /** 2 superiority - 1, from -1 to 1 (Cliff 1993, doi 10.1037/0033-2909.114.3.494). */
  cliffsDelta: number | null;
}

/** Jonckheere and Terpstra's test that pressure rises over all zones in order. */
export interface OrderedTrend {
  /** Pairs of cells of different zones in which the outer has more, ties half. */
  j: number;
  expected: number;
  variance: number;
  z: number;
  /** Probability of so large a J or a larger one, were all zones alike. */
  p: number;
}

/**
 * `rises`: every step's interval lies above 0.5. `rises-overall`: that of the outermost against the innermost does, and no step's lies
 * below. `falls`: a step's interval lies below 0.5. `not-shown`: none of these. `unknown`: a zone has no value, or there are fewer than two.
 */
export type GradientVerdict = 'rises' | 'rises-overall' | 'falls' | 'not-shown' | 'unknown';

export interface PressureGradient {
  zones: PressureSummary[];
  /** Between neighbouring zones, from the inside out. */
  steps: PressureStep[];
  /** The outermost zone against the innermost. */
  whole: PressureStep | null;
  trend: OrderedTrend | null;
  verdict: GradientVerdict;
}

/**
 * The gradient over zones in order from the inside out.
 * @param options `level` of the intervals
 * @throws RangeError when the zones have different bins
 */
export function pressureGradient(zones: readonly PressureZone[], { level = 0.95 }: { level?: number } = {}): PressureGradient {
  const bins = zones[0]?.edges;
  if (zones.some(({ edges }) => edges.length !== bins?.length || edges.some((edge, i) => edge !== bins[i]))) {
    throw new RangeError('zones with different bins cannot be compared');
  }
  const summaries = zones.map(pressureOf);
  const step = (inner: number, outer: number): PressureStep => {
    const [a, b] = [zones[inner] as PressureZone, zones[outer] as PressureZone];
    const superiority = superiorityOf(a.cells, b.cells);
    if (superiority === null) return { inner, outer, superiority, low: null, high: null, level, cliffsDelta: null };
    const size = (place: number): number => (summaries[place] as PressureSummary).effective;
    const [low, high] = superiorityInterval(superiority, size(inner), size(outer), level);
    return { inner, outer, superiority, low, high, level, cliffsDelta: 2 * superiority - 1 };
  };
  const steps = zones.slice(1).map((_, i) => step(i, i + 1));
  const whole = zones.length > 1 ? step(0, zones.length - 1) : null;
  const known = whole !== null && steps.every(({ superiority }) => superiority !== null);
  const groups = zones.map(({ cells }, i) => scaled(cells, (summaries[i] as PressureSummary).effective));
  return {
    zones: summaries,
    steps,
    whole,
    trend: known ? jonckheere(groups) : null,
    verdict: gradientVerdict(steps, whole),
  };
}

/**
 * P(b > a) + P(b = a) / 2 of two distributions over the same bins; `null` when one is empty.
 * @see Mann & Whitney 1947, Ann. Math. Stat. 18, 50-60, doi 10.1214/aoms/1177730491
 */
export function superiorityOf(a: Float64Array, b: Float64Array): number | null {
  let [below, u, sumB] = [0, 0, 0];
  for (let bin = 0; bin < a.length; bin++) {
    const [inA, inB] = [a[bin] as number, b[bin] as number];
    u += inB * (below + inA / 2);
    below += inA;
    sumB += inB;
  }
  return below > 0 && sumB > 0 ? Math.max(0, Math.min(1, u / (below * sumB))) : null;
}

/**
 * Interval of a probability of superiority from samples of m and n: all those values from which the one found is no farther than chance
 * would have it, by
 *
 *     V(t) = t (1 - t) (1 + N (1 - t) / (2 - t) + N t / (1 + t)) / (m n),  N = (m + n) / 2 - 1
 *
 * so that it stays within 0 and 1 and has a width also where the samples do not overlap. Sizes need not be whole.
 * @see Newcombe 2006, Confidence intervals for an effect size measure based on the Mann-Whitney statistic, part 2, Stat. Med. 25,
 * 559-573, method 5, doi 10.1002/sim.2324
 */
export function superiorityInterval(found: number, m: number, n: number, level: number): [low: number, high: number] {
  const z = normalQuantile((1 + level) / 2);
  const half = Math.max(0, (m + n) / 2 - 1);
  const outside = (t: number): boolean =>
    Math.abs(t - found) > z * Math.sqrt((t * (1 - t) * (1 + (half * (1 - t)) / (2 - t) + (half * t) / (1 + t))) / (m * n));
  return [limit(found, 0, outside), limit(found, 1, outside)];
}

/**
 * Jonckheere and Terpstra's test over groups in order, given by their cells in each bin; values of one bin are tied. Sizes need not be whole.
 * @see Jonckheere 1954, A distribution-free k-sample test against ordered alternatives, Biometrika 41, 133-145, doi 10.1093/biomet/41.1-2.133
 * @see Hollander, Wolfe & Chicken 2014, Nonparametric statistical methods, 3rd ed., section 6.2: the variance with ties
 */
export function jonckheere(groups: readonly Float64Array[]): OrderedTrend {
  const sizes = groups.map((cells) => cells.reduce((sum, count) => sum + count, 0));
  const bins = groups[0]?.length ?? 0;
  const ties = Array.from({ length: bins }, (_, bin) => groups.reduce((sum, cells) => sum + (cells[bin] as number), 0));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let j = 0;
  for (let b = 1; b < groups.length; b++) {
    for (let a = 0; a < b; a++) {
      const superiority = superiorityOf(groups[a] as Float64Array, groups[b] as Float64Array) ?? 0;
      j += superiority * (sizes[a] as number) * (sizes[b] as number);
    }
  }
  const expected = (all ** 2 - sizes.reduce((sum, size) => sum + size ** 2, 0)) / 4;
  const over = (counts: readonly number[], term: (n: number) => number): number => counts.reduce((sum, n) => sum + term(n), 0);
  // pairs and triples of a group of n; less than one cell has none
  const pairs = (n: number): number => n * Math.max(0, n - 1);
  const triples = (n: number): number => pairs(n) * Math.max(0, n - 2);
  const spread = (n: number): number => pairs(n) * (2 * n + 5);
  const variance =
    (spread(all) - over(sizes, spread) - over(ties, spread)) / 72 +
    (all > 2 ? (over(sizes, triples) * over(ties, triples)) / (36 * triples(all)) : 0) +
    (all > 1 ? (over(sizes, pairs) * over(ties, pairs)) / (8 * pairs(all)) : 0);
  const z = variance > 0 ? (j - expected) / Math.sqrt(variance) : 0;
  return { j, expected, variance: Math.max(0, variance), z, p: normalTail(z) };
}

/** What steps from the inside out and the whole way together say; from their intervals alone, so from kept figures as well. */
export function gradientVerdict(
  steps: readonly Pick<PressureStep, 'low' | 'high'>[],
  whole: Pick<PressureStep, 'low' | 'high'> | null,
): GradientVerdict {
  if (whole === null || steps.some(({ low, high }) => low === null || high === null)) return 'unknown';
  const above = ({ low }: Pick<PressureStep, 'low'>): boolean => (low as number) > 0.5;
  const below = ({ high }: Pick<PressureStep, 'high'>): boolean => (high as number) < 0.5;
  if (steps.some(below) || below(whole)) return 'falls';
  if (steps.every(above)) return 'rises';
  return above(whole) ? 'rises-overall' : 'not-shown';
}

/** The place between `inside` and `end` from which on all is outside, by halving; `end` when none is. */
function limit(inside: number, end: number, outside: (t: number) => boolean): number {
  // at the very end the variance is zero, so that it is outside of all but itself
  let [near, far] = [inside, end];
  for (let i = 0; i < 60; i++) {
    const middle = (near + far) / 2;
    if (outside(middle)) far = middle;
    else near = middle;
  }
  return inside === end ? end : near;
}

function scaled(cells: Float64Array, size: number): Float64Array {
  const all = cells.reduce((sum, count) => sum + count, 0);
  return all > 0 ? cells.map((count) => (count / all) * size) : cells;
}
