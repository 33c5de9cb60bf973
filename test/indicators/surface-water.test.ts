import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Figure } from '../../src/indicators/raster-indicator.ts';
import { surfaceWater } from '../../src/indicators/surface-water.ts';
import { boxArea } from '../../src/science/areas.ts';
import { figuresOf, only, put, scatter, zone } from './rasters.ts';

const all = zone('all', [0, 0, 40, 30]);
const columns = (from: number, to: number): number => boxArea([70 + from / 100, 49.7, 70 + to / 100, 50]);
const [HIDDEN, DRY, WET] = [0, 1, 2];
const month = (year: number, m: number): string => `${year}-${String(m + 1).padStart(2, '0')}`;
const water = (name: string, value: (column: number, row: number) => number): string =>
  put(`water_${name}`, { type: 'uint8', value });

test('permanent water is there in every month, seasonal in some; what was hidden widens the bounds', async () => {
  // columns 0-9 always wet, 10-19 wet in the first of four months, 20-29 dry, 30-34 hidden in one month else wet, 35-39 never seen
  const layers = [0, 1, 2, 3].map((m) =>
    water(month(2020, 3 * m), (c) => {
      if (c < 10) return WET;
      if (c < 20) return m === 0 ? WET : DRY;
      if (c < 30) return DRY;
      return c < 35 && m > 0 ? WET : HIDDEN;
    }),
  );
  const figures = await figuresOf(surfaceWater, { zones: [all], inputs: { water: layers } });
  const permanent = only(figures, { class: 'permanent' });
  expect(permanent.low).toBeCloseTo(columns(0, 10), 3);
  expect(permanent.high).toBeCloseTo(columns(0, 10) + columns(30, 40), 3);
  expect(permanent.value).toBeCloseTo((15 / 35) * columns(0, 40), 3);
  expect(permanent).toMatchObject({ unit: 'm2', level: null, n: 1200, period: { start: '2020-01-01', end: '2021-01-01' } });
  expect(permanent.note).toMatch(/^unseen=15\.6[23]; bounds$/);
  const seasonal = only(figures, { class: 'seasonal' });
  expect(seasonal.low).toBeCloseTo(columns(10, 20), 3);
  expect(seasonal.high).toBeCloseTo(columns(10, 20) + columns(30, 40), 3);
  expect(only(figures, { class: 'ever' }).low).toBeCloseTo(columns(0, 20) + columns(30, 35), 3);
});

test('scenes of one month count once: wet where half of those that saw the pixel show water', async () => {
  const scenes = [0, 1, 2].map((day) =>
    water(`2020-07-0${day + 1}`, (c) => (c < 20 ? (day === 2 ? DRY : WET) : day === 0 ? WET : DRY)),
  );
  const other = water('2020-08', (c) => (c < 20 ? WET : DRY));
  const figures = await figuresOf(surfaceWater, { zones: [all], inputs: { water: [...scenes, other] } });
  expect(only(figures, { class: 'permanent' }).value).toBeCloseTo(columns(0, 20), 3);
  expect(only(figures, { class: 'seasonal' }).value).toBe(0);
  expect(only(figures, { class: 'permanent' }).note).toBeNull();
});

test('one layer a year says what is under water, and nothing of seasons', async () => {
  const figures = await figuresOf(surfaceWater, { zones: [all], inputs: { water: [water('2020', (c) => (c < 4 ? WET : DRY))] } });
  expect(figures.map((own) => own.class)).toEqual(['ever']);
});

test('codes in no list are taken as not seen, and the zone says how much has them', async () => {
  const figures = await figuresOf(surfaceWater, {
    zones: [all],
    inputs: { water: [water('2020', (c) => (c < 10 ? 9 : c < 20 ? WET : DRY))] },
  });
  const { low, high, note } = only(figures, { class: 'ever' });
  expect(low).toBeCloseTo(columns(10, 20), 3);
  expect(high).toBeCloseTo(columns(0, 20), 3);
  expect(note).toBe('unlisted=25; unseen=25; bounds');
});

