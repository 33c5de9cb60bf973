import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cohenKappa,
  cohenKappaOfTable,
  fleissKappa,
  fleissKappaOfCounts,
  percentageAgreement,
  type RatedUnit,
  unitsOfCoders,
} from '../../src/science/agreement.ts';
import { type AlphaLevel, krippendorffAlpha } from '../../src/science/agreement-alpha.ts';
import { bootstrapByUnit } from '../../src/science/agreement-bootstrap.ts';
import { seededRandom, shuffled } from '../../src/science/seeded-random.ts';
import { goldenJson } from './cooperation-golden.ts';

type Table = number[][];
const golden = goldenJson<{
  krippendorff: {
    data: Record<string, (number | null)[]>;
    expected: Record<AlphaLevel, number>;
    published3dp: Record<AlphaLevel, number>;
  };
  cohen: { table: Table; expected: number };
  cohenParadox: { table: Table; expected: number; table2: Table; expected2: number };
  fleiss: { ratings: Table; expected: number };
  edge: { allAgreeOneCategory: { table: Table; expected: null } };
}>('reliability', 'expected.json');

describe.skipIf(golden === null)('golden reliability', () => {
  const expected = golden as NonNullable<typeof golden>;
  test.each(['nominal', 'ordinal', 'interval', 'ratio'] as const)('alpha, %s, four coders with gaps', (level) => {
    const { value } = krippendorffAlpha(unitsOfCoders(Object.values(expected.krippendorff.data)), { level });
    expect(value).toBeCloseTo(expected.krippendorff.expected[level], 4);
    expect(value).toBeCloseTo(expected.krippendorff.published3dp[level], 3);
  });

  test('kappa of two coders, and of tables with the same agreement and other margins', () => {
    expect(cohenKappaOfTable(expected.cohen.table).value).toBeCloseTo(expected.cohen.expected, 6);
    expect(cohenKappaOfTable(expected.cohenParadox.table).value).toBeCloseTo(expected.cohenParadox.expected, 6);
    expect(cohenKappaOfTable(expected.cohenParadox.table2).value).toBeCloseTo(expected.cohenParadox.expected2, 6);
  });

  test('kappa of many coders', () => {
    expect(fleissKappaOfCounts(expected.fleiss.ratings).value).toBeCloseTo(expected.fleiss.expected, 6);
  });

  test('one category only has no kappa', () => {
    const { value, why } = cohenKappaOfTable(expected.edge.allAgreeOneCategory.table);
    expect({ value, why }).toEqual({ value: expected.edge.allAgreeOneCategory.expected, why: 'one-category' });
  });
});

describe("Cohen's kappa", () => {
  const a = [1, 1, 2, 3, 3, 2, 1, 2, 3, 3, 1, 2];
  const b = [1, 2, 2, 3, 2, 2, 1, 3, 3, 3, 2, 1];
  const units = unitsOfCoders([a, b]);

  test('plain, linear and quadratic as scikit-learn 1.9 finds them', () => {
    expect(cohenKappa(units).value).toBeCloseTo(0.375, 12);
    expect(cohenKappa(units, { weights: 'linear' }).value).toBeCloseTo(0.5161290322580645, 12);
    expect(cohenKappa(units, { weights: 'quadratic' }).value).toBeCloseTo(0.6666666666666667, 12);
  });

  test('own weights of 0 and 1 are the plain kappa', () => {
    const weights = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 0 : 1)));
    expect(cohenKappa(units, { weights }).value).toBeCloseTo(cohenKappa(units).value as number, 14);
  });

  test('a unit that one coder left is skipped and counted', () => {
    const found = cohenKappa([...units, [1, null], [null, null]]);
    expect(found).toMatchObject({ units: 12, skipped: 2, value: cohenKappa(units).value });
  });

  test('what cannot be computed is told', () => {
    expect(cohenKappa([])).toMatchObject({ value: null, why: 'no-units' });
    expect(cohenKappa([['a', 'a']])).toMatchObject({ value: null, why: 'one-category', observed: 0 });
    expect(() => cohenKappa([['a', 'b', 'c']])).toThrow('unit 1 has 3 ratings');
    expect(() => cohenKappa([['a', 'b']], { weights: 'linear' })).toThrow('order of the categories');
    expect(() => cohenKappa([['a', 'b']], { categories: ['a', 'c'] })).toThrow('"b"');
    expect(() => cohenKappaOfTable([[1, 2]])).toThrow('square');
    expect(() => cohenKappa(units, { weights: [[0]] })).toThrow('3 × 3');
  });
});

