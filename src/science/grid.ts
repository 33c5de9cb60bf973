/**
 * Where the cells of a raster lie, in the raster's own coordinates.
 *
 *     const grid = gridFrom(10_000, 10_000, [75, 0.00025, 0, 47.5, 0, -0.00025]);
 *     columnOf(grid, 75.0005);   // 2: the left edge of the third column
 *
 * Column 0 is the first one of a row as it is stored, row 0 the first row. Cell (column, row) covers
 * `x0 + column dx` to `x0 + (column + 1) dx` and `y0 + row dy` to `y0 + (row + 1) dy`.
 */

export interface Grid {
  /** Columns and rows, whole numbers. */
  readonly width: number;
  readonly height: number;
  /** The outer corner of cell (0, 0), not its centre. */
  readonly x0: number;
  readonly y0: number;
  /** Size of a cell, with its sign: `dy` is negative where the first row is the northernmost. Neither is zero. */
  readonly dx: number;
  readonly dy: number;
}

/** GDAL's order: x0, dx, row rotation, y0, column rotation, dy. */
export type GridTransform = readonly [x0: number, dx: number, rx: number, y0: number, ry: number, dy: number];

/** Two grids are the same when no corner differs by more than this part of a cell: less is how a header was rounded. */
export const SAME_CELL = 1e-3;

/**
 * The grid of a raster from its size and GDAL transform.
 * @throws RangeError when the grid is rotated or sheared, or as `checkGrid`.
 */
export function gridFrom(width: number, height: number, transform: GridTransform): Grid {
  const [x0, dx, rx, y0, ry, dy] = transform;
  if (rx !== 0 || ry !== 0)
    throw new RangeError(`a rotated grid (${rx}, ${ry}) is not one of rows and columns: warp the raster first`);
  const grid = { width, height, x0, y0, dx, dy };
  checkGrid(grid);
  return grid;
}

/** @throws RangeError when the size is not whole and positive, or a number of the transform is not finite or a cell has no size. */
export function checkGrid({ width, height, x0, y0, dx, dy }: Grid): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && width < 2 ** 31 && height < 2 ** 31)) {
    throw new RangeError(`grid of ${width} x ${height} cells: expected whole numbers from 1 to 2147483647`);
  }
  if (!(Number.isFinite(x0) && Number.isFinite(y0))) throw new RangeError(`grid begins at ${x0}, ${y0}: expected finite numbers`);
  if (!(Number.isFinite(dx) && Number.isFinite(dy)) || dx === 0 || dy === 0) {
    throw new RangeError(`cells of ${dx} x ${dy}: expected finite numbers other than 0`);
  }
}

/** Columns from the left edge of the grid to `x` [1]: 2.5 is the middle of the third column. */
export function columnOf(grid: Grid, x: number): number {
  return (x - grid.x0) / grid.dx;
}

/** Rows from the top edge of the grid to `y` [1]. */
export function rowOf(grid: Grid, y: number): number {
  return (y - grid.y0) / grid.dy;
}

/** Whether two grids have the same cells, each corner within `SAME_CELL` of a cell: a coverage may then serve both. */
export function sameGrid(a: Grid, b: Grid): boolean {
  if (a.width !== b.width || a.height !== b.height || a.dx * b.dx < 0 || a.dy * b.dy < 0) return false;
  return [
    columnOf(a, b.x0),
    rowOf(a, b.y0),
    columnOf(a, b.x0 + b.width * b.dx) - a.width,
    rowOf(a, b.y0 + b.height * b.dy) - a.height,
  ].every((off) => Math.abs(off) <= SAME_CELL);
}
