/** Values of any part of a raster, put together from its tiles. */
import type { Raster } from '../formats/raster.ts';

export interface PixelWindow {
  column: number;
  row: number;
  width: number;
  height: number;
}

/** Measured values (scale and offset applied) of a window, row by row; NaN where there is none. */
export async function readWindow(raster: Raster, band: number, window: PixelWindow, into: Float64Array): Promise<void> {
  const { tile } = raster;
  const about = raster.bands[band];
  if (about === undefined) throw new RangeError(`no band ${band}`);
  const { nodata, scale, offset } = about;
  const { column: left, row: top, width, height } = window;
  for (let j = Math.floor(top / tile.height); j * tile.height < top + height; j++)
    for (let i = Math.floor(left / tile.width); i * tile.width < left + width; i++) {
      const got = await raster.readTile(band, i, j);
      const [x0, y0] = [i * tile.width, j * tile.height];
      const [from, to] = [Math.max(left, x0), Math.min(left + width, x0 + got.width)];
      for (let y = Math.max(top, y0); y < Math.min(top + height, y0 + got.height); y++)
        for (let x = from; x < to; x++) {
          const at = (y - y0) * got.width + x - x0;
          const raw = got.values[at] as number;
          const stands = !got.empty && raw !== nodata && (got.valid === null || got.valid[at] === 1);
          into[(y - top) * width + x - left] = stands ? raw * scale + offset : Number.NaN;
        }
    }
}
