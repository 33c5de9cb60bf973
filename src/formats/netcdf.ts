/**
 * NetCDF files by their first bytes: NetCDF 3 is read here, NetCDF 4 by the HDF5 library, which is loaded when one comes.
 *
 *     if (await isNetcdf(source)) return openNetcdf(source, { variable: 'pr' });
 */
import type { ByteSource } from './byte-source.ts';
import { type CubeOptions, rasterOfCube } from './cf-raster.ts';
import type { Raster } from './raster.ts';

/** The first bytes of an HDF5 file, which may stand after a block of the user's own (HDF5 file format, II.A). */
const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const HDF5_PLACES = [0, 512, 1024, 2048];

/** Which NetCDF a source is; `null` where none. */
export async function netcdfKind(source: ByteSource): Promise<'classic' | 'hdf5' | null> {
  const head = await source.read(0, 8);
  if (head[0] === 0x43 && head[1] === 0x44 && head[2] === 0x46 && [1, 2, 5].includes(head[3] ?? 0)) return 'classic';
  for (const place of HDF5_PLACES) {
    const bytes = place === 0 ? head : await source.read(place, 8);
    if (HDF5.every((byte, i) => bytes[i] === byte)) return 'hdf5';
  }
  return null;
}

/**
 * One variable of a NetCDF file as a raster; the source is closed with it.
 * @throws Problem `cube-…`, naming the file and what was found.
 */
export async function openNetcdf(source: ByteSource, kind: 'classic' | 'hdf5', options: CubeOptions = {}): Promise<Raster> {
  const { openClassic } = kind === 'classic' ? await import('./netcdf-classic.ts') : { openClassic: null };
  const cube = openClassic !== null ? await openClassic(source) : await (await import('./netcdf-hdf5.ts')).openNetcdf4(source);
  return rasterOfCube(cube, options);
}
