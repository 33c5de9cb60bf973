import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drought } from '../../src/indicators/drought.ts';
import { monthPeriod } from '../../src/indicators/drought-series.ts';
import { thornthwaite } from '../../src/science/evapotranspiration-temperature.ts';
import { spei } from '../../src/science/spei.ts';
import { spi } from '../../src/science/spi.ts';
import type { Observation } from '../../src/types.ts';
import { put, scatter } from './rasters.ts';
import { computed, drawn } from './sources.ts';

const zones = [drawn('core', [0, 0, 10, 30]), drawn('transition', [20, 0, 40, 30])];
const random = scatter(7, 1000);
const YEARS = 32;
const FIRST = 1990;
/** Rain of a month: the core and the transition area have years of their own. */
const rainOf = (month: number, dry: boolean): number => 20 + (random(month, dry ? 1 : 2) / 1000) ** 3 * 60;
const warmthOf = (month: number): number => 8 - 14 * Math.cos((month * Math.PI) / 6) + random(month, 3) / 500;
const months = Array.from({ length: YEARS * 12 }, (_, month) => month);

/** One raster with a band for each month. */
function stack(name: string, unit: string, value: (column: number, month: number) => number): string {
  const items = months.flatMap((month) => [
    `<Item name="DESCRIPTION" sample="${month}" role="description">${name} ${monthPeriod(FIRST, month).start.slice(0, 7)}</Item>`,
    `<Item name="UNITTYPE" sample="${month}" role="unittype">${unit}</Item>`,
  ]);
  const metadata = `<GDALMetadata>${items.join('')}</GDALMetadata>`;
  return put(name, { bands: months.length, metadata, packed: true, value: (column, _, band) => value(column, band) });
}

const rain = stack('rain', 'mm', (column, month) => Math.fround(rainOf(month, column < 15)));
const warmth = stack('warmth', 'K', (_, month) => Math.fround(warmthOf(month) + 273.15));

function series(
  observations: readonly Observation[],
  indicator: string,
  scale: number,
  feature: string,
): Map<string, number | null> {
  const own = observations.filter((o) => o.indicator === indicator && o.by.class === `months-${scale}` && o.feature === feature);
  return new Map(own.map((o) => [o.period?.start ?? '', o.value]));
}

test('the index of a zone is that of its mean rain, scale by scale, from the first month that has one', async () => {
  const { observations } = await computed(drought, { zones, files: { precipitation: [rain] }, params: { series: '3,6,12' } });
  expect(observations.some(({ indicator }) => indicator === 'spei')).toBe(false);
  for (const [feature, dry] of [
    ['s/core', true],
    ['s/transition', false],
  ] as const) {
    const own = months.map((month) => Math.fround(rainOf(month, dry)));
    for (const scale of [3, 6, 12]) {
      const expected = spi(own, { scale }).values;
      const found = series(observations, 'spi', scale, feature);
      expect(found.size).toBe(months.length - scale + 1);
      for (const month of months.slice(scale - 1))
        expect(found.get(monthPeriod(FIRST, month).start)).toBeCloseTo(expected[month] as number, 5);
    }
  }
});

test('with temperature SPEI comes along, by Thornthwaite in degrees Celsius', async () => {
  const files = { precipitation: [rain], temperature: [warmth] };
  const { observations } = await computed(drought, { zones, files, params: { scales: '6' } });
  const own = months.map((month) => Math.fround(rainOf(month, true)));
  const demand = thornthwaite(
    months.map((month) => Math.fround(warmthOf(month) + 273.15) - 273.15),
    { latitude: 49.85, year: FIRST },
  );
  const expected = spei(own, demand, { scale: 6 }).values;
  const found = series(observations, 'spei', 6, 's/core');
  for (const month of months.slice(5))
    expect(found.get(monthPeriod(FIRST, month).start)).toBeCloseTo(expected[month] as number, 4);
});

test('months in drought by year are those of its droughts; a year that is known in part has bounds', async () => {
  const { observations } = await computed(drought, { zones, files: { precipitation: [rain] }, params: { scales: '12' } });
  const yearly = observations.filter((o) => o.indicator === 'drought-months' && o.feature === 's/core');
  expect(yearly).toHaveLength(YEARS);
  const [first, ...rest] = yearly;
  expect(first).toMatchObject({ note: 'drought-months-known=1', quality: 'partial', unit: 'mo' });
  expect((first?.high ?? 0) - (first?.low ?? 0)).toBe(11);
  const index = series(observations, 'spi', 12, 's/core');
  const dry = rest.reduce((sum, { value }) => sum + (value ?? 0), 0);
  // every month at -1 or below is in a drought, none at zero or above
  const [least, most] = [(v: number) => v <= -1, (v: number) => v < 0].map(
    (is) => [...index.values()].filter((v) => is(v ?? 1)).length,
  );
  expect(dry).toBeGreaterThanOrEqual((least ?? 0) - 1);
  expect(dry).toBeLessThanOrEqual(most ?? 0);
  expect(dry).toBeGreaterThan(0);
});

