import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binomialChance, hypergeometricChance } from '../../src/science/binomial.ts';
import {
  asymptoticDiversity,
  diversityAt,
  diversityAtCoverage,
  observedDiversity,
  sampleCoverage,
  sizeAtCoverage,
} from '../../src/science/diversity.ts';
import { curveSizes, diversityCurve } from '../../src/science/diversity-curve.ts';
import { abundanceSample, incidenceSample } from '../../src/science/diversity-sample.ts';
import { hillNumber, renyiEntropy, tsallisEntropy } from '../../src/science/hill.ts';

const counts = fc
  .array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 })
  .filter((all) => all.some((count) => count > 0));
const orders = fc.constantFrom(0, 0.5, 1, 1.5, 2, 3);

/** Girdled canopies, Sackett et al. 2011, Ecol. Monogr. 81, as in Hsieh, Ma & Chao 2016. */
const girdled = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];

describe('Hill numbers', () => {
  test('kinds equally common count as they are, whatever the order', () => {
    for (const order of [0, 0.5, 1, 2, 7, Number.POSITIVE_INFINITY]) expect(hillNumber([5, 5, 5, 0], order)).toBeCloseTo(3, 12);
  });

  test('by hand: 1/2, 1/4, 1/4 at order 2 is 8/3; Shannon has 1.5 bit', () => {
    expect(hillNumber([2, 1, 1], 2)).toBeCloseTo(8 / 3, 14);
    expect(hillNumber([2, 1, 1], 1)).toBeCloseTo(2 ** 1.5, 14);
    expect(renyiEntropy([2, 1, 1], 2)).toBeCloseTo(Math.log(8 / 3), 14);
    expect(tsallisEntropy([2, 1, 1], 2)).toBeCloseTo(5 / 8, 14);
  });

  test('a rising order never counts more, and near 1 there is no step', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const profile = [0, 0.5, 1 - 2e-6, 1, 1 + 2e-6, 2, 5, Number.POSITIVE_INFINITY].map((order) => hillNumber(all, order));
        profile.slice(1).forEach((value, i) => {
          expect(value).toBeLessThanOrEqual((profile[i] as number) * (1 + 1e-9));
        });
        expect(Math.abs((profile[2] as number) / (profile[4] as number) - 1)).toBeLessThan(1e-4);
      }),
    );
  });

  test('what is no count is refused, nothing is no diversity', () => {
    expect(() => hillNumber([1, -1], 1)).toThrow('count 2 is -1');
    expect(() => hillNumber([1], -1)).toThrow('order');
    expect(hillNumber([0, 0], 0)).toBe(0);
  });
});

describe('chances of draws', () => {
  test('by hand: 2 hits in 10 at 0.3; 1 marked among 4 of 10 with 3 marked', () => {
    expect(binomialChance(2, 10, 0.3)).toBeCloseTo(45 * 0.09 * 0.7 ** 8, 15);
    expect(hypergeometricChance(1, 3, 10, 4)).toBeCloseTo(0.5, 15);
  });

  test('they sum to one, in large populations, too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 60 }),
        (all, share, x) => {
          const marked = Math.min(x, all);
          const draws = Math.floor(share * all);
          let sum = 0;
          for (let k = 0; k <= marked; k++) sum += hypergeometricChance(k, marked, all, draws);
          expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
        },
      ),
    );
  });
});

