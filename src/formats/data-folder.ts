/**
 * The folder of data beside a dossier: what of it can be read, by what the files hold; one file by its name, which never leads out
 * of the folder; and files that come in, under names that are free.
 *
 *     listDataFiles('/srv/data')                       // { files: [{ name: 'land/lc_2020.tif', kind: 'raster', … }], left: 0 }
 *     dataPlace('/srv/data', 'climate.nc#pr').path     // '/srv/data/climate.nc#pr'
 */
import { constants, copyFileSync, linkSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Problem } from '../problems.ts';
import { HEAD, recognise } from './recognise.ts';
import { digestOfSource, keepStream, readHead } from './source-node.ts';

/** What a file can be read as. */
export type DataKind = 'raster' | 'cube' | 'map' | 'table';

export interface DataFile {
  /** Below the folder, with `/` between its parts. */
  name: string;
  kind: DataKind;
  /** `GeoTIFF`, `NetCDF`, … */
  format: string;
  /** [bytes]; `null` for a folder of many files. */
  size: number | null;
}

/** Folders in folders that are looked through, and what is looked at in all. */
const DEEPEST = 6;
const MOST_SEEN = 20_000;
const MOST_FILES = 2_000;

/** Hidden files, and what programs keep beside others. */
const APART = /^\.|\.(draft|part|tmp|aux\.xml)$|-(wal|shm|journal)$/i;
/** A folder of this kind is one cube. */
const ZARR = /^(\.zgroup|\.zarray|\.zmetadata|zarr\.json)$/;
const INCOMING = '.incoming-';
/** Classic NetCDF in its three widths, and HDF5, which NetCDF-4 is made of. */
const NETCDF = ['CDF\x01', 'CDF\x02', 'CDF\x05', '\x89HDF\r\n\x1a\n'];
/** Names that mean devices: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The files of a folder that can be read, in the order of their names; `left`: how many more there may be. */
export function listDataFiles(folder: string): { files: DataFile[]; left: number } {
  const root = realpathSync(folder);
  const files: DataFile[] = [];
  let [seen, left] = [0, 0];
  const walk = (inside: readonly string[]): void => {
    const names = readdirSync(join(root, ...inside)).sort();
    for (const name of names) {
      if (APART.test(name)) continue;
      seen += 1;
      if (seen > MOST_SEEN || files.length >= MOST_FILES) {
        left += 1;
        continue;
      }
      const own = [...inside, name];
      const path = join(root, ...own);
      const place = below(root, path);
      if (place === null) continue;
      const state = statSync(place, { throwIfNoEntry: false });
      if (state?.isDirectory() && !lstatSync(path).isSymbolicLink()) {
        if (readdirSync(place).some((entry) => ZARR.test(entry))) {
          files.push({ name: own.join('/'), kind: 'cube', format: 'Zarr', size: null });
        } else if (own.length < DEEPEST) walk(own);
      } else if (state?.isFile()) {
        const known = formatOf(place, name);
        if (known !== null) files.push({ name: own.join('/'), ...known, size: state.size });
      }
    }
  };
  walk([]);
  return { files, left };
}

/**
 * Where a file of the folder lies, and what it is; after `#` the variable of a cube.
 * @throws Problem `data-file-unknown` for a name that leads elsewhere, or to nothing that can be read.
 */
export function dataPlace(folder: string, name: string): { path: string; file: DataFile } {
  const [plain = '', ...variable] = name.split('#');
  const parts = plain.split('/');
  const isName = parts.every((part) => part !== '' && !APART.test(part) && !/[\\\0]/.test(part) && !/^[a-z]:/i.test(part));
  const root = realpathSync(folder);
  const path = isName ? below(root, join(root, ...parts)) : null;
  const state = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path === null || state === undefined) throw new Problem('data-file-unknown', { file: name });
  const suffix = variable.length === 0 ? '' : `#${variable.join('#')}`;
  if (state.isDirectory()) {
    if (!readdirSync(path).some((entry) => ZARR.test(entry))) throw new Problem('data-file-unknown', { file: name });
    return { path: `${path}${suffix}`, file: { name, kind: 'cube', format: 'Zarr', size: null } };
  }
  const known = state.isFile() ? formatOf(path, parts.at(-1) ?? '') : null;
  if (known === null) throw new Problem('data-file-unknown', { file: name });
  return { path: `${path}${suffix}`, file: { name, ...known, size: state.size } };
}

