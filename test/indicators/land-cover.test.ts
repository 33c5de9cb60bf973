import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMap } from '../../src/formats/open.ts';
import { readMapFiles, readShipped } from '../../src/formats/source-node.ts';
import { landCover } from '../../src/indicators/land-cover.ts';
import { computeBlocks } from '../../src/run/blocks.ts';
import { openRasters } from '../../src/run/zonal.ts';
import { zonesOfMap } from '../../src/run/zonal-zones.ts';
import { boxArea } from '../../src/science/areas.ts';
import { type AreaTable, areaOf, pixelsOf, totalArea } from '../../src/science/land-cover-areas.ts';
import type { ZoneNames } from '../../src/zonation/zone-words.ts';
import { figuresOf, only, put, scatter, zone } from './rasters.ts';

const left = zone('left', [0, 0, 20, 30]);
const right = zone('right', [20, 0, 40, 30]);
/** Whole columns of the grid [m2]. */
const strip = (from: number, to: number): number => boxArea([70 + from / 100, 49.7, 70 + to / 100, 50]);

test('a class has the area of its pixels on the ellipsoid, and a zone without a class of the others has 0 of it', async () => {
  const path = put('cover_2020', { type: 'uint8', value: (column) => (column < 30 ? 2 : 7) });
  const figures = await figuresOf(landCover, { zones: [left, right], inputs: { 'land-cover': [path] } });
  expect(figures).toHaveLength(4);
  expect(only(figures, { zone: 0, class: 'unccd:2' }).value).toBeCloseTo(strip(0, 20), 3);
  expect(only(figures, { zone: 0, class: 'unccd:7' })).toMatchObject({ value: 0, n: 0 });
  expect(only(figures, { zone: 1, class: 'unccd:2' }).value).toBeCloseTo(strip(20, 30), 3);
  expect(only(figures, { zone: 1, class: 'unccd:7' })).toMatchObject({
    period: { start: '2020-01-01', end: '2021-01-01' },
    unit: 'm2',
    n: 300,
    low: null,
    high: null,
    level: null,
    note: null,
  });
});

test('codes of one legend become those of another; what the legend does not have stands apart', async () => {
  // WorldCover: 10 trees, 40 cropland, 80 water; 3 is none of its codes, though one of UNCCD
  const codes = [10, 40, 80, 3, 0];
  const path = put('cover_2020', { type: 'uint8', value: (column) => codes[Math.floor(column / 8)] ?? 0 });
  const work = { zones: [zone('all', [0, 0, 40, 30])], inputs: { 'land-cover': [path] } };
  const figures = await figuresOf(landCover, { ...work, params: { legend: 'esa-worldcover', nested: 'unccd' } });
  expect(figures.map(({ class: own, n }) => [own, n])).toEqual([
    ['unccd:1', 240],
    ['unccd:3', 240],
    ['unccd:7', 240],
    ['nodata', 240],
    ['unlisted', 240],
  ]);
  await expect(figuresOf(landCover, { ...work, params: { legend: 'corine' } })).rejects.toMatchObject({ code: 'param-wrong' });
});

test("a legend of the user's own: its classes bear their names, and a nesting of their own leads to another legend", async () => {
  const legend = {
    id: 'forestry',
    nodata: [0],
    classes: [
      { code: 1, name: { ru: 'Саксаул' }, color: '#117733' },
      { code: 2, name: { en: 'Takyr', ru: 'Такыр' }, color: '#ddaa33' },
    ],
  };
  const paths = [
    put('own_2000', { type: 'uint8', value: (column) => (column < 20 ? 1 : 2) }),
    put('own_2020', { type: 'uint8', value: (column) => (column < 10 ? 1 : column < 30 ? 2 : 0) }),
  ];
  const work = { zones: [zone('all', [0, 0, 40, 30])], inputs: { 'land-cover': paths } };
  const own = await figuresOf(landCover, { ...work, params: { legend: JSON.stringify(legend) } });
  expect(own.filter(({ period }) => period.start === '2020-01-01').map((one) => [one.class, one.n])).toEqual([
    ['Саксаул', 300],
    ['Takyr', 600],
    ['nodata', 300],
  ]);
  expect(
    only(
      own.filter(({ indicator }) => indicator === 'land-cover-change'),
      { class: 'Саксаул → Takyr' },
    ).n,
  ).toBe(300);
  const nesting = {
    id: 'x',
    from: 'forestry',
    to: 'unccd',
    classes: [
      { from: 1, to: 1 },
      { from: 2, to: 6 },
    ],
  };
  const params = { legend: JSON.stringify(legend), nested: 'unccd', nesting: JSON.stringify(nesting) };
  const nested = await figuresOf(landCover, { ...work, params });
  expect(nested.map(({ class: code }) => code)).toContain('unccd:1>6');
  for (const fault of [{ id: '' }, { nodata: ['a'] }, { classes: [] }, { classes: [{ code: 1, name: {}, color: '#000000' }] }]) {
    const wrong = { legend: JSON.stringify({ ...legend, ...fault }) };
    await expect(figuresOf(landCover, { ...work, params: wrong })).rejects.toMatchObject({ code: 'param-wrong' });
  }
  const broken = { legend: '{"id":' };
  await expect(figuresOf(landCover, { ...work, params: broken })).rejects.toMatchObject({ code: 'param-wrong' });
});

