import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexBlock } from '../../src/science/drought-block.ts';
import { LIMIT, normalScore, runningSums } from '../../src/science/drought-index.ts';
import { spi } from '../../src/science/spi.ts';
import { drought, expectSeries } from './drought-data.ts';

const years = (n: number, ofMonth: (month: number, year: number) => number): number[] =>
  Array.from({ length: n * 12 }, (_, i) => ofMonth(i % 12, Math.floor(i / 12)));

describe('SPI', () => {
  test.each(drought.thom)(
    'by Thom over $scale months, calibrated $from-$to, is that of climate_indices',
    ({ scale, from, to, values }) => {
      const calibration = { from: (from - drought.start) * 12, to: (to + 1 - drought.start) * 12 };
      expectSeries(spi(drought.rain, { scale, calibration }).values, values, 1e-9);
    },
  );

  test.each(drought.lmoments)('by L-moments over $scale months is that of lmoments3 and scipy', ({ scale, values }) =>
    expectSeries(spi(drought.rain, { scale, fit: 'l-moments', limit: Infinity }).values, values, 1e-9),
  );

  test('with zeros in the middle of their share it is that of the equations of Stagge', () =>
    expectSeries(spi(drought.rain, { zeros: 'stagge', limit: Infinity }).values, drought.stagge, 1e-9));

  test('of a month that is dry every other year is zero or above when dry by Edwards, and below by Stagge', () => {
    const rain = years(40, (month, year) => (month === 6 ? (year % 2) * (5 + year) : 20 + ((year * 7) % 13)));
    const [edwards, stagge, omitted] = (['edwards', 'stagge', 'omit'] as const).map((zeros) => spi(rain, { zeros }).values[6]);
    expect(edwards).toBe(0);
    expect(stagge).toBeLessThan(-0.6);
    expect(omitted).toBe(-LIMIT);
  });

  test('a missing month leaves a gap as long as the scale, and fills nothing', () => {
    const rain = [...drought.rain];
    rain[100] = Number.NaN;
    const { values, missing } = spi(rain, { scale: 3 });
    expect([99, 100, 101, 102, 103].map((i) => Number.isNaN(values[i]))).toEqual([false, true, true, true, false]);
    expect(missing).toBe(1);
    expect(Array.from(values.subarray(0, 2))).toEqual([Number.NaN, Number.NaN]);
  });

  test('negative precipitation is refused and counted', () => {
    const rain = [...drought.rain];
    rain[7] = -0.1;
    const { values, refused, missing } = spi(rain);
    expect([values[7], refused, missing]).toEqual([Number.NaN, 1, 0]);
  });

  test('fewer than thirty years are told, and too few wet months give none', () => {
    expect(spi(drought.rain).quality).toBe('ok');
    expect(spi(drought.rain.slice(0, 29 * 12)).quality).toBe('short');
    const desert = spi(years(35, (month, year) => (month === 0 ? 10 + year : 0)));
    expect(desert.fits.map(({ quality }) => quality)).toEqual(['ok', ...Array(11).fill('none')]);
    expect(desert.fits[1]).toMatchObject({ distribution: null, n: 35, zeros: 35 });
    expect(desert.values[1]).toBeNaN();
    expect(spi([]).quality).toBe('none');
  });

  test('the limit holds what a record cannot tell, and says how often', () => {
    const rain = [...drought.rain];
    rain[13] = 5000;
    const { values, limited } = spi(rain, { calibration: { from: 24, to: rain.length } });
    expect(values[13]).toBe(LIMIT);
    expect(limited).toBeGreaterThan(0);
  });

  test('options that mean nothing are refused', () => {
    expect(() => spi(drought.rain, { scale: 0 })).toThrow('scale of 0');
    expect(() => spi(drought.rain, { cycle: 1.5 })).toThrow('cycle');
    expect(() => spi(drought.rain, { limit: 0 })).toThrow('limit');
    expect(() => spi(drought.rain, { calibration: { from: 0, to: 9999 } })).toThrow('calibration from 0 to 9999');
  });

  test('does not change with the unit, and rises with the rain of a month', () => {
    const series = fc.array(
      fc.double({ min: 0, max: 200, noNaN: true }).map((mm) => Math.round(mm * 10) / 10),
      { minLength: 120, maxLength: 180 },
    );
    fc.assert(
      fc.property(series, fc.constantFrom(0.1, 2, 25.4), (rain, unit) => {
        const [one, other] = [
          spi(rain, { scale: 2 }).values,
          spi(
            rain.map((mm) => mm * unit),
            { scale: 2 },
          ).values,
        ];
        expectSeries(
          other,
          Array.from(one, (value) => (Number.isNaN(value) ? null : value)),
          1e-6,
        );
        for (let month = 0; month < 12; month++) {
          const own = Array.from(rain.keys()).filter((i) => i % 12 === month && i > 0);
          const sum = (i: number): number => (rain[i] as number) + (rain[i - 1] as number);
          const ordered = own.toSorted((a, b) => sum(a) - sum(b)).map((i) => one[i] as number);
          expect(ordered.every((value, k) => k === 0 || Number.isNaN(value) || value >= (ordered[k - 1] as number) - 1e-9)).toBe(
            true,
          );
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('running sums end at their own step', () => {
  const sums = new Float64Array(5);
  runningSums([1, 2, Number.NaN, 4, 5], 2, sums);
  expect(Array.from(sums)).toEqual([Number.NaN, 3, Number.NaN, Number.NaN, 9]);
});

test('a normal score takes its digits from the lesser tail', () => {
  expect(normalScore({ below: 1, above: 1e-20 })).toBeCloseTo(9.2623400897984, 10);
  expect(normalScore({ below: 0.5, above: 0.5 })).toBe(0);
});

test('a block has in each cell the index of its series', () => {
  const second = drought.rain.slice(0, 240).map((mm, i) => (i === 5 ? -1 : mm * 2));
  const layers = Array.from({ length: 240 }, (_, i) =>
    Float64Array.of(drought.rain[i] as number, second[i] as number, Number.NaN),
  );
  const out = layers.map(() => new Float32Array(3));
  const counts = indexBlock([layers], ([rain]) => spi(rain as Float64Array, { scale: 6 }), out);
  for (const [cell, series] of [drought.rain.slice(0, 240), second].entries()) {
    const { values } = spi(series, { scale: 6 });
    expect(out.map((layer) => layer[cell])).toEqual(Array.from(Float32Array.from(values)));
  }
  expect(counts).toMatchObject({ ok: 0, short: 2, none: 1, refused: 1 });
  expect(() => indexBlock([layers, []], () => spi([]), out)).toThrow('stacks of 240, 0 layers');
});
