import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addFires,
  burnedAreas,
  type FireTable,
  mergeFireTables,
  newFireTable,
  UNBURNABLE,
  UNMAPPED,
  yearOfBurns,
} from '../../src/science/fire.ts';
import { fireIntervals, fireRotation, fireSeason } from '../../src/science/fire-regime.ts';
import { areaWhere } from '../../src/science/presence.ts';

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'fire', 'fire.json'), 'utf8')) as {
  years: number;
  cases: { complete: number[]; censored: number[]; survival: number[] }[];
};

/** A table of cells, each with its days of burning year by year. */
const tableOf = (cells: readonly (readonly number[])[], area = 1): FireTable => {
  const years = cells[0]?.length ?? 0;
  const table = newFireTable(2001, years);
  const layers = Array.from({ length: years }, (_, y) => Int16Array.from(cells.map((cell) => cell[y] as number)));
  addFires(table, layers, 0, cells.length, area);
  return table;
};

const X = UNMAPPED;
const W = UNBURNABLE;

describe('a year of fires', () => {
  test('monthly layers as one: first day; not mapped unless it burned; water only where all say so', () => {
    const year = new Int16Array(6);
    yearOfBurns(
      [
        [0, 0, X, W, W, 0],
        [130, 0, 140, W, 0, X],
        [150, 0, 0, W, 0, 0],
      ],
      year,
    );
    expect(Array.from(year)).toEqual([130, 0, 140, W, 0, X]);
    yearOfBurns([], year);
    expect(Array.from(year)).toEqual(Array(6).fill(X));
  });

  test('what was not mapped is not unburned', () => {
    const [first] = burnedAreas(tableOf([[120], [0], [0], [X], [W]], 10));
    expect(first).toMatchObject({ year: 2001, value: 10, low: 10, high: 20, burnable: 40, mappedShare: 0.75 });
    expect(burnedAreas(tableOf([[X], [X]]))[0]).toMatchObject({ value: null, low: 0, high: 2 });
  });

  test('codes that mean nothing are not mapped', () => {
    const table = newFireTable(2001, 1);
    addFires(table, [[400, -7, Number.NaN, 0]], 0, 4, 1);
    expect(burnedAreas(table)[0]).toMatchObject({ low: 0, high: 3, mappedShare: 0.25 });
  });

  test('days fall into the months of their own year', () => {
    const table = newFireTable(2003, 2);
    addFires(
      table,
      [
        [60, 366],
        [60, 366],
      ],
      0,
      2,
      1,
    );
    expect(Array.from(table.byMonth.subarray(0, 12))).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]); // 1 March 2003
    expect(Array.from(table.byMonth.subarray(12))).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]); // 29 February 2004
    expect(() => addFires(table, [[1]], 0, 1, 1)).toThrow('1 layers for a table of 2 years');
  });

  test('every cell of a year is in one place, in any blocks', () => {
    const code = fc.constantFrom(0, 0, 0, 100, 200, X, W);
    const cells = fc
      .integer({ min: 1, max: 7 })
      .chain((years) => fc.array(fc.array(code, { minLength: years, maxLength: years }), { minLength: 1, maxLength: 12 }));
    fc.assert(
      fc.property(cells, fc.nat(), (list, cut) => {
        const whole = tableOf(list);
        const at = cut % (list.length + 1);
        if (at > 0 && at < list.length)
          expect(mergeFireTables(tableOf(list.slice(at)), tableOf(list.slice(0, at)))).toEqual(whole);
        const fires = list.flat().filter((day) => day > 0).length;
        const sum = (array: Float64Array): number => array.reduce((total, area) => total + area, 0);
        for (let y = 0; y < whole.years; y++) {
          const parts = [whole.burned, whole.unburned, whole.unmapped, whole.unburnable].map((array) => array[y] as number);
          expect(parts.reduce((total, area) => total + area, 0)).toBe(list.length);
        }
        expect([sum(whole.byDay), sum(whole.byMonth), sum(whole.burned)]).toEqual([fires, fires, fires]);
        // each fire begins an interval, and it either ends with a fire or is cut
        expect(sum(whole.complete) + sum(whole.censored)).toBe(fires);
      }),
    );
  });
});

