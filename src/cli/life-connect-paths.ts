/** `saryarka life connect paths`: least costly paths between places, their costs, and the corridor that all of them make. */
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { writeFile } from '../formats/source-node.ts';
import { number, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { type CostField, type CostMean, corridor, costSurface, costsFrom, pathTo } from '../science/least-cost.ts';
import type { Lang, Position } from '../types.ts';
import { writePicture } from './life-connect-picture.ts';
import { cellSizes, type GridFile, holdMemory, holdResistances, readGrid, readPlaces, writeGrid } from './life-connect-raster.ts';
import { progress } from './progress.ts';

interface Options {
  lang: Lang;
  points: string;
  neighbours: string;
  mean: CostMean;
  crs?: string;
  memory?: string;
  paths?: string;
  corridor?: string;
  picture?: string;
  json?: boolean;
  output?: string;
}

/** Costs of one place and the framed grid take this much of a cell, and one place more [bytes]. */
const [BYTES_A_CELL, BYTES_A_PLACE] = [80, 9];

export interface PlacePath {
  from: number;
  to: number;
  cost: number;
  /** Along the path [m, or the grid's unit]. */
  cells: number[];
}

export async function connectPaths(path: string, options: Options): Promise<number> {
  const { lang } = options;
  const grid = await readGrid(path, options);
  const places = placesOf(await readPlaces(options.points, grid), options.points);
  holdMemory(grid, BYTES_A_CELL + BYTES_A_PLACE * places.length, options.memory);
  holdResistances(grid, { zero: 'allowed' });
  const surface = costSurface(grid.values, {
    width: grid.width,
    neighbours: Number(options.neighbours) as 4 | 8 | 16,
    mean: options.mean,
    cells: cellSizes(grid),
  });
  const bar = progress(t(lang, 'cli.life.connect.computing'), places.length);
  try {
    const fields: CostField[] = places.map(({ cells }, k) => {
      bar.step(k);
      return costsFrom(surface, cells);
    });
    const found: PlacePath[] = [];
    const wide =
      options.corridor === undefined && options.picture === undefined
        ? null
        : new Float64Array(grid.values.length).fill(Number.NaN);
    places.forEach(({ id }, i) => {
      places.slice(i + 1).forEach((other, k) => {
        const field = fields[i] as CostField;
        const target = other.cells.reduce((best, cell) =>
          (field.costs[cell] as number) < (field.costs[best] as number) ? cell : best,
        );
        found.push({ from: id, to: other.id, cost: field.costs[target] as number, cells: pathTo(surface, field, target) });
        if (wide === null) return;
        corridor(field, fields[i + 1 + k] as CostField).forEach((more, cell) => {
          if (!(more >= (wide[cell] as number))) wide[cell] = Number.isNaN(more) ? (wide[cell] as number) : more;
        });
      });
    });
    bar.end();
    tell(found, wide, grid, options);
  } finally {
    bar.end();
  }
  return 0;
}

function placesOf(ids: Float64Array, file: string): { id: number; cells: number[] }[] {
  const places = new Map<number, number[]>();
  ids.forEach((id, cell) => {
    if (!(id > 0)) return;
    const own = places.get(id);
    if (own === undefined) places.set(id, [cell]);
    else own.push(cell);
  });
  if (places.size < 2) throw new Problem('places-few', { file, found: places.size });
  return [...places].map(([id, cells]) => ({ id, cells })).sort((a, b) => a.id - b.id);
}

function tell(found: PlacePath[], wide: Float64Array | null, grid: GridFile, options: Options): void {
  const { lang } = options;
  const files: string[] = [];
  const rows = found.map(({ from, to, cost, cells }) => ({
    from,
    to,
    cost: Number.isFinite(cost) ? cost : null,
    cells: cells.length,
  }));
  if (options.paths !== undefined) {
    writeFile(options.paths, pathsGeojson(found, grid));
    files.push(options.paths);
  }
  if (wide !== null && options.corridor !== undefined) {
    writeGrid(options.corridor, grid, wide);
    files.push(options.corridor);
  }
  if (wide !== null && options.picture !== undefined) {
    writePicture(options.picture, grid, wide, {
      title: t(lang, 'life.connect.corridor-of', { file: grid.name }),
      lang,
      unit: '',
    });
    files.push(options.picture);
  }
  if (options.output !== undefined) {
    writeFile(
      options.output,
      writeCsv(
        ['from', 'to', 'cost', 'cells'],
        rows.map(({ from, to, cost, cells }) => [from, to, cost, cells]),
      ),
    );
    files.push(options.output);
  }
  if (options.json) {
    console.log(
      JSON.stringify(
        { degrees: grid.crs?.geographic ?? false, mean: options.mean, neighbours: Number(options.neighbours), paths: rows },
        null,
        2,
      ),
    );
    return;
  }
  for (const { from, to, cost, cells } of rows)
    console.log(
      `${from} – ${to}: ${cost === null ? t(lang, 'life.connect.no-way') : t(lang, 'life.connect.cost', { cost: number(lang, cost, 3), cells })}`,
    );
  if (grid.crs === null) console.log(t(lang, 'life.connect.plane', { file: grid.name }));
  for (const file of files) console.log(t(lang, 'cli.life.connect.written', { file }));
}

/** Paths as lines from the middle of cell to cell. @throws Problem `raster-crs-missing` */
function pathsGeojson(found: PlacePath[], { name, width, transform: [x0, dx, , y0, , dy], crs }: GridFile): string {
  if (crs === null) throw new Problem('raster-crs-missing', { file: name });
  const middle = (cell: number): Position => {
    const [lon, lat] = crs.toWgs84([x0 + ((cell % width) + 0.5) * dx, y0 + (Math.floor(cell / width) + 0.5) * dy]);
    return [Number(lon.toFixed(7)), Number(lat.toFixed(7))];
  };
  return writeGeojson(
    found
      .filter(({ cells }) => cells.length > 1)
      .map(({ from, to, cost, cells }) => ({
        id: `${from}-${to}`,
        geometry: { type: 'LineString', coordinates: cells.map(middle) },
        properties: { from, to, cost },
      })),
  );
}
