import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawable, tickText, timeAxis, timeOf, valueAxis, valueText } from '../../src/drawing/chart-ticks.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test('ticks are round and hold all values', () => {
  expect(valueAxis([12, 47], { ticks: 5 }).ticks).toEqual([0, 10, 20, 30, 40, 50]);
  expect(valueAxis([92, 97], { ticks: 5 }).ticks).toEqual([92, 93, 94, 95, 96, 97]);
  expect(valueAxis([-0.34, 0.21], { ticks: 4 }).ticks).toEqual([-0.4, -0.2, 0, 0.2, 0.4]);
  expect(valueAxis([7, 7], { ticks: 4 }).ticks).toEqual([6, 6.5, 7, 7.5, 8]);
  expect(valueAxis([0], { ticks: 2 }).domain).toEqual([-1, 1]);
  expect(valueAxis([5], { ticks: 5, zero: true }).domain).toEqual([0, 5]);
});

test('ticks of any values are finite, ascending, few, and the axis holds the values', () => {
  const value = fc.double({ min: -1e100, max: 1e100, noNaN: true }).map((number) => drawable(number, ''));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.integer({ min: 2, max: 12 }), fc.boolean(), (values, about, zero) => {
      const { domain, ticks } = valueAxis(values, { ticks: about, zero });
      expect(ticks.length).toBeLessThanOrEqual(2 * about + 3);
      for (const [i, tick] of ticks.entries()) {
        expect(Number.isFinite(tick)).toBe(true);
        if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] as number);
      }
      const room = 1e-9 * Math.max(...values.map(Math.abs));
      expect(domain[0]).toBeLessThanOrEqual(Math.min(...values) + room);
      expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values) - room);
    }),
  );
});

test('ticks can be told apart by what is written at them, in any language', () => {
  const size = fc.tuple(fc.double({ min: 1, max: 9.99, noNaN: true }), fc.integer({ min: -20, max: 20 }));
  fc.assert(
    fc.property(size, size, fc.constantFrom('en', 'ru', 'kk', 'tr'), ([a, p], [b, q], lang) => {
      const axis = valueAxis([a * 10 ** p, b * 10 ** q], { ticks: 5 });
      const written = axis.ticks.map((tick) => tickText(lang, axis, tick));
      expect(new Set(written).size).toBe(written.length);
    }),
  );
});

test('long numbers are written short, with a minus sign', () => {
  const axis = valueAxis([-2_500_000, 0], { ticks: 5 });
  expect(tickText('en', axis, -2_500_000)).toBe('\u22122.5M');
  expect(plain(tickText('ru', axis, -2_500_000))).toBe('\u22122,5 млн');
  expect(plain(valueText('ru', 1_234_567))).toBe('1,23 млн');
  expect(valueText('en', 12_345.67)).toBe('12,346');
  expect(valueText('en', 0.012345)).toBe('0.0123');
  expect(valueText('en', 1e20)).toBe('1E20');
});

test('years are written as years, as many as there is room for', () => {
  const years = Array.from({ length: 10 }, (_, i) => timeOf(String(2014 + i), ''));
  const ticks = (width: number): string[] => timeAxis(years, { width, size: 11, lang: 'en' }).ticks.map(({ text }) => text);
  expect(ticks(600)).toHaveLength(10);
  expect(ticks(600)[0]).toBe('2014');
  expect(ticks(250)).toEqual(['2014', '2016', '2018', '2020', '2022']);
  const days = ['2014-07-01', '2019-03-31', '2023-12-31'].map((day) => timeOf(day, ''));
  expect(timeAxis(days, { width: 250, size: 11, lang: 'ru' }).ticks.map(({ text }) => text)).toEqual([
    '2016',
    '2018',
    '2020',
    '2022',
  ]);
  const months = ['2023-04-20', '2023-08-02'].map((day) => timeOf(day, ''));
  expect(timeAxis(months, { width: 400, size: 11, lang: 'ru' }).ticks.map(({ text }) => plain(text))).toEqual([
    'апр. 2023 г.',
    'авг. 2023 г.',
  ]);
});

test('what is no date and no number is refused by name', () => {
  expect(() => timeOf('next year', 'Core')).toThrow('Core: "next year" is not a date');
  expect(() => timeOf('2014-13', 'Core')).toThrow(RangeError);
  expect(() => drawable(Number.NaN, 'Core')).toThrow('Core: NaN cannot be drawn');
  expect(() => drawable(1e101, 'Core')).toThrow(RangeError);
  expect(drawable(5e-324, 'Core')).toBe(0);
});
