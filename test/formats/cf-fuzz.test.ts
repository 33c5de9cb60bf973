/** Damaged cubes end in a Problem or in values, never in another error, a hang, or memory that the file does not account for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { openCubeFile } from '../../src/formats/cf-open.ts';
import { rasterCrs } from '../../src/formats/raster.ts';
import { Problem } from '../../src/problems.ts';
import { mutated } from './mutate.ts';

const here = join(import.meta.dirname, '..', 'golden', 'cubes');

/** Opens a cube and reads a few tiles of it. */
async function readSome(name: string, bytes: Uint8Array, variable: string | null): Promise<void> {
  const raster = await openCubeFile(memoryBytes(name, bytes), { variable });
  if (raster === null) return;
  try {
    for (let row = 0; row < Math.min(raster.tile.down, 2); row++)
      for (let column = 0; column < Math.min(raster.tile.across, 2); column++)
        for (let band = 0; band < Math.min(raster.bands.length, 3); band++) {
          const { values, width, height, valid } = await raster.readTile(band, column, row);
          expect(values.length).toBe(width * height);
          if (valid !== null) expect(valid.length).toBe(values.length);
        }
    for (const { date } of raster.bands)
      if (date !== null) expect(date.start < date.end && /^\d{4}-\d\d-\d\d$/.test(date.start)).toBe(true);
    expect(raster.transform.every(Number.isFinite)).toBe(true);
    rasterCrs(raster).toWgs84([raster.transform[0], raster.transform[3]]);
  } finally {
    raster.close();
  }
}

describe('damaged cubes', () => {
  test.each([
    ['packed-classic.nc', null, 250],
    ['packed-data64.nc', null, 150],
    ['unsigned-records.nc', null, 150],
    ['calendar-360_day.nc', null, 150],
    ['crs-lambert.nc', null, 150],
    ['bounds.nc', null, 150],
    ['packed-hdf5.nc', null, 60],
    ['crs-wkt.nc', null, 60],
    ['v2-blosc.zarr.zip', null, 60],
    ['v2-types.zarr.zip', 'f2', 60],
    ['v3-sharded.zarr.zip', null, 60],
    ['v3-gzip.zarr.zip', null, 60],
  ])('%s', async (name, variable, numRuns) => {
    const valid = new Uint8Array(readFileSync(join(here, name)));
    await fc.assert(
      fc.asyncProperty(mutated(valid), async (bytes) => {
        try {
          await readSome(name, bytes, variable);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }),
      { seed: Number(process.env.FUZZ_SEED ?? 20240611), numRuns: numRuns * Number(process.env.FUZZ_TIMES ?? 1) },
    );
  });
});
