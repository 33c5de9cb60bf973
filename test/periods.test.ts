import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysUntil, periodOf, reviewDeadline } from '../src/periods.ts';
import { convert, isUnit, unitCodes } from '../src/units.ts';

test('a year, a month, a day and a pair are periods with an excluded end', () => {
  expect(periodOf('2014')).toEqual({ start: '2014-01-01', end: '2015-01-01' });
  expect(periodOf('2014-12')).toEqual({ start: '2014-12-01', end: '2015-01-01' });
  expect(periodOf('2016-02-29')).toEqual({ start: '2016-02-29', end: '2016-03-01' });
  expect(periodOf('2016/2019')).toEqual({ start: '2016-01-01', end: '2020-01-01' });
});

test('what is not a period is not made into one', () => {
  for (const text of ['', 'about 2014', '2014-13', '2014-02-31', '2019/2016', '14', '2014/2015/2016'])
    expect(periodOf(text), text).toBeNull();
});

test('a review is due ten years after designation, by 30 September', () => {
  expect(reviewDeadline(2012)).toBe('2022-09-30');
  expect(daysUntil('2022-09-30', '2022-09-30')).toBe(0);
  expect(daysUntil('2022-09-30', '2022-10-01')).toBe(-1);
  expect(daysUntil('2024-03-01', '2024-02-28')).toBe(2);
});

test('units convert within a dimension and refuse across', () => {
  expect(convert(176960, 'har', 'm2')).toBe(1_769_600_000);
  expect(convert(1, 'km2', 'har')).toBe(100);
  expect(() => convert(1, 'har', 'km')).toThrow('har as km');
  expect(() => convert(1, 'acre', 'har')).toThrow();
  expect([isUnit('{person}'), isUnit('[USD]'), isUnit('hectares')]).toEqual([true, true, false]);
});

test('converting there and back gives the same figure', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...unitCodes),
      fc.constantFrom(...unitCodes),
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      (a, b, value) => {
        try {
          const back = convert(convert(value, a, b), b, a);
          expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.max(1e-12 * Math.abs(value), 1e-300));
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    ),
    { seed: 42 },
  );
});
