/**
 * Cubes that netCDF4-python and xarray wrote are read with the values, places and times that they themselves read: see
 * test/golden/cubes. Tolerance: 1e-6 of a value, because xarray unpacks int16 to float32; 1e-9 degrees or metres for places,
 * 1e-7 degrees (1 cm) after projection, proj4js against PROJ; none for dates.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRaster } from '../../src/formats/open-raster.ts';
import { type Raster, rasterCrs } from '../../src/formats/raster.ts';
import { measuredBand } from './cf-values.ts';
import { problemOf } from './expect-problem.ts';

interface Expected {
  variable: string;
  /** Bands, rows as they are stored, columns from west to east. */
  shape: [number, number, number];
  transform: number[];
  /** First days of the bands and of what follows, or pairs of the first and the day after the last; `null` for none. */
  dates: string[] | [string, string][] | null;
  bands: string[] | null;
  lonLat: [number, number] | null;
  values: (number | null)[];
}

const here = join(import.meta.dirname, '..', 'golden', 'cubes');
const { files } = JSON.parse(readFileSync(join(here, 'expected.json'), 'utf8')) as { files: Record<string, Expected> };

function datesOf({ bands }: Raster): ([string, string] | null)[] {
  return bands.map(({ date }) => (date === null ? null : [date.start, date.end]));
}

function expectedDates({ dates, shape }: Expected): ([string, string] | null)[] {
  if (dates === null) return new Array(shape[0]).fill(null);
  if (Array.isArray(dates[0])) return dates as [string, string][];
  return (dates as string[]).slice(1).map((end, i) => [dates[i] as string, end]);
}

describe('cubes: values, places and times are those of xarray', () => {
  test.each(Object.entries(files))('%s', async (name, expected) => {
    const raster = await openRaster(join(here, name));
    try {
      expect([raster.bands.length, raster.height, raster.width]).toEqual(expected.shape);
      for (const [i, value] of raster.transform.entries()) expect(value).toBeCloseTo(expected.transform[i] ?? Number.NaN, 9);
      expect(datesOf(raster)).toEqual(expectedDates(expected));
      if (expected.bands !== null) expect(raster.bands.map(({ description }) => description)).toEqual(expected.bands);
      if (expected.lonLat !== null) {
        const [lon, lat] = rasterCrs(raster).toWgs84([raster.transform[0], raster.transform[3]]);
        expect(Math.abs(lon - expected.lonLat[0])).toBeLessThan(1e-7);
        expect(Math.abs(lat - expected.lonLat[1])).toBeLessThan(1e-7);
      }
      const values: number[] = [];
      for (let band = 0; band < raster.bands.length; band++) values.push(...(await measuredBand(raster, band)));
      const wrong = values.findIndex((value, i) => {
        const truth = expected.values[i] ?? Number.NaN;
        return Number.isNaN(truth) ? !Number.isNaN(value) : !(Math.abs(value - truth) <= 1e-6 * Math.max(1, Math.abs(truth)));
      });
      expect(wrong === -1 ? 'all' : `${wrong}: ${values[wrong]} for ${expected.values[wrong]}`).toBe('all');
      expect(values.length).toBe(expected.values.length);
    } finally {
      raster.close();
    }
  });
});

describe('cubes: what is not read is refused in a sentence', () => {
  test.each([
    ['refused-curved.nc', 'cube-curved', 'tas'],
    ['refused-rotated.nc', 'cube-rotated', 'tas'],
    ['refused-uneven.nc', 'cube-uneven', 'lat'],
    ['refused-geostationary.nc', 'cube-projection', 'geostationary'],
    ['refused-points.nc', 'cube-no-grid', 'pr'],
    ['valid-range.nc', 'cube-variable-choose', 'valid-range.nc#a'],
    ['valid-range.nc#c', 'cube-variable-unknown', 'a, b, never'],
    ['refused-curved.nc#tas', 'cube-curved', 'cdo remapbil'],
  ])('%s: %s', async (name, code, words) => {
    const problem = await problemOf(() => openRaster(join(here, name)));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.message).toContain(name.replace(/#.*/, ''));
  });
});

const shared = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'), 'raster');
const present = existsSync(shared);
if (!present) console.warn(`no golden data at ${shared}: the cubes of others are not read in this run (set SARYARKA_GOLDEN)`);

describe.skipIf(!present)('cubes of others', () => {
  test('bcsd_obs_1999.nc: twelve months of 1999 with the means that xarray computes', async () => {
    // xarray 2026.9.0: ds.pr.mean(('latitude', 'longitude')), ds.tas…
    const truth = JSON.parse(readFileSync(join(here, 'bcsd.json'), 'utf8')) as Record<
      'pr' | 'tas',
      { mean: number[]; count: number[] }
    >;
    for (const variable of ['pr', 'tas'] as const) {
      const raster = await openRaster(`${join(shared, 'stars', 'bcsd_obs_1999.nc')}#${variable}`);
      expect([...raster.transform]).toEqual([-85, 0.125, 0, 33, 0, 0.125]);
      expect(datesOf(raster)[1]).toEqual(['1999-02-01', '1999-03-01']);
      expect(raster.bands.length).toBe(12);
      for (let band = 0; band < 12; band++) {
        const values = (await measuredBand(raster, band)).filter((value) => !Number.isNaN(value));
        expect(values.length).toBe(truth[variable].count[band]);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(Math.abs(mean / (truth[variable].mean[band] as number) - 1)).toBeLessThan(1e-9);
      }
      raster.close();
    }
  });
});
