/**
 * GeoTIFFs that GDAL wrote are read with the values that GDAL reads: see test/golden/raster-reader.
 * Tolerance: none for values, masks and sizes; two steps of 255 for colours of JPEG, whose library rounds differently from build
 * to build; 1e-7 degrees (1 cm) for positions, proj4js against PROJ.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRaster } from '../../src/formats/open-raster.ts';
import { type Raster, type RasterValues, rasterCrs } from '../../src/formats/raster.ts';
import { problemOf } from './expect-problem.ts';
import { digestOfBands, wholeBand } from './raster-values.ts';

interface Expected {
  width: number;
  height: number;
  transform: number[];
  lonLatOf3And2: [number, number] | null;
  epsg: number | null;
  count: number;
  /** Of all bands; colours of JPEG have their values instead. */
  digest?: string;
  values?: number[];
  bands: {
    band: number;
    type: string;
    nodata: number | null;
    scale: number;
    offset: number;
    description: string | null;
    valid: string | null;
  }[];
  overviews: { width: number; height: number; digest: string }[];
}

const here = join(import.meta.dirname, '..', 'golden', 'raster-reader');
const table = (name: string): [string, Expected][] => {
  const { files } = JSON.parse(readFileSync(join(here, name), 'utf8').replaceAll(/\bNaN\b/g, 'null')) as {
    files: Record<string, Expected>;
  };
  return Object.entries(files);
};

async function valuesOf(raster: Raster): Promise<RasterValues[]> {
  const bands = [];
  for (let band = 0; band < raster.bands.length; band++) bands.push((await wholeBand(raster, band)).values);
  return bands;
}

async function check(path: string, expected: Expected): Promise<void> {
  const raster = await openRaster(path);
  try {
    expect([raster.width, raster.height, raster.bands.length]).toEqual([expected.width, expected.height, expected.count]);
    for (const [i, value] of raster.transform.entries()) expect(value).toBeCloseTo(expected.transform[i] ?? Number.NaN, 9);
    for (const { band, type, nodata, scale, offset, description, valid } of expected.bands) {
      expect(raster.bands[band - 1]).toMatchObject({ type, nodata, scale, offset, description });
      if (valid !== null) expect(digestOfBands([(await wholeBand(raster, band - 1)).valid])).toBe(valid);
    }
    const values = await valuesOf(raster);
    if (expected.digest !== undefined) expect(digestOfBands(values)).toBe(expected.digest);
    else
      for (const [i, value] of values.flatMap((band) => [...band]).entries())
        expect(Math.abs(value - (expected.values?.[i] ?? Number.NaN))).toBeLessThanOrEqual(2);
    expect(raster.overviews.length).toBe(expected.overviews.length);
    for (const [i, overview] of expected.overviews.entries()) {
      const level = raster.overviews[i] as Raster;
      expect([level.width, level.height]).toEqual([overview.width, overview.height]);
      expect(digestOfBands([(await wholeBand(level, 0)).values])).toBe(overview.digest);
    }
    if (expected.lonLatOf3And2 !== null) {
      const [x0, dx, , y0, , dy] = raster.transform;
      const [lon, lat] = rasterCrs(raster).toWgs84([x0 + 3 * dx, y0 + 2 * dy]);
      expect(Math.abs(lon - expected.lonLatOf3And2[0])).toBeLessThan(1e-7);
      expect(Math.abs(lat - expected.lonLatOf3And2[1])).toBeLessThan(1e-7);
    }
  } finally {
    raster.close();
  }
}

describe('GeoTIFF: values, masks, places and overviews are those of GDAL', () => {
  test.each(table('expected.json'))('%s', async (file, expected) => check(join(here, file), expected));
});

const shared = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'), 'raster');
const present = existsSync(shared);
if (!present) console.warn(`no golden data at ${shared}: the rasters of others are not read in this run (set SARYARKA_GOLDEN)`);

describe.skipIf(!present)('rasters of others: values and places are those of GDAL', () => {
  test.each(table('shared.json'))('%s', async (file, expected) => check(join(shared, file), expected));
});

describe('GeoTIFF: what is not read is refused in a sentence', () => {
  test.each([
    ['refused-int64', 'raster-type', 'int 64'],
    ['refused-complex', 'raster-type', 'complex float 64'],
    ['refused-rotated', 'raster-rotated', '30, 4, 4, -30'],
    ['refused-unplaced', 'raster-unplaced', '-a_ullr'],
    ['refused-control-points', 'raster-control-points', '4 control points'],
    ['refused-lerc', 'raster-compression', 'LERC, 34887'],
    ['refused-webp', 'raster-compression', 'WebP, 50001'],
    ['refused-lzma', 'raster-compression', 'LZMA, 34925'],
  ])('%s: %s', async (name, code, words) => {
    const problem = await problemOf(() => openRaster(join(here, `${name}.tif`)));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.message).toContain(`${name}.tif`);
  });
});
