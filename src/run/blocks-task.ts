/**
 * The work of one thread on blocks: the layers of a tile are read, a kernel sorts its pixels, and each zone on it counts them.
 *
 *     const workshop = await openBlocks(setup);
 *     const counts = await workshop.run(0, () => false);   // for `addCounts`
 */
import { setImmediate } from 'node:timers/promises';
import { openRaster } from '../formats/open-raster.ts';
import type { Raster } from '../formats/raster.ts';
import type { BlockKernel, TableCodes } from '../indicators/raster-indicator.ts';
import { rasterIndicator } from '../indicators/raster-indicators.ts';
import { coverageBuilder } from '../science/coverage.ts';
import { newSpans, type Spans, spansInTile, type TileWindow, zonesByTile } from '../science/coverage-tiles.ts';
import { type AreaTable, addClassSpan, addValueSpan, newAreaTable, type OpenAreaTable } from '../science/land-cover-areas.ts';
import type { Id } from '../types.ts';
import { type CoarseGrid, type MapCounter, type MapMerger, type MapShape, mapCounter } from './blocks-maps.ts';
import { type PatchCounter, type PatchMerger, patchCounter } from './blocks-patches.ts';
import { cellsOf, type PlannedGrid, type TileTask, zoneFinder } from './plan.ts';
import type { Workshop } from './pool.ts';
import { polygonsIn } from './zonal-shapes.ts';
import { tileWeights, type WeightSetup, type WeightsOfTile } from './zonal-weights.ts';
import { readWindow } from './zonal-window.ts';

export interface BlockSetup {
  /** Paths or addresses of the rasters. */
  files: string[];
  grid: PlannedGrid;
  weight: WeightSetup;
  /** Layers of each input, in the order of their dates. */
  inputs: Record<string, { file: number; band: number }[]>;
  indicator: Id;
  kernel: string;
  config: object;
  tasks: TileTask[];
  /** The cells that maps of the kernel's tables are made in; `null` where none are wanted. */
  coarse: CoarseGrid | null;
}

/** Numbers before the counts of a task that say how many there are. */
const LENGTHS = 2;

/** Layers between two looks at what other threads say. */
const BREATH = 16;

type Opener = (file: string) => Promise<Raster>;

/** The kernel of a setup. @throws RangeError for one that does not exist: a fault of ours. */
export function kernelOf({ indicator, kernel, config }: Pick<BlockSetup, 'indicator' | 'kernel' | 'config'>): BlockKernel {
  const make = rasterIndicator(indicator)?.kernels[kernel];
  if (make === undefined) throw new RangeError(`there is no kernel "${kernel}" of "${indicator}"`);
  return make(config);
}

/** The maps that a kernel gives. */
export function mapShapes({ tables, maps = [] }: BlockKernel): MapShape[] {
  return maps.map((source) => {
    const index = tables[source.table]?.rows;
    if (index === undefined) throw new RangeError(`there is no table ${source.table} to make a map of`);
    return { ...source, index };
  });
}

export async function openBlocks(setup: BlockSetup, { open = openRaster }: { open?: Opener } = {}): Promise<Workshop> {
  const rasters = new Map<number, Raster>();
  const rasterOf = async (file: number): Promise<Raster> => {
    const known = rasters.get(file) ?? (await open(setup.files[file] ?? ''));
    rasters.set(file, known);
    return known;
  };
  const kernel = kernelOf(setup);
  const weights = await tileWeights(setup.weight, setup.grid.grid, rasterOf);
  const { width, height } = setup.grid.tile;
  const cells = width * height;
  const layer = new Float64Array(cells);
  const codes = kernel.tables.map(({ columns, values }): TableCodes => {
    return {
      rows: new Int16Array(cells),
      columns: columns === undefined ? null : new Int16Array(cells),
      values: values === undefined ? null : new Float64Array(cells),
    };
  });
  const find = zoneFinder(setup.grid);
  const spans = newSpans();
  const shapes = setup.coarse === null ? [] : mapShapes(kernel);
  const mapped = shapes.map(({ table }) => codes[table]?.rows ?? new Int16Array(0));

  return {
    async run(index, stopped) {
      const task = setup.tasks[index];
      if (task === undefined) throw new RangeError(`no task ${index}`);
      const box = cellsOf(task, setup.grid);
      const zones = find(task);
      const size = { width: box.columnTo - box.columnFrom, height: box.rowTo - box.rowFrom };
      const builder = coverageBuilder({ ...size, x0: box.columnFrom, y0: box.rowFrom, dx: 1, dy: 1 });
      for (const zone of zones) builder.addZone(polygonsIn(setup.grid.shapes, zone, box, setup.grid.turn));
      const cover = builder.build();
      const touched = zonesByTile(cover, width, height);
      const tables = zones.map(() => kernel.tables.map(({ rows, columns }) => newAreaTable(rows, columns)));
      const maps = setup.coarse === null || shapes.length === 0 ? null : mapCounter(shapes, setup.coarse, box);
      const patches = kernel.patches === undefined ? null : patchCounter(kernel.patches, box);
      for (let tile = 0; tile < touched.across * touched.down; tile++) {
        const [first = 0, end = 0] = [touched.starts[tile], touched.starts[tile + 1]];
        if (first === end) continue;
        const column = task.columnFrom + (tile % touched.across);
        const row = task.rowFrom + Math.floor(tile / touched.across);
        const window = windowOf(setup.grid, column, row);
        if (!(await sort(window, stopped))) return null;
        const weight = await weights(column, row);
        const inCover = { ...window, column: window.column - box.columnFrom, row: window.row - box.rowFrom };
        for (let i = first; i < end; i++) {
          const zone = touched.zones[i] ?? 0;
          spansInTile(cover, zone, inCover, spans);
          count(tables[zone] ?? [], codes, spans, weight, box.rowFrom);
          maps?.add(zones[zone] ?? 0, mapped, spans, window, box.rowFrom);
          patches?.add(zones[zone] ?? 0, codes, spans, window, weight);
        }
      }
      return packCounts(zones, tables, { maps, patches });
    },
    close() {
      for (const raster of rasters.values()) raster.close();
    },
  };

  /** Gives the kernel all layers of a tile; false where it was stopped meanwhile. */
  async function sort({ column, row, width, height }: TileWindow, stopped: () => boolean): Promise<boolean> {
    const n = width * height;
    const values = layer.subarray(0, n);
    kernel.begin(n, codes);
    let read = 0;
    for (const [name, layers] of Object.entries(setup.inputs)) {
      for (const [i, { file, band }] of layers.entries()) {
        await readWindow(await rasterOf(file), band, { column, row, width, height }, values);
        kernel.layer(name, i, values);
        if (++read % BREATH === 0) await setImmediate(); // lets messages and cancelling through
        if (stopped()) return false;
      }
    }
    kernel.end();
    await setImmediate();
    return !stopped();
  }
}

