/**
 * Recognises climate cubes, and loads their readers when one comes.
 *
 *     cubePlace('climate.nc#pr')                 // { path: 'climate.nc', variable: 'pr' }
 *     await openCubeStore('climate.zarr')        // a raster, or null where the place is no Zarr store
 *     await openCubeFile(fileBytes('climate.nc'))
 */
import { Problem } from '../problems.ts';
import { isAddress, plainAddress } from './address.ts';
import type { ByteSource } from './byte-source.ts';
import type { CubeOptions } from './cf-raster.ts';
import type { Raster } from './raster.ts';
import { fileState, listFiles } from './source-node.ts';

/** The path or address, and the variable that stands after `#`; a file whose own name has a # is taken as it is. */
export function cubePlace(place: string): { path: string; variable: string | null } {
  const at = place.lastIndexOf('#');
  if (at <= 0 || at === place.length - 1) return { path: place, variable: null };
  if (!isAddress(place) && fileState(place) !== 'missing') return { path: place, variable: null };
  return { path: place.slice(0, at), variable: decode(place.slice(at + 1)) };
}

/** A Zarr store in a folder or at an address that ends with `.zarr` or `/`; `null` where the place is none. */
export async function openCubeStore(
  path: string,
  { variable = null, signal }: CubeOptions & { signal?: AbortSignal | undefined } = {},
): Promise<Raster | null> {
  if (isAddress(path)) {
    if (!/(\.zarr|\/)$/i.test(new URL(plainAddress(path)).pathname)) return null;
    const [{ openZarr }, { urlStore }] = await Promise.all([import('./zarr.ts'), import('./zarr-store-url.ts')]);
    return openZarr(urlStore(path, { signal }), { variable });
  }
  if (fileState(path) !== 'folder') return null;
  if (!listFiles(path, '').some((name) => /^(\.zgroup|\.zarray|\.zmetadata|zarr\.json)$/.test(name))) return null;
  const [{ openZarr }, { folderStore }] = await Promise.all([import('./zarr.ts'), import('./zarr-store.ts')]);
  const name = path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  return openZarr(folderStore(path, name), { variable });
}

/**
 * A NetCDF file or a zipped Zarr store, by its first bytes; `null` where it is neither. The source is closed with the raster.
 * @throws Problem `cube-…`, `archive-…`.
 */
export async function openCubeFile(source: ByteSource, { variable = null }: CubeOptions = {}): Promise<Raster | null> {
  const head = await source.read(0, 4);
  if (head[0] === 0x50 && head[1] === 0x4b) {
    const [{ openZarr }, { zipStore }] = await Promise.all([import('./zarr.ts'), import('./zarr-store.ts')]);
    return openZarr(await zipStore(source), { variable });
  }
  // a TIFF begins with II or MM
  if ((head[0] === 0x49 && head[1] === 0x49) || (head[0] === 0x4d && head[1] === 0x4d)) return null;
  const { netcdfKind, openNetcdf } = await import('./netcdf.ts');
  const kind = await netcdfKind(source);
  return kind === null ? null : openNetcdf(source, kind, { variable });
}

/** @throws Problem `file-missing` where a variable is asked of what is no cube. */
export function noCube(place: string, variable: string | null): void {
  if (variable !== null && !isAddress(place)) throw new Problem('file-missing', { file: place });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
