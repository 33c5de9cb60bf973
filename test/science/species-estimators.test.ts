import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accumulateColeman, accumulateIndividuals, accumulateUnits } from '../../src/science/species-accumulation.ts';
import {
  ace,
  chancesInPart,
  chao1,
  chao2,
  fisherAlpha,
  rarefiedRichness,
  richnessInterval,
  speciesPool,
} from '../../src/science/species-estimators.ts';

/** All sets of `size` of the things. */
function sets<T>(things: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return things.flatMap((thing, i) => sets(things.slice(i + 1), size - 1).map((rest) => [thing, ...rest]));
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const spread = (values: readonly number[]): number => Math.sqrt(mean(values.map((one) => (one - mean(values)) ** 2)));

test('rarefied richness and its deviation are those over all parts of the sample', () => {
  for (const counts of [
    [2, 1, 1],
    [3, 2, 1, 1],
    [4, 4],
  ]) {
    const all = counts.flatMap((count, kind) => Array<number>(count).fill(kind));
    for (let size = 1; size < all.length; size++) {
      const found = sets([...all.keys()], size).map((part) => new Set(part.map((i) => all[i])).size);
      const { value, error } = rarefiedRichness(counts, size);
      expect(value).toBeCloseTo(mean(found), 12);
      expect(error).toBeCloseTo(spread(found), 7);
    }
  }
});

test('chances of species in a part sum to its richness; a part as large as the sample holds all', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 0, max: 400 }), (of, size) => {
      const sum = chancesInPart(of, size).reduce((all, chance) => all + chance, 0);
      expect(sum).toBeCloseTo(rarefiedRichness(of, size).value, 9);
    }),
  );
  expect(rarefiedRichness([3, 1, 0], 4)).toEqual({ value: 2, error: 0 });
});

test('Chao1: nothing seen once adds nothing and is certain; by hand for f1 = f2 = 1', () => {
  expect(chao1([5, 4, 3])).toEqual({ value: 3, error: 0 });
  expect(chao1([1, 2]).error ** 2).toBeCloseTo(1 / 16 - 1 / 32, 15);
  expect(chao1([])).toEqual({ value: 0, error: 0 });
});

/** ACE as a function of how many species have 1, 2, … 10 individuals, and how many more. O'Hara 2005 */
function aceOf(f: readonly number[], abundant: number): number {
  const species = f.reduce((sum, one) => sum + one, 0);
  const n = f.reduce((sum, one, i) => sum + (i + 1) * one, 0);
  const pairs = f.reduce((sum, one, i) => sum + (i + 1) * i * one, 0);
  const coverage = 1 - (f[0] as number) / n;
  const gamma = Math.max(0, ((species / coverage) * pairs) / (n * (n - 1)) - 1);
  return abundant + species / coverage + ((f[0] as number) / coverage) * gamma;
}

test('ACE: its error is that of the delta method with differences in place of the gradient', () => {
  for (const [f, abundant] of [
    [[31, 18, 9, 6, 6, 4, 1, 1, 1, 1], 15],
    [[1, 5, 1, 2, 3, 0, 0, 1, 0, 0], 0],
    [[4, 0, 3, 0, 0, 0, 2, 0, 0, 0], 2],
  ] as const) {
    const counts = [...f.flatMap((n, i) => Array<number>(n).fill(i + 1)), ...Array<number>(abundant).fill(40)];
    const value = aceOf(f, abundant);
    const slopes = f.map((_, i) => {
      const at = (step: number): number =>
        aceOf(
          f.map((n, k) => (k === i ? n + step : n)),
          abundant,
        );
      return (at(1e-5) - at(-1e-5)) / 2e-5;
    });
    const squares = slopes.reduce((sum, slope, i) => sum + slope * slope * (f[i] as number), abundant);
    const sum = slopes.reduce((all, slope, i) => all + slope * (f[i] as number), abundant);
    const found = ace(counts);
    expect(found.value).toBeCloseTo(value, 10);
    expect(found.error ** 2).toBeCloseTo(squares - (sum * sum) / value, 4);
  }
});