test('means of five years and their change against the baseline; a year without a layer is named', async () => {
  const years = [2001, 2002, 2003, 2004, 2005, 2006, 2007, 2009, 2010];
  const layers = years.map((year) => water(`${year}`, (c) => (c < (year <= 2005 ? 20 : 5) ? WET : DRY)));
  const figures = await figuresOf(surfaceWater, { zones: [all], inputs: { water: layers } });
  const means = figures.filter(({ indicator }) => indicator === 'surface-water-mean');
  expect(means.map(({ period }) => period.start)).toEqual(['2001-01-01', '2006-01-01']);
  expect(means[0]?.value).toBeCloseTo(columns(0, 20), 3);
  expect(means[1]?.value).toBeCloseTo(columns(0, 5), 3);
  expect(means[1]?.note).toBe('bounds; years-missing=2008');
  const change = only(figures, { indicator: 'surface-water-change' });
  expect(change).toMatchObject({ unit: '%', class: 'ever', period: { start: '2006-01-01', end: '2011-01-01' } });
  expect(change.value).toBeCloseTo(-75, 9);
  const other = await figuresOf(surfaceWater, { zones: [all], inputs: { water: layers }, params: { baseline: '2001-2003' } });
  expect(other.filter(({ indicator }) => indicator === 'surface-water-change').map(({ period }) => period.start)).toEqual([
    '2004-01-01',
  ]);
  const wrong = { zones: [all], inputs: { water: layers }, params: { baseline: '2005-2001' } };
  await expect(figuresOf(surfaceWater, wrong)).rejects.toMatchObject({ code: 'param-wrong' });
});

test('an index is parted at the threshold given, or at the one that Otsu finds in all dates and zones together', async () => {
  const noise = scatter(4, 100);
  const index = (c: number, r: number): number => (c < 12 ? 0.5 : -0.4) + (noise(c, r) - 50) / 1000;
  const layers = ['2020-05', '2020-06'].map((name) => put(`ndwi_${name}`, { value: index }));
  const work = { zones: [zone('a', [0, 0, 20, 30]), zone('b', [20, 0, 40, 30])], inputs: { water: layers } };
  const found = await figuresOf(surfaceWater, { ...work, params: { threshold: 'otsu' } });
  const given = await figuresOf(surfaceWater, { ...work, params: { threshold: '0.3' } });
  const values = (figures: Figure[]) => figures.map(({ value }) => value);
  expect(values(found)).toEqual(values(given));
  expect(only(found, { zone: 0, class: 'permanent' }).value).toBeCloseTo(columns(0, 12), 3);
  expect(only(found, { zone: 1, class: 'permanent' }).value).toBe(0);
  expect(found[0]?.note).toMatch(/^threshold=0\.0\d+$/);
  expect(given[0]?.note).toBe('threshold=0.3');
  const swapped = await figuresOf(surfaceWater, { ...work, zones: work.zones.toReversed(), params: { threshold: 'otsu' } });
  expect(swapped.map((own) => ({ ...own, zone: 1 - own.zone })).sort((a, b) => a.zone - b.zone)).toEqual(found);
});

test('a threshold found in one kind of ground says that it is doubtful', async () => {
  const noise = scatter(5, 1000);
  const layer = put('ndwi_2020', { value: (c, r) => noise(c, r) / 1000 - 0.5 });
  const figures = await figuresOf(surfaceWater, { zones: [all], inputs: { water: [layer] }, params: { threshold: 'otsu' } });
  expect(figures[0]?.note).toMatch(/threshold-doubtful=weak/);
  const flat = put('ndwi_2020', { value: () => 0.2 });
  const none = figuresOf(surfaceWater, { zones: [all], inputs: { water: [flat] }, params: { threshold: 'otsu' } });
  await expect(none).rejects.toMatchObject({ code: 'param-wrong' });
});

test('bounds hold whatever the hidden pixels were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 9 }), async (seed, cloud) => {
      const truth = [0, 1, 2].map((m) => (c: number, r: number) => 1 + scatter(seed + m, 2)(c, r));
      const clear = truth.map((value, m) => water(month(2020, m), value));
      const cloudy = truth.map((value, m) =>
        water(month(2020, m), (c, r) => (scatter(seed + 10 + m, 10)(c, r) < cloud ? HIDDEN : value(c, r))),
      );
      const whole = await figuresOf(surfaceWater, { zones: [all], inputs: { water: clear } });
      const part = await figuresOf(surfaceWater, { zones: [all], inputs: { water: cloudy } });
      for (const { class: kind, value } of whole) {
        const found = only(part, { class: kind });
        expect(found.low ?? 0).toBeLessThanOrEqual((value ?? 0) + 1);
        expect(found.high ?? Infinity).toBeGreaterThanOrEqual((value ?? 0) - 1);
      }
    }),
    { numRuns: 15 },
  );
});
