/** Measured values of a whole band, NaN where there is none. */
import type { Raster } from '../../src/formats/raster.ts';

export async function measuredBand(raster: Raster, band: number): Promise<number[]> {
  const { width, height, tile, bands } = raster;
  const about = bands[band];
  if (about === undefined) throw new Error(`no band ${band}`);
  const values = new Array<number>(width * height).fill(Number.NaN);
  for (let row = 0; row < tile.down; row++)
    for (let column = 0; column < tile.across; column++) {
      const part = await raster.readTile(band, column, row);
      if (part.values.length !== part.width * part.height) throw new Error('a tile is not cropped');
      for (let i = 0; i < part.values.length; i++) {
        const raw = part.values[i] as number;
        const at = (row * tile.height + Math.floor(i / part.width)) * width + column * tile.width + (i % part.width);
        const stands = raw !== about.nodata && (part.valid === null || part.valid[i] === 1);
        values[at] = stands ? raw * about.scale + about.offset : Number.NaN;
      }
    }
  return values;
}
