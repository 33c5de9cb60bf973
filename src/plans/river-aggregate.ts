/** Many numbers as one, by the names that Pywr has for it: "mean", or `{ "func": "percentile", "args": [95] }`. */
import { isJson } from './river-fields.ts';

export type Aggregate = (values: ArrayLike<number>) => number;

const listed = (values: ArrayLike<number>): number[] => Array.from(values);
const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
};

/** A percentile between values, by straight lines (numpy's "linear"). */
export function percentile(values: ArrayLike<number>, percent: number): number {
  const sorted = listed(values).sort((a, b) => a - b);
  const at = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
  return a + (b - a) * (at - low);
}

/** Per cent of values below a score, ties by rank. */
function percentileOfScore(values: ArrayLike<number>, score: number): number {
  const all = listed(values);
  const below = all.filter((value) => value < score).length;
  const upTo = all.filter((value) => value <= score).length;
  return ((below + upTo + (below < upTo ? 1 : 0)) * 50) / all.length;
}

const PLAIN: Record<string, Aggregate> = {
  sum,
  min: (values) => listed(values).reduce((a, b) => Math.min(a, b), Infinity),
  max: (values) => listed(values).reduce((a, b) => Math.max(a, b), -Infinity),
  mean: (values) => sum(values) / values.length,
  median: (values) => percentile(values, 50),
  product: (values) => listed(values).reduce((a, b) => a * b, 1),
  count_nonzero: (values) => listed(values).filter((value) => value !== 0).length,
  count: (values) => values.length,
};

export const AGGREGATE_NAMES = [...Object.keys(PLAIN), 'percentile', 'percentileofscore'].join(', ');

/** The aggregate that `given` names; null where it names none. */
export function aggregateNamed(given: unknown): Aggregate | null {
  if (typeof given === 'string') return PLAIN[given.toLowerCase()] ?? null;
  if (!isJson(given)) return null;
  const name = String(given.func).toLowerCase();
  const args = Array.isArray(given.args) ? given.args : [];
  const named = isJson(given.kwargs) ? given.kwargs : {};
  const number = Number(args[0] ?? named.q ?? named.score);
  if (name === 'percentile') return (values) => percentile(values, number);
  if (name === 'percentileofscore') return (values) => percentileOfScore(values, number);
  return PLAIN[name] ?? null;
}

/** `aggregate` of the numbers there are; NaN where there are none. */
export function withoutMissing(aggregate: Aggregate): Aggregate {
  return (values) => {
    const there = listed(values).filter((value) => !Number.isNaN(value));
    return there.length === 0 ? Number.NaN : aggregate(there);
  };
}
