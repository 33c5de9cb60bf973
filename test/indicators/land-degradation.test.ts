import { expect, test } from 'vitest';
import { landDegradation } from '../../src/indicators/land-degradation.ts';
import type { Figure } from '../../src/indicators/raster-indicator.ts';
import { boxArea } from '../../src/science/areas.ts';
import { landCoverDegradation, transitionMeanings } from '../../src/science/land-cover.ts';
import { oneOutAllOut } from '../../src/science/land-degradation.ts';
import {
  combineProductivity,
  productivityDegradation,
  productivityTable,
} from '../../src/science/land-degradation-productivity.ts';
import { stateBlock } from '../../src/science/land-degradation-state.ts';
import { trajectoryBlock } from '../../src/science/land-degradation-trajectory.ts';
import { combinationTable, transitionTable } from '../science/land-data.ts';
import { figuresOf, only, put, scatter, zone } from './rasters.ts';

const all = zone('all', [0, 0, 40, 30]);
const columns = (from: number, to: number): number => boxArea([70 + from / 100, 49.7, 70 + to / 100, 50]);
const years = Array.from({ length: 16 }, (_, i) => 2001 + i);
/** Falls in columns 0-9, rises in 10-19, stays as it is from 20 on. */
const ndvi = (i: number) => (column: number) => {
  const trend = column < 10 ? -0.01 : column < 20 ? 0.01 : 0;
  return Math.fround(0.5 + trend * (i - 8) + 0.0001 * ((i * 7) % 5));
};
const stack = years.map((year, i) => put(`ndvi_${year}`, { value: ndvi(i) }));
const cover = (year: number, value: (column: number, row: number) => number): string =>
  put(`cover_${year}`, { type: 'uint8', nodata: 0, value });
const [GRASS, CROP, CITY, OTHER, WATER] = [2, 3, 5, 6, 7];
/** Grass; a town grows in columns 30-34; columns 35-39 are a lake that dries up in 38-39. */
const covers = [
  cover(2001, (c) => (c >= 35 ? WATER : GRASS)),
  cover(2016, (c) => (c >= 38 ? OTHER : c >= 35 ? WATER : c >= 30 ? CITY : GRASS)),
];
const unccd = { legend: 'unccd' };
const work = { zones: [all], inputs: { ndvi: stack, 'land-cover': covers }, params: unccd };

test('a pixel is degraded by productivity or by land cover; water is no land; gaps of method are said', async () => {
  const figures = await figuresOf(landDegradation, work);
  const share = only(figures, { indicator: 'land-degradation', class: null });
  expect(share.value).toBeCloseTo((100 * 15) / 35, 6);
  expect(share).toMatchObject({ unit: '%', n: 1050, level: null, period: { start: '2001-01-01', end: '2017-01-01' } });
  expect(share.note).toBe('land-cover-years=2001–2016; no-performance; no-soil');
  const area = (kind: string): number | null => only(figures, { indicator: 'land-degradation-area', class: kind }).value;
  expect(area('degraded')).toBeCloseTo(columns(0, 15), 3);
  expect(area('improved')).toBeCloseTo(columns(0, 10), 3);
  expect(area('stable')).toBeCloseTo(columns(0, 10), 3);
  expect(area('unknown')).toBe(0);
  expect(area('water')).toBeCloseTo(columns(0, 5), 3);
  expect(area('productivity:degraded')).toBeCloseTo(columns(0, 10), 3);
  expect(area('land-cover:degraded')).toBeCloseTo(columns(0, 5), 3);
  expect(figures.some((own) => own.class?.startsWith('soil') === true)).toBe(false);
});

test('a lake that dries up is land and degraded with the table for that', async () => {
  const figures = await figuresOf(landDegradation, { ...work, params: { ...unccd, transitions: 'unccd-desiccation' } });
  expect(only(figures, { indicator: 'land-degradation', class: null }).value).toBeCloseTo((100 * 17) / 37, 6);
  expect(only(figures, { class: 'water' }).value).toBeCloseTo(columns(0, 3), 3);
});