test('a code that is no whole 16-bit number is unlisted, not the class it would be cut to', async () => {
  const codes = [65_538, 1.5, -40_000, 2];
  const path = put('cover_2020', { type: 'float64', value: (column) => codes[Math.floor(column / 10)] ?? 0 });
  const figures = await figuresOf(landCover, { zones: [zone('all', [0, 0, 40, 30])], inputs: { 'land-cover': [path] } });
  expect(figures.map(({ class: own, n }) => [own, n])).toEqual([
    ['unccd:2', 300],
    ['unlisted', 900],
  ]);
});

test('what went from class to class between the first and last date, and what is not known at one of them', async () => {
  const first = put('cover_2000', { type: 'uint8', nodata: 0, value: (column) => (column < 10 ? 2 : 3) });
  const middle = put('cover_2010', { type: 'uint8', nodata: 0, value: () => 1 });
  const last = put('cover_2020', { type: 'uint8', nodata: 0, value: (column) => (column < 5 ? 3 : column < 35 ? 2 : 0) });
  const zones = [zone('all', [0, 0, 40, 30])];
  const change = (await figuresOf(landCover, { zones, inputs: { 'land-cover': [last, first, middle] } })).filter(
    ({ indicator }) => indicator === 'land-cover-change',
  );
  expect(change.map(({ class: own, n }) => [own, n])).toEqual([
    ['unccd:2>3', 150],
    ['unccd:3>2', 750],
    ['unknown', 150],
  ]);
  expect(change[0]).toMatchObject({ period: { start: '2000-01-01', end: '2021-01-01' }, unit: 'm2' });
  expect(change[1]?.value).toBeCloseTo(strip(10, 35), 3);
});

test('a zone half beside the raster says so, one wholly beside it has no figure but that', async () => {
  const path = put('cover_2020', { type: 'uint8', value: () => 2 });
  const zones = [zone('half', [-20, 0, 20, 30]), zone('off', [-50, 0, -40, 30])];
  const figures = await figuresOf(landCover, { zones, inputs: { 'land-cover': [path] } });
  expect(only(figures, { zone: 0 })).toMatchObject({ class: 'unccd:2', note: 'outside=50' });
  expect(only(figures, { zone: 1 })).toMatchObject({ class: null, value: null, note: 'outside=100' });
});

test('a class that rests on few pixels says on how many', async () => {
  const path = put('cover_2020', { type: 'uint8', value: (column, row) => (column < 3 && row < 3 ? 5 : 2) });
  const figures = await figuresOf(landCover, { zones: [left], inputs: { 'land-cover': [path] } });
  expect(only(figures, { class: 'unccd:5' }).note).toBe('few-pixels=9');
  expect(only(figures, { class: 'unccd:2' }).note).toBeNull();
});

describe('with a confusion matrix', () => {
  // Olofsson et al. 2014, section 5: four classes, put on the first four of seven; pixels of one row of the grid have one area
  const sample = [
    [66, 0, 5, 4, 0, 0, 0],
    [0, 55, 8, 12, 0, 0, 0],
    [1, 0, 153, 11, 0, 0, 0],
    [2, 1, 9, 313, 0, 0, 0],
    ...[5, 6, 7].map(() => [0, 0, 0, 0, 3, 0, 0]),
  ];
  // shares 0.020, 0.015, 0.320, 0.645 of 1000 columns
  const path = put('cover_2020', {
    type: 'uint8',
    width: 1000,
    height: 1,
    tile: [256, 1],
    transform: [70, 0.001, 50, -0.3],
    value: (column) => (column < 20 ? 1 : column < 35 ? 2 : column < 355 ? 3 : 4),
  });
  const all = zone('all', [0, 0, 100, 30]);

  test('areas are those of the reference with their intervals', async () => {
    const params = { confusion: JSON.stringify(sample) };
    const figures = await figuresOf(landCover, { zones: [all], inputs: { 'land-cover': [path] }, params });
    const whole = boxArea([70, 49.7, 71, 50]);
    const { value, low, high, level, note } = only(figures, { class: 'unccd:1' });
    // printed: 21,158 ± 6,158 ha of 900,000 ha
    expect((value as number) / whole).toBeCloseTo(21_158 / 900_000, 6);
    expect(((high as number) - (low as number)) / 2 / whole).toBeCloseTo(6158 / 900_000, 6);
    expect(level).toBe(0.95);
    expect(note).toBe('few-pixels=20; map-errors-elsewhere');
  });

  test('a class that a zone has and the sample does not is named', async () => {
    const bare = sample.map((row, i) => (i === 1 ? row.map(() => 0) : row));
    const work = { zones: [all], inputs: { 'land-cover': [path] }, params: { confusion: JSON.stringify(bare) } };
    await expect(figuresOf(landCover, work)).rejects.toMatchObject({
      code: 'param-wrong',
      details: { field: 'confusion', found: 'unccd:2: 0, 0, 0, 0, 0, 0, 0' },
    });
  });

  test.each(['[[1,2],[3,4]]', '[', '{"a": 1}', JSON.stringify(sample).replace('66', '-66')])(
    '%s is refused',
    async (confusion) => {
      const work = { zones: [all], inputs: { 'land-cover': [path] }, params: { confusion } };
      await expect(figuresOf(landCover, work)).rejects.toMatchObject({ code: 'param-wrong' });
    },
  );
});

