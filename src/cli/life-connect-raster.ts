/** Rasters and places for `saryarka life connect`: read, held against memory, written, drawn. */
import { totalmem } from 'node:os';
import { type AsciiGrid, asciiGridText, isAsciiGrid, readAsciiGrid } from '../formats/ascii-grid.ts';
import { type Crs, readCrs } from '../formats/crs.ts';
import { readCsv } from '../formats/csv.ts';
import { geotiffOf } from '../formats/geotiff-writer.ts';
import { openRaster } from '../formats/open-raster.ts';
import { rasterCrs } from '../formats/raster.ts';
import { readBeside, readSource, writeFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { CellSizes } from '../science/least-cost.ts';
import type { PointOnGrid } from '../science/resistance.ts';

export interface GridFile extends AsciiGrid {
  name: string;
  /** `null` where the file states none. */
  crs: Crs | null;
}

/** Of the machine's memory, what one grid may take. */
const SHARE = 0.7;
const MEGA = 1e6;
/** Part of a cell that rounding takes. */
const ON_BORDER = 1e-9;

/** First band of a GeoTIFF or cube, or an ASCII grid. @throws those of reading */
export async function readGrid(path: string, { crs }: { crs?: string | undefined } = {}): Promise<GridFile> {
  if (/\.(asc|txt|agr|grd)(\.gz)?$/i.test(path)) {
    const file = readSource(path);
    if (!isAsciiGrid(file))
      throw new Problem('grid-head', { file: file.name, field: 'ncols', found: '–', expected: 'ncols, nrows, cellsize' });
    const projection = readBeside(path.replace(/\.gz$/i, ''), ['.prj']);
    const text = crs ?? projection;
    return { name: file.name, ...readAsciiGrid(file), crs: text === null ? null : readCrs(text, file.name) };
  }
  const raster = await openRaster(path);
  try {
    const [band] = raster.bands;
    const values = new Float64Array(raster.width * raster.height).fill(Number.NaN);
    const { tile, width } = raster;
    for (let down = 0; down < tile.down; down++)
      for (let across = 0; across < tile.across; across++) {
        const part = await raster.readTile(0, across, down);
        if (part.empty) continue;
        for (let k = 0; k < part.width * part.height; k++) {
          const raw = part.values[k] as number;
          if (Number.isNaN(raw) || raw === band?.nodata || part.valid?.[k] === 0) continue;
          const row = down * tile.height + Math.floor(k / part.width);
          values[row * width + across * tile.width + (k % part.width)] = raw * (band?.scale ?? 1) + (band?.offset ?? 0);
        }
      }
    const stated = crs !== undefined || raster.crs.code !== null || raster.crs.proj !== null;
    return {
      name: raster.name,
      width,
      height: raster.height,
      transform: raster.transform,
      values,
      crs: stated ? rasterCrs(raster, { crs }) : null,
    };
  } finally {
    raster.close();
  }
}

/** @throws Problem `grid-too-large` where `bytes` for each cell are more than the machine has, or `--memory` allows [MB] */
export function holdMemory({ name, width, height }: GridFile, bytes: number, memory: string | undefined): void {
  const limit =
    memory === undefined
      ? (SHARE * Math.min(totalmem(), process.constrainedMemory() || Infinity)) / MEGA
      : amount('--memory', memory, { above: 0 });
  const megabytes = (bytes * width * height) / MEGA;
  if (megabytes > limit)
    throw new Problem('grid-too-large', {
      file: name,
      width,
      height,
      megabytes: Math.ceil(megabytes),
      limit: Math.floor(limit),
      factor: Math.ceil(Math.sqrt(megabytes / limit)),
    });
}

/** @throws Problem `grids-differ` where they do not lie on each other */
export function sameGrid(first: GridFile, other: GridFile): void {
  const off = (k: number): number => Math.abs((first.transform[k] as number) - (other.transform[k] as number));
  const cell = Math.abs(first.transform[1]);
  const same =
    first.width === other.width &&
    first.height === other.height &&
    [0, 3].every((k) => off(k) < 1e-3 * cell) &&
    [1, 5].every((k) => off(k) * first.width < 1e-2 * cell);
  const told = ({ width, height, transform: [x, dx, , y] }: GridFile): string => `${width} × ${height}, ${x} ${y}, ${dx}`;
  if (!same)
    throw new Problem('grids-differ', { file: other.name, found: told(other), first: first.name, expected: told(first) });
}

/** Sizes of cells: geodesic by row where the grid is in degrees, else as they are. */
export function cellSizes({ height, transform, crs }: GridFile): CellSizes {
  const [, dx, , y0, , dy] = transform;
  if (!crs?.geographic) return { x: Math.abs(dx), y: Math.abs(dy) };
  return { longitudeStep: Math.abs(dx), latitudes: Float64Array.from({ length: height }, (_, row) => y0 + (row + 0.5) * dy) };
}

/** Numbers of places by cell: a raster of the same grid, or a table or text with id, x, y in its coordinates. @throws those of reading; Problem `place-off-grid` */
export async function readPlaces(path: string, grid: GridFile): Promise<Float64Array> {
  const ids = new Float64Array(grid.values.length).fill(Number.NaN);
  for (const { id, cell } of await readPoints(path, grid)) ids[cell] = id;
  return ids;
}

/** The same as a list: several places may lie in one cell. */
export async function readPoints(path: string, grid: GridFile): Promise<PointOnGrid[]> {
  if (!/\.(csv|tsv|txt|dat)$/i.test(path)) {
    const map = await readGrid(path);
    sameGrid(grid, map);
    return [...map.values.keys()].flatMap((cell) =>
      (map.values[cell] as number) > 0 ? [{ id: map.values[cell] as number, cell }] : [],
    );
  }
  const file = readSource(path);
  const points: PointOnGrid[] = [];
  const [x0, dx, , y0, , dy] = grid.transform;
  for (const { line, id, x, y } of pointsOf(file)) {
    // On the border of two cells a place belongs to the eastern or southern one, whatever the last digit says.
    const [column, row] = [Math.floor((x - x0) / dx + ON_BORDER), Math.floor((y - y0) / dy + ON_BORDER)];
    if (!(column >= 0 && column < grid.width && row >= 0 && row < grid.height))
      throw new Problem('place-off-grid', {
        file: file.name,
        line: String(line),
        found: `${x} ${y}`,
        grid: grid.name,
        expected: `${x0} … ${x0 + grid.width * dx}, ${y0 + grid.height * dy} … ${y0}`,
      });
    points.push({ id, cell: row * grid.width + column });
  }
  return points;
}

function pointsOf(file: { name: string; bytes: Uint8Array }): { line: number; id: number; x: number; y: number }[] {
  const text = new TextDecoder().decode(file.bytes);
  const wrong = (line: number, field: string, found: string): Problem =>
    new Problem('cell-wrong', {
      file: file.name,
      line: String(line),
      field,
      found,
      expected: field === 'id' ? '1, 2, 3 …' : '0.0',
    });
  const checked = (line: number, cells: readonly string[]): { line: number; id: number; x: number; y: number } => {
    const [id, x, y] = cells.slice(0, 3).map((cell) => (cell.trim() === '' ? Number.NaN : Number(cell))) as [
      number,
      number,
      number,
    ];
    if (!(Number.isInteger(id) && id > 0)) throw wrong(line, 'id', cells[0] ?? '');
    if (!Number.isFinite(x)) throw wrong(line, 'x', cells[1] ?? '');
    if (!Number.isFinite(y)) throw wrong(line, 'y', cells[2] ?? '');
    return { line, id, x, y };
  };
  if (/^\s*[\d.]+[\t ]+[-\d.]+[\t ]+[-\d.]+\s*$/m.test(text.split('\n', 1)[0] ?? ''))
    return text.split(/\r?\n/).flatMap((own, k) => (own.trim() === '' ? [] : [checked(k + 1, own.trim().split(/\s+/))]));
  const { header, rows } = readCsv(file);
  const field = (names: RegExp): string => {
    const name = header.find((one) => names.test(one));
    if (name === undefined)
      throw new Problem('columns-missing', {
        file: file.name,
        missing: String(names.source.replace(/[\^$()?:]/g, '')),
        found: header.join(', '),
        expected: 'id, x, y',
      });
    return name;
  };
  const [id, x, y] = [field(/^(id|nr)$/i), field(/^(x|lon|longitude|easting)$/i), field(/^(y|lat|latitude|northing)$/i)];
  return rows.map(({ line, values }) => checked(line, [values[id] ?? '', values[x] ?? '', values[y] ?? '']));
}

/** Writes a map on the grid of another: GeoTIFF by its name (`.tif`), else an ASCII grid. @throws Problem `geotiff-crs` */
export function writeGrid(path: string, grid: GridFile, values: Float64Array): void {
  const map = { ...grid, values };
  writeFile(path, /\.tiff?$/i.test(path) ? geotiffOf(map, grid.crs) : asciiGridText(map));
}

/** @throws Problem `grid-negative`, or `grid-resistance-zero` where 0 would be a way without cost, naming row and column */
export function holdResistances({ name, width, values }: GridFile, { zero }: { zero: 'allowed' | 'refused' }): void {
  const place = (cell: number): { file: string; row: number; column: number } => ({
    file: name,
    row: Math.floor(cell / width) + 1,
    column: (cell % width) + 1,
  });
  const negative = values.findIndex((value) => value < 0 || value === Infinity);
  if (negative >= 0) throw new Problem('grid-negative', { ...place(negative), found: String(values[negative]) });
  const free = zero === 'allowed' ? -1 : values.indexOf(0);
  if (free >= 0) throw new Problem('grid-resistance-zero', place(free));
}

/** The greatest of a map, cells without a value left aside; 0 where there is none above. */
export function greatestOf(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** A number given with an option. @throws Problem `choice-wrong` */
export function amount(
  field: string,
  text: string,
  { above, least, most, whole = false }: { above?: number; least?: number; most?: number; whole?: boolean } = {},
): number {
  const value = Number(text);
  const fits =
    text.trim() !== '' &&
    Number.isFinite(value) &&
    (above === undefined || value > above) &&
    (least === undefined || value >= least) &&
    (most === undefined || value <= most) &&
    (!whole || Number.isInteger(value));
  const expected = above !== undefined ? `> ${above}` : `${least ?? '…'} – ${most ?? '…'}`;
  if (!fits) throw new Problem('choice-wrong', { field, found: text, expected });
  return value;
}
