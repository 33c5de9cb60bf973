import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { openGeotiff } from '../../src/formats/geotiff.ts';
import { geotiffOf } from '../../src/formats/geotiff-writer.ts';
import { type Raster, rasterCrs } from '../../src/formats/raster.ts';
import { problemOf } from './expect-problem.ts';

const UTM = { name: 'EPSG:32642', geographic: false };
const grid = (width: number, height: number, values: Float64Array) => ({
  width,
  height,
  transform: [500_000, 30, 0, 5_500_000, 0, -30] as const,
  values,
});

async function valuesOf(raster: Raster): Promise<Float64Array> {
  const all = new Float64Array(raster.width * raster.height);
  const { tile, width } = raster;
  for (let down = 0; down < tile.down; down++)
    for (let across = 0; across < tile.across; across++) {
      const part = await raster.readTile(0, across, down);
      for (let k = 0; k < part.width * part.height; k++)
        all[(down * tile.height + Math.floor(k / part.width)) * width + across * tile.width + (k % part.width)] = part.empty
          ? Number.NaN
          : (part.values[k] as number);
    }
  return all;
}

test('what is written is read again to the last digit, with place, system and cells without a value', async () => {
  const values = fc.array(fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN)), {
    minLength: 12,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(values, async (list) => {
      const raster = await openGeotiff(memoryBytes('a.tif', geotiffOf(grid(4, 3, Float64Array.from(list)), UTM)));
      expect([...(await valuesOf(raster))]).toEqual(list);
      expect(raster.transform).toEqual([500_000, 30, 0, 5_500_000, 0, -30]);
      expect(rasterCrs(raster).name).toBe('EPSG:32642');
    }),
    { numRuns: 30 },
  );
});

test('a grid of many strips is whole, its last strip shorter', async () => {
  const values = Float64Array.from({ length: 1000 * 101 }, (_, k) => k / 7);
  const raster = await openGeotiff(memoryBytes('a.tif', geotiffOf(grid(1000, 101, values), UTM)));
  expect(await valuesOf(raster)).toEqual(values);
});

test('degrees are written as such, an unknown system not at all, a system without a code is refused', async () => {
  const one = grid(1, 1, Float64Array.of(1));
  const degrees = await openGeotiff(memoryBytes('a.tif', geotiffOf(one, { name: 'EPSG:4326', geographic: true })));
  expect(rasterCrs(degrees)).toMatchObject({ name: 'EPSG:4326', geographic: true });
  const unknown = await openGeotiff(memoryBytes('a.tif', geotiffOf(one, null)));
  expect(unknown.crs).toMatchObject({ code: null, proj: null });
  const problem = await problemOf(async () => geotiffOf(one, { name: 'Pulkovo local', geographic: false }));
  expect(problem).toMatchObject({ code: 'geotiff-crs', details: { found: 'Pulkovo local' } });
});