function windowOf({ grid, tile }: PlannedGrid, column: number, row: number): TileWindow {
  const width = Math.min(tile.width, grid.width - column * tile.width);
  const height = Math.min(tile.height, grid.height - row * tile.height);
  return { column: column * tile.width, row: row * tile.height, width, height, stride: width };
}

/** Adds the pixels of a zone: rows of a geographic grid have one area, pixels of a projected one each their own. */
function count(
  tables: readonly OpenAreaTable[],
  codes: readonly TableCodes[],
  spans: Spans,
  { rows, cells }: WeightsOfTile,
  rowFrom: number,
): void {
  for (const [t, table] of tables.entries()) {
    const own = codes[t];
    if (own === undefined) continue;
    for (let i = 0; i < spans.count; i++) {
      const [start = 0, end = 0, fraction = 0] = [spans.start[i], spans.end[i], spans.weight[i]];
      if (cells === null) {
        add(table, own, start, end, rows?.[rowFrom + (spans.row[i] ?? 0)] ?? 1, fraction);
        continue;
      }
      for (let p = start; p < end; p++) add(table, own, p, p + 1, cells[p] ?? 0, fraction);
    }
  }
}

function add(
  table: OpenAreaTable,
  { rows, columns, values }: TableCodes,
  from: number,
  to: number,
  area: number,
  fraction: number,
): void {
  if (values === null) addClassSpan(table, rows, columns, from, to, area, fraction);
  else addValueSpan(table, rows, columns, values, from, to, area * fraction);
}

/**
 * Counts as one list of numbers: how many there are and how many of maps, then zone, table, place, area and pixels of each place
 * that is not empty, then what maps have counted, then patches.
 */
function packCounts(
  zones: readonly number[],
  tables: readonly OpenAreaTable[][],
  { maps, patches }: { maps: MapCounter | null; patches: PatchCounter | null },
): Float64Array<ArrayBuffer> {
  const packed: number[] = [];
  for (const [z, zone] of zones.entries()) {
    for (const [t, { amounts, pixels }] of (tables[z] ?? []).entries()) {
      for (let place = 0; place < pixels.length; place++) {
        if (pixels[place] !== 0) packed.push(zone, t, place, amounts[place] ?? 0, pixels[place] ?? 0);
      }
    }
  }
  const cells = maps?.packed() ?? [];
  const edges = patches?.packed() ?? [];
  const numbers = new Float64Array(LENGTHS + packed.length + cells.length + edges.length);
  numbers[0] = packed.length;
  numbers[1] = cells.length;
  numbers.set(packed, LENGTHS);
  numbers.set(cells, LENGTHS + packed.length);
  numbers.set(edges, LENGTHS + packed.length + cells.length);
  return numbers;
}

/** Adds the counts of a task to the tables of all zones, to the maps and to the patches. */
export function addCounts(
  into: readonly AreaTable[][],
  numbers: Float64Array,
  { maps = null, patches = null }: { maps?: MapMerger | null; patches?: PatchMerger | null } = {},
): void {
  const end = LENGTHS + (numbers[0] ?? 0);
  for (let i = LENGTHS; i < end; i += 5) {
    const [zone = 0, t = 0, place = 0, area = 0, pixels = 0] = numbers.subarray(i, i + 5);
    const table = into[zone]?.[t];
    if (table === undefined) continue;
    table.amounts[place] = (table.amounts[place] ?? 0) + area;
    table.pixels[place] = (table.pixels[place] ?? 0) + pixels;
  }
  const rest = end + (numbers[1] ?? 0);
  maps?.add(numbers.subarray(end, rest));
  patches?.add(numbers.subarray(rest));
}
