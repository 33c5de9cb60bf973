import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NODATA } from '../../src/science/land-cover.ts';
import { NO_COMPAT } from '../../src/science/land-degradation.ts';
import { dynamicsClass, dynamicsCode, productivityDynamics } from '../../src/science/land-degradation-lpd.ts';
import {
  addToReference,
  bestOfUnits,
  meanProductivity,
  mergeReferences,
  newProductivityReference,
  performanceBlock,
  performanceUnit,
} from '../../src/science/land-degradation-performance.ts';
import {
  combineProductivity,
  combineProductivityBlock,
  productivityDegradation,
  productivityOfJrc,
  productivityTable,
} from '../../src/science/land-degradation-productivity.ts';
import { decileClasses, percentile, stateBlock, stateDegradation } from '../../src/science/land-degradation-state.ts';
import { combinationTable, combinationTables, golden } from './land-data.ts';

interface Series {
  values: number[];
  state?: number;
  stateZ?: number;
}
const { series } = golden<{ series: Series[] }>('rules');
const withState = series.filter(({ state }) => state !== undefined);
const layersOf = (values: readonly number[]): Float64Array[] => values.map((value) => Float64Array.of(value));

describe('state', () => {
  test.each(withState)('series %# has the change in classes and z of the rules', ({ values, state, stateZ }) => {
    const [baseline, recent] = [layersOf(values.slice(0, -3)), layersOf(values.slice(-3))];
    expect(stateBlock(baseline, recent, { method: 'trends-earth' }).classes[0]).toBe(state);
    if (stateZ !== undefined) expect(stateBlock(baseline, recent, { method: 'gpg-v2' }).z[0]).toBeCloseTo(stateZ, 9);
  });

  test('two classes count, ten are the most, fewer than -10 are not known', () => {
    expect([-11, -10, -2, -1, 0, 1, 2, 10, NODATA].map(stateDegradation)).toEqual([NODATA, -1, -1, 0, 0, 0, 1, 1, NODATA]);
  });

  test('a change of the mean of 0.01 NDVI never counts', () => {
    const baseline = layersOf([5000, 5001, 5002, 5003]);
    const at = (mean: number): number | undefined =>
      stateBlock(baseline, layersOf([mean]), { method: 'trends-earth' }).classes[0];
    expect([at(5101.5), at(5102.5)]).toEqual([0, 5]);
  });

  test('without deviation in the baseline z is 0 for the same mean, infinite for another', () => {
    const block = (recent: number): number | undefined =>
      stateBlock(layersOf([5, 5, 5, 5]), layersOf([recent, recent, recent]), { method: 'gpg-v2' }).z[0];
    expect([block(5), block(6), block(4)]).toEqual([0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  test('percentiles lie on straight lines between the sorted values', () => {
    const sorted = Float64Array.of(0, 10, 20, 40);
    expect([0, 10, 50, 90, 100].map((p) => percentile(sorted, 4, p))).toEqual([0, 3, 15, 34, 40]);
    expect(decileClasses(Float64Array.of(40, 0, 20, 10), 4, 3, 3.1)).toEqual([1, 2]);
  });

  test('a pixel without recent years, or with two baseline years, is not known', () => {
    const of = (baseline: number[], recent: number[]): number | undefined =>
      stateBlock(layersOf(baseline), layersOf(recent), { method: 'trends-earth' }).degradation[0];
    expect([of([1, 2, 3], [NODATA, Number.NaN]), of([1, 2, NODATA], [4]), of([1, 2, 3], [4])]).toEqual([NODATA, NODATA, 0]);
    expect(() => stateBlock([], [], { method: 'gpg-v2' })).toThrow('one of the two has none');
  });
});

describe('performance', () => {
  test('a pixel below half of what the best of its unit reach is degraded, at half by the quirk', () => {
    const reference = newProductivityReference();
    const values = Float64Array.from({ length: 11 }, (_, i) => 1000 + 100 * i); // 90th percentile 1900
    addToReference(reference, values, new Int16Array(11).fill(305), 0, 11);
    const best = bestOfUnits(reference);
    expect(best.get(305)).toEqual({ p90: 1900, pixels: 11 });
    const means = Float64Array.of(949, 950, 951, 1900, Number.NaN, 951);
    const units = Int16Array.of(305, 305, 305, 305, 305, 306);
    expect([...performanceBlock(means, units, best).degradation]).toEqual([-1, -1, 0, 0, NODATA, NODATA]);
    expect(performanceBlock(means, units, best, { compat: NO_COMPAT }).degradation[1]).toBe(0);
    expect([...performanceBlock(means, units, best, { minimumPixels: 12 }).degradation]).toEqual(new Array(6).fill(NODATA));
  });

  test('a reserve that is degraded all over shows against the wider region and not against itself', () => {
    const reserve = new Float64Array(50).fill(800);
    const units = new Int16Array(50).fill(1);
    const region = Float64Array.from({ length: 500 }, (_, i) => 2000 + i);
    const [own, wide] = [newProductivityReference(), newProductivityReference()];
    addToReference(own, reserve, units, 0, 50);
    addToReference(wide, reserve, units, 0, 50);
    addToReference(wide, region, new Int16Array(500).fill(1), 0, 500);
    expect(new Set(performanceBlock(reserve, units, bestOfUnits(own)).degradation)).toEqual(new Set([0]));
    expect(new Set(performanceBlock(reserve, units, bestOfUnits(wide)).degradation)).toEqual(new Set([-1]));
  });

  test('parts of a region merge to the whole, and the percentile is that of the sorted values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 80 }), fc.nat(), (list, at) => {
        const means = Float64Array.from(list);
        const units = new Int16Array(list.length).fill(7);
        const cut = at % (list.length + 1);
        const [whole, a, b] = [newProductivityReference(), newProductivityReference(), newProductivityReference()];
        addToReference(whole, means, units, 0, list.length);
        addToReference(a, means, units, 0, cut);
        addToReference(b, means, units, cut, list.length);
        mergeReferences(a, b);
        expect(bestOfUnits(a)).toEqual(bestOfUnits(whole));
        expect(bestOfUnits(whole).get(7)?.p90).toBeCloseTo(percentile(means.slice().sort(), list.length, 90), 8);
      }),
    );
  });

  test('productivity 0 and pixels without a unit are left out and counted; another scale is refused', () => {
    const reference = newProductivityReference();
    addToReference(reference, Float64Array.of(0, Number.NaN, 5, 5), Int16Array.of(1, 1, NODATA, 2), 0, 4);
    expect([reference.skipped, [...reference.units.keys()]]).toEqual([3, [2]]);
    expect(() => addToReference(reference, Float64Array.of(20_000), Int16Array.of(1), 0, 1)).toThrow(
      'productivity 20000 is outside',
    );
    expect(() => mergeReferences(reference, newProductivityReference({ step: 2 }))).toThrow('do not merge');
  });

  test('a unit is soil type x 100 + rank of the land cover', () => {
    expect([performanceUnit(93, 12), performanceUnit(NODATA, 1), performanceUnit(93, NODATA)]).toEqual([9312, NODATA, NODATA]);
    expect([...meanProductivity([Int16Array.of(1, NODATA, NODATA), Int16Array.of(2, 4, NODATA)])]).toEqual([1.5, 4, Number.NaN]);
  });
});

