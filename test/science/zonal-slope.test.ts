/**
 * The slope raster and the two polygons that rasterstats is tested with, against exactextract 0.3.0 (test/golden/zonal). The
 * data stay in `../shared/golden`, or in what `SARYARKA_GOLDEN` names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openGeotiff } from '../../src/formats/geotiff.ts';
import { readShapefile } from '../../src/formats/shapefile.ts';
import { fileBytes } from '../../src/formats/source-node.ts';
import {
  type Accumulator,
  addSpans,
  finish,
  merge,
  newAccumulator,
  newScratch,
  quantiles,
} from '../../src/science/accumulate.ts';
import { type Coverage, coverages } from '../../src/science/coverage.ts';
import { newSpans, spansInTile, zonesByTile } from '../../src/science/coverage-tiles.ts';
import { gridFrom } from '../../src/science/grid.ts';

const folder = join(
  process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'golden'),
  'raster',
  'rasterstats',
);
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: slope.tif is not read in this run (set SARYARKA_GOLDEN)`);

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'golden', 'zonal', 'slope.json'), 'utf8')) as {
  zones: Record<string, Record<string, number> & { quantiles: number[] }>;
  probabilities: number[];
};

describe.skipIf(!present)('slope.tif', () => {
  const totals: Accumulator[] = [];
  let cover: Coverage;

  beforeAll(async () => {
    const shp = { name: 'polygons.shp', bytes: readFileSync(join(folder, 'polygons.shp')) };
    const shapes = readShapefile({ name: shp.name, shp }).features.map(({ shape }) => shape?.polygons ?? []);
    const raster = await openGeotiff(fileBytes(join(folder, 'slope.tif')));
    const [band] = raster.bands;
    if (band === undefined) throw new Error('slope.tif has no band');
    cover = coverages(shapes, gridFrom(raster.width, raster.height, raster.transform));
    totals.push(
      ...shapes.map(() =>
        newAccumulator({ type: band.type, nodata: band.nodata, extremes: true, spread: true, distribution: 'exact' }),
      ),
    );
    const tiles = zonesByTile(cover, raster.tile.width, raster.tile.height);
    const scratch = newScratch();
    const spans = newSpans();
    for (let t = 0; t < tiles.across * tiles.down; t++) {
      const [column, row] = [t % tiles.across, Math.floor(t / tiles.across)];
      const { values, width, height } = await raster.readTile(0, column, row);
      const window = { column: column * raster.tile.width, row: row * raster.tile.height, width, height, stride: width };
      for (const zone of tiles.zones.subarray(tiles.starts[t], tiles.starts[t + 1])) {
        spansInTile(cover, zone, window, spans);
        const partial = newAccumulator((totals[zone] as Accumulator).spec);
        addSpans(partial, scratch, values, spans);
        merge(totals[zone] as Accumulator, partial);
      }
    }
    raster.close();
  });

  test('statistics are what exactextract gives, whose shares are 32-bit floats', () => {
    for (const [zone, theirs] of Object.entries(golden.zones)) {
      const total = totals[Number(zone)] as Accumulator;
      const { count, sum, mean, variance, standardDeviation, min, max, nodataShare } = finish(total);
      expect(Math.abs(count - (theirs.count as number))).toBeLessThan(1e-6);
      expect(Math.abs((sum as number) / (theirs.sum as number) - 1)).toBeLessThan(1e-8);
      expect(Math.abs((mean as number) / (theirs.mean as number) - 1)).toBeLessThan(1e-8);
      expect(Math.abs((variance as number) / (theirs.variance as number) - 1)).toBeLessThan(1e-7);
      expect(Math.abs((standardDeviation as number) / (theirs.stdev as number) - 1)).toBeLessThan(1e-7);
      expect([min, max, nodataShare]).toEqual([theirs.min, theirs.max, 0]);
      expect(quantiles(total, golden.probabilities)).toEqual(theirs.quantiles);
    }
  });

  test('the covered area is the area of the polygons', () => {
    for (let zone = 0; zone < cover.zones; zone++) {
      expect(Math.abs((cover.covered[zone] as number) / (cover.area[zone] as number) - 1)).toBeLessThan(1e-12);
    }
  });
});
