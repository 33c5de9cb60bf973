import { expect, test } from 'vitest';
import { landCover } from '../../src/indicators/land-cover.ts';
import { Problem } from '../../src/problems.ts';
import { computeBlocks } from '../../src/run/blocks.ts';
import { openRasters, valuesOf, zonalStatistics } from '../../src/run/zonal.ts';
import { parseStats } from '../../src/run/zonal-stats.ts';
import { figuresOf, only, put, scatter, zone } from '../indicators/rasters.ts';

const covers = [2000, 2010, 2020].map((year, i) => {
  const value = scatter(i, 7);
  return put(`cover_${year}`, { type: 'uint8', nodata: 0, value: (column, row) => value(column, row) + 1 });
});
const zones = [zone('a', [1.25, 2.5, 20.75, 17.1]), zone('b', [20.75, 2.5, 39.9, 29.3]), zone('c', [5, 5, 6, 6])];

test('areas of classes are those of zonal statistics by area, on a geographic and on a projected grid', async () => {
  const projected = put('cover_2000', {
    type: 'uint8',
    epsg: 32642,
    transform: [560_000, 1000, 5_540_000, -1000],
    width: 60,
    height: 70,
    value: (column, row) => scatter(9, 3)(column, row) + 1,
  });
  for (const path of [covers[0] as string, projected]) {
    const figures = await figuresOf(landCover, { zones, inputs: { 'land-cover': [path] } });
    const rasters = await openRasters([path]);
    const stats = parseStats('weight', '--stat', { byClass: true });
    const result = await zonalStatistics(zones, rasters, { stats, weight: 'area', byClass: true, jobs: 1 });
    for (const { raster } of rasters) raster.close();
    for (const [z] of zones.entries()) {
      const [total = Number.NaN] = valuesOf(result, z, 0).stats;
      const own = figures.filter((found) => found.zone === z);
      expect(own.reduce((sum, { value }) => sum + (value ?? 0), 0) / total).toBeCloseTo(1, 12);
      for (const { value, weight } of result.classes[z] ?? []) {
        expect((only(own, { class: `unccd:${value}` }).value ?? 0) / weight).toBeCloseTo(1, 12);
      }
    }
  }
});

test('one, two and three threads give the same bits, and so does any order of the zones', async () => {
  const big = put('cover_2000', {
    type: 'uint8',
    tile: [256, 256],
    width: 4000,
    height: 3000,
    transform: [70, 0.0001, 50, -0.0001],
    packed: true,
    value: (column, row) => scatter(3, 7)(column, row) + 1,
  });
  const work = { zones, inputs: { 'land-cover': [big] } };
  const one = await figuresOf(landCover, { ...work, jobs: 1 });
  for (const jobs of [2, 3]) expect(await figuresOf(landCover, { ...work, jobs })).toEqual(one);
  const [a, b, c] = zones as [(typeof zones)[0], (typeof zones)[0], (typeof zones)[0]];
  const turned = await figuresOf(landCover, { ...work, zones: [c, a, b], jobs: 1 });
  const named = (figures: typeof one, order: number[]) => figures.map((own) => ({ ...own, zone: order[own.zone] ?? -1 }));
  expect(named(turned, [2, 0, 1]).toSorted((x, y) => x.zone - y.zone)).toEqual(named(one, [0, 1, 2]));
});

test('dates put layers in order, whatever order files are given in', async () => {
  const figures = await figuresOf(landCover, { zones, inputs: { 'land-cover': covers.toReversed() } });
  const same = await figuresOf(landCover, { zones, inputs: { 'land-cover': covers } });
  expect(figures).toEqual(same);
  expect(new Set(figures.map(({ period }) => period.start))).toEqual(new Set(['2000-01-01', '2010-01-01', '2020-01-01']));
});

test('a table of dates names what file names do not', async () => {
  const path = put('cover', { type: 'uint8', value: () => 3 });
  const dates = {
    name: 'dates.csv',
    rows: [{ line: 2, file: path, band: null, date: { start: '2011-01-01', end: '2012-01-01' } }],
  };
  const [found] = await figuresOf(landCover, { zones, inputs: { 'land-cover': [path] }, dates });
  expect(found?.period.start).toBe('2011-01-01');
  await expect(figuresOf(landCover, { zones, inputs: { 'land-cover': [path] } })).rejects.toMatchObject({
    code: 'input-date-missing',
  });
});

test('what is wrong with inputs is said', async () => {
  const other = put('cover_2005', { type: 'uint8', width: 41, value: () => 1 });
  const again = put('again_2000', { type: 'uint8', value: () => 1 });
  const failing = async (paths: string[]): Promise<Problem> => {
    const error = await figuresOf(landCover, { zones, inputs: { 'land-cover': paths } }).catch((own: unknown) => own);
    expect(error).toBeInstanceOf(Problem);
    return error as Problem;
  };
  expect((await failing([covers[0] as string, other])).code).toBe('input-other-grid');
  expect((await failing([covers[0] as string, again])).code).toBe('input-date-twice');
  expect((await failing([])).code).toBe('input-missing');
  const needsTwo = { ...landCover, inputs: [{ name: 'land-cover', least: 2 }] };
  await expect(figuresOf(needsTwo, { zones, inputs: { 'land-cover': [again] } })).rejects.toMatchObject({
    code: 'input-too-short',
  });
  const off = zone('off', [100, 100, 110, 110]);
  await expect(figuresOf(landCover, { zones: [off], inputs: { 'land-cover': [again] } })).rejects.toMatchObject({
    code: 'zones-off-raster',
  });
});

test('a raster of other tiles on the same grid is read in the tiles of the first', async () => {
  const value = scatter(1, 7);
  const striped = put('cover_2010', { type: 'uint8', tile: 7, nodata: 0, value: (column, row) => value(column, row) + 1 });
  const [first = '', second = ''] = covers;
  const mixed = await figuresOf(landCover, { zones, inputs: { 'land-cover': [first, striped] } });
  expect(mixed).toEqual(await figuresOf(landCover, { zones, inputs: { 'land-cover': [first, second] } }));
});

test('cancelling ends with the reason given', async () => {
  const stop = new AbortController();
  const rasters = await openRasters(covers);
  const work = computeBlocks(landCover, {
    zones,
    inputs: { 'land-cover': rasters },
    params: landCover.params,
    jobs: 2,
    signal: stop.signal,
    onProgress: () => stop.abort(new Problem('interrupted')),
  });
  await expect(work).rejects.toMatchObject({ code: 'interrupted' });
  for (const { raster } of rasters) raster.close();
});

test('a pass over the region sorts the pixels of the region, not of the zones', async () => {
  const region = [zone('wide', [0, 0, 40, 30])];
  let pixels = [0, 0];
  const spying: typeof landCover = {
    ...landCover,
    compute: async (given, pass) => {
      const config = { classes: [1, 2, 3, 4, 5, 6, 7], nodata: [0], nesting: null, dates: 1 };
      const wide = await pass('count', config, { over: 'region' });
      const own = await pass('count', config);
      pixels = [wide, own].map((tables) => tables[0]?.[0]?.pixels.reduce((sum, count) => sum + count, 0) ?? 0);
      expect(given.region).toBe(true);
      expect(given.cells[2]).toBeCloseTo(1, 9);
      return [];
    },
  };
  await figuresOf(spying, { zones, region, inputs: { 'land-cover': [covers[0] as string] } });
  expect(pixels[0]).toBeCloseTo(1200, 6);
  expect(pixels[1]).toBeCloseTo(19.5 * 14.6, 6);
});