describe('combination', () => {
  const [te, v1, v2] = ['trends-earth', 'gpg-v1', 'gpg-v2'].map((id) => productivityTable(combinationTable(id)));
  if (te === undefined || v1 === undefined || v2 === undefined) throw new Error('a table is missing');
  const three = (t: number, s: number, p: number): number[] => [
    productivityDegradation(combineProductivity(t, s, p, te)),
    combineProductivity(t, s, p, v1),
    combineProductivity(t, s, p, v2),
  ];

  test('the three published tables differ in three of eighteen cases, and nowhere else', () => {
    const differing = combinationTables[0]?.rows
      .map(({ trajectory, state, performance }) => ({
        at: [trajectory, state, performance],
        of: three(trajectory, state, performance),
      }))
      .filter(({ of }) => new Set(of).size > 1);
    expect(differing).toEqual([
      { at: [-1, 0, 0], of: [-1, -1, 0] }, // declining trend alone
      { at: [0, -1, 0], of: [-1, 0, 0] }, // declining state alone
      { at: [0, 0, -1], of: [0, 0, -1] }, // low performance alone
    ]);
  });

  test('what is not known in one is not known', () => {
    for (const table of [te, v1, v2]) {
      expect(combineProductivity(NODATA, 0, 0, table)).toBe(NODATA);
      expect(combineProductivity(0, NODATA, 0, table)).toBe(NODATA);
      expect(combineProductivity(0, 0, NODATA, table)).toBe(NODATA);
      expect(combineProductivity(0, 0, 1, table)).toBe(NODATA); // performance never improves
    }
  });

  test('a block has five classes and three', () => {
    const [t, s, p] = [Int16Array.of(0, 1, 0, NODATA), Int16Array.of(0, -1, -1, 0), Int16Array.of(-1, -1, -1, 0)];
    const found = combineProductivityBlock(t, s, p, te);
    expect([[...found.classes], [...found.degradation]]).toEqual([
      [3, 2, 1, NODATA],
      [0, -1, -1, NODATA],
    ]);
    expect([...combineProductivityBlock(t, s, p, v2).degradation]).toEqual([-1, -1, -1, NODATA]);
  });

  test('a table with a wrong, doubled or missing row is refused with it', () => {
    const table = combinationTable('gpg-v2');
    expect(() => productivityTable({ ...table, rows: table.rows.slice(1) })).toThrow('"gpg-v2" has no row for -1, -1, -1');
    expect(() => productivityTable({ ...table, rows: table.rows.slice(0, -1) })).toThrow('"gpg-v2" has no row for 1, 1, 0');
    expect(() => productivityTable({ ...table, rows: [...table.rows, ...table.rows.slice(0, 1)] })).toThrow(
      'the combination stands twice',
    );
    expect(() => productivityTable({ ...table, classes: 5 })).toThrow('row 1 (-1, -1, -1): result -1; expected 1, 2, 3, 4, 5');
    expect(() => productivityTable({ ...table, classes: 4 })).toThrow('has 4 classes: expected 5 or 3');
  });

  test('classes of the JRC 0 and 15 are no data', () =>
    expect([0, 1, 5, 15].map(productivityOfJrc)).toEqual([NODATA, 1, 5, NODATA]));
});

