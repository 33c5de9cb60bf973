/** Damaged GeoTIFFs end in a Problem or in values, never in another error, a hang, or memory that the file does not account for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { openGeotiff } from '../../src/formats/geotiff.ts';
import { rasterCrs } from '../../src/formats/raster.ts';
import { Problem } from '../../src/problems.ts';
import { mutated } from './mutate.ts';

const here = join(import.meta.dirname, '..', 'golden', 'raster-reader');
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(here, `${name}.tif`)));

/** Reads what a file holds, up to a few tiles of each level. */
async function readSome(bytes: Uint8Array): Promise<void> {
  const raster = await openGeotiff(memoryBytes('a.tif', bytes));
  for (const level of [raster, ...raster.overviews])
    for (let row = 0; row < Math.min(level.tile.down, 2); row++)
      for (let column = 0; column < Math.min(level.tile.across, 2); column++)
        for (let band = 0; band < Math.min(level.bands.length, 2); band++) {
          const { values, width, height, valid } = await level.readTile(band, column, row);
          expect(values.length).toBe(width * height);
          if (valid !== null) expect(valid.length).toBe(values.length);
        }
  rasterCrs(raster).toWgs84([raster.transform[0], raster.transform[3]]);
}

describe('damaged GeoTIFFs', () => {
  test.each([
    'float32-deflate-p3-pixel-big-endian',
    'int16-lzw-p2-strips-big-endian',
    'uint8-packbits-big-endian',
    'uint16-zstd-p2-pixel',
    'nbits-12-pixel',
    'float16-deflate',
    'bigtiff',
    'sparse',
    'mask',
    'alpha',
    'described',
    'overviews',
    'jpeg-grey',
    'crs-modis',
    'int32-none-strips',
  ])('%s', async (name) => {
    await fc.assert(
      fc.asyncProperty(mutated(fixture(name)), async (bytes) => {
        try {
          await readSome(bytes);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }),
      { seed: 20240611, numRuns: 60 },
    );
  });
});
