import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greenness } from '../../src/indicators/greenness.ts';
import type { Figure } from '../../src/indicators/raster-indicator.ts';
import { signedBins } from '../../src/indicators/signed-bins.ts';
import { yearlyMeans, yearsOfDates } from '../../src/indicators/years.ts';
import { falseDiscovery } from '../../src/science/false-discovery.ts';
import { mannKendall } from '../../src/science/mann-kendall.ts';
import { theilSen } from '../../src/science/theil-sen.ts';
import { figuresOf, only, put, scatter, zone } from './rasters.ts';

const all = zone('all', [0, 0, 40, 30]);
const years = Array.from({ length: 15 }, (_, i) => 2001 + i);
const noise = years.map((_, i) => scatter(i, 1000));
/** Greener on the left, less green on the right, nothing but noise in between. */
const index = (i: number) => (column: number, row: number) => {
  const step = column < 10 ? 0.02 : column >= 35 ? -0.02 : 0;
  return Math.fround(0.4 + step * (i - 7) + ((noise[i]?.(column, row) ?? 0) - 500) / 10_000);
};
const stack = years.map((year, i) => put(`ndvi_${year}`, { value: index(i) }));

test('what becomes greener and what less green is found, and of the rest no more than the rate allows', async () => {
  const figures = await figuresOf(greenness, { zones: [all], inputs: { ndvi: stack } });
  const increasing = only(figures, { indicator: 'greenness-increasing' });
  const decreasing = only(figures, { indicator: 'greenness-decreasing' });
  const rest = only(figures, { indicator: 'greenness-undetermined' });
  expect(increasing.value).toBeGreaterThan(24.99);
  expect(increasing.value).toBeLessThan(27);
  expect(decreasing.value).toBeGreaterThan(12.49);
  expect(decreasing.value).toBeLessThan(14);
  expect((increasing.value ?? 0) + (decreasing.value ?? 0) + (rest.value ?? 0)).toBeCloseTo(100, 9);
  expect(increasing).toMatchObject({
    unit: '%',
    n: 1200,
    note: 'discovery=0.05',
    period: { start: '2001-01-01', end: '2016-01-01' },
  });
});

test('shares are those of Benjamini and Hochberg over all pixels, the slope is half-way and that of the means', async () => {
  const series = Array.from({ length: 1200 }, (_, i) => years.map((_, y) => index(y)(i % 40, Math.floor(i / 40))));
  const tests = series.map((values) => mannKendall(values));
  const figures = await figuresOf(greenness, { zones: [all], inputs: { ndvi: stack }, params: { alpha: '0.3' } });
  const { threshold } = falseDiscovery(
    tests.map(({ p }) => p),
    { rate: 0.3 },
  );
  const believed = tests.filter(({ p, s }) => p <= threshold && s > 0).length;
  // pixels of one row have one area, rows differ by a part in a thousand
  expect(only(figures, { indicator: 'greenness-increasing' }).value).toBeCloseTo((100 * believed) / 1200, 1);
  const slopes = series.map((values) => theilSen(values, { times: years }).slope).sort((a, b) => a - b);
  const median = only(figures, { class: 'pixel-median' }).value ?? Number.NaN;
  expect(Math.abs(median - (slopes[600] ?? 0))).toBeLessThan(2e-5);
  const { value, low, high, level } = only(figures, { indicator: 'greenness', class: null });
  expect(value).toBeGreaterThan(low ?? Number.NaN);
  expect(value).toBeLessThan(high ?? Number.NaN);
  expect(value).toBeCloseTo(0.02 * 0.25 - 0.02 * 0.125, 4);
  expect(level).toBe(0.95);
});

test('a pixel with fewer than eight years has no trend, and the zone says how much has none', async () => {
  const gaps = years.map((year, i) => put(`ndvi_${year}`, { value: (c, r) => (c < 10 && i > 6 ? Number.NaN : index(i)(c, r)) }));
  const figures = await figuresOf(greenness, { zones: [all, zone('left', [0, 0, 10, 30])], inputs: { ndvi: gaps } });
  expect(only(figures, { indicator: 'greenness-decreasing', zone: 0 })).toMatchObject({
    n: 900,
    note: 'no-trend=25; discovery=0.05',
  });
  expect(figures.filter((own) => own.zone === 1)).toMatchObject([{ indicator: 'greenness', value: null, note: 'no-trend=100' }]);
});

