import { expect, test } from 'vitest';
import { greenness } from '../../src/indicators/greenness.ts';
import { correctedTests, seasonalTests, seasonsOf } from '../../src/indicators/greenness-tests.ts';
import { seasonalMannKendall, seasonalTheilSen } from '../../src/science/mann-kendall-seasonal.ts';
import { yueWang } from '../../src/science/trend-variance.ts';
import { figuresOf, only, put, scatter, zone } from './rasters.ts';

const years = Array.from({ length: 12 }, (_, i) => 2001 + i);
const months = [5, 6, 7];
const dates = years.flatMap((year) =>
  months.map((month) => ({ start: `${year}-0${month}-01`, end: `${year}-0${month + 1}-01` })),
);
const noise = scatter(5, 1000);
/** Every second pixel becomes greener; months differ by far more than that. */
const green = (year: number, season: number, pixel: number): number =>
  0.2 + 0.15 * season + 0.01 * year * (pixel % 2) + noise(12 * year + season, pixel) / 20_000;

test('months are compared with themselves: slope, S and p of each pixel are those of the seasonal test', () => {
  const n = 6;
  const yearOf = dates.map((_, layer) => Math.floor(layer / 3));
  const own = seasonsOf(dates, { yearOf });
  expect(own).toMatchObject({ seasons: 3, seasonOf: dates.map((_, layer) => layer) });
  const limits = { low: -1, high: 1, scale: 1, least: 3, years: years.length };
  const tests = seasonalTests({ ...limits, ...own, yearOf, times: years, dependence: 'independent' });
  tests.begin(n);
  for (const layer of dates.keys())
    tests.add(
      layer,
      Float64Array.from({ length: n }, (_, pixel) => green(Math.floor(layer / 3), layer % 3, pixel)),
    );
  const into = { slope: new Float64Array(n), s: new Int32Array(n), p: new Float64Array(n) };
  into.p[5] = Number.NaN; // too few years for the plain test
  tests.end(into);
  for (let pixel = 0; pixel < 5; pixel++) {
    const series = dates.map((_, layer) => green(Math.floor(layer / 3), layer % 3, pixel));
    const expected = seasonalMannKendall(series, { period: 3 });
    expect(into.s[pixel]).toBe(expected.s);
    expect(into.p[pixel]).toBeCloseTo(expected.p, 12);
    expect(into.slope[pixel]).toBeCloseTo(seasonalTheilSen(series, { period: 3 }).slope, 12);
  }
  expect(into.p[5]).toBeNaN();
});

test('the corrected variance is that of Yue and Wang, a year without a layer keeping its place', () => {
  const times = [2001, 2002, 2003, 2005, 2006, 2007, 2008, 2009, 2010];
  const values = Float64Array.from(times, (year) => 0.02 * (year - 2001) + noise(year, 4) / 20_000);
  const p = Float64Array.from([0.5]);
  correctedTests(values, times, { p });
  const series = Array.from({ length: 10 }, (_, i) => values[times.indexOf(2001 + i)] ?? Number.NaN);
  expect(yueWang(series).inflation).not.toBe(1);
  expect(p[0]).toBeCloseTo(yueWang(series).p, 12);
});

const all = zone('all', [0, 0, 40, 30]);
const stack = dates.map(({ start }, layer) =>
  put(`ndvi_${start.slice(0, 7)}`, { value: (c, r) => green(Math.floor(layer / 3), layer % 3, c + 40 * r) }),
);

test('both are parameters of the indicator, but not together', async () => {
  const shares = async (params: Record<string, string>) =>
    only(await figuresOf(greenness, { zones: [all], inputs: { ndvi: stack }, params }), { indicator: 'greenness-increasing' })
      .value;
  expect(await shares({ seasonal: 'yes' })).toBeGreaterThan(45);
  expect(await shares({ seasonal: 'yes' })).toBeLessThan(55);
  expect(await shares({ prewhitening: 'yue-wang' })).toBeGreaterThan(45);
  await expect(shares({ seasonal: 'yes', prewhitening: 'tfpw' })).rejects.toMatchObject({ code: 'param-wrong' });
  await expect(shares({ seasonal: 'monthly' })).rejects.toMatchObject({ code: 'param-wrong' });
  await expect(shares({ seasonal: 'yes', months: '6-6' })).rejects.toMatchObject({ details: { field: 'seasonal' } });
});
