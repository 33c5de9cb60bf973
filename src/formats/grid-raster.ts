/**
 * An ASCII grid as a raster, so that whatever reads rasters reads it, too.
 *
 *     const raster = asciiRaster(readSource('bed.asc'), readBeside('bed.asc', ['.prj']));
 */
import { type AsciiGrid, readAsciiGrid } from './ascii-grid.ts';
import type { Raster } from './raster.ts';
import type { Bytes } from './zip.ts';

/** @param proj what the file beside it says of its coordinates; `null` where there is none. @throws Problem `grid-…` */
export function asciiRaster(file: Bytes, proj: string | null): Raster {
  return gridRaster(file.name, readAsciiGrid(file), proj);
}

/** One tile of one band. */
function gridRaster(name: string, { width, height, transform, values }: AsciiGrid, proj: string | null): Raster {
  return {
    ...{ name, width, height, transform, overviews: [], notes: [] },
    bands: [{ type: 'float64', nodata: null, scale: 1, offset: 0, description: null, date: null, unit: null, alpha: false }],
    crs: { code: null, proj },
    tile: { width, height, across: 1, down: 1 },
    readTile: async () => ({ values: Float64Array.from(values), width, height, valid: null, empty: false }),
    prefetch: async () => {},
    close: () => {},
  };
}
