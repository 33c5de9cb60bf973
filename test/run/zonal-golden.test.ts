/**
 * MODIS vegetation index of 2016, in the sinusoidal projection, for a polygon of straight edges in degrees with a hole.
 *
 * The folder is `../shared/golden`, or what `SARYARKA_GOLDEN` names. Expected: exactextract 0.3.0 (GDAL 3.10 through rasterio
 * 1.4.4) on the polygon brought into the raster's system by pyproj 3.7.2, 2,000 positions along each edge. Tolerance 3e-6: edges
 * here are followed to a ten-thousandth of a cell, and fractions there have single precision.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRasters, valuesOf, zonalStatistics } from '../../src/run/zonal.ts';
import { parseStats } from '../../src/run/zonal-stats.ts';

const golden = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const folder = join(golden, 'raster', 'modistsp', 'NDVI');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${golden}: the stack of 23 dates is not read in this run (set SARYARKA_GOLDEN)`);

/** count, mean, standard deviation, least, greatest */
const EXPECTED: Record<string, [number, number, number, number, number]> = {
  '2016-01-01': [2902.442142971642, 4940.425972744525, 1450.5580302331775, -1960, 9685],
  '2016-01-17': [2894.5445016481353, 4767.692056553785, 1337.829983347527, -1904, 9200],
  '2016-02-02': [2927.835564181991, 4473.942159081318, 1727.7899238108962, -1636, 9633],
  '2016-12-18': [2908.6549319260193, 0.5239319059811129, 0.1227408264251147, -0.20000000298023224, 0.9523000121116638],
};

describe.skipIf(!present)('23 dates of MODIS', () => {
  test('have the figures that exactextract computes, by date and in one go', async () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.tif'));
    const rasters = await openRasters(files.map((name) => join(folder, name)));
    const ring: [number, number][] = [
      [9.25, 45.75],
      [9.62, 45.71],
      [9.55, 46.02],
      [9.41, 45.93],
      [9.28, 46.05],
      [9.25, 45.75],
    ];
    const hole: [number, number][] = [
      [9.36, 45.8],
      [9.47, 45.82],
      [9.42, 45.88],
      [9.36, 45.8],
    ];
    const zone = { id: 'como', kind: '', geometry: { type: 'MultiPolygon' as const, coordinates: [[ring, hole]] } };
    const result = await zonalStatistics([zone], rasters, { stats: parseStats('mean,stdev,min,max', ''), by: 'date', jobs: 1 });
    for (const { raster } of rasters) raster.close();
    expect(result.targets).toHaveLength(23);
    for (const [date, [count, ...figures]] of Object.entries(EXPECTED)) {
      const target = result.targets.findIndex((own) => own.date?.start === date);
      const found = valuesOf(result, 0, target);
      for (const [a, b] of [[found.count, count], ...figures.map((figure, i) => [found.stats[i] ?? Number.NaN, figure])] as [
        number,
        number,
      ][])
        expect(Math.abs(a / b - 1)).toBeLessThan(3e-6);
    }
  });
});
