/**
 * Distributions of weighted values that merge, and their quantiles.
 *
 *     const run = newRun();
 *     append(run, 3, 1);
 *     append(run, 4, 0.5);
 *     const some = newDistribution(Infinity);
 *     addRun(some, run);
 *     weightedQuantile(wholeRun(some), 0.5);   // 3
 *
 * A run is a list of distinct values in increasing order, each with its weight. A distribution holds runs by level: as
 * soon as a level has 16 of them they are merged to one of the level above, so that n runs cost n log n whatever their order.
 *
 * Exact, a run keeps every value. As a sketch, a run of more than `2 size` values is thinned: neighbours that together
 * weigh at most 1/size of the run become the one in their weighted middle. That moves the rank of no number by more than
 * half their weight, so each thinning adds at most 1/(2 size) of the run's weight to the error, and errors add when runs
 * merge. Values that alone weigh more are never lost. What was lost is added up as it happens: the bound that a sketch
 * gives (`lost`) is proven for its own data, and is 0 while it is exact. Nothing is random.
 *
 * @see Greenwald & Khanna 2004, Power-conserving computation of order-statistics over sensor networks, PODS 2004,
 * section 3 (merge and prune), doi 10.1145/1055558.1055597
 * @see Agarwal et al. 2013, Mergeable summaries, ACM TODS 38(4), doi 10.1145/2500128
 */

/** Distinct values in increasing order, the first `count` of the arrays. */
export interface Run {
  count: number;
  values: Float64Array;
  weights: Float64Array;
  /** The rank of no number is off by more than this weight. */
  lost: number;
}

export interface Distribution {
  /** Runs of more than twice so many values are thinned when they come in; infinite when none is. */
  size: number;
  /** Runs by level, fewer than `FAN` in each. */
  levels: Run[][];
}

/** Runs of a level that make one of the next. */
const FAN = 16;

/** Merged runs are thinned less than single ones, by this factor: there are fewer of them, and their errors add. */
const FINER = 4;

/** Two sums of weights differ by rounding when by less than this part. */
const SAME_WEIGHT = 1e-12;

export function newRun(size = 16): Run {
  return { count: 0, values: new Float64Array(size), weights: new Float64Array(size), lost: 0 };
}

export function newDistribution(size: number): Distribution {
  return { size, levels: [] };
}

/** Appends a value that is greater than all before, or adds to the weight of the last one if it is the same. */
export function append(run: Run, value: number, weight: number): void {
  const last = run.count - 1;
  if (last >= 0 && run.values[last] === value) {
    run.weights[last] = (run.weights[last] as number) + weight;
    return;
  }
  if (run.count === run.values.length) reserve(run, 2 * run.count + 16);
  run.values[run.count] = value;
  run.weights[run.count++] = weight;
}

/** Room for `count` values in all. */
function reserve(run: Run, count: number): void {
  if (run.values.length >= count) return;
  const values = new Float64Array(count);
  const weights = new Float64Array(count);
  values.set(run.values.subarray(0, run.count));
  weights.set(run.weights.subarray(0, run.count));
  run.values = values;
  run.weights = weights;
}

/** Adds a run to a distribution, which keeps it: at `level` 0 as it comes from a tile, higher when it was merged before. */
export function addRun(into: Distribution, run: Run, level = 0): void {
  if (level === 0) thin(run, into.size);
  while (into.levels.length <= level) into.levels.push([]);
  const runs = into.levels[level] as Run[];
  runs.push(run);
  if (runs.length < FAN) return;
  into.levels[level] = [];
  const merged = mergeAll(runs);
  thin(merged, into.size * FINER);
  addRun(into, merged, level + 1);
}

/** Adds all runs of `from`, which keeps its own, to `into`. */
export function mergeDistributions(into: Distribution, from: Distribution): void {
  for (const [level, runs] of from.levels.entries()) {
    for (const run of runs) addRun(into, copyRun(run), level);
  }
}

export function clearRun(run: Run): void {
  run.count = 0;
  run.lost = 0;
}

/** A run of its own, without spare room. */
export function copyRun({ count, values, weights, lost }: Run): Run {
  return { count, values: values.slice(0, count), weights: weights.slice(0, count), lost };
}

/** All of a distribution as one run; what it holds stays as it is. */
export function wholeRun(distribution: Distribution): Run {
  const runs = distribution.levels.flat();
  return runs.length === 0 ? newRun() : mergeAll(runs);
}

/** The rank of no number is off by more than this weight. */
export function lostOf({ levels }: Distribution): number {
  let lost = 0;
  for (const runs of levels) for (const run of runs) lost += run.lost;
  return lost;
}