/**
 * Writes a stream into the folder as it comes; the name must be free, or hold the very same bytes.
 * @throws Problem `too-large`, `disk-full`, `data-file-name`, `data-file-there`, `data-file-unknown` for what cannot be read.
 */
export async function addDataFile(
  folder: string,
  name: string,
  stream: AsyncIterable<Uint8Array>,
  { limit }: { limit: number },
): Promise<DataFile & { digest: string }> {
  if (APART.test(name) || DEVICE.test(name) || /[\\/:*?"<>|#\p{C}]|[. ]$/u.test(name) || name.length > 200)
    throw new Problem('data-file-name', { file: name });
  clearOld(folder);
  const room = mkdtempSync(join(folder, INCOMING));
  try {
    const { path, digest, size } = await keepStream(stream, room, { limit });
    const known = formatOf(path, name);
    if (known === null) throw new Problem('data-file-unknown', { file: name });
    const final = join(folder, name);
    if (!placedAt(path, final) && (await digestOfSource(final)) !== digest) throw new Problem('data-file-there', { file: name });
    return { name, ...known, size, digest };
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

/** Puts a file at `final` unless there is one; whether it did. */
function placedAt(path: string, final: string): boolean {
  try {
    linkSync(path, final);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  try {
    copyFileSync(path, final, constants.COPYFILE_EXCL); // a disk without links
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    rmSync(final, { force: true });
    throw error;
  }
}

/** What was coming in when a server was killed, a day ago or longer. */
function clearOld(folder: string): void {
  const yesterday = Date.now() - 86_400_000;
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(INCOMING))) {
    const path = join(folder, name);
    const state = statSync(path, { throwIfNoEntry: false });
    if (state !== undefined && state.mtimeMs < yesterday) rmSync(path, { recursive: true, force: true });
  }
}

/** Where `path` leads to, if that is in the folder. */
function below(root: string, path: string): string | null {
  try {
    const real = realpathSync(path);
    return real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`) ? real : null;
  } catch {
    return null; // a link to nothing, a folder that is locked
  }
}

/** What a file is by its first bytes; its ending only tells tables from other text, and packed tables from packed maps. */
function formatOf(path: string, name: string): { kind: DataKind; format: string } | null {
  const head = readHead(path, HEAD);
  const latin = Buffer.from(head).toString('latin1');
  if (/^(II[*+]\0|MM\0[*+])/.test(latin)) return { kind: 'raster', format: 'GeoTIFF' };
  if (NETCDF.some((start) => latin.startsWith(start))) return { kind: 'cube', format: 'NetCDF' };
  const { kind } = recognise(head);
  if (kind === 'zip') {
    const [, table] = /\.(xlsx|ods)$/i.exec(name) ?? [];
    if (table !== undefined) return { kind: 'table', format: table.toUpperCase() };
    return /zarr/i.test(name) ? { kind: 'cube', format: 'Zarr' } : { kind: 'map', format: 'ZIP' };
  }
  if (kind === 'shp') return { kind: 'map', format: 'Shapefile' };
  if (kind === 'geopackage') return { kind: 'map', format: 'GeoPackage' };
  if (kind === 'flatgeobuf') return { kind: 'map', format: 'FlatGeobuf' };
  if (kind === 'kml') return { kind: 'map', format: 'KML' };
  if (kind === 'geojson')
    return /"type"\s*:\s*"(Feature|FeatureCollection|Topology)"/.test(latin) ? { kind: 'map', format: 'GeoJSON' } : null;
  const isTable = kind === 'other' && /\.(csv|tsv|txt)$/i.test(name) && /^[^\n]*[,;\t]/.test(latin);
  const isText = !latin.includes('\0') || /^(\xff\xfe|\xfe\xff)/.test(latin);
  return isTable && isText ? { kind: 'table', format: 'CSV' } : null;
}
