import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NODATA } from '../../src/science/land-cover.ts';
import {
  addClassSpan,
  addValueSpan,
  areaOf,
  classAreas,
  classIndex,
  isCoarse,
  mergeAreaTables,
  newAreaTable,
  type OpenAreaTable,
  pixelsOf,
  totalArea,
} from '../../src/science/land-cover-areas.ts';

const index = classIndex([1, 2, 3], { nodata: [0] });
const codes = fc.array(fc.constantFrom(0, 1, 2, 3, 9, NODATA), { minLength: 1, maxLength: 60 });

describe('area table', () => {
  test('zonal totals of Trends.Earth: classes 1 1 2 2 with 10 20 30 40 are 30 and 70', () => {
    const table = newAreaTable(classIndex([1, 2]));
    addValueSpan(table, new Int16Array([1, 1, 2, 2]), null, new Float64Array([10, 20, 30, 40]), 0, 4, 1);
    expect([areaOf(table, 1), areaOf(table, 2)]).toEqual([30, 70]);
    const masked = newAreaTable(classIndex([1, 2]));
    const values = new Float64Array([10, 20, 30, 40]);
    for (const i of [1, 2]) addValueSpan(masked, new Int16Array([1, 1, 2, 2]), null, values, i, i + 1, 1);
    expect([areaOf(masked, 1), areaOf(masked, 2)]).toEqual([20, 30]);
  });

  test('a pixel that is half inside counts half', () => {
    const table = newAreaTable(index, index);
    addClassSpan(table, new Uint8Array([1, 1, 2]), new Uint8Array([3, 3, 2]), 0, 2, 900);
    addClassSpan(table, new Uint8Array([1, 1, 2]), new Uint8Array([3, 3, 2]), 2, 3, 900, 0.5);
    expect([areaOf(table, 1, 3), areaOf(table, 2, 2), areaOf(table, 1)]).toEqual([1800, 450, 1800]);
    expect([pixelsOf(table, 1, 3), pixelsOf(table, 2)]).toEqual([2, 0.5]);
  });

  test('what is not known and what is not listed keep rows of their own', () => {
    const table = newAreaTable(index);
    addClassSpan(table, new Float32Array([1, Number.NaN, 0, 9, NODATA, 2.5]), null, 0, 6, 10);
    expect(classAreas(table).map(({ class: place, area }) => [place, area])).toEqual([
      [1, 10],
      [2, 0],
      [3, 0],
      ['nodata', 30],
      ['unlisted', 20],
    ]);
    expect(classAreas(table).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 14);
  });

  test('values that are not known are counted and in no sum', () => {
    const table = newAreaTable(index);
    const missing = addValueSpan(table, new Uint8Array([1, 1, 1]), null, new Float32Array([5, Number.NaN, NODATA]), 0, 3, 2);
    expect(missing).toBe(2);
    expect(areaOf(table, 1)).toBe(10);
  });

  test('the sum is all that was put in, wherever a span is cut', () => {
    fc.assert(
      fc.property(codes, codes, fc.nat(), (a, b, at) => {
        const n = Math.min(a.length, b.length);
        const [rows, columns] = [Int16Array.from(a.slice(0, n)), Int16Array.from(b.slice(0, n))];
        const cut = at % (n + 1);
        const whole = newAreaTable(index, index);
        addClassSpan(whole, rows, columns, 0, n, 4);
        const parts = newAreaTable(index, index);
        addClassSpan(parts, rows, columns, 0, cut, 4);
        const rest = newAreaTable(index, index);
        addClassSpan(rest, rows, columns, cut, n, 4);
        mergeAreaTables(parts, rest);
        expect(parts.amounts).toEqual(whole.amounts);
        expect(totalArea(whole)).toBe(4 * n);
      }),
    );
  });

  test('merging is associative to the last bit for whole areas', () => {
    fc.assert(
      fc.property(codes, codes, codes, (a, b, c) => {
        const of = (list: number[]): OpenAreaTable => {
          const table = newAreaTable(index);
          addClassSpan(table, Int16Array.from(list), null, 0, list.length, 3);
          return table;
        };
        const left = of(a);
        mergeAreaTables(left, of(b));
        mergeAreaTables(left, of(c));
        const tail = of(b);
        mergeAreaTables(tail, of(c));
        const right = of(a);
        mergeAreaTables(right, tail);
        expect(left.amounts).toEqual(right.amounts);
      }),
    );
  });

  test('tables of other classes do not merge', () => {
    expect(() => mergeAreaTables(newAreaTable(index), newAreaTable(classIndex([1, 2])))).toThrow('do not merge');
    expect(() => areaOf(newAreaTable(index), 7)).toThrow('no row of class 7');
  });

  test('a zone of few pixels is coarse', () => {
    const table = newAreaTable(index);
    addClassSpan(table, new Uint8Array(29).fill(1), null, 0, 29, 62500);
    expect(isCoarse(table)).toEqual({ coarse: true, pixels: 29 });
    addClassSpan(table, new Uint8Array(1).fill(1), null, 0, 1, 62500);
    expect(isCoarse(table)).toEqual({ coarse: false, pixels: 30 });
  });

  test('a class that stands twice, or is no 16-bit integer, is refused', () => {
    expect(() => classIndex([1, 2, 1])).toThrow('class 1 stands twice');
    expect(() => classIndex([1.5])).toThrow('class 1.5: expected a 16-bit integer');
  });
});
