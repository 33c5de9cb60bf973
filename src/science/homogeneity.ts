/**
 * Is a series one series? Tests for a change of its level at an unknown time: a station moved, a dam closed, a river diverted.
 *
 *     pettitt(flows)                       // { k: 28, statistic: 1617, p: 3.6e-7, … }: the Nile after 1898
 *     snht(flows, { seed: 1 })             // the same by means and a normal distribution
 *     buishandRange(flows, { seed: 1 })    // by the range of the summed departures; buishandU by their squares
 *
 * Missing values (what is not finite) are left out; `k` counts the values that are there, `at` is the place of the last value
 * before the change in what was given. Each test takes values as independent: memory, or a trend, also makes it find a change.
 *
 * Pettitt's p is his closed form. Those of the other three have none: they are the share of `draws` series of independent normal
 * values, made from `seed`, whose statistic is as great. Such a p is a multiple of 1 / (draws + 1) and never 0.
 *
 * @see Pettitt 1979, A non-parametric approach to the change-point problem, Appl. Stat. 28, 126-135, doi 10.2307/2346729
 * @see Alexandersson 1986, A homogeneity test applied to precipitation data, J. Climatol. 6, 661-675, doi 10.1002/joc.3370060607
 * @see Buishand 1982, Some methods for testing the homogeneity of rainfall records, J. Hydrol. 58, 11-27, doi 10.1016/0022-1694(82)90066-X
 * @see Buishand 1984, Tests for detecting a shift in the mean of hydrological time series, J. Hydrol. 73, 51-69, doi 10.1016/0022-1694(84)90032-5
 */
import { normalQuantile } from './normal.ts';
import { type Random, seededRandom } from './seeded-random.ts';

/** Series drawn for a p where none is asked for: its standard error is 0.0016 at 0.05. */
export const DRAWS = 20_000;

export interface HomogeneityOptions {
  /** Series of the null hypothesis that are drawn; 0 for none, and no p. */
  draws?: number;
  seed?: number;
}

export interface ChangePoint {
  /** Values that are there. */
  n: number;
  statistic: number;
  /** Probability of a statistic as great in a series without change; NaN where it cannot be stated. */
  p: number;
  /** How p was found. */
  pBy: 'closed-form' | 'seeded-draws' | 'none';
  /** Values before the change, of those that are there; 0 where none can be told. */
  k: number;
  /** Place of the last value before the change in the series as given, from 0; -1 where none can be told. */
  at: number;
  /** Other places at which the statistic is as great; empty as a rule. */
  ties: number[];
  /** Means before and after. */
  before: number;
  after: number;
}

/**
 * Pettitt's test: U_k = 2 sum of ranks up to k - k (n + 1), K = max |U_k|, p = 2 exp(-6 K² / (n³ + n²)), at most 1.
 * Ties share their mean rank, as in the R package trend.
 */
export function pettitt(values: ArrayLike<number>): ChangePoint {
  const { present, places } = known(values);
  const n = present.length;
  const ranks = meanRanks(present);
  const sums = new Float64Array(Math.max(0, n - 1));
  let sum = 0;
  for (let k = 0; k < n - 1; k++) {
    sum += ranks[k] as number;
    sums[k] = Math.abs(2 * sum - (k + 1) * (n + 1)); // Pettitt 1979, eq. for ranks
  }
  const statistic = Math.max(0, ...sums);
  const p = n < 2 ? Number.NaN : Math.min(1, 2 * Math.exp((-6 * statistic * statistic) / (n ** 3 + n ** 2)));
  return pointOf(present, places, sums, statistic, p, 'closed-form');
}

/**
 * Standard Normal Homogeneity Test: T = max over k of k z1² + (n - k) z2², where z are means of the standardised values before and
 * after. It is the most sensitive near the ends. Alexandersson 1986, with the standard deviation by n - 1.
 */
export function snht(values: ArrayLike<number>, options: HomogeneityOptions = {}): ChangePoint {
  return tested(values, snhtStatistics, (parts) => Math.max(0, ...parts), options);
}

/**
 * Buishand's range test: R / sqrt(n) = (max S*_k - min S*_k) / (s sqrt(n)), S*_k the summed departures from the mean; the most
 * sensitive in the middle. The change is where |S*_k| is greatest. s is by n - 1, as in the R package trend; Buishand's is by n.
 */