test('the calibration is a part of the record, few years are told, and years beyond the record are refused', async () => {
  const files = { precipitation: [rain] };
  const { observations } = await computed(drought, { zones, files, params: { scales: '3', calibration: '1990-2009' } });
  const own = months.map((month) => Math.fround(rainOf(month, true)));
  const expected = spi(own, { scale: 3, calibration: { from: 0, to: 240 } }).values;
  expect(series(observations, 'spi', 3, 's/core').get('2020-06-01')).toBeCloseTo(expected[365] as number, 5);
  expect(observations.find(({ period }) => period?.start === '2020-06-01')?.note).toMatch(/^drought-short=(19|20)$/);
  await expect(computed(drought, { zones, files, params: { calibration: '1961-1990' } })).rejects.toMatchObject({
    code: 'param-wrong',
    details: { field: 'calibration', expected: '1990-2021' },
  });
});

test('a record of some months is too short for any index', async () => {
  const short = ['2001-01', '2001-02', '2001-03'].map((name) => put(`rain_${name}`, { value: (c) => c }));
  const work = { zones, files: { precipitation: short }, params: { 'precipitation-unit': 'mm', scales: '1' } };
  await expect(computed(drought, work)).rejects.toMatchObject({ code: 'input-too-short', details: { found: 3, expected: 48 } });
});

test('layers of a year, a month twice, a unit that is not clear, two ways to evapotranspiration: each refused by name', async () => {
  const of = (precipitation: string[], more: Record<string, string[]> = {}) =>
    computed(drought, { zones, files: { precipitation, ...more } });
  await expect(of([put('rain_2001')])).rejects.toMatchObject({ code: 'input-not-monthly' });
  await expect(of([put('rain_2001-01'), put('rain_2001-01')])).rejects.toMatchObject({ code: 'input-date-twice' });
  await expect(of([put('rain_2001-01')])).rejects.toMatchObject({ code: 'input-unit', details: { field: 'precipitation-unit' } });
  await expect(of([rain], { temperature: [warmth], evapotranspiration: [rain] })).rejects.toMatchObject({
    code: 'input-several',
  });
});

const golden = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const gauge = join(golden, 'water', 'climate_indices-monthly.csv');
/** Names of bands tell years from 1900 on only; the index does not depend on them. */
const LATER = 50;
const present = existsSync(gauge);
if (!present) console.warn(`no golden data at ${gauge}: drought from rasters is not held against others (set SARYARKA_GOLDEN)`);

test.skipIf(!present)('a gauge of 123 years as rasters: SPI is that of climate_indices', async () => {
  const [head = [], ...rows] = readFileSync(gauge, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const column = (name: string): number[] =>
    rows.map((row) => (row[head.indexOf(name)] ? Number(row[head.indexOf(name)]) : Number.NaN));
  const [depth, one, six] = [column('precip_mm'), column('spi1_gamma'), column('spi6_gamma')];
  const named = rows.map(
    (row, i) =>
      `<Item name="DESCRIPTION" sample="${i}" role="description">${Number(row[0]) + LATER}-${row[1]?.padStart(2, '0')}</Item>`,
  );
  const path = put('gauge', {
    width: 4,
    height: 3,
    tile: [16, 16],
    transform: [70, 0.1, 50, -0.1],
    type: 'float64',
    bands: rows.length,
    metadata: `<GDALMetadata>${named.join('')}</GDALMetadata>`,
    packed: true,
    value: (_, __, band) => depth[band] as number,
  });
  const params = { scales: '1,6', series: '1,6', 'precipitation-unit': 'mm' };
  const { observations } = await computed(drought, { zones: zones.slice(0, 1), files: { precipitation: [path] }, params });
  const off = (scale: number, expected: number[]): number[] => {
    const found = series(observations, 'spi', scale, 's/core');
    return expected.flatMap((value, i) =>
      Number.isNaN(value) ? [] : [Math.abs(value - (found.get(monthPeriod(1895 + LATER, i).start) ?? 9))],
    );
  };
  expect(Math.max(...off(1, one))).toBeLessThan(2e-4); // their input has four digits
  expect(off(6, six).length).toBeGreaterThan(1400);
  expect(Math.max(...off(6, six))).toBeLessThan(5e-6);
});
