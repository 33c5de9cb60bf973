/**
 * The folder of data as the server shows it: without dossiers, which hold more than anybody may read through a computation.
 *
 *     dataFiles(context)                              // { folder: true, files: [{ name: 'lc_2020.tif', kind: 'raster', … }], left: 0 }
 *     placeOfFile(context, 'lc_2020.tif').path
 */
import { cubePlace } from '../formats/cf-open.ts';
import { addDataFile, type DataFile, dataPlace, listDataFiles } from '../formats/data-folder.ts';
import { digestOfRaster } from '../formats/raster-digest.ts';
import { digestOf, digestOfSource, readMapFiles } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import { isDossier } from '../store/dossier.ts';
import type { ServerContext } from './context.ts';

/** The largest file that is taken from a browser [bytes]; larger ones are put into the folder by hand. */
export const LARGEST_DATA = 4 * 1024 ** 3;

type Folder = Pick<ServerContext, 'data'>;

export interface DataFiles {
  /** Whether there is a folder of data at all. */
  folder: boolean;
  files: DataFile[];
  left: number;
}

export function dataFiles({ data }: Folder): DataFiles {
  if (data === null) return { folder: false, files: [], left: 0 };
  const { files, left } = listDataFiles(data);
  const shown = files.filter(({ name, format }) => format !== 'GeoPackage' || !isDossier(dataPlace(data, name).path));
  return { folder: true, files: shown, left };
}

/** @throws Problem `data-file-unknown`. */
export function placeOfFile({ data }: Folder, name: string): { path: string; file: DataFile } {
  if (data === null) throw new Problem('data-file-unknown', { file: name });
  const place = dataPlace(data, name);
  if (place.file.format === 'GeoPackage' && isDossier(place.path)) throw new Problem('data-file-unknown', { file: name });
  return place;
}

/** @throws Problem as `addDataFile`; `data-file-unknown` where there is no folder. */
export function keepDataFile(
  { data }: Folder,
  name: string,
  body: ReadableStream<Uint8Array> | null,
): Promise<DataFile & { digest: string }> {
  if (data === null) throw new Problem('data-file-unknown', { file: name });
  if (body === null) throw new Problem('data-file-unknown', { file: name });
  return addDataFile(data, name, body, { limit: LARGEST_DATA });
}

/** The digest that a run has of a file, and a dataset keeps. */
export async function digestOfFile({ path, file }: { path: string; file: DataFile }): Promise<string> {
  if (file.kind === 'raster' || file.kind === 'cube') return digestOfRaster(cubePlace(path).path);
  if (file.format !== 'Shapefile') return digestOfSource(path);
  const parts = readMapFiles(path);
  return digestOf(parts.map(({ digest }) => digest).join());
}
