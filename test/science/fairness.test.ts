import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gini, jain, notDominated, regrets, shortageShares } from '../../src/science/fairness.ts';

describe('fairness', () => {
  test('shortage is a part of what was asked, and nothing where nothing was asked', () => {
    expect(shortageShares([8, 3, 0], [10, 3, 0])).toEqual([1 - 8 / 10, 0, 0]);
    expect(() => shortageShares([1], [1, 2])).toThrow(RangeError);
  });

  test('gini: one who has all of n gives (n − 1)/n; 1, 2, 3, 4 gives 1/4', () => {
    expect(gini([0, 0, 0, 5])).toBeCloseTo(0.75, 12);
    expect(gini([1, 2, 3, 4])).toBeCloseTo(0.25, 12);
    expect(gini([0, 0])).toBe(0);
    expect(() => gini([-1, 2])).toThrow(RangeError);
  });

  test('gini: a weight of two counts as twice the same value', () => {
    expect(gini([1, 5], [2, 1])).toBeCloseTo(gini([1, 1, 5]), 12);
  });

  test('jain: users who get all or nothing give the part that gets (Jain 1984, section 3)', () => {
    expect(jain([1, 1, 0, 0, 0])).toBeCloseTo(0.4, 12);
    expect(jain([7, 7, 7])).toBeCloseTo(1, 12);
  });

  test('regret: the choice is the option whose worst regret is least', () => {
    const found = regrets([
      [5, 1],
      [3, 4],
      [0, 6],
    ]);
    expect(found.best).toEqual([5, 6]);
    expect(found.worst).toEqual([5, 2, 5]);
    expect(found.choice).toBe(1);
  });

  test('a point that another betters in one place and equals elsewhere is dominated', () => {
    expect(
      notDominated([
        [1, 1],
        [1, 2],
        [2, 0],
        [1, 2],
      ]),
    ).toEqual([false, true, true, true]);
  });

  test('both indices stay within their bounds and do not see the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 8 }), (values) => {
        const n = values.length;
        expect(gini(values)).toBeGreaterThanOrEqual(0);
        expect(gini(values)).toBeLessThanOrEqual((n - 1) / n + 1e-12);
        expect(jain(values)).toBeGreaterThanOrEqual(1 / n - 1e-12);
        expect(jain(values)).toBeLessThanOrEqual(1 + 1e-12);
        const double = values.map((value) => 2 * value);
        expect(gini(double)).toBeCloseTo(gini(values), 10);
        expect(jain(double)).toBeCloseTo(jain(values), 10);
      }),
    );
  });
});
