import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addRun,
  append,
  type Distribution,
  keepWithin,
  mergeDistributions,
  mergeTwo,
  newDistribution,
  newRun,
  quantileLimits,
  type Run,
  thin,
  weightedQuantile,
  wholeRun,
} from '../../src/science/quantiles.ts';

const runs = { seed: 20130101, numRuns: 200 };
type Pair = [value: number, weight: number];

/** A run of values in any order. */
function runOf(pairs: readonly Pair[]): Run {
  const run = newRun();
  for (const [value, weight] of pairs.toSorted(([a], [b]) => a - b)) append(run, value, weight);
  return run;
}

const pairsOf = ({ count, values, weights }: Run): Pair[] =>
  Array.from({ length: count }, (_, i) => [values[i] as number, weights[i] as number]);

/** Weight up to and with `x`. */
const rank = (pairs: readonly Pair[], x: number): number =>
  pairs.reduce((sum, [value, weight]) => sum + (value <= x ? weight : 0), 0);

const total = (pairs: readonly Pair[]): number => pairs.reduce((sum, [, weight]) => sum + weight, 0);

const pairs = fc.array(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.double({ min: 0.01, max: 3, noNaN: true })), {
  minLength: 1,
  maxLength: 120,
});
const whole = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 })), {
  minLength: 1,
  maxLength: 60,
});

describe('weightedQuantile', () => {
  test.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.25, 1.5],
    [[1, 2, 3, 4], 0.3, 2],
    [[1, 2, 3], 0.5, 2],
    [[1, 2, 3], 0, 1],
    [[1, 2, 3], 1, 3],
    [[7], 0.5, 7],
  ])('%j at %d is %d (Hyndman & Fan 1996, definition 2)', (values, p, expected) => {
    expect(weightedQuantile(runOf(values.map((value): Pair => [value, 1])), p)).toBe(expected);
  });

  test('a weight of three is three cells', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 20 }), (some, twentieths) => {
        const repeated = some.flatMap(([value, weight]): Pair[] => Array(weight).fill([value, 1]));
        const sorted = repeated.map(([value]) => value).toSorted((a, b) => a - b);
        const at = (twentieths * sorted.length) / 20; // definition 2, written out
        const exact = Number.isInteger(at) && at > 0 && at < sorted.length;
        const i = Math.max(Math.ceil(at) - 1, 0);
        const expected = exact ? ((sorted[at - 1] as number) + (sorted[at] as number)) / 2 : sorted[i];
        return weightedQuantile(runOf(some), twentieths / 20) === expected;
      }),
      runs,
    );
  });

  test('a share out of 0 to 1 is refused, and nothing has no quantile', () => {
    expect(() => weightedQuantile(newRun(), 1.1)).toThrow('quantile 1.1');
    expect(() => weightedQuantile(newRun(), Number.NaN)).toThrow('quantile NaN');
    expect(weightedQuantile(newRun(), 0.5)).toBeNull();
  });
});

describe('runs', () => {
  test('merging puts equal values together', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(pairsOf(mergeTwo(runOf(a), runOf(b)))).toEqual(pairsOf(runOf([...a, ...b])));
      }),
      runs,
    );
  });

  test('thinning moves no rank by more than it says, and that by no more than half a part', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 2, max: 20 }), (some, size) => {
        const run = runOf(some);
        thin(run, size);
        expect(run.count).toBeLessThanOrEqual(2 * size + 1);
        expect(run.lost).toBeLessThanOrEqual((total(some) / size / 2) * (1 + 1e-12));
        expect(Math.abs(total(pairsOf(run)) - total(some))).toBeLessThan(1e-10);
        for (const [x] of some) {
          for (const at of [x, x - 0.5])
            expect(Math.abs(rank(pairsOf(run), at) - rank(some, at))).toBeLessThanOrEqual(run.lost + 1e-10);
        }
      }),
      runs,
    );
  });

  test('a value that weighs more than a part is never lost', () => {
    const run = runOf([...Array.from({ length: 100 }, (_, i): Pair => [i, 1]), [50.5, 40]]);
    thin(run, 10);
    expect(pairsOf(run)).toContainEqual([50.5, 40]);
  });

  test('within windows ranks stay what they are', () => {
    fc.assert(
      fc.property(pairs, fc.uniqueArray(fc.integer({ min: -300, max: 300 }), { minLength: 4, maxLength: 4 }), (some, ends) => {
        const [a, b, c, d] = ends.toSorted((x, y) => x - y) as [number, number, number, number];
        const run = runOf(some);
        keepWithin(run, [
          [a, b],
          [c, d],
        ]);
        const left = pairsOf(run);
        for (const [x] of some) {
          if ((x >= a && x <= b) || (x >= c && x <= d)) expect(Math.abs(rank(left, x) - rank(some, x))).toBeLessThan(1e-10);
        }
        expect(left.filter(([x]) => !((x >= a && x <= b) || (x >= c && x <= d))).length).toBeLessThanOrEqual(3);
      }),
      runs,
    );
  });
});

describe('distributions', () => {
  const filled = (size: number, parts: readonly (readonly Pair[])[]): Distribution => {
    const distribution = newDistribution(size);
    for (const part of parts) addRun(distribution, runOf(part));
    return distribution;
  };

  test('exact: all values of all runs, however many', () => {
    fc.assert(
      fc.property(fc.array(whole, { minLength: 1, maxLength: 70 }), (parts) => {
        const run = wholeRun(filled(Infinity, parts));
        expect(run.lost).toBe(0);
        expect(pairsOf(run)).toEqual(pairsOf(runOf(parts.flat())));
      }),
      { ...runs, numRuns: 40 },
    );
  });

  test('a sketch errs by no more than it says, and holds the quantile in its limits', () => {
    const parts = fc.array(pairs, { minLength: 1, maxLength: 90 });
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), (some, p) => {
        const all = some.flat();
        const run = wholeRun(filled(8, some));
        for (const [x] of all) expect(Math.abs(rank(pairsOf(run), x) - rank(all, x))).toBeLessThanOrEqual(run.lost + 1e-8);
        const [low, high] = quantileLimits(run, p);
        const exact = weightedQuantile(runOf(all), p) as number;
        expect(low <= exact && exact <= high).toBe(true);
      }),
      { ...runs, numRuns: 40 },
    );
  });

  test('merging a thousand runs of 1024 keeps the error under 0.1 %', () => {
    let seed = 7;
    const distribution = newDistribution(1024);
    let count = 0;
    for (let r = 0; r < 1000; r++) {
      const run = newRun();
      let value = r / 1000;
      for (let i = 0; i < 5000; i++) {
        seed = (1664525 * seed + 1013904223) % 2 ** 32;
        value += seed / 2 ** 32;
        append(run, value, 1);
        count++;
      }
      addRun(distribution, run);
    }
    const run = wholeRun(distribution);
    expect(run.lost).toBeGreaterThan(0);
    expect(run.lost / count).toBeLessThan(0.001);
    expect(run.count).toBeLessThan(300_000);
  });

  test('merging is associative: exactly where exact, within the bound where not', () => {
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        const [left, right] = [newDistribution(Infinity), newDistribution(Infinity)];
        const [da, db, dc] = [a, b, c].map((part) => filled(Infinity, [part])) as [Distribution, Distribution, Distribution];
        mergeDistributions(left, da);
        mergeDistributions(left, db);
        mergeDistributions(left, dc);
        mergeDistributions(db, dc);
        mergeDistributions(right, da);
        mergeDistributions(right, db);
        expect(pairsOf(wholeRun(left))).toEqual(pairsOf(wholeRun(right)));
      }),
      runs,
    );
  });
});
