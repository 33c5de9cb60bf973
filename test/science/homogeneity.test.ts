import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buishandRange, buishandU, type ChangePoint, pettitt, snht } from '../../src/science/homogeneity.ts';

const tests: [string, (values: ArrayLike<number>) => ChangePoint][] = [
  ['pettitt', pettitt],
  ['snht', (values) => snht(values, { draws: 0 })],
  ['buishandRange', (values) => buishandRange(values, { draws: 0 })],
  ['buishandU', (values) => buishandU(values, { draws: 0 })],
];

test('four values by hand: 1, 2, 8, 9', () => {
  // ranks 1 to 4: U_1 = |2 - 5|, U_2 = |6 - 10|, U_3 = |12 - 15|
  expect(pettitt([1, 2, 8, 9])).toMatchObject({ statistic: 4, k: 2, at: 1, before: 1.5, after: 8.5, p: 2 * Math.exp(-96 / 80) });
  // mean 5, squares 16 + 9 + 9 + 16 = 50: s = sqrt(50 / 3); S = -4, -7, -4
  const s = Math.sqrt(50 / 3);
  expect(snht([1, 2, 8, 9], { draws: 0 }).statistic).toBeCloseTo((49 / s ** 2) * (1 / 2 + 1 / 2), 12);
  expect(buishandRange([1, 2, 8, 9], { draws: 0 }).statistic).toBeCloseTo(7 / s / 2, 12);
  expect(buishandU([1, 2, 8, 9], { draws: 0 }).statistic).toBeCloseTo((16 + 49 + 16) / s ** 2 / 20, 12);
});

describe.each(tests)('%s', (_, run) => {
  test('missing values are left out, and the place is that in what was given', () => {
    const gap = run([1, Number.NaN, 2, Number.NaN, 8, 9]);
    expect(gap).toMatchObject({ n: 4, k: 2, at: 2, statistic: run([1, 2, 8, 9]).statistic });
  });

  test('equal values have no change, one value says nothing', () => {
    expect(run([3, 3, 3, 3])).toMatchObject({ k: 0, at: -1, before: 3, after: 3 });
    expect(run([3]).p).toBeNaN();
    expect(run([]).k).toBe(0);
  });

  test('turned upside down, shifted or scaled the change stays where it is; turned round in time it is mirrored', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 4, maxLength: 30 }), (values) => {
        fc.pre(new Set(values).size > 1);
        const own = run(values);
        for (const other of [run(values.map((value) => -value)), run(values.map((value) => value * 8))]) {
          expect(other.statistic).toBeCloseTo(own.statistic, 8);
          expect([other.at, ...other.ties].some((at) => [own.at, ...own.ties].includes(at))).toBe(true);
        }
        expect(run(values.map((value) => value + 128)).statistic).toBeCloseTo(own.statistic, 8);
        expect(run(values.toReversed()).statistic).toBeCloseTo(own.statistic, 8);
      }),
      { numRuns: 60 },
    );
  });
});

test('drawn probabilities: the same of the same seed, near published critical values', () => {
  // Alexandersson & Moberg 1997, doi 10.1002/(SICI)1097-0088(199701)17:1<25::AID-JOC103>3.0.CO;2-J: T0 of 95 % for n = 50 is 8.45;
  // Buishand 1982, table 1: R/sqrt(n) of 95 % for n = 50 is 1.55 (s by n)
  const values = Array.from({ length: 50 }, (_, i) => Math.sin(i * 12.9898) * 10 + (i < 25 ? 0 : 3.2));
  const own = snht(values, { draws: 4000, seed: 7 });
  expect(own).toEqual(snht(values, { draws: 4000, seed: 7 }));
  expect(own.pBy).toBe('seeded-draws');
  const near = (found: typeof snht, limit: number): void => {
    // a series whose statistic is at the limit: a step of the right size found by halving
    const base = Array.from({ length: 50 }, (_, i) => Math.sin(i * 78.233));
    let [low, high] = [0, 5];
    const stepped = (size: number): number[] => base.map((value, i) => value + (i < 25 ? 0 : size));
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (found(stepped(middle), { draws: 0 }).statistic < limit) low = middle;
      else high = middle;
    }
    const { p } = found(stepped(high), { draws: 4000, seed: 3 });
    expect(p).toBeGreaterThan(0.035);
    expect(p).toBeLessThan(0.065);
  };
  near(snht, 8.45);
  near(buishandRange, 1.55 * Math.sqrt(49 / 50));
  expect(snht(values, { draws: 0 }).p).toBeNaN();
});