test('areas of classes add up to the zone, and those of two halves to the whole, wherever the cut runs', async () => {
  const paths = [2000, 2020].map((year, i) => {
    const value = scatter(i, 9);
    return put(`cover_${year}`, { type: 'uint8', nodata: 0, value });
  });
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0.01, max: 39.99, noNaN: true }), async (cut) => {
      const zones = [zone('a', [0, 0, cut, 30]), zone('b', [cut, 0, 40, 30]), zone('all', [0, 0, 40, 30])];
      const figures = await figuresOf(landCover, { zones, inputs: { 'land-cover': paths } });
      const sums = new Map<string, number[]>();
      for (const { indicator, class: own, period, zone: z, value } of figures) {
        const key = `${indicator} ${own} ${period.start}`;
        const parts = sums.get(key) ?? [0, 0, 0];
        parts[z] = value ?? Number.NaN;
        sums.set(key, parts);
      }
      for (const [a = 0, b = 0, whole = 0] of sums.values()) expect(Math.abs(a + b - whole)).toBeLessThan(1e-9 * strip(0, 40));
      for (const z of [0, 1, 2]) {
        const of2000 = figures.filter((own) => own.zone === z && own.period.end === '2001-01-01');
        const sum = of2000.reduce((all, { value }) => all + (value ?? Number.NaN), 0);
        expect(sum / ([strip(0, cut), strip(cut, 40), strip(0, 40)][z] ?? 0)).toBeCloseTo(1, 9);
      }
    }),
    { numRuns: 20 },
  );
});

const folder = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'),
  'raster',
  'spDataLarge',
);
if (!existsSync(folder))
  console.warn(`no golden data at ${folder}: land cover of Zion is not checked in this run (set SARYARKA_GOLDEN)`);

describe.runIf(existsSync(folder))('Zion National Park, two land cover maps', () => {
  type Counts = Record<string, [pixels: number, area: number]>;
  const truth = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'land-cover-zion', 'zion.json'), 'utf8')) as {
    first: Counts;
    last: Counts;
    pairs: Counts;
  };

  test('pixels and areas by class, and by pair of classes, are those of exactextract with cells of PROJ', async () => {
    const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
    const { zones } = zonesOfMap(await openMap(readMapFiles(join(folder, 'zion.gpkg'))), names);
    const rasters = await openRasters(['nlcd.tif', 'nlcd2011.tif'].map((name) => join(folder, name)));
    const classes = [...new Set([...Object.keys(truth.first), ...Object.keys(truth.last)])].map(Number);
    let tables: AreaTable[] = [];
    const counting: typeof landCover = {
      ...landCover,
      compute: async (_, pass) => {
        [tables = []] = await pass('count', { classes, nodata: [255], nesting: null, dates: 2 });
        return [];
      },
    };
    const dates = {
      name: 'dates.csv',
      rows: ['nlcd', 'nlcd2011'].map((file, i) => ({
        line: i + 2,
        file,
        band: null,
        date: { start: `${2001 + 10 * i}-01-01`, end: `${2002 + 10 * i}-01-01` },
      })),
    };
    await computeBlocks(counting, { zones, inputs: { 'land-cover': rasters }, params: {}, dates, jobs: 1 });
    for (const { raster } of rasters) raster.close();
    const [first, last, pairs] = tables as [AreaTable, AreaTable, AreaTable];
    const all = totalArea(first);
    const close = (found: number, wanted: number, whole: number): void =>
      expect(Math.abs(found - wanted) / whole).toBeLessThan(2e-6);
    for (const [table, counts] of [
      [first, truth.first],
      [last, truth.last],
    ] as const) {
      for (const [code, [pixels, area]] of Object.entries(counts)) {
        close(pixelsOf(table, Number(code)), pixels, all / 1000);
        close(areaOf(table, Number(code)), area, all);
      }
    }
    for (const [pair, [, area]] of Object.entries(truth.pairs)) {
      const [from = 0, to = 0] = pair.split('>').map(Number);
      close(areaOf(pairs, from, to), area, all);
    }
  });
});