test('a zone that lacks pixels in late years does not take that for a trend', async () => {
  // two kinds of ground without a trend, one of them not seen after the eighth year
  const value = (i: number) => (c: number, r: number) =>
    c < 20 ? 0.2 + ((noise[i]?.(c, r) ?? 0) - 500) / 1e6 : i > 8 ? Number.NaN : 0.8 + ((noise[i]?.(c, r) ?? 0) - 500) / 1e6;
  const paths = years.map((year, i) => put(`ndvi_${year}`, { value: value(i) }));
  const found = only(await figuresOf(greenness, { zones: [all], inputs: { ndvi: paths } }), {
    indicator: 'greenness',
    class: null,
  });
  expect(Math.abs(found.value ?? Number.NaN)).toBeLessThan(1e-5);
});

test('values out of range are unknown, integers are divided by their scale', async () => {
  const scaled = years.map((year, i) =>
    put(`ndvi_${year}`, { type: 'int16', value: (c, r) => (c === 39 ? -3000 : Math.round(10_000 * index(i)(c, r))) }),
  );
  const params = { scale: '10000', low: '-0.2' };
  const figures = await figuresOf(greenness, { zones: [all], inputs: { ndvi: scaled }, params });
  expect(only(figures, { indicator: 'greenness-increasing' }).n).toBe(1170);
  expect(only(figures, { indicator: 'greenness', class: null }).value).toBeCloseTo((0.02 * 10 - 0.02 * 4) / 39, 3);
});

test('fewer than eight years are refused, and so are parameters that mean nothing', async () => {
  const work = { zones: [all], inputs: { ndvi: stack } };
  const few = { zones: [all], inputs: { ndvi: stack.slice(0, 7) } };
  await expect(figuresOf(greenness, few)).rejects.toMatchObject({ code: 'input-too-short' });
  const wrong: Record<string, string>[] = [
    { alpha: '5%' },
    { alpha: '' },
    { prewhitening: 'yes' },
    { months: '4' },
    { months: '0-13' },
    { scale: '0' },
  ];
  for (const params of wrong) {
    await expect(figuresOf(greenness, { ...work, params })).rejects.toMatchObject({ code: 'param-wrong' });
  }
});

test('order of zones and number of threads change nothing', async () => {
  const zones = [zone('a', [0, 0, 12.3, 30]), zone('b', [12.3, 0, 40, 21.7])];
  const work = { inputs: { ndvi: stack }, params: { prewhitening: 'tfpw' } };
  const one = await figuresOf(greenness, { ...work, zones });
  const two = await figuresOf(greenness, { ...work, zones: zones.toReversed(), jobs: 2 });
  const other = (own: Figure): Figure => ({ ...own, zone: 1 - own.zone });
  expect([...two.map(other)].sort((a, b) => a.zone - b.zone)).toEqual(one);
});

describe('years', () => {
  const dates = [2001, 2002, 2003].flatMap((year) =>
    Array.from({ length: year === 2002 ? 6 : 12 }, (_, month) => ({
      start: `${year}-${String(month + 1).padStart(2, '0')}-01`,
      end: '',
    })),
  );

  test('a year of too few layers is left out; months over New Year count to the year that they end in', () => {
    expect(yearsOfDates(dates, { part: 0.8 }).years).toEqual([2001, 2003]);
    expect(yearsOfDates(dates, { part: 0.5 }).years).toEqual([2001, 2002, 2003]);
    const winter = yearsOfDates(dates, { months: '11-2', part: 1 });
    expect(winter.years).toEqual([2002]);
    expect(winter.yearOf.map((year, i) => (year === 0 ? dates[i]?.start.slice(0, 7) : '')).filter(Boolean)).toEqual([
      '2001-11',
      '2001-12',
      '2002-01',
      '2002-02',
    ]);
  });

  test('a mean needs as many values as are asked for', () => {
    const means = yearlyMeans({ yearOf: [0, 0, 1, -1], years: 2, least: 2, low: 0, high: 1, scale: 10 });
    means.begin(2);
    for (const [layer, values] of [
      [2, 4],
      [4, 11],
      [6, 6],
      [9, 9],
    ].entries())
      means.add(layer, Float64Array.from(values));
    expect([...means.end()]).toEqual([0.3, Number.NaN, Number.NaN, Number.NaN]);
  });
});