test('what is not known stays in the denominator and widens the share', async () => {
  const gaps = years.map((year, i) => put(`ndvi_${year}`, { value: (c) => (c >= 25 && c < 30 ? Number.NaN : ndvi(i)(c)) }));
  const figures = await figuresOf(landDegradation, { ...work, inputs: { ...work.inputs, ndvi: gaps } });
  const { value, low, high, note } = only(figures, { indicator: 'land-degradation', class: null });
  expect([value, low, high].map((own) => Math.round(35 * (own ?? 0)) / 100)).toEqual([15, 15, 20]);
  expect(note).toMatch(/; bounds-unknown-land$/);
  expect(only(figures, { class: 'unknown' }).value).toBeCloseTo(columns(0, 5), 3);
});

test('performance is against the best of the unit in the region, and left out without one', async () => {
  // the zone yields 0.2 all over, the ground around it of the same soil 0.6
  const poor = years.map((year, i) => put(`ndvi_${year}`, { value: (c) => (c < 10 ? 0.2 : 0.6) + 0.0001 * ((i * 7) % 5) }));
  const units = put('soil', { type: 'uint8', value: () => 12 });
  const reserve = zone('reserve', [0, 0, 10, 30]);
  const inputs = { ndvi: poor, 'land-cover': [cover(2001, () => GRASS), cover(2016, () => GRASS)], units: [units] };
  const params = { ...unccd, method: 'gpg-v2' }; // by its table low performance alone counts
  const without = await figuresOf(landDegradation, { zones: [reserve], inputs, params });
  expect(only(without, { indicator: 'land-degradation', class: null })).toMatchObject({ value: 0 });
  expect(without[0]?.note).toMatch(/no-performance/);
  const region = [zone('east', [20, 0, 40, 30]), zone('west', [0, 0, 20, 30])];
  const found = await figuresOf(landDegradation, { zones: [reserve], region, inputs, params });
  expect(only(found, { indicator: 'land-degradation', class: null })).toMatchObject({ value: 100 });
  expect(found[0]?.note).toMatch(/performance-region/);
  const narrow = await figuresOf(landDegradation, { zones: [reserve], region: [reserve], inputs, params });
  expect(only(narrow, { indicator: 'land-degradation', class: null })).toMatchObject({ value: 0 });
  const turned = await figuresOf(landDegradation, { zones: [reserve], region: region.toReversed(), inputs, params });
  expect(turned).toEqual(found);
});

test('soil carbon is carried forward by the land cover of every year, which it needs', async () => {
  const soc = put('soc', { value: () => 60 });
  const ploughed = (count: number) =>
    years.slice(0, count).map((year, i) => cover(year, (c) => (c < 20 && i > 0 ? CROP : GRASS)));
  const flat = years.map((year, i) => put(`ndvi_${year}`, { value: () => 0.4 + 0.0001 * ((i * 7) % 5) }));
  const given = (layers: string[]) => ({ zones: [all], inputs: { ndvi: flat, 'land-cover': layers, soc: [soc] }, params: unccd });
  const figures = await figuresOf(landDegradation, given(ploughed(16)));
  // grass to crop in a dry temperate climate: 1 % a year, 15 years
  expect(only(figures, { class: 'soil:degraded' }).value).toBeCloseTo(columns(0, 20), 3);
  expect(only(figures, { indicator: 'land-degradation', class: null }).value).toBeCloseTo(50, 6);
  const holes = ploughed(16).filter((_, i) => i !== 5);
  await expect(figuresOf(landDegradation, given(holes))).rejects.toMatchObject({
    code: 'input-too-short',
    details: { input: 'land-cover', found: 15, expected: 16 },
  });
});

test('with a baseline there are two periods and their status', async () => {
  const more = [...years, 2017, 2018, 2019, 2020];
  const paths = more.map((year, i) => put(`ndvi_${year}`, { value: ndvi(i) }));
  const inputs = { ndvi: paths, 'land-cover': covers };
  const params = { ...unccd, baseline: '2001-2016', period: '2005-2020' };
  const figures = await figuresOf(landDegradation, { zones: [all], inputs, params });
  const shares = figures.filter(({ indicator, class: own }) => indicator === 'land-degradation' && own === null);
  expect(shares.map(({ period }) => period.start)).toEqual(['2001-01-01', '2005-01-01']);
  const status = (code: string): number => only(figures, { class: `status:${code}` }).value ?? Number.NaN;
  expect(status('1')).toBeCloseTo(columns(0, 15), 3); // persistent degradation
  expect(status('7')).toBeCloseTo(columns(0, 10), 3); // persistent improvement
  expect(status('4')).toBeCloseTo(columns(0, 10), 3);
  expect(status('unknown')).toBe(0);
});

