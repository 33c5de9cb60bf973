import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type QualityInterval, type QualityPoint, type QualityScale, seriesQuality } from '../../src/science/series-quality.ts';

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Values one after another from a day on. */
const daily = (values: readonly (number | null)[], from = '2001-01-01'): QualityPoint[] =>
  values.map((value, i) => {
    const start = Date.parse(`${from}T00:00Z`) + i * DAY;
    return { start: iso(start), end: iso(start + DAY), value };
  });
const monthly = (values: readonly (number | null)[], year = 1990): QualityPoint[] =>
  values.map((value, i) => {
    const start = Date.UTC(year, i, 1);
    return { start: iso(start), end: iso(Date.UTC(year, i + 1, 1)), value };
  });
const yearly = (values: readonly (number | null)[], from = 1950): QualityPoint[] =>
  values.map((value, i) => ({ start: `${from + i}-01-01`, end: `${from + i + 1}-01-01`, value }));
const indices = (points: QualityPoint[], rule: string, interval: QualityInterval, scale: QualityScale = 'flow'): number[] => {
  const { flags } = seriesQuality(points, { interval, scale });
  return [...flags].flatMap(([i, rules]) => (rules.some((one) => one === rule) ? [i] : [])).sort((a, b) => a - b);
};
/** A year of a river with a flood in May, a little different each year. */
const river = (year: number): number[] =>
  Array.from({ length: 12 }, (_, m) => 100 + 80 * Math.sin(((m - 2) / 12) * 2 * Math.PI) + ((year * 7 + m * 3) % 11));

