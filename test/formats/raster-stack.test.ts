import { describe, expect, test } from 'vitest';
import type { RasterBand } from '../../src/formats/raster.ts';
import { dateIn, periodText, stackLayers } from '../../src/formats/raster-stack.ts';
import { readDateTable } from '../../src/formats/raster-stack-table.ts';
import { problemOf } from './expect-problem.ts';

const band = (more: Partial<RasterBand> = {}): RasterBand => ({
  type: 'int16',
  nodata: null,
  scale: 1,
  offset: 0,
  description: null,
  date: null,
  unit: null,
  alpha: false,
  ...more,
});

const raster = (name: string, ...bands: Partial<RasterBand>[]) => ({ name, bands: bands.map(band) });

const table = (text: string) => readDateTable({ name: 'dates.csv', bytes: new TextEncoder().encode(text) });

describe('dates in names', () => {
  test.each([
    ['MOD13A1_NDVI_2016_001', '2016-01-01'],
    ['MOD13A1_NDVI_2016_353', '2016-12-18'],
    ['MOD13Q1.A2020366.h22v03.061.2021012212345', '2020-12-31'],
    ['20160101', '2016-01-01'],
    ['ndvi_2016-01-17', '2016-01-17'],
    ['ndvi.2016.01.17', '2016-01-17'],
    ['2016-01', '2016-01'],
    ['water201607', '2016-07'],
    ['nlcd2011', '2011'],
    ['y2001', '2001'],
    ['gimms_1981-2015', '1981/2015'],
    ['S2A_MSIL2A_20200105T053221_N0213', '2020-01-05'],
    ['LC08_L1TP_150030_20200101_20200823_02_T1', '2020-01-01'],
    ['LT05_195012_19850716', '1985-07-16'],
    ['NDVI 2013-09-14T00:00:00Z', '2013-09-14'],
  ])('%s is of %s', (name, date) => {
    const period = dateIn(name);
    if (period === null) throw new Error(`no date in ${name}`);
    expect(periodText(period).replace(/(\d{4})-01-01\/(\d{4})-12-31/, '$1/$2')).toBe(date);
  });

  test.each(['ndvi', 'dem_2000m', 'mask2048x2048', 'tile_3016', '2015_366_', 'x2016023', 'band_12'])(
    '%s tells no date that is not there',
    (name) => {
      const period = dateIn(name);
      expect(period === null ? null : periodText(period)).toBe({ '2015_366_': '2015', x2016023: '2016-01-23' }[name] ?? null);
    },
  );
});

test('what the band says goes before what the file is called, and a table before both', () => {
  const rasters = [
    raster('stack_2010.tif', { description: 'NDVI 2016-01-01' }, { date: { start: '2017-01-01', end: '2018-01-01' } }, {}),
    raster('folder/b.tif', {}),
  ];
  const shown = (dates: ReturnType<typeof table> | null) =>
    stackLayers(rasters, { dates }).map(({ raster: r, band: b, date }) => [r, b, date === null ? null : periodText(date)]);
  expect(shown(null)).toEqual([
    [0, 0, '2016-01-01'],
    [0, 1, '2017'],
    [0, 2, '2010'],
    [1, 0, null],
  ]);
  expect(shown(table('file,band,date\nstack_2010.tif,1,2020-05\nstack_2010,,2021\nb.tif,,1999\n'))).toEqual([
    [0, 0, '2020-05'],
    [0, 1, '2021'],
    [0, 2, '2021'],
    [1, 0, '1999'],
  ]);
});

test('a band that only says which pixels stand is no layer', () => {
  expect(stackLayers([raster('rgb.tif', {}, {}, { alpha: true })]).map((layer) => layer.band)).toEqual([0, 1]);
});

test('a period is written in its shortest form', () => {
  expect(periodText({ start: '2016-01-01', end: '2016-01-17' })).toBe('2016-01-01/2016-01-16');
  expect(periodText({ start: '2016-01-01', end: '2017-01-01' })).toBe('2016');
});

describe('a table of dates', () => {
  test('needs its columns', async () => {
    const problem = await problemOf(() => table('name,date\na,2016\n'));
    expect(problem.code).toBe('stack-table-columns');
    expect(problem.message).toContain('name, date');
  });
  test.each(['a.tif,2016-13', 'a.tif,', ',2016'])('with %s is refused, naming the line', async (line) => {
    const problem = await problemOf(() => table(`file,date\nb.tif,2016\n${line}\n`));
    expect(problem.code).toBe('stack-table-value');
    expect(problem.message).toContain('line 3');
  });
  test('with a line for a raster that is not there is refused', async () => {
    const dates = table('file,date\na.tif,2016\nc.tif,2017\n');
    const problem = await problemOf(() => stackLayers([raster('a.tif', {})], { dates }));
    expect(problem.code).toBe('stack-table-unused');
    expect(problem.message).toContain('c.tif');
  });
});
