/**
 * What is to be done: tiles that zones may touch, put together to tasks of about equal work.
 *
 *     const tasks = planTasks(grids, { work: 2_000_000 });   // [{ grid: 0, columnFrom, columnTo, rowFrom, rowTo }, …]
 *
 * Tasks depend on rasters and zones alone, never on how many threads there are: their results are merged in the order of the
 * tasks, so any number of threads gives the same bits.
 */
import type { RasterTiling } from '../formats/raster.ts';
import type { Grid } from '../science/grid.ts';
import { type CellBox, reaches, type ZoneShapes } from './zonal-shapes.ts';

/** Tiles of one grid, the latter numbers excluded. */
export interface TileTask {
  /** Which of the grids of the plan. */
  grid: number;
  columnFrom: number;
  columnTo: number;
  rowFrom: number;
  rowTo: number;
}

/** One grid with all that is to be read on it. */
export interface PlannedGrid {
  grid: Grid;
  tile: RasterTiling;
  /** How many layers each tile is read for. */
  layers: number;
  shapes: ZoneShapes;
  /** Columns in a whole turn of longitude, where columns are longitudes. */
  turn: number | null;
}

/** Pixels times layers that a task should come to: long enough to be worth a message, short enough for threads to end together. */
export const TASK_WORK = 2_000_000;

/** The tasks, grid by grid, top to bottom and left to right. */
export function planTasks(grids: readonly PlannedGrid[], { work = TASK_WORK }: { work?: number } = {}): TileTask[] {
  return grids.flatMap((planned, grid) => {
    const { tile, layers } = planned;
    const tiles = wholly(Math.max(1, Math.floor(work / (tile.width * tile.height * layers))));
    const rows = Math.max(1, Math.floor(tiles / tile.across));
    const tasks: TileTask[] = [];
    for (const { row, touched } of touchedColumns(planned, rows)) {
      for (let column = 0; column < tile.across; column++) {
        if (touched[column] === 0) continue;
        const from = column;
        while (column + 1 < tile.across && touched[column + 1] === 1 && column + 1 - from < tiles) column += 1;
        tasks.push({ grid, columnFrom: from, columnTo: column + 1, rowFrom: row, rowTo: Math.min(tile.down, row + rows) });
      }
    }
    return tasks;
  });
}

/** Tiles that are unpacked in about the time of one: tasks of a multiple of them leave none by itself. */
const TOGETHER = 3;

function wholly(tiles: number): number {
  return tiles < TOGETHER ? tiles : Math.ceil(tiles / TOGETHER) * TOGETHER;
}

/** Cells of the grid that a task covers. */
export function cellsOf(
  { columnFrom, columnTo, rowFrom, rowTo }: Omit<TileTask, 'grid'>,
  { grid, tile }: Pick<PlannedGrid, 'grid' | 'tile'>,
): CellBox {
  return {
    columnFrom: columnFrom * tile.width,
    columnTo: Math.min(grid.width, columnTo * tile.width),
    rowFrom: rowFrom * tile.height,
    rowTo: Math.min(grid.height, rowTo * tile.height),
  };
}

/** Pixels times layers of all tasks. */
export function workOf(tasks: readonly TileTask[], grids: readonly PlannedGrid[]): number {
  return tasks.reduce((sum, task) => {
    const planned = grids[task.grid] as PlannedGrid;
    const { columnFrom, columnTo, rowFrom, rowTo } = cellsOf(task, planned);
    return sum + (columnTo - columnFrom) * (rowTo - rowFrom) * planned.layers;
  }, 0);
}

/** The last task in which each zone may have cells; -1 where there is none. */
export function lastTasks(tasks: readonly TileTask[], grids: readonly PlannedGrid[]): Int32Array {
  const last = new Int32Array(grids[0]?.shapes.zones ?? 0).fill(-1);
  const finders = grids.map(zoneFinder);
  for (const [t, task] of tasks.entries()) for (const zone of finders[task.grid]?.(task) ?? []) last[zone] = t;
  return last;
}

/** Finds the zones that may have cells in a task, in order. Tasks side by side share the search through all zones. */
export function zoneFinder(planned: PlannedGrid): (task: Omit<TileTask, 'grid'>) => number[] {
  const { shapes, tile, turn } = planned;
  let band = { rowFrom: -1, rowTo: -1, zones: [] as number[] };
  return (task) => {
    const { rowFrom, rowTo } = task;
    if (band.rowFrom !== rowFrom || band.rowTo !== rowTo) {
      const whole = cellsOf({ columnFrom: 0, columnTo: tile.across, rowFrom, rowTo }, planned);
      band = { rowFrom, rowTo, zones: zonesIn(shapes, whole, turn) };
    }
    const box = cellsOf(task, planned);
    return band.zones.filter((zone) => reaches(shapes.zoneBoxes, zone * 4, box, turn));
  };
}

function zonesIn({ zones, zoneBoxes }: ZoneShapes, box: CellBox, turn: number | null): number[] {
  const found: number[] = [];
  for (let z = 0; z < zones; z++) if (reaches(zoneBoxes, z * 4, box, turn)) found.push(z);
  return found;
}

/** For each `rows` rows of tiles that a zone may touch: its first row, and 1 for each column of tiles that may be touched. */
function* touchedColumns(
  { grid, tile, shapes, turn }: PlannedGrid,
  rows: number,
): Generator<{ row: number; touched: Uint8Array }> {
  const touched = new Uint8Array(tile.across);
  for (let row = 0; row < tile.down; row += rows) {
    const band = cellsOf({ columnFrom: 0, columnTo: tile.across, rowFrom: row, rowTo: row + rows }, { grid, tile });
    const near = zonesIn(shapes, band, turn);
    if (near.length === 0) continue;
    touched.fill(0);
    for (const zone of near) {
      const [left, right] = [shapes.zoneBoxes[4 * zone] as number, shapes.zoneBoxes[4 * zone + 2] as number];
      const first = turn === null ? 0 : Math.ceil(-right / turn);
      const last = turn === null ? 0 : Math.floor((grid.width - left) / turn);
      for (let shift = first; shift <= last; shift++) {
        const from = Math.max(0, Math.floor((left + shift * (turn ?? 0)) / tile.width));
        const to = Math.min(tile.across, Math.ceil((right + shift * (turn ?? 0)) / tile.width));
        for (let column = from; column < to; column++) touched[column] = 1;
      }
    }
    yield { row, touched };
  }
}
