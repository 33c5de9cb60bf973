import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannKendall } from '../../src/science/mann-kendall.ts';
import { theilSen } from '../../src/science/theil-sen.ts';
import { type Samples, type TrendOptions, trendBlock } from '../../src/science/trend-block.ts';
import { close, golden, lines, present } from './trend-golden.ts';

const outputs = (pixels: number) => ({
  n: new Uint16Array(pixels),
  slope: new Float64Array(pixels),
  low: new Float64Array(pixels),
  high: new Float64Array(pixels),
  intercept: new Float64Array(pixels),
  s: new Int32Array(pixels),
  variance: new Float64Array(pixels),
  z: new Float64Array(pixels),
  p: new Float64Array(pixels),
  tau: new Float64Array(pixels),
});

/** Pixels side by side, year by year. */
function block(series: readonly (readonly number[])[]): Float64Array {
  const years = series[0]?.length ?? 0;
  return Float64Array.from(
    { length: years * series.length },
    (_, i) => series[i % series.length]?.[Math.floor(i / series.length)] ?? Number.NaN,
  );
}

function trends(values: Samples, times: ArrayLike<number>, options: TrendOptions = {}) {
  const out = outputs(values.length / times.length);
  trendBlock(values, times, out, options);
  return out;
}

const rising = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('trendBlock', () => {
  test.each(golden.series.map(({ values, tests }, i) => ({ i, n: values.length, values, expected: tests.original })))(
    'series $i of $n values: as pymannkendall',
    ({ n, values, expected }) => {
      const out = trends(block([present(values)]), rising(n), { exactUpTo: 0 });
      expect(out.s[0]).toBe(expected.s);
      close(out.variance[0], expected.var_s);
      close(out.p[0], expected.p, 1e-12, 4e-16);
      close(out.slope[0], expected.slope, 1e-12, 1e-15);
      close(out.intercept[0], expected.intercept, 1e-12, 1e-14);
    },
  );

  test.each(lines.map((line, i) => ({ i, line })))('line $i: limits as EnvStats', ({ line }) => {
    const out = trends(block([line.values]), line.times, { level: line.level, exactUpTo: 0 });
    close(out.slope[0], line.slope, 1e-12);
    close(out.low[0], line.low, 1e-11);
    close(out.high[0], line.high, 1e-11);
    close(out.p[0], line.p, 1e-11);
  });

  test('each pixel is what its series is alone, to the last bit: ties, gaps, uneven years, whatever its neighbours', () => {
    const value = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -6, max: 6 }) },
      { weight: 3, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
      { weight: 2, arbitrary: fc.constant(Number.NaN) },
      { weight: 1, arbitrary: fc.constantFrom(1e6, -0, Number.POSITIVE_INFINITY) },
    );
    const stack = fc
      .record({ years: fc.integer({ min: 1, max: 26 }), pixels: fc.integer({ min: 1, max: 70 }) })
      .chain(({ years, pixels }) =>
        fc.record({
          series: fc.array(fc.array(value, { minLength: years, maxLength: years }), { minLength: pixels, maxLength: pixels }),
          steps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: years, maxLength: years }),
        }),
      );
    fc.assert(
      fc.property(stack, fc.constantFrom(0.5, 0.9, 0.95), ({ series, steps }, level) => {
        let time = 1999;
        const times = steps.map((step) => (time += step));
        const out = trends(block(series), times, { level, fewest: 2, exactUpTo: 12 });
        for (const [i, values] of series.entries()) {
          const test = mannKendall(values, { exactUpTo: 12 });
          expect(out.n[i]).toBe(test.n);
          if (test.n < 2) {
            expect(out.slope[i]).toBeNaN();
            expect(out.p[i]).toBeNaN();
            continue;
          }
          const line = theilSen(values, { times, level });
          expect([out.s[i], out.variance[i], out.z[i], out.p[i], out.tau[i]]).toEqual([
            test.s,
            test.variance,
            test.z,
            test.p,
            test.tau,
          ]);
          expect(out.slope[i] === line.slope, `${out.slope[i]} for ${line.slope}`).toBe(true); // 0 is -0
          if (test.variance > 0) close(out.low[i], line.low, 0, 0);
          if (test.variance > 0) close(out.high[i], line.high, 0, 0);
          close(out.intercept[i], line.intercept, 0, 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('only what is asked for is computed, and it is the same', () => {
    const values = block(golden.series.slice(4, 9).map(({ values }) => present(values.slice(0, 16))));
    const all = trends(values, rising(16));
    for (const name of ['slope', 'low', 'high', 'intercept', 'variance', 'z', 'p', 'tau'] as const) {
      const alone = new Float64Array(5);
      trendBlock(values, rising(16), { [name]: alone });
      expect([...alone], name).toEqual([...all[name]]);
    }
  });

  test('whole numbers of a raster are taken as they are', () => {
    const integers = Int16Array.of(3100, 3150, 3140, 3200, 3190);
    expect(trends(integers, rising(5)).slope[0]).toBe(theilSen([...integers]).slope);
  });

  test('a pixel with fewer values than asked for has no trend, and says how many it has', () => {
    const out = trends(block([[1, Number.NaN, 2, 3, Number.NaN]]), rising(5));
    expect(out.n[0]).toBe(3);
    expect(out.s[0]).toBe(0);
    for (const name of ['slope', 'low', 'high', 'intercept', 'variance', 'z', 'p', 'tau'] as const)
      expect(out[name][0]).toBeNaN();
    expect(trends(block([[1, Number.NaN, 2, 3, Number.NaN]]), rising(5), { fewest: 3 }).slope[0]).toBe(2 / 3);
  });

  test('a pixel that never changes has a slope of zero and p of one', () => {
    const out = trends(block([[0.3, 0.3, 0.3, Number.NaN, 0.3]]), rising(5));
    expect([out.slope[0], out.low[0], out.high[0], out.intercept[0], out.s[0], out.p[0]]).toEqual([0, 0, 0, 0.3, 0, 1]);
  });

  test('a perfect line has its slope as both limits', () => {
    const out = trends(block([rising(12).map((i) => 2 * i + 1)]), rising(12));
    expect([out.slope[0], out.low[0], out.high[0], out.intercept[0]]).toEqual([2, 2, 2, 1]);
  });

  test('what does not fit is refused', () => {
    const values = new Float64Array(10);
    expect(() => trendBlock(values, rising(3), {})).toThrow('10 values are not 3 of each pixel');
    expect(() => trendBlock(values, rising(5), { p: new Float64Array(3) })).toThrow('p has 3 places for 2 pixels');
    expect(() => trendBlock(values, [1, 3, 2, 4, 5], {})).toThrow('2 comes after 3');
    expect(() => trendBlock(values, rising(5), {}, { exactUpTo: 31 })).toThrow('0 to 30 values, not 31');
    expect(() => trendBlock(values, rising(5), {}, { level: 95 })).toThrow('this is 95');
    expect(() => trendBlock(values, rising(5), {}, { fewest: 1 })).toThrow('two values or more, not 1');
  });
});