test('ACE: without species seen once nothing is missing; where all rare ones were seen once nothing is known', () => {
  expect(ace([2, 2, 3, 50])).toEqual({ value: 4, error: 0 });
  expect(ace([40, 20])).toEqual({ value: 2, error: 0 });
  expect(ace([1, 1, 60])).toEqual({ value: Number.NaN, error: Number.NaN });
});

test("Fisher's α solves its equation, and has no value for one species", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 60 }), (counts) => {
      const total = counts.reduce((sum, one) => sum + one, 0);
      fc.pre(total > counts.length);
      const alpha = fisherAlpha(counts);
      expect((alpha * Math.log1p(total / alpha)) / counts.length).toBeCloseTo(1, 9);
    }),
  );
  expect(fisherAlpha([7])).toBeNaN();
  expect(fisherAlpha([1, 1, 1])).toBe(Number.POSITIVE_INFINITY);
});

const UNITS = [
  [1, 0, 1, 1, 0],
  [0, 0, 1, 1, 0],
  [1, 1, 0, 1, 0],
  [0, 0, 1, 0, 1],
];

test('the first jackknife and its error are those of leaving out each unit', () => {
  const richness = (units: readonly number[][]): number =>
    new Set(units.flatMap((unit) => unit.flatMap((n, i) => (n > 0 ? [i] : [])))).size;
  const n = UNITS.length;
  const without = UNITS.map((_, i) => richness(UNITS.filter((_, k) => k !== i)));
  const { jackknife1, observed, chao } = speciesPool(UNITS);
  expect(jackknife1.value).toBeCloseTo(n * observed - (n - 1) * mean(without), 12);
  expect(jackknife1.error ** 2).toBeCloseTo((n - 1) * spread(without) ** 2, 12);
  expect(chao).toEqual(chao2(n, [2, 1, 3, 3, 1]));
  expect(chao.value).toBeCloseTo(5 + (0.75 * 2 * 2) / 2, 12);
});

test('the interval of a richness begins with what was seen, and closes where nothing is missing', () => {
  expect(richnessInterval(12, { value: 12, error: 0 })).toEqual({ low: 12, high: 12 });
  const { low, high } = richnessInterval(12, { value: 20, error: 6 });
  expect(low).toBeGreaterThan(12);
  expect((low - 12) * (high - 12)).toBeCloseTo(64, 9); // about the estimate on a logarithmic scale
});

test('accumulation is the mean over all sets of units; its deviation is 0 with all of them', () => {
  const found = accumulateUnits(UNITS);
  found.forEach(({ units, value }) => {
    const numbers = sets(UNITS, units).map(
      (part) => part[0]?.filter((_, i) => part.some((unit) => (unit[i] as number) > 0)).length ?? 0,
    );
    expect(value).toBeCloseTo(mean(numbers), 12);
  });
  expect(found.at(-1)).toMatchObject({ value: 5, error: 0 });
  expect(accumulateColeman(UNITS)[0]?.value).toBeCloseTo(5 - (0.75 ** 2 + 0.75 + 2 * 0.75 ** 3 + 0.75), 12);
  expect(accumulateIndividuals(UNITS).at(-1)).toMatchObject({ individuals: 10, value: 5 });
});

test('individuals of 1, 2, … units are rounded as vegan rounds them, where half of 201 in 18 units stands between', () => {
  // specaccum(sipoo, "rarefaction")$individuals of vegan 2.6-4
  const units = Array.from({ length: 18 }, (_, i) => [i === 0 ? 14 : 11]);
  const drawn = [11, 22, 34, 45, 56, 67, 78, 89, 101, 112, 123, 134, 145, 156, 168, 179, 190, 201];
  expect(accumulateIndividuals(units).map(({ individuals }) => individuals)).toEqual(drawn);
});

test('what is no count is named', () => {
  expect(() => chao1([1, 2.5])).toThrow('2.5');
  expect(() => speciesPool([[1, 2], [1]])).toThrow('same species');
  expect(() => rarefiedRichness([3, 2], 1.5)).toThrow('1.5');
});
