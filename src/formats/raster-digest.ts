/**
 * The digest of what a raster is opened from: a file, an address, the file of a cube whose variable stands after `#`, or all
 * files of a Zarr folder.
 *
 *     await digestOfRaster('climate.nc#pr')     // that of climate.nc: the variable is named beside it
 */
import { join } from 'node:path';
import { isAddress } from './address.ts';
import { cubePlace } from './cf-open.ts';
import { digestOf, digestOfSource, fileState, listFiles } from './source-node.ts';

/** @throws Problem `file-missing`, or those of reading. */
export async function digestOfRaster(place: string): Promise<string> {
  const { path } = cubePlace(place);
  if (isAddress(path) || fileState(path) !== 'folder') return digestOfSource(path);
  const lines: string[] = [];
  const walk = async (folder: string, name: string): Promise<void> => {
    for (const entry of listFiles(folder, '')) {
      const own = join(folder, entry);
      const key = name === '' ? entry : `${name}/${entry}`;
      if (fileState(own) === 'folder') await walk(own, key);
      else lines.push(`${key} ${await digestOfSource(own)}`);
    }
  };
  await walk(path, '');
  return digestOf(lines.join('\n'));
}