describe("Fleiss' kappa", () => {
  test('from ratings as from counts', () => {
    const units = [
      ['a', 'a', 'b'],
      ['b', 'b', 'b'],
      ['a', 'b', 'a'],
    ];
    const counts = [
      [2, 1],
      [0, 3],
      [2, 1],
    ];
    expect(fleissKappa(units).value).toBeCloseTo(fleissKappaOfCounts(counts).value as number, 14);
  });

  test('units rated by another number of coders are not mixed', () => {
    expect(
      fleissKappa([
        ['a', 'b'],
        ['a', 'b', 'a'],
      ]),
    ).toMatchObject({ value: null, why: 'unequal-raters' });
    expect(fleissKappa([['a'], ['b']])).toMatchObject({ value: null, why: 'no-units' });
    expect(
      fleissKappa([
        ['a', 'a'],
        ['a', 'a'],
        [null, null],
      ]),
    ).toMatchObject({ value: null, why: 'one-category', skipped: 1 });
  });
});

describe("Krippendorff's alpha", () => {
  const units = unitsOfCoders([
    [1, 2, 3, null, 2, 1],
    [1, 3, 3, 4, 2, null],
    [null, 2, 3, 4, 1, 1],
  ]);

  test.each([
    ['nominal', 0.6585365853658537],
    ['ordinal', 0.8696210661528581],
    ['interval', 0.8861788617886179],
    ['ratio', 0.8309499822426452],
  ] as const)('%s as the package krippendorff 0.9 finds it', (level, value) => {
    expect(krippendorffAlpha(units, { level }).value).toBeCloseTo(value, 12);
  });

  test('ranks may be words in an order', () => {
    const words = ['low', 'middle', 'high', 'highest'];
    const named = units.map((unit) => unit.map((rating) => (rating === null ? null : (words[Number(rating) - 1] as string))));
    const { value } = krippendorffAlpha(named, { level: 'ordinal', order: words });
    expect(value).toBeCloseTo(krippendorffAlpha(units, { level: 'ordinal' }).value as number, 14);
    expect(() => krippendorffAlpha(named, { level: 'ordinal', order: ['low'] })).toThrow('no place in the order');
    expect(() => krippendorffAlpha(named, { level: 'interval' })).toThrow('expected a number');
    expect(() => krippendorffAlpha([[-1, 2]], { level: 'ratio' })).toThrow('0 or more');
  });

  test('what cannot be computed is told, and single ratings are counted', () => {
    expect(
      krippendorffAlpha(
        [
          ['a', null],
          [null, 'b'],
        ],
        { level: 'nominal' },
      ),
    ).toMatchObject({ value: null, why: 'no-units', skipped: 2 });
    expect(
      krippendorffAlpha(
        [
          ['a', 'a'],
          ['b', null],
        ],
        { level: 'nominal' },
      ),
    ).toMatchObject({ value: null, why: 'one-category', skipped: 1 });
    expect(
      krippendorffAlpha(
        [
          [0, 0],
          [0, 3],
        ],
        { level: 'ratio' },
      ).value,
    ).toBe(0);
  });

  const ratings = fc.array(fc.array(fc.option(fc.integer({ min: 1, max: 4 })), { minLength: 3, maxLength: 3 }), {
    maxLength: 12,
  });
  test('neither the order of coders nor that of units matters, nor the names of categories', () => {
    fc.assert(
      fc.property(ratings, fc.constantFrom('nominal', 'ordinal', 'interval', 'ratio'), (units, level) => {
        const first = krippendorffAlpha(units, { level }).value;
        const turned = krippendorffAlpha(units.map((unit) => [...unit].reverse()).reverse(), { level }).value;
        if (first === null) expect(turned).toBeNull();
        else expect(turned).toBeCloseTo(first, 12);
        const renamed = krippendorffAlpha(
          units.map((unit) => unit.map((rating) => (rating === null ? null : `code ${rating}`))),
          { level: 'nominal' },
        );
        expect(renamed).toEqual(krippendorffAlpha(units, { level: 'nominal' }));
      }),
    );
  });

  test('full agreement is 1 at every level, and never more', () => {
    fc.assert(
      fc.property(ratings, (units) => {
        for (const level of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
          const { value } = krippendorffAlpha(units, { level });
          if (value !== null) expect(value).toBeLessThanOrEqual(1);
          const same = units.map(([rating = null]) => [rating, rating, rating]);
          const agreed = krippendorffAlpha(same, { level });
          expect(agreed.why === undefined ? agreed.value : 1).toBe(1);
        }
      }),
    );
  });
});