/** One run of several, neighbours first: always in the same order, so that sums of weights come out the same. */
function mergeAll(runs: readonly Run[]): Run {
  let left = runs;
  while (left.length > 1) {
    const merged: Run[] = [];
    for (let i = 0; i < left.length; i += 2) {
      const [a, b] = [left[i] as Run, left[i + 1]];
      merged.push(b === undefined ? a : mergeTwo(a, b));
    }
    left = merged;
  }
  return left[0] as Run;
}

/** One loop over two sorted lists. */
export function mergeTwo(a: Run, b: Run): Run {
  const run = newRun(a.count + b.count);
  const { values, weights } = run;
  let [i, j, count] = [0, 0, 0];
  while (i < a.count && j < b.count) {
    const left = a.values[i] as number;
    const right = b.values[j] as number;
    values[count] = Math.min(left, right);
    weights[count++] = (left <= right ? (a.weights[i] as number) : 0) + (right <= left ? (b.weights[j] as number) : 0);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  for (; i < a.count; i++, count++) {
    values[count] = a.values[i] as number;
    weights[count] = a.weights[i] as number;
  }
  for (; j < b.count; j++, count++) {
    values[count] = b.values[j] as number;
    weights[count] = b.weights[j] as number;
  }
  run.count = count;
  run.lost = a.lost + b.lost;
  return run;
}

/** Thins a run of more than 2 `size` + 1 values in place, to about `size` and at most 2 `size` + 1. */
export function thin(run: Run, size: number): void {
  if (run.count <= 2 * size + 1) return;
  const { values, weights } = run;
  const most = sumOf(weights, run.count) / size;
  let kept = 0;
  let worst = 0;
  for (let begin = 0; begin < run.count; ) {
    let weight = weights[begin] as number;
    let end = begin + 1;
    while (end < run.count && weight + (weights[end] as number) <= most) weight += weights[end++] as number;
    let middle = begin;
    let below = 0;
    while (below + (weights[middle] as number) < weight / 2) below += weights[middle++] as number;
    worst = Math.max(worst, below, weight - below - (weights[middle] as number));
    values[kept] = values[middle] as number;
    weights[kept++] = weight;
    begin = end;
  }
  run.count = kept;
  run.lost += worst;
}

/** Stretches of values, both ends included, in increasing order and apart. */
export type Windows = readonly (readonly [low: number, high: number])[];

/**
 * Keeps values within `windows` and puts all that lie between two of them together, so that ranks within the windows
 * stay exact: below the first one as -Infinity, above the last as Infinity, else as a value in the middle of the gap.
 */
export function keepWithin(run: Run, windows: Windows): void {
  const { count, values, weights } = run;
  run.count = 0;
  let next = 0; // the first window that does not lie below the value
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    while (next < windows.length && ((windows[next] as readonly number[])[1] as number) < value) next++;
    const [low, high] = [windows[next]?.[0] ?? Infinity, windows[next - 1]?.[1] ?? -Infinity];
    append(
      run,
      value >= low ? value : low === Infinity ? Infinity : high === -Infinity ? high : high / 2 + low / 2,
      weights[i] as number,
    );
  }
}

function sumOf(numbers: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += numbers[i] as number;
  return sum;
}

/**
 * The least value up to which at least `p` of the weight lies; where that is `p` to the last rounding, the mean of it and
 * the next: the median of 1, 2, 3, 4 is 2.5.
 * @param p 0 to 1; 0 is the least value and 1 the greatest
 * @returns `null` for a run without values
 * @throws RangeError when `p` is out of 0 to 1
 * @see Hyndman & Fan 1996, Sample quantiles in statistical packages, Am. Stat. 50, 361-365, definition 2, with weights
 * in the place of counts, doi 10.1080/00031305.1996.10473566
 */
export function weightedQuantile(run: Run, p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile ${p}: expected a share from 0 to 1`);
  const { count, values, weights } = run;
  if (count === 0) return null;
  const total = sumOf(weights, count);
  const target = p * total;
  const close = SAME_WEIGHT * total;
  let sum = 0;
  for (let i = 0; i < count - 1; i++) {
    sum += weights[i] as number;
    if (sum < target - close) continue;
    const value = values[i] as number;
    return sum <= target + close && p > 0 ? value / 2 + (values[i + 1] as number) / 2 : value;
  }
  return values[count - 1] as number;
}

/**
 * Values between which the quantile of the data certainly lies, for all that a sketch has lost.
 * @returns both ends included; infinite where the sketch cannot say
 */
export function quantileLimits(run: Run, p: number): readonly [low: number, high: number] {
  const total = sumOf(run.weights, run.count);
  const off = run.lost + SAME_WEIGHT * total;
  let [low, high] = [-Infinity, Infinity];
  let sum = 0;
  for (let i = 0; i < run.count && high === Infinity; i++) {
    sum += run.weights[i] as number;
    if (sum < p * total - off) low = run.values[i] as number;
    if (sum > p * total + off) high = run.values[i] as number;
  }
  return [low, high];
}
