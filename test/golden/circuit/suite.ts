/** The verification suite of Circuitscape: its grids, settings and expected files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life');
export const suite = join(folder, 'circuitscape');
export const present = existsSync(suite);

export interface AsciiGrid {
  width: number;
  height: number;
  values: Float64Array;
  /** Lower left corner and side of cells. */
  x: number;
  y: number;
  cell: number;
}

/** A grid of ESRI ASCII text, `NaN` where there is no value. */
export function asciiGrid(path: string): AsciiGrid {
  const bytes = readFileSync(path);
  const tokens = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1').trim().split(/\s+/);
  const header = new Map<string, number>();
  let k = 0;
  for (; /^[a-z]/i.test(tokens[k] as string) && !/^nan$/i.test(tokens[k] as string); k += 2) header.set((tokens[k] as string).toLowerCase(), Number(tokens[k + 1]));
  const nodata = header.get('nodata_value') ?? -9999;
  const values = Float64Array.from(tokens.slice(k), (token) => (Number(token) === nodata ? Number.NaN : Number(token)));
  return {
    width: header.get('ncols') as number,
    height: header.get('nrows') as number,
    values,
    x: header.get('xllcorner') ?? 0,
    y: header.get('yllcorner') ?? 0,
    cell: header.get('cellsize') ?? 1,
  };
}

/** Settings of a run, lower case names. */
export function settings(path: string): Map<string, string> {
  const lines = readFileSync(path, 'latin1').split(/\r?\n/).map((line) => /^\s*([^=[]+?)\s*=\s*(.*?)\s*$/.exec(line));
  return new Map(lines.filter((line) => line !== null).map((line) => [line[1] as string, line[2] as string]));
}

/** Places of `id x y` lines as a map: several cells of one id are a region. */
export function pointMap(path: string, grid: AsciiGrid): { ids: Float64Array } {
  const ids = new Float64Array(grid.values.length).fill(Number.NaN);
  for (const line of readFileSync(path, 'latin1').trim().split(/\r?\n/)) {
    const [id, x, y] = line.trim().split(/\s+/).map(Number) as [number, number, number];
    const column = Math.floor((x - grid.x) / grid.cell);
    const row = grid.height - 1 - Math.floor((y - grid.y) / grid.cell);
    ids[row * grid.width + column] = id;
  }
  return { ids };
}

/** Rows of numbers of a text file. */
export const rows = (path: string): number[][] => readFileSync(path, 'latin1').trim().split(/\r?\n/).map((line) => line.trim().split(/\s+/).map(Number));

/** A map of the suite; its TIFFs stand beside the same grids as text. */
export function anyGrid(path: string, like?: AsciiGrid): Float64Array {
  if (path.endsWith('.txt')) return pointMap(path, like as AsciiGrid).ids;
  return asciiGrid(path.replace(/\.tif(\.gz)?$/, '.asc')).values;
}