describe('series quality', () => {
  test('steps that are not there are counted, with the dates between which they are missing', () => {
    const points = daily([1, 2, 3]).concat(daily([4, 5], '2001-01-09'));
    const { counts, gaps } = seriesQuality(points, { interval: 'day', scale: 'flow' });
    expect(counts.gap).toBe(5);
    expect(gaps).toEqual([{ after: '2001-01-04', before: '2001-01-09', steps: 5 }]);
  });

  test('a decade that is missing is one step, whatever its length', () => {
    const decade = (start: string, end: string): QualityPoint => ({ start, end, value: 1 });
    const points = [decade('2001-02-01', '2001-02-11'), decade('2001-02-11', '2001-02-21'), decade('2001-03-01', '2001-03-11')];
    expect(seriesQuality(points, { interval: 'decade', scale: 'flow' }).counts.gap).toBe(1);
  });

  test('a value that is missing is counted and no fault', () => {
    const { counts, flags } = seriesQuality(daily([1, null, 3]), { interval: 'day', scale: 'flow' });
    expect(counts.missing).toBe(1);
    expect(flags.size).toBe(0);
  });

  test('dates out of order and periods that come twice', () => {
    const points = daily([1, 2, 3]).concat(daily([2.5], '2001-01-02'));
    expect(indices(points, 'order', 'day')).toEqual([3]);
    expect(indices(points, 'duplicate', 'day')).toEqual([3]);
    expect(seriesQuality(points, { interval: 'day', scale: 'flow' }).counts.gap).toBe(0);
  });

  test('flows below zero; levels may be', () => {
    expect(indices(daily([1, -2, 3]), 'negative', 'day', 'flow')).toEqual([1]);
    expect(indices(daily([1, -2, 3]), 'negative', 'day', 'amount')).toEqual([1]);
    expect(indices(daily([1, -2, 3]), 'negative', 'day', 'level')).toEqual([]);
  });

  test('ten equal daily values above zero are asked about (GSIM), nine and zeros are not', () => {
    const flat = (n: number, value: number): number[] => [1, 2, ...Array.from({ length: n }, () => value), 3];
    expect(indices(daily(flat(10, 5)), 'flat', 'day')).toHaveLength(10);
    expect(indices(daily(flat(9, 5)), 'flat', 'day')).toHaveLength(0);
    expect(indices(daily(flat(30, 0)), 'flat', 'day')).toHaveLength(0);
  });

  test('the level 36.60 m of two years is asked about, 10 g/L of two years is not (conflict C8)', () => {
    expect(indices(yearly([36.95, 36.6, 36.6, 36.11]), 'flat', 'year', 'level')).toEqual([1, 2]);
    expect(indices(yearly([9.9, 10, 10, 10.2]), 'flat', 'year', 'amount')).toEqual([]);
  });

  test('rain of 417 among 3 to 12 km3 is a slip of a power of ten (conflict C8)', () => {
    // data/aral/annual.csv, aral-s1, 1975 to 1989, with 1986 as it is printed there
    const rain = [4.43, 5.79, 5.04, 6.42, 4.87, 9.73, 11.92, 8.52, 4.51, 5.99, 7.19, 417, 4.39, 5.85, 2.65];
    expect(indices(yearly(rain), 'unit-slip', 'year')).toEqual([11]);
    expect(indices(yearly(rain.with(11, 4.17)), 'unit-slip', 'year')).toEqual([]);
  });

  test('a year written in litres is found month by month, a river that dwindles is not', () => {
    const values = Array.from({ length: 10 }, (_, y) => river(y)).flat();
    const slipped = values.map((value, i) => (i >= 36 && i < 48 ? value * 1000 : value));
    expect(indices(monthly(slipped), 'unit-slip', 'month')).toEqual(Array.from({ length: 12 }, (_, i) => 36 + i));
    const dwindling = Array.from({ length: 600 }, (_, i) => 1000 * 0.99 ** i);
    expect(indices(daily(dwindling), 'unit-slip', 'day')).toEqual([]);
  });

  test('a spike is one jump, a shift is one', () => {
    const level = Array.from({ length: 60 }, (_, i) => 42 + 0.01 * Math.sin(i) + 0.003 * (i % 4));
    expect(indices(daily(level.with(30, 47)), 'jump', 'day', 'level')).toEqual([30]);
    expect(indices(daily(level.map((value, i) => (i >= 40 ? value + 3 : value))), 'jump', 'day', 'level')).toEqual([40]);
    expect(indices(daily(level), 'jump', 'day', 'level')).toEqual([]);
  });

  test('a May like January stands out from its season', () => {
    const values = Array.from({ length: 12 }, (_, y) => river(y)).flat();
    const may = 5 * 12 + 4;
    expect(indices(monthly(values.with(may, 12)), 'outlier', 'month')).toEqual([may]);
    expect(indices(monthly(values), 'outlier', 'month')).toEqual([]);
  });

  test('a year that repeats another is found, one of zeros is not', () => {
    const copied = [river(1), river(2), river(1)].flat();
    expect(indices(monthly(copied), 'duplicate-year', 'month')).toEqual(Array.from({ length: 12 }, (_, i) => 24 + i));
    expect(indices(monthly(Array.from({ length: 36 }, () => 0)), 'duplicate-year', 'month')).toEqual([]);
    expect(indices(monthly([river(1), river(2), river(3)].flat()), 'duplicate-year', 'month')).toEqual([]);
  });

  test('whatever comes, counts are those of the flags, and nothing is changed', () => {
    const value = fc.option(fc.double({ min: -10, max: 1e7, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 80 }),
        fc.constantFrom('flow' as const, 'amount' as const, 'level' as const),
        (values, scale) => {
          const points = monthly(values);
          const before = JSON.stringify(points);
          const { counts, flags } = seriesQuality(points, { interval: 'month', scale });
          expect(JSON.stringify(points)).toBe(before);
          for (const rule of [
            'order',
            'duplicate',
            'duplicate-year',
            'flat',
            'jump',
            'outlier',
            'unit-slip',
            'negative',
          ] as const)
            expect([...flags.values()].filter((rules) => rules.includes(rule))).toHaveLength(counts[rule]);
          expect(counts.missing).toBe(values.filter((one) => one === null).length);
        },
      ),
    );
  });

  test('levels that are all moved by a zero are judged alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 20, maxLength: 60 }),
        fc.integer({ min: 1, max: 1000 }),
        (steps, zero) => {
          const level = (add: number): QualityPoint[] => daily(steps.map((step) => step / 8 + add)); // eighths add up without a rest
          expect(indices(level(zero), 'jump', 'day', 'level')).toEqual(indices(level(0), 'jump', 'day', 'level'));
        },
      ),
    );
  });
});
