/**
 * Opens a raster by path or address; what it is, its content says.
 *
 *     const raster = await openRaster('ndvi.tif');
 *     const remote = await openRaster('https://example.org/ndvi.tif');
 *     const rain = await openRaster('climate.nc#pr');       // a variable of a NetCDF file or Zarr store
 */
import { isAddress } from './address.ts';
import { cubePlace, noCube, openCubeFile, openCubeStore } from './cf-open.ts';
import { openGeotiff } from './geotiff.ts';
import type { Raster } from './raster.ts';
import { fileBytes, readBeside, urlBytes } from './source-node.ts';

/** Endings of world files: the first and last letter of the raster's own and a w, or all of them. */
const WORLD_FILES = ['.tfw', '.tifw', '.tiffw', '.wld'];

/**
 * @param place path of a file or a Zarr folder, or http(s) address; after `#` the variable, where there are several
 * @throws Problem `file-…`, `url-…`, `raster-…` or `cube-…`.
 */
export async function openRaster(place: string, { signal }: { signal?: AbortSignal } = {}): Promise<Raster> {
  const { path, variable } = cubePlace(place);
  const store = await openCubeStore(path, { variable, signal });
  if (store !== null) return store;
  const source = isAddress(path) ? await urlBytes(path, { signal }) : fileBytes(path);
  try {
    const cube = await openCubeFile(source, { variable });
    if (cube !== null) return cube;
    noCube(place, variable);
    if (isAddress(path)) return await openGeotiff(source);
    return await openGeotiff(source, { worldFile: readBeside(path, WORLD_FILES), sidecar: readBeside(path, ['.aux.xml']) });
  } catch (error) {
    source.close();
    throw error;
  }
}