test('percentage agreement is that of all pairs within units', () => {
  expect(
    percentageAgreement([
      ['a', 'a', 'b'],
      ['a', 'a'],
      ['c', null],
    ]),
  ).toMatchObject({ value: 2 / 4, units: 2, ratings: 5, skipped: 1 });
  expect(percentageAgreement([['a']])).toMatchObject({ value: null, why: 'no-units' });
});

test('coders have lists of one length', () => {
  expect(() => unitsOfCoders([[1, 2], [1]])).toThrow('coder 2 has 1 ratings, coder 1 has 2');
});

describe('bootstrap over units', () => {
  const units: RatedUnit[] = Array.from({ length: 40 }, (_, i) => [i % 3, i % 5 === 0 ? (i + 1) % 3 : i % 3]);
  const alpha = (drawn: readonly RatedUnit[]): number | null => krippendorffAlpha(drawn, { level: 'nominal' }).value;

  test('the same seed gives the same limits, which hold the coefficient', () => {
    const first = bootstrapByUnit(units, alpha, { seed: 7, times: 300 });
    expect(first).toEqual(bootstrapByUnit(units, alpha, { seed: 7, times: 300 }));
    expect(first).not.toEqual(bootstrapByUnit(units, alpha, { seed: 8, times: 300 }));
    expect(first.low).toBeLessThan(alpha(units) as number);
    expect(first.high).toBeGreaterThan(alpha(units) as number);
  });

  test('the mean of n draws of 0 and 1 spreads as the binomial does', () => {
    const coins = Array.from({ length: 100 }, (_, i) => i % 2);
    const mean = (drawn: readonly number[]): number => drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const { low, high } = bootstrapByUnit(coins, mean, { seed: 1, times: 4000 });
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.05, 1.5);
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.05, 1.5);
  });

  test('draws without a coefficient are counted; where most are, there is no interval', () => {
    const rare: RatedUnit[] = [
      ['a', 'a'],
      ['a', 'a'],
      ['a', 'b'],
    ];
    const found = bootstrapByUnit(rare, alpha, { seed: 3, times: 400 });
    expect(found.undefinedTimes).toBeGreaterThan(60);
    expect(found.undefinedTimes).toBeLessThan(180); // (2/3)^3 of them
    expect(
      bootstrapByUnit(
        [
          ['a', 'a'],
          ['a', 'a'],
        ],
        alpha,
        { seed: 3, times: 10 },
      ),
    ).toMatchObject({ low: null, undefinedTimes: 10 });
    expect(bootstrapByUnit([1], () => 1, { seed: 1, times: 5 })).toMatchObject({ low: null, high: null });
    expect(() => bootstrapByUnit(units, alpha, { seed: 1, level: 1 })).toThrow('level');
    expect(() => bootstrapByUnit(units, alpha, { seed: 1, times: 0 })).toThrow('times');
  });
});

describe('seeded random numbers', () => {
  test('are the same for a seed, even, and lie in [0, 1)', () => {
    const random = seededRandom(42);
    const again = seededRandom(42);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const value = random();
      expect(value).toBe(again());
      bins[Math.floor(value * 10)] = (bins[Math.floor(value * 10)] ?? 0) + 1;
    }
    const chi2 = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(bins).toHaveLength(10);
    expect(chi2).toBeLessThan(27.9); // 0.1 % of 9 degrees of freedom
    expect(() => seededRandom(Number.NaN)).toThrow('finite');
  });

  test('a shuffle keeps what it is given, and each order is as likely', () => {
    const random = seededRandom(1);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