describe('diversity of a sample', () => {
  test('spiders of girdled canopies as printed: 26 kinds, coverage 0.9289, Chao1 43.893, Shannon 2.627, Simpson 0.878', () => {
    const sample = abundanceSample(girdled);
    expect(sample).toMatchObject({ size: 168, observed: 26, once: 12, twice: 4 });
    expect(sampleCoverage(sample)).toBeCloseTo(0.9289, 4);
    expect(asymptoticDiversity(sample, 0)).toBeCloseTo(43.893, 3);
    expect(Math.log(asymptoticDiversity(sample, 1))).toBeCloseTo(2.627, 3);
    expect(1 - 1 / asymptoticDiversity(sample, 2)).toBeCloseTo(0.878, 3);
  });

  test('by hand: two of [2, 1] are of one kind in one of three pairs', () => {
    const sample = abundanceSample([2, 1]);
    expect(diversityAt(sample, 2, 0)).toBeCloseTo(1 + 2 / 3, 14);
    expect(diversityAt(sample, 1, 0)).toBeCloseTo(1, 14);
    expect(diversityAt(sample, 1.5, 0)).toBeCloseTo(1 + 1 / 3, 14);
    // Coverage of one individual: Σ p² of pairs without replacement, 1/3.
    expect(sampleCoverage(sample, 1)).toBeCloseTo(1 / 3, 14);
  });

  test('the tail keeps its digits where few were seen once: mpmath with 60 digits gives 44.90967322785068', () => {
    // Entropy with f1 = 2, f2 = 60: the published difference has none left; here it moves with the counts without a jump.
    const many = [...Array(60).fill(2), ...Array(40).fill(9)];
    const values = [0, 1, 2, 3].map((once) => asymptoticDiversity(abundanceSample([...many, ...Array(once).fill(1)]), 1));
    values.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThan(values[i] as number);
      expect(value - (values[i] as number)).toBeLessThan(1.5);
    });
  });

  test('one kind, one individual, none seen once, all seen once: sensible', () => {
    expect(diversityAt(abundanceSample([10]), 20, 1)).toBe(1);
    expect(diversityAt(abundanceSample([1]), 2, 0)).toBe(1);
    const complete = abundanceSample([5, 4, 3, 2, 2]);
    expect([sampleCoverage(complete), asymptoticDiversity(complete, 0)]).toEqual([1, 5]);
    const all = abundanceSample([1, 1, 1, 1, 1]);
    expect(asymptoticDiversity(all, 0)).toBeCloseTo(13, 12);
    expect(asymptoticDiversity(all, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(sizeAtCoverage(complete, 1)).toBe(16);
    expect(sizeAtCoverage(abundanceSample([3, 1]), 1)).toBe(4);
    expect(sizeAtCoverage(abundanceSample(girdled), 1)).toBe(Number.POSITIVE_INFINITY);
    expect(diversityAtCoverage(abundanceSample(girdled), 1, 0).diversity).toBeCloseTo(43.893, 3);
  });

  test('bad input is named', () => {
    expect(() => abundanceSample([1, 2.5])).toThrow('count 2 is 2.5');
    expect(() => abundanceSample([0, 0])).toThrow('nothing was counted');
    expect(() => incidenceSample(5, [3, 6])).toThrow('count 2 is 6; there are 5');
    expect(() => incidenceSample(0, [])).toThrow('sampling units');
    expect(() => diversityAt(abundanceSample([1]), 0, 0)).toThrow('more than 0');
    expect(() => sizeAtCoverage(abundanceSample([1]), 0)).toThrow('coverage');
  });

  test('a curve rises with size and coverage, meets the sample, and ends below what it tends to', () => {
    fc.assert(
      fc.property(counts, orders, fc.boolean(), (all, order, units) => {
        const sample = units ? incidenceSample(60, all) : abundanceSample(all);
        const sizes = curveSizes(sample.size, { knots: 12 });
        const values = sizes.map((size) => diversityAt(sample, size, order));
        values.slice(1).forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((values[i] as number) * (1 - 1e-9));
        });
        const seen = values[sizes.indexOf(sample.size)] as number;
        expect(Math.abs(seen / observedDiversity(sample, order) - 1)).toBeLessThan(1e-10);
        expect(values.at(-1)).toBeLessThanOrEqual(asymptoticDiversity(sample, order) * (1 + 1e-9));
        const covered = sizes.map((size) => sampleCoverage(sample, size));
        for (const [i, coverage] of covered.entries()) {
          expect(coverage).toBeGreaterThanOrEqual((covered[i - 1] ?? 0) - 1e-12);
          expect(coverage).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the size at a coverage has that coverage', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.05, max: 0.999, noNaN: true }), (all, coverage) => {
        const sample = abundanceSample(all);
        const size = sizeAtCoverage(sample, coverage);
        fc.pre(size > 1 && Number.isFinite(size));
        expect(sampleCoverage(sample, size)).toBeCloseTo(coverage, 9);
      }),
    );
  });
});

describe('intervals', () => {
  test('the same seed gives the same digits, another one does not; they hold the value', () => {
    const sample = abundanceSample(girdled);
    const once = diversityCurve(sample, { orders: [0, 1], sizes: [10, 168, 300], bootstraps: 30, seed: 5 });
    expect(diversityCurve(sample, { orders: [0, 1], sizes: [10, 168, 300], bootstraps: 30, seed: 5 })).toEqual(once);
    expect(diversityCurve(sample, { orders: [0, 1], sizes: [10, 168, 300], bootstraps: 30, seed: 6 })).not.toEqual(once);
    for (const { points } of once)
      for (const { diversity, atCoverage, coverage } of points)
        for (const { value, low, high } of [diversity, atCoverage, coverage]) {
          expect(low).toBeLessThan(value);
          expect(high).toBeGreaterThan(value);
        }
    expect(once[0]?.points.map(({ method }) => method)).toEqual(['rarefied', 'observed', 'extrapolated']);
  });

  test('without communities there are no bounds', () => {
    const [curve] = diversityCurve(abundanceSample([3, 2, 1]), { orders: [0], bootstraps: 0, seed: 1 });
    expect(curve?.points[0]?.diversity.low).toBeNaN();
    expect(() => diversityCurve(abundanceSample([1]), { bootstraps: -1, seed: 1 })).toThrow('bootstraps');
  });
});