describe('land productivity dynamics', () => {
  test('36 codes in order of steadiness, change and biomass make five classes', () => {
    expect([dynamicsCode(1, 1, 1), dynamicsCode(1, 3, 3), dynamicsCode(2, 1, 1), dynamicsCode(4, 3, 3)]).toEqual([1, 9, 10, 36]);
    expect([1, 8, 9, 14, 15, 21, 22, 30, 31, 36, 0, 37].map(dynamicsClass)).toEqual([
      1,
      1,
      2,
      2,
      3,
      3,
      4,
      4,
      5,
      5,
      NODATA,
      NODATA,
    ]);
  });

  test('a strong rise is 5, a strong fall 1, desert 4, a missing year NODATA', () => {
    const years = Array.from({ length: 12 }, (_, i) => 2001 + i);
    const of = (value: (i: number) => number): number | undefined =>
      productivityDynamics(years, layersOf(years.map((_, i) => value(i)))).classes[0];
    expect([of((i) => 3000 + 400 * i), of((i) => 8000 - 400 * i), of((i) => 1000 + i)]).toEqual([5, 1, 4]);
    expect(of((i) => (i === 4 ? NODATA : 5000))).toBe(NODATA);
    expect(
      productivityDynamics(years, layersOf(years.map((_, i) => 1000 + i)), { greatest: Int16Array.of(2600) }).classes[0],
    ).toBe(5);
    expect(() => productivityDynamics([1, 2, 3], layersOf([1, 2, 3]))).toThrow('3 years: expected at least 4');
  });
});
