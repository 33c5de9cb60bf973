/** The verification suite of Circuitscape: its grids, settings and expected files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life');
/** The folder `test` of a checkout of Circuitscape.jl holds the whole suite, the golden folder a part. */
export const suite = process.env.SARYARKA_CIRCUITSCAPE ?? join(folder, 'circuitscape');
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

/** Places of `id x y` lines; several may lie in one cell. */
export function pointList(path: string, grid: AsciiGrid): { id: number; cell: number }[] {
  return readFileSync(path, 'latin1').trim().split(/\r?\n/).map((line) => {
    const [id, x, y] = line.trim().split(/\s+/).map(Number) as [number, number, number];
    const column = Math.ceil((x - grid.x) / grid.cell) - 1;
    const row = Math.ceil(grid.height - (y - grid.y) / grid.cell) - 1;
    return { id, cell: row * grid.width + column };
  });
}

/** Rows of numbers of a text file. */
export const rows = (path: string): number[][] => readFileSync(path, 'latin1').trim().split(/\r?\n/).map((line) => line.trim().split(/\s+/).map(Number));

/** A map of the suite; its TIFFs stand beside the same grids as text. */
export function anyGrid(path: string, like?: AsciiGrid): Float64Array {
  if (path.endsWith('.txt')) {
    const map = new Float64Array((like as AsciiGrid).values.length).fill(Number.NaN);
    for (const { id, cell } of pointList(path, like as AsciiGrid)) map[cell] = id;
    return map;
  }
  return asciiGrid(path.replace(/\.tif(\.gz)?$/, '.asc')).values;
}

/** Which pairs are computed, and which places at all: a list of pairs, or a matrix of what lies from `min` to `max`. Places that an including file does not name are left out. */
export function pairsOf(path: string): { known: (id: number) => boolean; pairs: (a: number, b: number) => boolean } {
  const [[mode = '', ...first] = [], ...lines] = readFileSync(path, 'latin1').trim().split(/\r?\n/).map((line) => line.trim().split(/\s+/));
  const listed = new Set<string>();
  const named = new Set<number>();
  const both = (a: number, b: number): unknown => listed.add(`${a} ${b}`).add(`${b} ${a}`);
  if (mode === 'mode') {
    for (const [a, b] of lines.map((line) => line.map(Number)) as [number, number][]) {
      both(a, b);
      named.add(a).add(b);
    }
    const only = first[0] === 'include';
    return { known: (id) => !only || named.has(id), pairs: (a, b) => listed.has(`${a} ${b}`) === only };
  }
  const [least, most] = [Number(first[0]), Number(lines[0]?.[1])];
  const [header = [], ...matrix] = lines.slice(1).map((line) => line.map(Number));
  for (const [id = 0, ...values] of matrix) {
    named.add(id);
    values.forEach((value, k) => value >= least && value <= most && both(id, header[k + 1] as number));
  }
  return { known: (id) => named.has(id), pairs: (a, b) => listed.has(`${a} ${b}`) };
}