describe('how fire comes back', () => {
  test('rotation: half of the zone in two years of four is a rotation of four years', () => {
    const table = tableOf([
      [100, 0, 0, 100],
      [0, 0, 0, 0],
    ]);
    expect(fireRotation(table)).toEqual({ value: 4, low: 4, high: 4, years: 4 });
    expect(
      fireRotation(
        tableOf([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toMatchObject({ value: Infinity, high: Infinity });
    expect(fireRotation(tableOf([[X, X]]))).toMatchObject({ value: null, years: 0 });
    expect(
      fireRotation(
        tableOf([
          [100, 0],
          [0, X],
        ]),
      ),
    ).toMatchObject({ low: 2, high: 4, years: 2 });
  });

  test('recurrence: how much burned twice, and how much may have', () => {
    const { recurrence } = tableOf([
      [100, 0, 110],
      [100, X, 0],
      [0, 0, 0],
      [W, W, W],
    ]);
    expect(areaWhere(recurrence, (fires) => fires >= 2)).toMatchObject({ low: 1, high: 2 });
    expect(areaWhere(recurrence, (fires) => fires >= 1)).toEqual({ value: 2, low: 2, high: 2 });
  });

  test('an interval with a year that nobody mapped is not known to be whole', () => {
    const table = tableOf([
      [100, 0, 0, 100, 0],
      [100, X, 0, 100, 0],
      [0, 100, 0, X, 0],
    ]);
    expect(Array.from(table.complete)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(Array.from(table.censored)).toEqual([1, 3, 0, 0, 0, 0]); // 100 X: 0 years; the ends of two; 100 0 X: 1 year
  });

  test.each(golden.cases)('survival is that of statsmodels (%#)', ({ complete, censored, survival }) => {
    const found = fireIntervals({
      ...newFireTable(2001, golden.years),
      complete: Float64Array.from(complete),
      censored: Float64Array.from(censored),
    });
    for (const [t, expected] of survival.entries()) expect(found.survival[t]).toBeCloseTo(expected, 12);
    const half = survival.findIndex((share) => share <= 0.5);
    expect(found.median).toBe(half === -1 ? null : half);
  });

  test('a short record does not show the median of a long interval', () => {
    const found = fireIntervals(
      tableOf([
        [100, 0, 0, 0],
        [0, 100, 0, 100],
        [100, 0, 0, 0],
        [0, 100, 0, 0],
      ]),
    );
    expect(found).toMatchObject({ median: null, complete: 1, censored: 4 });
  });

  test('season: the shortest span with four fifths of the area, also over New Year', () => {
    const byDay = new Float64Array(366);
    byDay.set([1, 3, 5, 2], 99);
    expect(fireSeason(byDay)).toEqual({ from: 100, to: 102, share: 0.8, peak: 102 });
    const winter = new Float64Array(366);
    [winter[364], winter[365], winter[0], winter[200]] = [4, 3, 2, 1];
    expect(fireSeason(winter, { share: 0.9 })).toMatchObject({ from: 365, to: 1, peak: 365 });
    expect(fireSeason(new Float64Array(366))).toBeNull();
    expect(fireSeason(new Float64Array(366).fill(1), { share: 1 })).toMatchObject({ from: 1, to: 366 });
  });

  test('the season holds its share, and no shorter span does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 20 }), (areas) => {
        const found = fireSeason(Float64Array.from(areas));
        const total = areas.reduce((sum, area) => sum + area, 0);
        if (found === null) return total === 0;
        const n = areas.length;
        const held = (from: number, length: number): number =>
          Array.from({ length }, (_, i) => areas[(from + i) % n] as number).reduce((sum, area) => sum + area, 0);
        const length = ((found.to - found.from + n) % n) + 1;
        const shorter = Array.from({ length: n }, (_, from) => held(from, length - 1));
        return held(found.from - 1, length) >= 0.8 * total - 1e-9 && shorter.every((area) => area < 0.8 * total - 1e-9);
      }),
    );
  });
});