export function buishandRange(values: ArrayLike<number>, options: HomogeneityOptions = {}): ChangePoint {
  return tested(
    values,
    departures,
    (parts) => (Math.max(0, ...parts) - Math.min(0, ...parts)) / Math.sqrt(parts.length + 1),
    options,
  );
}

/** Buishand's U: the sum of (S*_k / s)² by n (n + 1), for changes anywhere. Buishand 1984. */
export function buishandU(values: ArrayLike<number>, options: HomogeneityOptions = {}): ChangePoint {
  return tested(
    values,
    departures,
    (parts) => parts.reduce((sum, part) => sum + part * part, 0) / ((parts.length + 1) * (parts.length + 2)),
    options,
  );
}

function tested(
  values: ArrayLike<number>,
  partsOf: (values: Float64Array) => Float64Array,
  statisticOf: (parts: Float64Array) => number,
  { draws = DRAWS, seed = 1 }: HomogeneityOptions,
): ChangePoint {
  const { present, places } = known(values);
  const parts = partsOf(present);
  const statistic = present.length < 2 ? Number.NaN : statisticOf(parts);
  if (draws === 0 || !Number.isFinite(statistic)) return pointOf(present, places, parts, statistic, Number.NaN, 'none');
  const normal = normals(seededRandom(seed));
  const drawn = new Float64Array(present.length);
  let reached = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = normal();
    if (statisticOf(partsOf(drawn)) >= statistic) reached++;
  }
  // the series itself is one of those that are possible: Davison & Hinkley 1997, eq. 4.11, doi 10.1017/CBO9780511802843
  return pointOf(present, places, parts, statistic, (reached + 1) / (draws + 1), 'seeded-draws');
}

/** Summed departures from the mean in standard deviations, without the last, which is 0. */
function departures(values: Float64Array): Float64Array {
  const n = values.length;
  const [mean, deviation] = moments(values);
  const sums = new Float64Array(Math.max(0, n - 1));
  let sum = 0;
  for (let k = 0; k < n - 1; k++) {
    sum += (values[k] as number) - mean;
    sums[k] = sum / deviation;
  }
  return sums;
}

/** k z1² + (n - k) z2² = S_k² (1/k + 1/(n-k)), S_k being the summed departures in standard deviations. */
function snhtStatistics(values: Float64Array): Float64Array {
  const n = values.length;
  return departures(values).map((sum, i) => sum * sum * (1 / (i + 1) + 1 / (n - i - 1)));
}

function moments(values: Float64Array): [mean: number, deviation: number] {
  const n = values.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) sum += values[i] as number;
  const mean = sum / n;
  for (let i = 0; i < n; i++) squares += ((values[i] as number) - mean) ** 2;
  return [mean, Math.sqrt(squares / (n - 1))];
}

function known(values: ArrayLike<number>): { present: Float64Array; places: number[] } {
  const places = Array.from({ length: values.length }, (_, i) => i).filter((i) => Number.isFinite(values[i]));
  return { present: Float64Array.from(places, (i) => values[i] as number), places };
}

/** Ranks from 1; equal values share the mean of theirs. */
function meanRanks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let i = from; i < to; i++) ranks[order[i] as number] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** The change where the part is greatest in size; the first of several. */
function pointOf(
  present: Float64Array,
  places: readonly number[],
  parts: Float64Array,
  statistic: number,
  p: number,
  pBy: ChangePoint['pBy'],
): ChangePoint {
  const most = parts.reduce((greatest, part) => Math.max(greatest, Math.abs(part)), 0);
  const found = Array.from(parts.keys()).filter((i) => Math.abs(parts[i] as number) === most);
  const [first] = most > 0 ? found : [];
  const mean = (some: Float64Array): number => some.reduce((sum, value) => sum + value, 0) / some.length;
  if (first === undefined) {
    const level = mean(present);
    return { n: present.length, statistic, p, pBy, k: 0, at: -1, ties: [], before: level, after: level };
  }
  return {
    n: present.length,
    statistic,
    p,
    pBy,
    k: first + 1,
    at: places[first] as number,
    ties: found.slice(1).map((i) => places[i] as number),
    before: mean(present.subarray(0, first + 1)),
    after: mean(present.subarray(first + 1)),
  };
}

/** Normal values by inversion; the random number is put in the middle of its step, so that it is never 0. */
function normals(random: Random): () => number {
  return () => normalQuantile(random() + 2 ** -33);
}
