import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theilSen } from '../../src/science/theil-sen.ts';
import { close, golden, lines, present } from './trend-golden.ts';

describe('theilSen', () => {
  test('four values by hand: slopes 5, 2, 10/3, -1, 2.5, 6', () => {
    const { slope, intercept } = theilSen([10, 15, 14, 20]);
    expect(slope).toBeCloseTo((2.5 + 10 / 3) / 2, 15);
    expect(intercept).toBeCloseTo(14.5 - 1.5 * slope, 15);
  });

  test('the worked example 17-6 of USEPA 2009: sulfate rises by 26.67 ppm a year, 20.00 to 35.71', () => {
    const [sulfate] = lines;
    const { slope, intercept, low, high } = theilSen(sulfate?.values ?? [], { times: sulfate?.times ?? [] });
    expect(slope.toFixed(7)).toBe('26.6666667');
    expect(intercept.toFixed(4)).toBe('-1909.3333');
    expect(low.toFixed(5)).toBe('20.00000');
    expect(high.toFixed(5)).toBe('35.71182');
  });

  test.each(lines.map((line, i) => ({ i, line })))('line $i: slope, intercept and limits as EnvStats', ({ line }) => {
    const found = theilSen(line.values, line);
    close(found.slope, line.slope, 1e-12);
    close(found.intercept, line.intercept, 1e-11);
    close(found.low, line.low, 1e-11);
    close(found.high, line.high, 1e-11);
  });

  test.each(golden.series.map(({ values, tests }, i) => ({ i, values, expected: tests.original })))(
    'series $i: slope and intercept as pymannkendall, missing values left out',
    ({ values, expected }) => {
      const found = theilSen(present(values));
      close(found.slope, expected.slope, 1e-12, 1e-15);
      close(found.intercept, expected.intercept, 1e-12, 1e-14);
    },
  );

  test('a third of the values may be wild', () => {
    const values = Array.from({ length: 12 }, (_, i) => (i % 4 === 1 ? 1e6 * (i - 5) : 3 * i));
    expect(theilSen(values).slope).toBeCloseTo(3, 10);
  });

  test('too few values for the level have no limits; one value has no slope', () => {
    expect(theilSen([1, 2, 4])).toMatchObject({ n: 3, low: Number.NaN, high: Number.NaN });
    expect(theilSen([1, Number.NaN]).slope).toBeNaN();
    expect(theilSen([]).intercept).toBeNaN();
  });

  test('the slope lies within its limits, and a line added to the values is added to all of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 25 }),
        fc.integer({ min: -3, max: 3 }),
        (values, b) => {
          const found = theilSen(values);
          if (!Number.isNaN(found.low)) {
            expect(found.low).toBeLessThanOrEqual(found.slope);
            expect(found.high).toBeGreaterThanOrEqual(found.slope);
          }
          expect(theilSen(values.map((value, i) => value + b * i)).slope).toBeCloseTo(found.slope + b, 10);
          const times = values.map((_, i) => 1990 + 2 * i);
          expect(theilSen(values, { times }).slope).toBe(found.slope / 2);
        },
      ),
    );
  });

  test('times that do not rise, or are another number, are refused', () => {
    expect(() => theilSen([1, 2, 3], { times: [2001, 2001, 2002] })).toThrow('2001 comes after 2001');
    expect(() => theilSen([1, 2, 3], { times: [2001, 2002] })).toThrow('2 times for 3 values');
    expect(() => theilSen([1, 2], { times: [2001, Number.NaN] })).toThrow('time 2 is NaN');
  });
});