test('classes are those of the kernels pixel by pixel, and add up to the zone, by either method', async () => {
  const noisy = years.map((_, i) => scatter(i, 1000));
  const value = (i: number) => (c: number, r: number) =>
    Math.fround(0.3 + (noisy[i]?.(c, r) ?? 0) * 0.0002 + ((scatter(77, 7)(c, r) - 3) * 0.004 * i) / 3);
  const paths = years.map((year, i) => put(`ndvi_${year}`, { value: value(i) }));
  const [before, after] = [scatter(51, 7), scatter(52, 9)];
  const maps = [cover(2001, (c, r) => before(c, r) + 1), cover(2016, (c, r) => after(c, r))];
  const pixels = Array.from({ length: 1200 }, (_, i) => [i % 40, Math.floor(i / 40)] as const);
  const layers = years.map((_, i) => Float64Array.from(pixels, ([c, r]) => value(i)(c, r)));
  const initial = Int16Array.from(pixels, ([c, r]) => before(c, r) + 1);
  const final = Int16Array.from(pixels, ([c, r]) => after(c, r) || -32768);
  const lost = landCoverDegradation(initial, final, transitionMeanings(transitionTable('unccd')));
  for (const method of ['trends-earth', 'gpg-v2'] as const) {
    const table = productivityTable(combinationTable(method));
    const trajectory = trajectoryBlock(years, layers, { method, scale: 1 }).degradation;
    const state = stateBlock(layers.slice(0, -3), layers.slice(-3), { method, scale: 1 }).degradation;
    const counts = new Map<number, number>();
    for (const [i] of pixels.entries()) {
      if (initial[i] === 7) continue;
      const five = combineProductivity(trajectory[i] as number, state[i] as number, 0, table);
      const productivity = table.classes === 5 ? productivityDegradation(five) : five;
      const found = oneOutAllOut(productivity, lost[i] as number, 0);
      counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    const zones = [all, zone('part', [3.3, 2.2, 17.8, 29])];
    const figures = await figuresOf(landDegradation, {
      zones,
      inputs: { ndvi: paths, 'land-cover': maps },
      params: { ...unccd, method },
    });
    const kinds = { degraded: -1, stable: 0, improved: 1, unknown: -32768 };
    for (const [kind, code] of Object.entries(kinds)) {
      const area = only(figures, { zone: 0, class: kind }).value ?? Number.NaN;
      // pixels of the northernmost row are half a percent smaller than those of the southernmost
      expect(Math.abs(area / (columns(0, 40) / 1200) - (counts.get(code) ?? 0))).toBeLessThan(1.5);
    }
    const own = (z: number): Figure[] =>
      figures.filter((one) => one.zone === z && [...Object.keys(kinds), 'water'].includes(one.class ?? ''));
    expect(own(0).reduce((sum, one) => sum + (one.value ?? 0), 0)).toBeCloseTo(columns(0, 40), 3);
    const box = boxArea([70.033, 49.71, 70.178, 49.978]);
    expect(own(1).reduce((sum, one) => sum + (one.value ?? 0), 0) / box).toBeCloseTo(1, 5);
  }
});

test('what cannot be computed is refused with its reason', async () => {
  const failing = (params: Record<string, string>, inputs = work.inputs) =>
    expect(figuresOf(landDegradation, { ...work, inputs, params: { ...unccd, ...params } })).rejects;
  await failing({ period: '2001-2007' }).toMatchObject({ code: 'input-too-short', details: { input: 'ndvi', found: 7 } });
  await failing({ period: '2001-2010' }).toMatchObject({ code: 'input-too-short', details: { input: 'land-cover' } });
  await failing({ method: 'gpg' }).toMatchObject({ code: 'param-wrong' });
  await failing({ table: 'own' }).toMatchObject({ code: 'param-wrong', details: { field: 'table' } });
  await failing({ legend: 'corine' }).toMatchObject({ code: 'param-wrong', details: { field: 'legend' } });
});
