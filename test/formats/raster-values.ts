/** A whole raster out of its tiles, and its digest as `test/golden/raster-reader/make.py` makes it. */
import { createHash } from 'node:crypto';
import type { Raster, RasterValues } from '../../src/formats/raster.ts';
import { newValues } from '../../src/formats/tiff-samples.ts';

/** All values of a band, and the mask (1 stands), put together from tiles. */
export async function wholeBand(
  raster: Raster,
  band: number,
): Promise<{ values: RasterValues; valid: Uint8Array; masked: boolean }> {
  const { width, height, tile } = raster;
  const values = newValues(raster.bands[band]?.type ?? 'uint8', width * height);
  const valid = new Uint8Array(width * height).fill(1);
  let masked = false;
  for (let row = 0; row < tile.down; row++)
    for (let column = 0; column < tile.across; column++) {
      const part = await raster.readTile(band, column, row);
      if (part.values.length !== part.width * part.height) throw new Error('a tile is not cropped');
      for (let y = 0; y < part.height; y++) {
        const to = (row * tile.height + y) * width + column * tile.width;
        values.set(part.values.subarray(y * part.width, (y + 1) * part.width), to);
        if (part.valid !== null) valid.set(part.valid.subarray(y * part.width, (y + 1) * part.width), to);
      }
      masked ||= part.valid !== null;
    }
  return { values, valid, masked };
}

/** SHA-256 over all bands given, NaN written in one way. */
export function digestOfBands(bands: readonly (RasterValues | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const values of bands) {
    const plain = values.slice();
    for (let i = 0; i < plain.length; i++) if (Number.isNaN(plain[i])) plain[i] = Number.NaN;
    hash.update(new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength));
  }
  return hash.digest('hex');
}
