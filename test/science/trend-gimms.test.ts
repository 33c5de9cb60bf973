/** Trends of greenness on Kilimanjaro and in the Bale mountains, 1982 on, from the rasters themselves: as pymannkendall finds them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openRaster } from '../../src/formats/open-raster.ts';
import { mannKendall } from '../../src/science/mann-kendall.ts';
import { seasonalMannKendall, seasonalTheilSen } from '../../src/science/mann-kendall-seasonal.ts';
import { trendFree } from '../../src/science/prewhitening.ts';
import { trendBlock } from '../../src/science/trend-block.ts';
import { hamedRao } from '../../src/science/trend-variance.ts';
import { close, gimms } from './trend-golden.ts';

const shared = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden');
const folder = join(shared, 'raster', 'gimms');
if (!existsSync(folder)) console.warn(`no golden data at ${shared}: trends of GIMMS rasters are not compared in this run`);

/** Half-months of the second half of 1981, which are left out; and of a year. */
const FIRST = 12;
const PERIOD = 24;

describe.skipIf(!existsSync(folder)).each(['kili3g.v0.tif', 'bale3g.v1.tif'])('%s', (file) => {
  const expected = gimms.filter((one) => one.file === file);
  let pixels = 0;
  const halfMonths: Float64Array[] = [];

  beforeAll(async () => {
    const raster = await openRaster(join(folder, file));
    pixels = raster.width * raster.height;
    for (let band = 0; band < raster.bands.length; band++) halfMonths.push(new Float64Array(pixels));
    for (let row = 0; row < raster.tile.down; row++) {
      for (let band = 0; band < raster.bands.length; band++) {
        const { values } = await raster.readTile(band, 0, row);
        halfMonths[band]?.set(Float64Array.from(values), row * raster.tile.height * raster.width);
      }
    }
    raster.close();
  });

  test('yearly means: S, p, slope and intercept', () => {
    const years = expected[0]?.years ?? 0;
    expect(expected.length).toBeGreaterThan(4);
    const yearly = new Float64Array(years * pixels);
    for (let i = 0; i < yearly.length; i++) {
      const [year, pixel] = [Math.floor(i / pixels), i % pixels];
      let sum = 0;
      for (let k = 0; k < PERIOD; k++) sum += halfMonths[FIRST + year * PERIOD + k]?.[pixel] ?? Number.NaN;
      yearly[i] = sum / PERIOD;
    }
    const out = { s: new Int32Array(pixels), p: new Float64Array(pixels), slope: new Float64Array(pixels) };
    trendBlock(
      yearly,
      Array.from({ length: years }, (_, i) => i),
      out,
    );
    for (const { pixel, original, trendFree: free, hamedRao: corrected } of expected) {
      const series = Float64Array.from({ length: years }, (_, i) => yearly[i * pixels + pixel] ?? Number.NaN);
      expect(out.s[pixel]).toBe(original.s);
      close(out.p[pixel], original.p, 1e-12, 4e-16);
      close(out.slope[pixel], original.slope, 1e-9); // the order in which a mean is summed
      close(mannKendall(trendFree(series, out.slope[pixel] ?? 0).values).p, free.p, 1e-9);
      close(hamedRao(series).p, corrected.p, 1e-9);
    }
  });

  test('half-months: seasonal S, p and slope per year', () => {
    for (const { pixel, seasonal, years } of expected) {
      const series = halfMonths.slice(FIRST, FIRST + years * PERIOD).map((values) => values[pixel] ?? Number.NaN);
      const found = seasonalMannKendall(series, { period: PERIOD });
      expect(found.s).toBe(seasonal.s);
      close(found.p, seasonal.p, 1e-12, 4e-16);
      close(seasonalTheilSen(series, { period: PERIOD }).slope, seasonal.slope, 1e-12);
    }
  });
});