test('bins: a number comes back with its sign and within the error that they state', () => {
  const bins = signedBins({ least: 1e-9, most: 100, perDecade: 500 });
  expect(bins.codes.map(bins.valueOf).map(bins.codeOf)).toEqual(bins.codes);
  fc.assert(
    fc.property(fc.double({ min: -99, max: 99, noNaN: true }), (value) => {
      const found = bins.valueOf(bins.codeOf(value));
      if (Math.abs(value) < 1e-9) expect(found).toBe(0);
      else expect(Math.abs(found / value - 1)).toBeLessThanOrEqual(bins.error * (1 + 1e-9));
    }),
  );
});

const folder = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'),
  'raster',
  'gimms',
);
if (!existsSync(folder))
  console.warn(`no golden data at ${folder}: greenness of Kilimanjaro is not checked in this run (set SARYARKA_GOLDEN)`);

describe.runIf(existsSync(folder))('Kilimanjaro 1982-2013, from half-months', () => {
  const { zones: truth } = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'golden', 'greenness', 'kilimanjaro.json'), 'utf8'),
  ) as {
    zones: {
      columns: [number, number];
      pixels: number;
      median: number;
      slope: number;
      shares: Record<string, [number, number]>;
      free: Record<string, [number, number]>;
    }[];
  };
  const [west, north, size] = [36.916666666666664, -2.75, 1 / 12];
  const zones = truth.map(({ columns: [from, to] }, i) => {
    const [left, right, bottom] = [west + from * size, west + to * size, north - 9 * size];
    const ring: [number, number][] = [
      [left, bottom],
      [right, bottom],
      [right, north],
      [left, north],
      [left, bottom],
    ];
    return { id: `${i}`, kind: '', geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] } };
  });
  const dates = {
    name: 'dates.csv',
    rows: Array.from({ length: 780 }, (_, band) => {
      const month = 6 + Math.floor(band / 2);
      const day = (m: number, half: number): string =>
        `${1981 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-${half === 0 ? '01' : '16'}`;
      const date = { start: day(month, band % 2), end: band % 2 === 0 ? day(month, 1) : day(month + 1, 0) };
      return { line: band + 2, file: 'kili3g.v0.tif', band, date };
    }),
  };

  test.each(['0.01', '0.05', '0.2'])('shares at a rate of %s, slopes of pixels and of the zone', async (alpha) => {
    for (const [prewhitening, key] of [
      ['none', 'shares'],
      ['tfpw', 'free'],
    ] as const) {
      const inputs = { ndvi: [join(folder, 'kili3g.v0.tif')] };
      const figures = await figuresOf(greenness, { zones, dates, inputs, params: { alpha, prewhitening } });
      for (const [z, { pixels, median, slope, [key]: shares }] of truth.entries()) {
        const own = figures.filter((found) => found.zone === z);
        const [increasing = 0, decreasing = 0] = shares[alpha] ?? [];
        expect(only(own, { indicator: 'greenness-increasing' }).value).toBeCloseTo(100 * increasing, 6);
        expect(only(own, { indicator: 'greenness-decreasing' })).toMatchObject({ n: pixels });
        expect(only(own, { indicator: 'greenness-decreasing' }).value).toBeCloseTo(100 * decreasing, 6);
        expect((only(own, { class: 'pixel-median' }).value ?? 0) / median).toBeCloseTo(1, 2);
        expect(only(own, { indicator: 'greenness', class: null }).value).toBeCloseTo(slope, 8);
        expect(own[0]?.period).toEqual({ start: '1982-01-01', end: '2014-01-01' });
      }
    }
  });
});
